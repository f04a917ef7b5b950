"""Lines that say which lesson of a course a lecture is, above its theme."""

from __future__ import annotations

import pytest
from parsed_texts import A, B, speech_of

from jianggao.parsing.above_title import is_course

THEME = "看天吃饭与算账吃饭"
COURSES = [
    "2025年春季农技员培训班讲稿（第四讲）",
    "2025年秋季学期青年班教案（第二讲）",
    "村干部轮训班专题党课之三",
    "春灌系列讲座（三）",
    "农技员培训班第四讲",
    "“渠首讲堂”第四讲",
    "县农技校2025年春季主体班讲义",
]


@pytest.mark.parametrize("course", COURSES)
def test_the_theme_below_a_course_is_the_title(course: str) -> None:
    assert is_course(course)
    speech = speech_of(course, THEME, "镇农技站 罗小满", "各位学员：", A, B)
    assert (speech.title, speech.speaker) == (THEME, "罗小满")
    assert speech.occasion == f"{course}\n镇农技站 罗小满"
    speech = speech_of("渠水县委党校", course, "水从哪里来，", "又往哪里去", "各位学员：", A, B)
    assert (speech.title, speech.occasion) == ("水从哪里来，又往哪里去", f"渠水县委党校\n{course}")


@pytest.mark.parametrize("course", COURSES[:3])
def test_a_course_without_a_theme_is_the_title(course: str) -> None:
    assert speech_of(course, "各位学员：", A, B).title == course
    for below in ("授课人：罗小满", "高峰", "渠水县水利局", "2025年3月18日", "——在渠首礼堂"):
        speech = speech_of(course, below, "各位学员：", A, B)
        assert (speech.title, speech.occasion) == (course, below)


def test_a_course_below_the_theme_is_no_part_of_it() -> None:
    speech = speech_of("让水听话", COURSES[0], "各位学员：", A, B)
    assert (speech.title, speech.occasion) == ("让水听话", COURSES[0])


@pytest.mark.parametrize(
    "line",
    [
        "在农技员培训班上的讲稿（第四讲）",
        "关于春灌工作的讲稿（第四讲）",
        "看天吃饭与算账吃饭（第一讲）",
        "在农技员培训班上的讲话",
        "农技员培训班",
        "第四讲",
        "讲稿（第四讲）",
        "党课",
    ],
)
def test_what_is_no_course(line: str) -> None:
    assert not is_course(line)
