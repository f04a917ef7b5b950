"""Lines above and below a title that speak of the paper itself: they are no title, stay and are told."""

from __future__ import annotations

import pytest
from parsed_texts import A, B, speech_of

from jianggao.parsing.paper_lines import is_instruction, is_kind_of_paper, is_of_the_paper

THEME, SPEECH = "让路灯亮到村口", "在全镇路灯管护推进会上的讲话"
STAGES = (
    *(
        "讨论稿（第2稿） 请勿转发",
        "交流材料之四 请会后交还",
        "汇报提纲（三） 用后收回",
        "三改稿",
        "定稿 2025年3月16日",
    ),
    *(
        "3月16日第二次修改稿",
        "镇长讲话稿（大字版）",
        "代拟稿，请审定",
        "主席台用稿",
        "按3月15日会议意见修改",
        "审定稿 v3",
    ),
    *("附件2：讲话稿", "3月16日 21:40 编辑"),
)
READERS = (
    *(
        "此件发至村组干部",
        "本件不登报",
        "请何镇长审阅",
        "呈党委书记阅示",
        "送：何镇长",
        "发：各村、镇直各单位",
        "主送：各村党支部",
    ),
    *("已送镇长", "镇长已审", "已脱密", "传达到村民小组级"),
)
INSTRUCTIONS = (
    "镇领导批示：同意。何平 3月16日",
    "何镇长签批：请党政办印发",
    "审稿意见：第三段太长",
    "批注：数字再核",
)
WARNINGS = (
    *(
        "温馨提示：文中亩数以统计站公布为准",
        "注意：本稿人名待核",
        "念稿提示：遇到逗号停一拍",
        "红色字为新加的内容",
        "黑体部分请念慢些",
    ),
    *("全文共2600字，约需14分钟", "单面打印，三号仿宋", "座次：主席台左二", "议程三：镇长讲话"),
)
PROGRAMS = (
    *(
        "WPS 文字 - 发言稿终稿3",
        "Word - 致辞定稿.docx",
        "记事本 - 发言稿",
        "文档2 - Word",
        "新建 DOCX 文档",
        "未命名笔记",
    ),
    *(
        "发言稿(2).wps",
        "致辞.doc [兼容模式]",
        "腾讯文档",
        "来自华为备忘录",
        "AI转写，请核对",
        "以下文字由AI整理",
        "录音转写 00:14:05",
    ),
    *("文件传输助手", "已启用修订 批注4条", "@所有人", "领导好，这是发言稿，请审阅", "以下是您要的讲话稿："),
)
PAPERS = (*STAGES, *READERS, *INSTRUCTIONS, *WARNINGS, *PROGRAMS)
KINDS = ("讲话（送阅）", "发言（供会议参阅）", "致辞（征求意见稿）", "讲话3", "汇报稿（3月16日修改）")


@pytest.mark.parametrize("line", [*PAPERS, *KINDS])
def test_above_the_title_they_are_told(line: str) -> None:
    for title in ((SPEECH,), (THEME, SPEECH), (THEME, "——" + SPEECH), ("镇长何平同志" + SPEECH,)):
        speech = speech_of(line, *title, "同志们：", A, B)
        assert speech.title == title[0]
        assert line in (*speech.doubtful, *speech.removed)


@pytest.mark.parametrize("line", [*PAPERS, *KINDS])
def test_they_are_no_part_of_a_theme_below(line: str) -> None:
    assert speech_of(line, THEME + "，亮到家门口", "同志们：", A, B).title == THEME + "，亮到家门口"


@pytest.mark.parametrize("line", PAPERS)
def test_below_the_title_they_are_told(line: str) -> None:
    for title in ((SPEECH,), (THEME,)):
        speech = speech_of(*title, line, "同志们：", A, B)
        assert speech.title == title[0]
        assert line in (*speech.doubtful, *speech.removed)


@pytest.mark.parametrize(
    "theme",
    [
        *(
            "交回一份合格答卷",
            "归还一片清朗夜空",
            "传达好群众的心声",
            "审批：从十天到一天",
            "送：一盏灯，一句话",
            "发：芽的力量",
        ),
        *(
            "请把灯光让给夜归人",
            "路灯：乡村的眼睛",
            "把讲话变成行动",
            "一份没有念完的讲话稿",
        ),
        *(
            "聊天记录里的民情",
            "每分钟都是考场",
            "已按下快进键",
            "当日事当日毕",
            "阅读一座村庄",
        ),
        *(
            "短一点的讲话",
            "注意脚下，看好远方",
            "修订好村规民约",
        ),
    ],
)
def test_a_theme_is_still_the_title(theme: str) -> None:
    assert not is_of_the_paper(theme)
    assert not is_kind_of_paper(theme)
    assert speech_of(theme, SPEECH, "同志们：", A).title == theme


@pytest.mark.parametrize(
    "theme",
    [
        *(
            "请人民放心",
            "我的记事本",
            "定稿之前",
            "修改完善",
            "会后就干",
            "时长：三十年",
            "批示不过夜",
            "编辑人生",
            "最后一稿",
        ),
        *("总结", "动员令", "讲话（让路灯亮到村口）", "一校一品", "用后才知道", "5号路的春天"),
    ],
)
def test_what_has_such_words_says_something_else(theme: str) -> None:
    assert not is_of_the_paper(theme)
    assert not is_kind_of_paper(theme)


def test_an_instruction_begins_no_body() -> None:
    line = "镇领导批示：同意印发。"
    assert is_instruction(line)
    speech = speech_of(SPEECH, line, A, B)
    assert line in speech.occasion
    assert line in speech.doubtful


@pytest.mark.parametrize("line", ["老镇长的意见：先修村口的灯。", "送：一盏灯，一句话。", "注意：灯杆有电。"])
def test_a_sentence_below_the_title_begins_the_body(line: str) -> None:
    speech = speech_of(SPEECH, line, A, B)
    assert speech.text.split("\n")[1] == line
    assert speech.occasion == ""


def test_the_day_of_a_draft_is_the_last_that_counts() -> None:
    drafted = speech_of("定稿 2025年3月16日", SPEECH, "2025年3月18日", "同志们：", A)
    assert drafted.date is not None
    assert drafted.date.isoformat() == "2025-03-18"
    alone = speech_of("定稿 2025年3月16日", SPEECH, "同志们：", A)
    assert alone.date is not None
    assert alone.date.isoformat() == "2025-03-16"
    assert speech_of("镇领导批示：同意。何平 2025年3月16日", SPEECH, "同志们：", A).date is None


def test_who_instructs_is_no_speaker() -> None:
    assert speech_of("请何镇长审阅", "镇长 罗小满", SPEECH, "同志们：", A).speaker == "罗小满"
    assert speech_of("镇领导批示：同意。何平 3月16日", SPEECH, "同志们：", A).speaker == ""


def test_an_entry_with_a_person_is_not_glued_to_the_title() -> None:
    speech = speech_of("陪同：何镇长", SPEECH, "同志们：", A)
    assert (speech.title, speech.occasion) == (SPEECH, "陪同：何镇长")
    assert speech_of("何平同志", SPEECH, "同志们：", A).title == "何平同志" + SPEECH


def test_a_mail_has_its_subject_for_a_title() -> None:
    head = ("发件人：罗小满 <luo@example.com>", "抄 送：何镇长", "主 题：" + SPEECH)
    speech = speech_of(*head, "同志们：", A)
    assert speech.title == SPEECH
    assert speech.occasion == "\n".join(head[:2])


def test_the_kind_may_be_the_title() -> None:
    speech = speech_of("讲话（送阅）", "镇长 罗小满", "2025年3月18日", "同志们：", A)
    assert speech.title == "讲话（送阅）"
    assert speech.doubtful == ()
