"""Which paragraphs begin with a heading."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from heading_forms import LONE_MARKS, OWN_LINES, PROSE, Form
from heading_texts import TEXTS
from parsed_texts import HEAD, TITLE, A, B, outline, speech_of, tree

from jianggao.parsing.headings import find_headings


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


def test_a_line_that_a_sentence_announced_is_no_heading() -> None:
    assert outline("老人们常说一句话：", "水是命根子", B, A) == []


# --- without the parser -------------------------------------------------------------------------------------------


def found(*paragraphs: str, styled: Mapping[str, int] | None = None) -> list[tuple[int, str, str]]:
    """The headings as paragraph, mark and text."""
    return [(each.paragraph, each.mark, each.text) for each in find_headings(paragraphs, styled)]


def test_a_heading_takes_its_line_or_its_first_sentence() -> None:
    own_line, run_in = find_headings(["一、看清路", "二、迈开步。" + A])
    assert (own_line.run_in, own_line.length) == (False, 5)
    assert (run_in.run_in, run_in.length, run_in.text) == (True, 6, "迈开步")


@pytest.mark.parametrize(("end", "text"), [("。", "迈开步"), ("？", "迈开步？"), ("！", "迈开步！")])
def test_a_question_mark_belongs_to_the_heading_and_a_full_stop_does_not(end: str, text: str) -> None:
    assert found("一、看清路。" + A, f"二、迈开步{end}{B}")[1] == (1, "二、", text)


def test_a_blank_ends_a_heading_only_before_a_body() -> None:
    assert found("（一）看清路 " + A, "（二）迈开步 " + B)[0] == (0, "（一）", "看清路")
    assert found("一、看清 脚下的路", "二、迈开步")[0] == (0, "一、", "看清 脚下的路")
    assert found("一、2024 年的账目要一笔一笔对清楚，对不清楚的要说明白，还要写在墙上让大家看", "二、步")[0][
        2
    ].startswith("2024 年")


def test_a_first_point_behind_a_sentence_has_an_offset() -> None:
    first, second = find_headings(["今年抓两件事。一是看清路。" + A, "二是迈开步。" + B])
    assert (first.paragraph, first.offset, first.mark, first.text) == (0, 7, "一是", "看清路")
    assert (second.paragraph, second.offset) == (1, 0)


def test_a_mark_on_its_own_line_takes_the_next() -> None:
    (first, second) = find_headings(["第一章", "看清路", A, "第二章", "迈开步", B])
    assert (first.text, first.lines, first.length) == ("看清路", 2, 7)
    assert (second.paragraph, second.text) == (3, "迈开步")


def test_styles_make_headings_of_short_lines_alone() -> None:
    styled = {"看清脚下的路": 1, A: 1, "渠修好了。": 2}
    assert found("看清脚下的路", "短。", A, "渠修好了。", styled=styled) == [(0, "", "看清脚下的路")]
    (heading,) = find_headings(["2.看清路", A], {"2.看清路": 3})
    assert (heading.mark, heading.depth) == ("2.", 3)


@pytest.mark.parametrize("line", ["路", "渠" * 31, "渠修好了。", "——渠边", "附件一", "2025年3月18日", "【渠"])
def test_short_lines_that_are_no_headings(line: str) -> None:
    assert found(A, line, A + B) == []


def test_a_short_line_behind_an_open_one_is_no_heading() -> None:
    assert found("渠水清清", "流过东坡", A + B) == []
    assert found("渠水清清。", "流过东坡", A + B) == [(1, "", "流过东坡")]


def test_one_line_behind_a_colon_is_a_quotation_and_several_are_headings() -> None:
    assert found("老人们常说：", "水是命根子", A) == []
    assert len(found("有两条路：", "看清脚下的路", A, "迈开自己的步", B)) == 2


@pytest.mark.parametrize(
    ("paragraphs", "kinds"),
    [
        # They frame the only series.
        (
            ["开头的话", A, "一、路", B, "二、步", A, "结尾的话", B],
            ["CHINESE", "CHINESE", "CHINESE", "CHINESE"],
        ),
        # One stands before every 一、, and the numbers restart.
        (
            ["去年的路", A, "一、远", B, "二、近", A + "。", "今年的路", A, "一、远", B, "二、近", A],
            ["UNNUMBERED_OUTER", "CHINESE", "CHINESE", "UNNUMBERED_OUTER", "CHINESE", "CHINESE"],
        ),
        # They stand inside.
        (
            ["一、路", "东坡的路", A, "西岭的路", B, "二、步", A],
            ["CHINESE", "UNNUMBERED_INNER", "UNNUMBERED_INNER", "CHINESE"],
        ),
        # 前言 and its like stand beside the outermost series.
        (
            ["前言", A, "第一章 路", "一、远", B, "二、近", A, "第二章 步", B],
            ["PART", "PART", "CHINESE", "CHINESE", "PART"],
        ),
    ],
)
def test_kinds_of_headings_without_a_mark(paragraphs: list[str], kinds: list[str]) -> None:
    assert [heading.kind.name for heading in find_headings(paragraphs)] == kinds


@pytest.mark.parametrize("form", [*OWN_LINES, *LONE_MARKS], ids=lambda form: form[0][0].replace("\n", "/"))
def test_forms_of_headings(form: Form) -> None:
    lines, expected = form
    speech = speech_of(*HEAD, lines[0], B, lines[1], A, B, lines[2], A)
    assert tree(speech) == [(1, mark, text) for mark, text in expected]
    assert speech.removed == ()


@pytest.mark.parametrize("form", LONE_MARKS, ids=lambda form: form[0][0].replace("\n", "/"))
def test_forms_of_headings_directly_under_the_title(form: Form) -> None:
    lines, expected = form
    speech = speech_of(TITLE, lines[0], B, lines[1], A, lines[2], A)
    assert (speech.title, tree(speech)) == (TITLE, [(1, mark, text) for mark, text in expected])


@pytest.mark.parametrize("beginning", PROSE)
def test_sentences_that_begin_with_a_number(beginning: str) -> None:
    """Alone, among other prose, and between headings that have the same numbers."""
    sentence = beginning + B
    assert outline(A, sentence, A) == []
    assert [mark for _, mark, _ in outline("一、看渠", sentence, "二、守闸", sentence)] == ["一、", "二、"]
    assert [mark for _, mark, _ in outline("1.看渠", sentence, "2.守闸", sentence)] == ["1.", "2."]
    assert [mark for _, mark, _ in outline("1、看渠", A, "2、守闸", sentence)] == ["1、", "2、"]


@pytest.mark.parametrize("at", range(len(OWN_LINES)), ids=lambda at: OWN_LINES[at][0][0])
def test_sentences_that_begin_with_a_number_among_headings_of_every_form(at: int) -> None:
    lines, expected = OWN_LINES[at]
    for beginning in PROSE[at % 6 :: 6]:
        speech = speech_of(*HEAD, lines[0], A, lines[1], beginning + B, lines[2], beginning + A)
        assert tree(speech) == [(1, mark, text) for mark, text in expected], beginning


@pytest.mark.parametrize("name", TEXTS)
def test_whole_texts(name: str) -> None:
    text, expected = TEXTS[name]
    assert tree(speech_of(*text.strip().split("\n"))) == expected


def test_the_letters_of_the_sexagenary_cycle_are_marks() -> None:
    body = ("甲、渠怎么老的", A, "子、上段", A, "丑、下段", A, "乙、渠怎么修", B)
    assert outline(*body) == [
        (1, "甲、", "渠怎么老的"),
        (2, "子、", "上段"),
        (2, "丑、", "下段"),
        (1, "乙、", "渠怎么修"),
    ]
    assert outline("甲、乙、丙三方都到了，账当面算清。" + A, B) == []
    assert outline("甲、这一户先搬，别的户后搬。" + A, B) == []


def test_short_headings_behind_ornaments_and_in_brackets() -> None:
    short = (
        "■ 种树",
        "种本地的树，不种名贵的树。",
        "■ 谁来种",
        "谁家的山谁来种。",
        "■ 谁来管",
        "管三年，死一棵补一棵。",
    )
    assert [text for _, _, text in outline(*short)] == ["■ 种树", "■ 谁来种", "■ 谁来管"]
    assert outline("要种的是：", "■ 松树", "■ 柏树", "■ 杨树", A) == []
    lessons = ("【第一堂】坐得住", "椅子是硬的。", "【第二堂】走得远", "路是软的。")
    assert outline(*lessons) == [(1, "【第一堂】", "坐得住"), (1, "【第二堂】", "走得远")]


def test_long_sentences_one_below_the_other_are_a_list_and_all_of_it_is_text() -> None:
    items = (
        "1．东渠断面连续三个月浑浊，责任单位是水站，年底以前必须改好。",
        "2．城北石场一直没有覆盖，责任单位是城管队，月底以前必须盖好。",
        "3．南坡护栏断了十一处，责任单位是公路站，汛期以前必须接好。",
    )
    assert outline("念到谁，谁站起来。", *items, "念完了，大家坐下。") == []
    assert len(outline(items[0], A, items[1], A)) == 2


def test_rows_of_a_table_are_no_headings() -> None:
    rows = ("1\t渠口有没有人\t", "2\t闸门关没关\t", "3\t账本在不在\t")
    assert outline(A, "序号\t检查内容\t结果", *rows, B) == []
    assert outline(A, "1 | 渠口有没有人", "2 | 闸门关没关", "3 | 账本在不在", B) == []


def test_a_point_on_a_line_of_its_own_begins_a_section() -> None:
    speech = speech_of(*HEAD, "其一，种什么", A, "其二，谁来种", B)
    assert [section.heading for section in speech.sections] == [None, 0, 1]


def test_a_bold_call_at_the_end_is_no_heading() -> None:
    paragraphs = ["渠修好了", "去年冬天修的。", "守渠的人永远在渠上！", "谢谢大家！"]
    styled = {"渠修好了": 7, "守渠的人永远在渠上！": 7, "谢谢大家！": 7}
    assert [found.text for found in find_headings(paragraphs, styled)] == ["渠修好了"]
    # Above other text it can be one.
    assert len(find_headings([*paragraphs, "渠还在，人也还在。"], styled)) == 3
