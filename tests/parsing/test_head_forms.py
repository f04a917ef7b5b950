"""Heads of every form: title, occasion, speaker, date, salutation, and where the body begins.

This file is long because it shows each head as it stands in a file, with all that should be read in it.
"""

from __future__ import annotations

import pytest
from front_forms import CALL, HeadForm, assert_front_is_whole, assert_read
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_texts import TITLE, TODAY, A, B

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse

FORMS = (
    HeadForm(
        ["内部学习 不得外传", CALL, A, B],
        "在森林防火会上的讲话",
        day="2025-03-01",
        name="07-notice 2025-03-01 在森林防火会上的讲话.txt",
    ),
    HeadForm(
        ["仅供内部学习，请勿外传", "更多讲稿请加微信tingyu2020", A, B],
        "冬修动员",
        salutation="",
        name="03_冬修动员（终稿）.txt",
    ),
    HeadForm(
        ["关于严禁倒卖化肥的讲话", "（2025年4月2日）", CALL, A],
        "关于严禁倒卖化肥的讲话",
        occasion=["（2025年4月2日）"],
        day="2025-04-02",
    ),
    HeadForm(
        ["在打击倒卖化肥专项行动会上的讲话", "县长 周文", CALL, A],
        "在打击倒卖化肥专项行动会上的讲话",
        occasion=["县长 周文"],
        speaker="周文",
    ),
    HeadForm(
        ["标题：让路灯亮到村口", "作者：卞青禾  来源：渠水网  时间：2025-03-18", CALL, A],
        "让路灯亮到村口",
        occasion=["作者：卞青禾"],
        speaker="卞青禾",
        day="2025-03-18",
    ),
    HeadForm(
        ["原标题：让路灯亮到村口", "发布时间：2025-03-18 10:22", CALL, A],
        "让路灯亮到村口",
        occasion=["发布时间：2025-03-18 10:22"],
        day="2025-03-18",
    ),
    HeadForm(
        [
            "【标题】让路灯亮到村口",
            "【作者】：卞青禾",
            "【时间】：2025年4月2日",
            "【地点】：柳湾村",
            "【正文】",
            CALL,
            A,
        ],
        "让路灯亮到村口",
        occasion=["【作者】：卞青禾", "【时间】：2025年4月2日", "【地点】：柳湾村"],
        speaker="卞青禾",
        day="2025-04-02",
    ),
    HeadForm(["标题：", "让路灯亮到村口", "正文：", CALL, A], "让路灯亮到村口"),
    HeadForm(
        [TITLE, "讲话人：方大川 | 地点：三楼会议室 | 时间：2025年4月2日", CALL, A],
        TITLE,
        occasion=["讲话人：方大川", "地点：三楼会议室", "时间：2025年4月2日"],
        speaker="方大川",
        day="2025-04-02",
    ),
    HeadForm(
        [TITLE, "对象：全县村干部", "时长：四十分钟", "会议名称：年中工作会", "主题：把灯管明白", A, B],
        TITLE,
        occasion=["对象：全县村干部", "时长：四十分钟", "会议名称：年中工作会", "主题：把灯管明白"],
        salutation="",
    ),
    HeadForm(
        ["题目：让路灯亮到村口", "主讲：林晚（三年级二班）", A],
        "让路灯亮到村口",
        occasion=["主讲：林晚（三年级二班）"],
        speaker="林晚",
        salutation="",
    ),
    HeadForm(
        ["主题：让路灯亮到村口", "主讲人：罗小满", "时间：2025年4月2日", CALL, A],
        "让路灯亮到村口",
        occasion=["主讲人：罗小满", "时间：2025年4月2日"],
        speaker="罗小满",
        day="2025-04-02",
    ),
    HeadForm([TITLE, "<!-- 正文开始 -->", "方大川", CALL, A], TITLE, occasion=["方大川"], speaker="方大川"),
    HeadForm(
        ["让路灯亮到村口", "──在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["──在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "――在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["――在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "——在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["——在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "－－在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["－－在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "--在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["--在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "—在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["—在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "–在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["–在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "⸺在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["⸺在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "━━在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["━━在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "-在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["-在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "−−在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["−−在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "～～在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["～～在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "―在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["―在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "── 在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["── 在松坪乡推进会上的讲话"],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口——", "在松坪乡推进会上的讲话", CALL, A],
        "让路灯亮到村口",
        occasion=["——在松坪乡推进会上的讲话"],
    ),
    HeadForm(
        ["让路灯亮到村口——在松坪乡推进会上的讲话", "方大川", CALL, A],
        "让路灯亮到村口——在松坪乡推进会上的讲话",
        occasion=["方大川"],
        speaker="方大川",
    ),
    HeadForm(["2019－2023年水利工作总结", A, B], "2019－2023年水利工作总结", salutation=""),
    HeadForm(["2024--2025学年度工作总结", CALL, A], "2024--2025学年度工作总结"),
    HeadForm(["在全县水利冬修", "动员会上的讲话", A, B], "在全县水利冬修动员会上的讲话", salutation=""),
    HeadForm(
        ["关于进一步做好", "秋粮收购工作的", "几点意见", CALL, A], "关于进一步做好秋粮收购工作的几点意见"
    ),
    HeadForm(
        ["在全县安全生产工作", "会议上的讲话", "周文", CALL, A],
        "在全县安全生产工作会议上的讲话",
        occasion=["周文"],
        speaker="周文",
    ),
    HeadForm(["在全县水利冬修", "动员会", "上的讲话", CALL, A], "在全县水利冬修动员会上的讲话"),
    HeadForm(
        ["让路灯亮到村口", "在松坪乡推进会上的讲话", CALL, A],
        "让路灯亮到村口",
        occasion=["在松坪乡推进会上的讲话"],
    ),
    HeadForm(
        ["松坪乡党委", "让路灯亮到村口", CALL, A],
        "让路灯亮到村口",
        occasion=["松坪乡党委"],
        styled={"让路灯亮到村口": 1},
    ),
    HeadForm(
        ["让路灯亮到村口", "先看账", A, "再看人", B],
        "让路灯亮到村口",
        salutation="",
        styled={"让路灯亮到村口": 1, "先看账": 2, "再看人": 2},
    ),
    HeadForm(
        ["让路灯亮到村口", "先看账", A, "再看人", B],
        "让路灯亮到村口",
        salutation="",
        styled={"先看账": 1, "再看人": 1},
    ),
    HeadForm(
        ["让路灯亮到村口", "在松坪乡推进会上的讲话", A],
        "让路灯亮到村口",
        occasion=["在松坪乡推进会上的讲话"],
        salutation="",
        styled={"让路灯亮到村口": 1, "在松坪乡推进会上的讲话": 2},
    ),
    HeadForm(
        [TITLE, "二〇二五年四月二日", CALL, A], TITLE, occasion=["二〇二五年四月二日"], day="2025-04-02"
    ),
    HeadForm([TITLE, "2025/4/2 星期三", CALL, A], TITLE, occasion=["2025/4/2 星期三"], day="2025-04-02"),
    HeadForm(["渠水有声", "4月2日上午", CALL, A], "渠水有声", occasion=["4月2日上午"]),
    HeadForm(
        [TITLE, "时间：2025年4月2日 14:30", A],
        TITLE,
        occasion=["时间：2025年4月2日 14:30"],
        day="2025-04-02",
        salutation="",
    ),
    HeadForm(
        [
            TITLE,
            "方大川",
            "",
            "编者按：这次会开过以后，全镇的路灯亮了一冬。",
            "会后各单位把任务领回去，逐条对照，逐项落实，不等不靠，不推不拖，办成一件销号一件，办不成的说明原因再想办法，值得一看。",
            "（编者）",
            "",
            CALL,
            B,
        ],
        TITLE,
        occasion=[
            "方大川",
            "编者按：这次会开过以后，全镇的路灯亮了一冬。",
            "会后各单位把任务领回去，逐条对照，逐项落实，不等不靠，不推不拖，办成一件销号一件，办不成的说明原因再想办法，值得一看。",
            "（编者）",
        ],
        speaker="方大川",
        first=B,
    ),
    HeadForm([TITLE, "【编者按】", B, CALL, A], TITLE, occasion=["【编者按】", B]),
    HeadForm(
        ["让路灯亮到村口", "", "编者按：这次会开过以后，全镇的路灯亮了一冬。", B, "", A, A],
        "让路灯亮到村口",
        occasion=["编者按：这次会开过以后，全镇的路灯亮了一冬。", B],
        salutation="",
    ),
    HeadForm(
        ["让路灯亮到村口", "内容提要：" + B, A], "让路灯亮到村口", occasion=["内容提要：" + B], salutation=""
    ),
    HeadForm(
        [TITLE, "（根据录音整理，未经本人审阅）", A],
        TITLE,
        occasion=["（根据录音整理，未经本人审阅）"],
        salutation="",
    ),
    HeadForm([TITLE, "（讲话提纲）", CALL, A], TITLE, occasion=["（讲话提纲）"]),
    HeadForm(["在码头管理会上的讲话稿（二）", CALL, A], "在码头管理会上的讲话稿（二）"),
    HeadForm(["在码头管理会上的讲话", "（二）", CALL, A], "在码头管理会上的讲话（二）"),
    HeadForm(
        [
            TITLE,
            "（这是方大川同志2025年4月2日在全县年中工作会上的讲话，根据录音整理，未经本人审阅，刊发时有删节，标题为编者所加，仅供参阅。）",
            A,
        ],
        TITLE,
        occasion=[
            "（这是方大川同志2025年4月2日在全县年中工作会上的讲话，根据录音整理，未经本人审阅，刊发时有删节，标题为编者所加，仅供参阅。）"
        ],
        day="2025-04-02",
        salutation="",
    ),
    HeadForm(
        ["2025年4月2日", "让路灯亮到村口", CALL, A],
        "让路灯亮到村口",
        occasion=["2025年4月2日"],
        day="2025-04-02",
    ),
    HeadForm(["卞青禾", "让路灯亮到村口", CALL, A], "让路灯亮到村口", occasion=["卞青禾"], speaker="卞青禾"),
    HeadForm(
        ["乡党委书记 卞青禾", "2025年4月2日", TITLE, CALL, A],
        TITLE,
        occasion=["乡党委书记 卞青禾", "2025年4月2日"],
        speaker="卞青禾",
        day="2025-04-02",
    ),
    HeadForm(
        ["让路灯亮到村口", "——在推进会上的讲话", "让路灯亮到村口", "——在推进会上的讲话", CALL, A],
        "让路灯亮到村口",
        occasion=["——在推进会上的讲话", "——在推进会上的讲话"],
    ),
    HeadForm(
        ["在全县水利冬修动员会上的讲话", "在全县水利冬修", "动员会上的讲话", CALL, A],
        "在全县水利冬修动员会上的讲话",
    ),
    HeadForm(
        ["《让路灯亮到村口》", "卞青禾", CALL, A], "让路灯亮到村口", occasion=["卞青禾"], speaker="卞青禾"
    ),
    HeadForm(["【让路灯亮到村口】", CALL, A], "让路灯亮到村口"),
    HeadForm(
        ["政 府 工 作 报 告", "（2025年4月2日）", CALL, A],
        "政府工作报告",
        occasion=["（2025年4月2日）"],
        day="2025-04-02",
    ),
    HeadForm(["水从哪里来？", A, B], "水从哪里来？", salutation=""),
    HeadForm(
        ["水从哪里来？", "——在座谈会上的讲话", "方大川", A, B],
        "水从哪里来？",
        occasion=["——在座谈会上的讲话", "方大川"],
        speaker="方大川",
        salutation="",
    ),
    HeadForm(
        ["渠往哪里修，", "水往哪里流？", "——在座谈会上的讲话", A, B],
        "渠往哪里修，水往哪里流？",
        occasion=["——在座谈会上的讲话"],
        salutation="",
    ),
    HeadForm(["干就干好！", CALL, A], "干就干好！"),
    HeadForm(["渠水有声。", "方大川", CALL, A], "渠水有声。", occasion=["方大川"], speaker="方大川"),
    HeadForm(["凝心聚力 砥砺前行", TITLE, CALL, A], "凝心聚力 砥砺前行", occasion=[TITLE]),
    HeadForm(
        ["在年中工作会上的讲话（2025年4月2日）", "方大川", CALL, A],
        TITLE,
        occasion=["（2025年4月2日）", "方大川"],
        speaker="方大川",
        day="2025-04-02",
    ),
    HeadForm(["在年中工作会上的讲话（方大川）", CALL, A], TITLE, occasion=["（方大川）"], speaker="方大川"),
    HeadForm(["方大川同志", TITLE, CALL, A], "方大川同志在年中工作会上的讲话", speaker="方大川"),
    HeadForm(["方大川", CALL, A], "冬修动员", occasion=["方大川"], speaker="方大川", name="冬修动员.txt"),
)
ODD_FORMS = (
    HeadForm(
        [
            "党课讲稿",
            "课题：党员要把账算给群众听",
            "主讲人：柳湾村党支部书记　罗小满",
            "授课时间：2025年7月1日上午",
            "授课地点：村部二楼",
            "听课对象：全体党员",
            CALL,
            A,
        ],
        "党课讲稿",
        occasion=[
            "课题：党员要把账算给群众听",
            "主讲人：柳湾村党支部书记 罗小满",
            "授课时间：2025年7月1日上午",
            "授课地点：村部二楼",
            "听课对象：全体党员",
        ],
        speaker="罗小满",
        day="2025-07-01",
    ),
    HeadForm(
        [
            "首页 > 领导讲话 > 正文",
            "把灯留给晚归的人",
            "发布时间：2025-06-03 09:12:33 来源：渠水网 作者：林晚 浏览：321",
            A,
            B,
        ],
        "把灯留给晚归的人",
        occasion=["作者：林晚"],
        speaker="林晚",
        day="2025-06-03",
        salutation="",
    ),
    HeadForm(
        [
            "松坪县人民政府县长方大川同志",
            "在全县春季造林绿化暨森林防火",
            "工作会议上的讲话",
            "二○二五年二月二十六日",
            CALL,
            A,
        ],
        "松坪县人民政府县长方大川同志在全县春季造林绿化暨森林防火工作会议上的讲话",
        occasion=["二○二五年二月二十六日"],
        speaker="方大川",
        day="2025-02-26",
    ),
    HeadForm(
        ["守住一方水土", "（2025年6月5日，在世界环境日主题活动上）", "卞青山", CALL, A],
        "守住一方水土",
        occasion=["（2025年6月5日，在世界环境日主题活动上）", "卞青山"],
        speaker="卞青山",
        day="2025-06-05",
    ),
    HeadForm(
        ["一碗水端平的学问", "——与新任村干部谈公道", "贺 远", A, B],
        "一碗水端平的学问",
        occasion=["——与新任村干部谈公道", "贺 远"],
        speaker="贺远",
        salutation="",
    ),
    HeadForm(
        ["我们的孩子，", "该在哪里上学？", "【在全县教育布局调整座谈会上的发言】", "县教育局局长 柳如", A, B],
        "我们的孩子，该在哪里上学？",
        occasion=["【在全县教育布局调整座谈会上的发言】", "县教育局局长 柳如"],
        speaker="柳如",
        salutation="",
    ),
    HeadForm(
        [
            "把路修到最后一户",
            "4月2日，松坪乡召开路灯管护推进会，乡党委书记卞青禾出席会议并讲话。现将讲话全文刊发如下：",
            CALL,
            A,
        ],
        "把路修到最后一户",
        occasion=["4月2日，松坪乡召开路灯管护推进会，乡党委书记卞青禾出席会议并讲话。现将讲话全文刊发如下："],
    ),
    HeadForm(
        ["Title: 把路修到最后一户", "Author: 卞青禾", "Date: 2025-04-02", "", CALL, A],
        "把路修到最后一户",
        occasion=["Author: 卞青禾", "Date: 2025-04-02"],
        speaker="卞青禾",
        day="2025-04-02",
    ),
    HeadForm(
        ["關於進一步做好", "防汛工作的講話", "（二〇二五年六月一日）", "同志們：", A],
        "關於進一步做好防汛工作的講話",
        occasion=["（二〇二五年六月一日）"],
        day="2025-06-01",
        salutation="同志們：",
    ),
    HeadForm(
        ["年 度 总 结 讲 话", "县 长　周　文", "2025 年 1 月 6 日", "同 志 们：", A],
        "年度总结讲话",
        occasion=["县 长 周 文", "2025 年 1 月 6 日"],
        speaker="周文",
        day="2025-01-06",
    ),
    HeadForm(
        ["牧场上的课堂", "——在乡村教师座谈会上的发言", "阿依古丽·买买提", "各位老师：", A],
        "牧场上的课堂",
        occasion=["——在乡村教师座谈会上的发言", "阿依古丽·买买提"],
        speaker="阿依古丽·买买提",
        salutation="各位老师：",
    ),
    HeadForm(
        [TITLE, "20××年×月×日", "××县委书记 ×××", CALL, A], TITLE, occasion=["20××年×月×日", "××县委书记 ×××"]
    ),
    HeadForm(
        ["让每一滴水都有账", "松坪县水利局", "2025年3月22日", A, B],
        "让每一滴水都有账",
        occasion=["松坪县水利局", "2025年3月22日"],
        day="2025-03-22",
        salutation="",
    ),
    HeadForm(
        [
            "渠道管护的三本账",
            "[摘要] 渠道三分修七分管，管护要有人、有钱、有账，三样缺一样都不成。",
            "[关键词] 渠道；管护；账本",
            A,
            B,
        ],
        "渠道管护的三本账",
        occasion=[
            "[摘要] 渠道三分修七分管，管护要有人、有钱、有账，三样缺一样都不成。",
            "[关键词] 渠道；管护；账本",
        ],
        salutation="",
    ),
    HeadForm(
        [
            "种树的人",
            "题记：前人种树，后人乘凉，乘凉的人也要种树。",
            "（在植树节大会上的演讲）",
            "演讲者：三年级二班 林晚",
            "亲爱的同学们：",
            A,
        ],
        "种树的人",
        occasion=[
            "题记：前人种树，后人乘凉，乘凉的人也要种树。",
            "（在植树节大会上的演讲）",
            "演讲者：三年级二班 林晚",
        ],
        speaker="林晚",
        salutation="亲爱的同学们：",
    ),
    HeadForm(
        [
            "在全县贯彻落实秸秆禁烧和综合利用暨秋冬季大气污染防治、森林草原防灭火、安全生产重点工作调度推进电视电话会议上的讲话",
            "（2025年9月28日）",
            CALL,
            A,
        ],
        "在全县贯彻落实秸秆禁烧和综合利用暨秋冬季大气污染防治、森林草原防灭火、安全生产重点工作调度推进电视电话会议上的讲话",
        occasion=["（2025年9月28日）"],
        day="2025-09-28",
    ),
    HeadForm(
        ["内部资料·注意保存", "不得翻印 不得转载", "", "在渔业安全会上的讲话", "（记录稿）", CALL, A],
        "在渔业安全会上的讲话",
        occasion=["（记录稿）"],
    ),
    HeadForm(
        [
            "会议名称：全县渔业安全会",
            "讲话题目：船回来了，人也要回来",
            "讲话人：县长 周文",
            "讲话时间：2025年9月1日",
            CALL,
            A,
        ],
        "船回来了，人也要回来",
        occasion=["会议名称：全县渔业安全会", "讲话人：县长 周文", "讲话时间：2025年9月1日"],
        speaker="周文",
        day="2025-09-01",
    ),
    HeadForm(
        ["时间：2025年9月1日", "地点：渔港", "讲话人：周文", CALL, A, B],
        "渔港动员",
        occasion=["时间：2025年9月1日", "地点：渔港", "讲话人：周文"],
        speaker="周文",
        day="2025-09-01",
        name="7_渔港动员-副本(2).txt",
    ),
    HeadForm(
        ["把渔港的灯点亮", "－－周文在渔业安全会上的讲话", CALL, A],
        "把渔港的灯点亮",
        occasion=["－－周文在渔业安全会上的讲话"],
    ),
    HeadForm(
        ["水库边的讲话", "这座水库修了四十年，坝上的石头是一块一块抬上去的，抬石头的人如今都老了。", A],
        "水库边的讲话",
        salutation="",
        first="这座水库修了四十年，坝上的石头是一块一块抬上去的，抬石头的人如今都老了。",
    ),
    HeadForm(["水库边的讲话", "路修通了。", A], "水库边的讲话", salutation="", first="路修通了。"),
    HeadForm(
        ["三年的变化", "——路通了。从前走一天，如今走一个钟头。", "——水来了。" + A, A],
        "三年的变化",
        salutation="",
        first="——路通了。从前走一天，如今走一个钟头。",
    ),
    HeadForm(
        ["关于农村厕所改造的", "几点思考", "周文（县住建局）", A, B],
        "关于农村厕所改造的几点思考",
        occasion=["周文（县住建局）"],
        speaker="周文",
        salutation="",
    ),
    HeadForm(
        ["村史讲稿（上）", "罗小满", "（据录音整理，有删节）", A, B],
        "村史讲稿（上）",
        occasion=["罗小满", "（据录音整理，有删节）"],
        speaker="罗小满",
        salutation="",
    ),
    HeadForm(
        ["渔港夜话", "2025年9月1日—3日", "渔港码头会议室", A, B],
        "渔港夜话",
        occasion=["2025年9月1日—3日", "渔港码头会议室"],
        day="2025-09-01",
        salutation="",
    ),
    HeadForm(
        ["《渔港夜话》", "渔港夜话", "周文", A, B],
        "渔港夜话",
        occasion=["周文"],
        speaker="周文",
        salutation="",
    ),
    HeadForm(
        ["渔港夜话", "周文，县渔业局局长", "2025.9.1", A, B],
        "渔港夜话",
        occasion=["周文，县渔业局局长", "2025.9.1"],
        speaker="周文",
        day="2025-09-01",
        salutation="",
    ),
    HeadForm(
        ["渔港夜话", "作者：县委宣传部", "来源：渔港网", A, B],
        "渔港夜话",
        occasion=["作者：县委宣传部"],
        salutation="",
    ),
    HeadForm(
        ["渔港夜话", "主讲：\t周文\t时长：\t30分钟\t日期：\t2025-09-01", "大家好！" + A, B],
        "渔港夜话",
        occasion=["主讲： 周文", "时长： 30分钟", "日期： 2025-09-01"],
        speaker="周文",
        day="2025-09-01",
        salutation="大家好！",
    ),
    HeadForm(["渔港史话", "前言", A, "一、看灯", B, "二、听风", A], "渔港史话", salutation=""),
    HeadForm(
        ["主持词", "（2025年9月1日）", "主持人：周文", "各位来宾：", A],
        "主持词",
        occasion=["（2025年9月1日）", "主持人：周文"],
        day="2025-09-01",
        salutation="各位来宾：",
    ),
    HeadForm(["渔港夜话", "周文 罗小满", A, B], "渔港夜话", occasion=["周文 罗小满"], salutation=""),
    HeadForm(["渔港夜话", "今天讲三句话：", A, B], "渔港夜话", salutation="", first="今天讲三句话："),
    HeadForm(
        ["守正与创新：在青年座谈会上的讲话", "周文", CALL, A],
        "守正与创新：在青年座谈会上的讲话",
        occasion=["周文"],
        speaker="周文",
    ),
    HeadForm(
        ["学习时代楷模事迹心得体会", "——周文", A, B],
        "学习时代楷模事迹心得体会",
        occasion=["——周文"],
        speaker="周文",
        salutation="",
    ),
    HeadForm(
        ["渔港的歌", "船是浪的孩子", "浪是风的孩子", "风是海的孩子"],
        "渔港的歌",
        salutation="",
        first="船是浪的孩子",
    ),
)
MORE_ODD_FORMS = (
    HeadForm(
        ["【领导讲话】", "卞青禾：守住河堤就是守住家", "——在松坪镇防汛动员会上的讲话", "（6月3日）", CALL, A],
        "卞青禾：守住河堤就是守住家",
        occasion=["【领导讲话】", "——在松坪镇防汛动员会上的讲话", "（6月3日）"],
        speaker="卞青禾",
    ),
    HeadForm(
        ["守住河堤就是守住家", "松坪镇党委书记、镇长", "卞青禾", "（2025年6月3日）", CALL, A],
        "守住河堤就是守住家",
        occasion=["松坪镇党委书记、镇长", "卞青禾", "（2025年6月3日）"],
        speaker="卞青禾",
        day="2025-06-03",
    ),
    HeadForm(
        ["守住河堤就是守住家", "松坪镇党委书记", "  卞 青 禾", CALL, A],
        "守住河堤就是守住家",
        occasion=["松坪镇党委书记", "卞 青 禾"],
        speaker="卞青禾",
    ),
    HeadForm(
        ["　　　　守住河堤就是守住家", "　　　　　　卞青禾", "　　　　二〇二五年六月三日", "各位乡亲：", A],
        "守住河堤就是守住家",
        occasion=["卞青禾", "二〇二五年六月三日"],
        speaker="卞青禾",
        day="2025-06-03",
        salutation="各位乡亲：",
    ),
    HeadForm(
        ["守住河堤就是守住家", "——2025年6月3日在松坪镇防汛动员会上的讲话", "卞青禾", CALL, A],
        "守住河堤就是守住家",
        occasion=["——2025年6月3日在松坪镇防汛动员会上的讲话", "卞青禾"],
        speaker="卞青禾",
        day="2025-06-03",
    ),
    HeadForm(
        ["松坪镇2025年防汛工作总结", "暨2026年工作打算", "松坪镇人民政府", "2025年12月20日", A, B],
        "松坪镇2025年防汛工作总结暨2026年工作打算",
        occasion=["松坪镇人民政府", "2025年12月20日"],
        day="2025-12-20",
        salutation="",
    ),
    HeadForm(["在全镇防汛动员会上的", "讲    话", CALL, A], "在全镇防汛动员会上的讲话"),
    HeadForm(
        ["在全镇防汛动员会上的", "讲    话", "", "卞青禾", A, B],
        "在全镇防汛动员会上的讲话",
        occasion=["卞青禾"],
        speaker="卞青禾",
        salutation="",
    ),
    HeadForm(
        ["关于2025年防汛工作情况的汇报", "汇报人：卞青禾", "尊敬的各位领导：", A],
        "关于2025年防汛工作情况的汇报",
        occasion=["汇报人：卞青禾"],
        speaker="卞青禾",
        salutation="尊敬的各位领导：",
    ),
    HeadForm(
        ["述职报告", "松坪镇柳湾村党支部书记 罗小满", "（2025年12月20日）", A, B],
        "述职报告",
        occasion=["松坪镇柳湾村党支部书记 罗小满", "（2025年12月20日）"],
        speaker="罗小满",
        day="2025-12-20",
        salutation="",
    ),
    HeadForm(
        ["开学第一课", "校长  岑 岚", "亲爱的老师们、同学们：", A],
        "开学第一课",
        occasion=["校长 岑 岚"],
        speaker="岑岚",
        salutation="亲爱的老师们、同学们：",
    ),
    HeadForm(
        ["国旗下的讲话稿", "高二（3）班　林晚", "敬爱的老师，亲爱的同学们：", A],
        "国旗下的讲话稿",
        occasion=["高二（3）班 林晚"],
        speaker="林晚",
        salutation="敬爱的老师，亲爱的同学们：",
    ),
    HeadForm(
        ["标题：守住河堤就是守住家    副标题：在防汛动员会上的讲话", "作者：卞青禾", CALL, A],
        "守住河堤就是守住家",
        occasion=["副标题：在防汛动员会上的讲话", "作者：卞青禾"],
        speaker="卞青禾",
    ),
    HeadForm(
        ["文章标题：《守住河堤就是守住家》", "文章作者：卞青禾", "发表日期：2025/6/3", "内容：", A, B],
        "守住河堤就是守住家",
        occasion=["文章作者：卞青禾", "发表日期：2025/6/3"],
        speaker="卞青禾",
        day="2025-06-03",
        salutation="",
    ),
    HeadForm(
        ["守住河堤就是守住家", "2025-06-03 10:20 来源：松坪融媒 编辑：小川", A, B],
        "守住河堤就是守住家",
        day="2025-06-03",
        salutation="",
    ),
    HeadForm(
        ["守住河堤就是守住家", "卞青禾  2025年6月3日  松坪镇大礼堂", A, B],
        "守住河堤就是守住家",
        occasion=["卞青禾  2025年6月3日  松坪镇大礼堂"],
        speaker="卞青禾",
        day="2025-06-03",
        salutation="",
    ),
    HeadForm(
        [
            "守住河堤就是守住家",
            "时间：2025年6月3日上午九点",
            "地点：镇政府三楼",
            "出席：全体班子成员、各村书记",
            "记录：周文",
            CALL,
            A,
        ],
        "守住河堤就是守住家",
        occasion=[
            "时间：2025年6月3日上午九点",
            "地点：镇政府三楼",
            "出席：全体班子成员、各村书记",
            "记录：周文",
        ],
        day="2025-06-03",
    ),
    HeadForm(
        ["守住河堤就是守住家", "导读：河堤三十年没有大修。今年怎么守？镇党委书记在动员会上讲了三条。", A, B],
        "守住河堤就是守住家",
        occasion=["导读：河堤三十年没有大修。今年怎么守？镇党委书记在动员会上讲了三条。"],
        salutation="",
    ),
    HeadForm(
        ["守住河堤就是守住家", "核心提示", "● 河堤三十年没有大修", "● 今年两班不够就三班", CALL, A],
        "守住河堤就是守住家",
        occasion=["核心提示", "● 河堤三十年没有大修", "● 今年两班不够就三班"],
    ),
    HeadForm(
        ["守住河堤就是守住家", "（在松坪镇防汛动员会上的讲话，", "2025年6月3日）", CALL, A],
        "守住河堤就是守住家",
        occasion=["（在松坪镇防汛动员会上的讲话，", "2025年6月3日）"],
        day="2025-06-03",
    ),
    HeadForm(["守住河堤就是守住家", "卞青禾：", A], "守住河堤就是守住家", salutation="", first="卞青禾："),
    HeadForm(
        ["守住河堤，", "就是守住家", "——卞青禾在防汛动员会上的讲话", CALL, A],
        "守住河堤，就是守住家",
        occasion=["——卞青禾在防汛动员会上的讲话"],
        speaker="卞青禾",
    ),
    HeadForm(
        ["谁来守河堤？", "河堤三十年没有大修，今年雨又来得早。", A, B],
        "谁来守河堤？",
        salutation="",
        first="河堤三十年没有大修，今年雨又来得早。",
    ),
    HeadForm(
        ["守堤人的话", "河堤是三十年前垒的，垒堤的石头从东山背下来，背石头的人里就有在座各位的父亲。", A],
        "守堤人的话",
        salutation="",
        first="河堤是三十年前垒的，垒堤的石头从东山背下来，背石头的人里就有在座各位的父亲。",
    ),
    HeadForm(["大家好！", A, B], "守堤动员", salutation="大家好！", name="守堤动员.txt"),
    HeadForm(
        ["未经许可 不得转载", "同志们，" + A, B],
        "守堤动员",
        day="2025-06-03",
        salutation="",
        first="同志们，" + A,
        name="2025.6.3守堤动员(定稿).txt",
    ),
    HeadForm(
        ["学习资料 严禁转卖", "守住河堤就是守住家", "卞青禾", A, B],
        "守住河堤就是守住家",
        occasion=["卞青禾"],
        speaker="卞青禾",
        salutation="",
    ),
    HeadForm(["谈谈守堤", "一、堤为什么要守", A, "二、堤怎么守", B], "谈谈守堤", salutation=""),
    HeadForm(
        ["谈谈守堤", "（在党校春季班的讲稿）", "一、堤为什么要守", A, "二、堤怎么守", B],
        "谈谈守堤",
        occasion=["（在党校春季班的讲稿）"],
        salutation="",
    ),
    HeadForm(
        ["第三届松坪读书节开幕式致辞", "卞青禾", "女士们、先生们：", A],
        "第三届松坪读书节开幕式致辞",
        occasion=["卞青禾"],
        speaker="卞青禾",
        salutation="女士们、先生们：",
    ),
    HeadForm(
        ["3月5日：在学雷锋日的讲话", "卞青禾", CALL, A],
        "3月5日：在学雷锋日的讲话",
        occasion=["卞青禾"],
        speaker="卞青禾",
    ),
    HeadForm(
        ["2025年新年贺词", "卞青禾", "乡亲们：", A],
        "2025年新年贺词",
        occasion=["卞青禾"],
        speaker="卞青禾",
        salutation="乡亲们：",
    ),
    HeadForm(
        ["党旗下的承诺：守堤", "—— 在“七一”表彰会上的发言", "柳湾村  罗小满", CALL, A],
        "党旗下的承诺：守堤",
        occasion=["—— 在“七一”表彰会上的发言", "柳湾村  罗小满"],
        speaker="罗小满",
    ),
    HeadForm(["守堤", "——纪念老支书罗大山", A, B], "守堤", occasion=["——纪念老支书罗大山"], salutation=""),
    HeadForm(
        ["感恩·守堤·前行", TITLE, "卞青禾", CALL, A],
        "感恩·守堤·前行",
        occasion=[TITLE, "卞青禾"],
        speaker="卞青禾",
    ),
    HeadForm(
        ["守堤与种树（三）", "主讲：卞青禾　整理：周文", A, B],
        "守堤与种树（三）",
        occasion=["主讲：卞青禾", "整理：周文"],
        speaker="卞青禾",
        salutation="",
    ),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: "/".join(form.lines[:3])[:50])
def test_heads(form: HeadForm) -> None:
    assert_read(form)


@pytest.mark.parametrize(
    "form", (*ODD_FORMS, *MORE_ODD_FORMS), ids=lambda form: "/".join(form.lines[:3])[:50]
)
def test_heads_of_odd_forms(form: HeadForm) -> None:
    assert_read(form)


_FRONT_LINES = st.sampled_from(
    [
        TITLE,
        "让路灯亮到村口",
        "——在松坪镇路灯管护推进会上的讲话",
        "（2025年3月18日）",
        "2025年3月18日",
        "3月18日上午",
        "方大川",
        "县长 周 文",
        "作者：卞青禾 | 地点：三楼会议室",
        "标题：守住河堤就是守住家",
        "来源：渠水网 时间：2025-03-18",
        "编者按：" + B,
        "（编者）",
        "内部学习 不得外传",
        "（二）",
        "在全县水利冬修",
        "动员会上的讲话",
        "《渠边夜话》",
        "水从哪里来？",
        "主题：灯要有人管",
        "松坪镇人民政府",
        "【正文】",
        "渠往哪里修——",
        "第12期",
    ]
)


@given(st.lists(_FRONT_LINES, max_size=7), st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_line_of_a_front_is_title_occasion_or_salutation(front: list[str], called: bool) -> None:
    text = "\n".join([*front, *([CALL] if called else []), A, B])
    speech = parse(text, "渠边夜话.txt", TODAY)
    assert isinstance(speech, ParsedSpeech)
    assert_front_is_whole(speech)
    kept = "".join((speech.text + "".join(speech.removed)).split())
    assert sorted(kept) == sorted("".join(text.split()))
