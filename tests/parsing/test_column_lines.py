"""Names of columns, collections and accounts above the title of a speech."""

from __future__ import annotations

import pytest
from parsed_texts import A, B, speech_of

from jianggao.parsing.column_lines import is_column

WHOLE = "在柳湾县水利冬修动员会上的讲话"
COLUMNS = (
    *(
        "听雨书屋 讲话专栏",
        "文秘工作网—领导发言栏目",
        "柳湾讲话精选",
        "写作专栏",
        "柳湾频道·讲话",
        "每日公文",
    ),
    *(
        "柳湾｜每日一文",
        "柳湾发言选登",
        "讲稿合集",
        "【柳湾专栏】",
        "书记讲话集锦",
        "柳湾晨报",
        "“柳湾”公众号",
    ),
    *("柳湾县政协 提案选登", "讲话荟萃", "领导讲话汇编", "党建专区", "秘书圈", "学习专栏", "机关范文大全"),
)
THEMES = (
    *("把精选的种子留给明年", "守住最后一亩水浇地", "办好群众的专栏", "打造人才专区", "织密民生服务网"),
    *("人文荟萃 山高水长", "水清岸绿，群英荟萃", "每日三省吾身", "田埂上没有范文", "好作风是最好的范文"),
    *("写好民生文稿", "讲好故事 办好频道", "一渠清水润万家", "为民服务专区"),
)


@pytest.mark.parametrize("line", COLUMNS)
@pytest.mark.parametrize(
    "title", [WHOLE, "柳湾县2025年水利冬修会议上的讲话", "县长罗小满在全县水利会议上的讲话"]
)
def test_a_column_is_no_title_and_is_told(line: str, title: str) -> None:
    speech = speech_of(line, title, "（2025年6月8日）", "同志们：", A, B)
    assert is_column(line) and speech.title == title
    assert line in (*speech.doubtful, *speech.removed)
    assert line in speech.occasion or line in speech.removed


@pytest.mark.parametrize("line", THEMES)
def test_a_theme_names_no_column(line: str) -> None:
    assert not is_column(line)


def test_a_theme_that_speaks_of_texts_is_the_title() -> None:
    assert speech_of("把精选的树苗留给后人", WHOLE, "同志们：", A).title.startswith("把精选的树苗留给后人")


def test_where_no_line_names_a_speech_a_column_may_be_the_title() -> None:
    speech = speech_of("柳湾讲话精选", "（2025年6月8日）", "同志们：", A)
    assert speech.title == "柳湾讲话精选" and speech.doubtful == ()


def test_a_column_may_be_of_the_title_of_a_speech_about_it() -> None:
    assert speech_of("柳湾讲话精选", "评选会上的讲话", "同志们：", A).title == "柳湾讲话精选评选会上的讲话"


def test_a_theme_between_a_column_and_the_speech_is_the_title() -> None:
    speech = speech_of("听雨书屋 讲话专栏", "让每条渠都有人管", WHOLE, "同志们：", A)
    assert speech.title == "让每条渠都有人管" and speech.doubtful == ("听雨书屋 讲话专栏",)
