"""Which paragraphs begin with a heading."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, A, B, outline, speech_of, tree


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、", "二、"),
        ("一.", "二."),
        ("一：", "二："),
        ("壹、", "贰、"),
        ("（一）", "（二）"),
        ("(一)", "(二)"),
        ("㈠", "㈡"),
        ("１．", "２．"),
        ("1、", "2、"),
        ("1.", "2."),
        ("(1)", "(2)"),
        ("1）", "2）"),
        ("①", "②"),
        ("⑴", "⑵"),
        ("Ⅰ、", "Ⅱ、"),
        ("I.", "II."),
        ("A.", "B."),
        ("第一，", "第二，"),
        ("第一、", "第二、"),
        ("第一点，", "第二点，"),
        ("第一个问题，", "第二个问题，"),
        ("第一件事：", "第二件事："),
        ("第一方面，", "第二方面，"),
        ("其一，", "其二，"),
        ("一是", "二是"),
        ("一要", "二要"),
        ("首先，", "其次，"),
    ],
)
@pytest.mark.parametrize("run_in", [True, False])
def test_marks(first: str, second: str, run_in: bool) -> None:
    between = "。" if run_in else "\n"
    assert outline(f"{first}看清路{between}{B}", f"{second}迈开步{between}{A}") == [
        (1, first, "看清路"),
        (1, second, "迈开步"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [("第一部分", "第二部分"), ("第一章", "第二章"), ("第一节", "第二节"), ("一", "二"), ("1", "2")],
)
@pytest.mark.parametrize("between", [" ", "　　"])
def test_marks_with_a_blank_behind_them(first: str, second: str, between: str) -> None:
    assert outline(f"{first}{between}看清路", B, f"{second}{between}迈开步", A) == [
        (1, first, "看清路"),
        (1, second, "迈开步"),
    ]


def test_parts_without_a_blank_and_marks_on_their_own_line() -> None:
    assert outline("第一部分看清路", B, "第二部分迈开步", A) == [
        (1, "第一部分", "看清路"),
        (1, "第二部分", "迈开步"),
    ]
    assert outline("第一章", "看清路", B, "第二章", "迈开步", A, B) == [
        (1, "第一章", "看清路"),
        (1, "第二章", "迈开步"),
    ]


def test_a_year_behind_a_mark_is_text() -> None:
    assert outline("1.2024年的账。" + B, "2.2025年的账。" + A) == [
        (1, "1.", "2024年的账"),
        (1, "2.", "2025年的账"),
    ]


def test_a_first_point_behind_a_sentence() -> None:
    speech = speech_of(*HEAD, "今年要抓三件事。一是看清路。" + B, "二是迈开步。" + A, "三是走到底。" + B)
    assert [mark for _, mark, _ in tree(speech)] == ["一是", "二是", "三是"]
    assert speech.body(speech.sections[0]).endswith("今年要抓三件事。")


def test_a_heading_ends_before_its_body_on_the_same_line() -> None:
    assert outline("（一）看清路　　" + B, "（二）迈开步　　" + A) == [
        (1, "（一）", "看清路"),
        (1, "（二）", "迈开步"),
    ]
    assert outline("一、喊响“跟我上。”的口号", B, "二、路在哪里？", A) == [
        (1, "一、", "喊响“跟我上。”的口号"),
        (1, "二、", "路在哪里？"),
    ]


@pytest.mark.parametrize("lines", [("看清脚下的路", "迈开自己的步子"), ("【看清路】", "【迈开步】")])
def test_headings_without_a_mark(lines: tuple[str, str]) -> None:
    assert outline(lines[0], B, lines[1], A, B) == [(1, "", lines[0]), (1, "", lines[1])]


@pytest.mark.parametrize(
    "paragraph",
    [
        "要记住三条：一是快；二是稳；三是准，这三条缺了哪一条都不行。" + B,
        "第二次世界大战以后，这条渠荒了十年。" + B,
        "第一产业看渠，第二产业看电，第三产业看人。" + B,
        "1.5%的漏损，一年就是一座水库。" + B,
        "10.1黄金周，渠边来了游人。" + B,
        "3月5日，开工。" + B,
        "2.0 版的渠，比从前聪明。" + B,
        "2023年，修渠。" + B,
        "三、五个人蹲在渠口，一蹲就是一夜。" + B,
        "一方面，路要看清。" + B,
        "一年来，渠通了。" + B,
        "一是要说清楚的是，账不能糊涂。" + B,
        "一天一个样，三天大变样。" + B,
        "首先，我代表县里向大家道一声辛苦。" + B,
        "最后，再说一句。" + B,
        "（一位老人说）水来了。" + B,
        "●东坡的渠通了。" + B,
        "——西岭的灯亮了。" + B,
        "问：渠什么时候修？",
        "附件：任务清单",
        "2025年3月18日",
    ],
)
def test_what_begins_like_a_heading_and_is_none(paragraph: str) -> None:
    assert outline(paragraph, B, A) == []


def test_greetings_in_an_address_are_no_points() -> None:
    assert (
        tree(
            speech_of(
                "在古镇灯会开幕式上的致辞",
                "各位来宾：",
                "首先，我代表全镇乡亲，向远道而来的客人表示欢迎！" + A,
                B,
                "最后，祝灯会圆满成功，祝各位来宾身体健康！",
            )
        )
        == []
    )


def test_a_line_that_a_sentence_announced_is_no_heading() -> None:
    assert outline("老人们常说一句话：", "水是命根子", B, A) == []
