"""What stands behind a speech: furniture of pages and accounts, with unknown lines in between."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.text_end import KNOWN, NOTICE, WEB, find_text_end, may_be_learned

CLOSING = "同志们，渠通了，人心也就通了。谢谢大家！"
BODY = (TITLE, "同志们：", A, B, CLOSING)
BELOW_AN_ARTICLE = (
    "END",
    "来源：云岭水利",
    "编辑：小川",
    "审核：大山",
    "云岭水声",
    "让每一滴水都有去处",
    "长按识别二维码关注我们",
    "点分享 点收藏 点点赞 点在看",
    "阅读原文",
    "阅读 1万+",
    "赞 在看",
    "喜欢此内容的人还喜欢",
    "老渠长的一天",
    "云岭水声",
    "渠修好了，水从哪里来？",
    "不喜欢",
    "不看的原因",
    "确定",
    "内容质量低 不看此公众号",
    "预览时标签不可点",
    "微信扫一扫",
    "关注该公众号",
    "继续滑动看下一个",
    "轻触阅读原文",
    "云岭水声",
    "向上滑动看下一个",
    "知道了",
    "使用小程序",
    "取消 允许",
    "×",
    "分析",
    "微信扫一扫可打开此内容，",
    "使用完整服务",
    "：",
    "，",
    "。",
    "视频",
    "小程序",
    "赞",
    "，轻点两下取消赞",
    "在看",
    "，轻点两下取消在看",
    "分享",
    "留言",
    "收藏",
    "听过",
)
BELOW_A_PAGE = (
    "责任编辑：小川",
    "【打印】 【关闭】",
    "上一篇：县里召开座谈会",
    "下一篇：县长调研水库",
    "扫一扫在手机打开当前页",
    "主办：云岭县人民政府办公室 承办：云岭县融媒体中心",
    "滇ICP备12345678号 网站标识码5301230001",
    "版权所有：云岭县人民政府 地址：云岭县渠水路1号",
    "联系我们 网站地图",
)
LISTS = (
    (
        "往期回顾",
        "▶ 一条渠的四十年",
        "▶ 谁来守闸门",
        "▶ 水价怎么定，听听村民怎么说！",
        "扫码关注",
        "云岭水声",
    ),
    ("推荐阅读：", "1. 老渠长的一天", "2. 谁来守闸门", "点个在看你最好看"),
    ("相关链接", "全县水利会召开", "水利局长谈冬修", "友情链接：", "云岭县水利局"),
    ("供稿丨县水利局", "编辑丨小川", "初审丨大山 复审丨老渠 终审丨方山", "云岭县融媒体中心"),
    ("分享到 微信 微博 QQ空间", "点赞 23 收藏 12 评论 3", "精选留言", "写留言"),
    ("打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。",),
    ("编辑 小川 审核 大山 监制 老渠",),
    (
        "（云溪日报记者 大禾）",
        "[责任编辑：小谷]",
        "标签：防汛 演练",
        "相关推荐",
        "渠边的锣 2025-06-01",
        "今日热点",
    ),
    (
        "声明",
        "转载请注明：云溪镇发布",
        "往期推荐",
        "01",
        "渠边的锣",
        "02",
        "谁来敲锣",
        "分享",
        "收藏",
        "在看",
    ),
    (
        "编辑：大禾",
        "云溪镇发布",
        "有态度 有温度",
        "扫码关注",
        "获取更多资讯",
        "阅读原文",
    ),
    (
        "网站地图 | 联系我们 | 隐私保护",
        "主办：云溪镇人民政府 承办：云溪镇党政办",
        "浙ICP备20250603号-1",
        "政府网站找错",
    ),
)


@pytest.mark.parametrize("below", [BELOW_AN_ARTICLE, BELOW_A_PAGE, *LISTS])
def test_furniture_below_goes_with_the_unknown_lines_in_it(below: tuple[str, ...]) -> None:
    speech = speech_of(*BODY, *below)
    assert speech.removed == below
    assert speech.doubtful == ()
    assert speech.text.endswith(CLOSING + "\n")
    assert set(speech.removed_because) <= {WEB, "结束标记", NOTICE, "分隔线", "页码"}


def test_a_signature_above_furniture_stays_without_doubt() -> None:
    signed = ("方大川", "云岭县人民政府", "2025年3月15日")
    speech = speech_of(*BODY, *signed, "阅读原文", "赞", "在看")
    assert speech.removed == ("阅读原文", "赞", "在看")
    assert speech.doubtful == ()


def test_a_sentence_between_furniture_stays_and_is_doubtful() -> None:
    motto = "本号只写渠边的人和事，写真的，写近的。"
    speech = speech_of(*BODY, "阅读原文", motto, "阅读 324", "微信扫一扫关注该公众号")
    assert speech.removed == ("阅读原文", "阅读 324", "微信扫一扫关注该公众号")
    assert speech.doubtful == (motto,)
    assert motto in speech.text


def test_a_paragraph_between_furniture_is_never_removed() -> None:
    speech = speech_of(TITLE, "同志们：", A, "预览时标签不可点", B, CLOSING, "阅读原文")
    assert speech.removed == ("预览时标签不可点", "阅读原文")
    assert A in speech.text and B in speech.text


def test_unknown_lines_above_furniture_stay_and_are_doubtful() -> None:
    company = ("云岭渠业", "专注节水灌溉二十年")
    speech = speech_of(*BODY, *company, "长按二维码添加企业微信", "点击“阅读原文”了解更多")
    assert speech.removed == ("长按二维码添加企业微信", "点击“阅读原文”了解更多")
    assert speech.doubtful == company


@pytest.mark.parametrize(
    "end",
    [
        ("渠水清清", "流过东坡", "流过西岭", "流进谁家的门"),
        ("附：参会单位", "水利局 三人", "农业局 两人", "气象局 一人"),
        ("农机站 nongji.example.com 2024年3月开通", "卫生院 weisheng.example.cn 2024年5月开通"),
        ("值班室：6281234", "水利站：6285678"),
        ("来源：《渠水集》", "水从高处来", "人往低处看"),
        ("方大川", "2025年3月15日"),
        ("更多的渠，等着我们去修。",),
        ("延伸阅读", "《渠水集》", "《修渠人手记》"),
        ("延伸阅读", "先看渠，再看人。"),
        ("分享给身边的人，是最好的节水。",),
        ("扫描村口的二维码，就能看到每一笔账。",),
    ],
)
def test_what_a_speech_ends_with_stays(end: tuple[str, ...]) -> None:
    speech = speech_of(*BODY, *end)
    assert (speech.removed, speech.doubtful) == ((), ())


def test_vendors_lines_beside_a_notice_go() -> None:
    speech = speech_of(*BODY, "听雨文稿整理，咨询QQ100200300", "听雨书屋", "目录可向整理者索取")
    assert speech.removed == ("听雨文稿整理，咨询QQ100200300", "听雨书屋", "目录可向整理者索取")


def test_known_lines_go_and_kept_lines_stay() -> None:
    known = KnownNotices(frozenset({"渠水长流"}), frozenset({"听雨文稿整理"}))
    lines = [A, "渠水，长流！"]
    assert find_text_end(lines, 0, known, beside_notices=False).removed == {1: KNOWN}
    assert find_text_end([A, "听雨文稿整理"], 0, known, beside_notices=False).removed == {}
    assert find_text_end([A, "听雨文稿整理"], 0, NO_NOTICES, beside_notices=False).removed == {1: NOTICE}


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("听雨笔记", True),
        ("让每一滴水都有去处", True),
        ("谢谢聆听", False),
        ("方大川", False),
        ("云岭县人民政府", False),
        ("2025年3月15日", False),
        ("一、修渠", False),
        ("渠修好了。", False),
    ],
)
def test_what_repetition_may_show_to_be_a_notice(line: str, may: bool) -> None:
    assert may_be_learned(line) is may
