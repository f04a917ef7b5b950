"""Lines of files with entities and tags, or without line ends."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, A, B, parsed, tree

from jianggao.parsing.lines import Lines, plain_text, source_lines
from jianggao.sources.stray_markup import without_comments
from jianggao.text.characters import BROKEN


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\u2028", "\n\n", "\n　\n", "<br/>", "\f"])
def test_line_ends(end: str) -> None:
    speech = parsed(end.join([*HEAD, "一、看清路", B, "二、迈开步", A]))
    assert [text for _, _, text in tree(speech)] == ["看清路", "迈开步"]


def test_blanks_and_invisible_characters_and_entities() -> None:
    speech = parsed(
        f"\ufeff{TITLE}\n\xa0\xa0同志们：\u200b\n\t\xa0　{A}\ufeff\n一、看清\u200b路\n&nbsp;&nbsp;{B}\n"
        f"二、迈开步&mdash;&mdash;快\n<p>{A}</p>\n"
    )
    assert speech.text == "\n".join([TITLE, "同志们：", A, "一、看清路", B, "二、迈开步——快", A]) + "\n"


@pytest.mark.parametrize("between", ["", " ", "\n"])
def test_a_text_without_line_ends(between: str) -> None:
    text = f"同志们：{A}{B}一、看清路。{B}二、迈开步。（一）左脚。{A}（二）右脚。{B}三、走到底。{A}"
    speech = parsed(f"{TITLE}{between}{text}")
    assert (speech.title, speech.salutation) == (TITLE, "同志们：")
    assert tree(speech) == [
        (1, "一、", "看清路"),
        (1, "二、", "迈开步"),
        (2, "（一）", "左脚"),
        (2, "（二）", "右脚"),
        (1, "三、", "走到底"),
    ]


# --- one step at a time -------------------------------------------------------------------------------------------


def test_entities_and_tags_become_text_and_line_ends() -> None:
    assert plain_text("渠&nbsp;水&mdash;快") == "渠\xa0水—快"
    assert plain_text("<p>渠</p><b>水</b><br/>来") == "\n渠\n水\n来"
    assert plain_text("水深 <5 米，渠宽 >3 米") == "水深 <5 米，渠宽 >3 米"


def test_an_entity_of_endless_digits_is_a_broken_character() -> None:
    assert plain_text("&quot;渠&#" + "9" * 5_000 + ";水") == f'"渠{BROKEN}水'


def test_half_a_character_is_a_broken_one() -> None:
    assert plain_text("渠\ud800水") == f"渠{BROKEN}水"


def test_an_indent_behind_a_sentence_begins_a_paragraph() -> None:
    assert plain_text("渠通了。　　水来了。") == "渠通了。\n　　水来了。"
    assert plain_text("渠　　水") == "渠　　水"


def test_a_line_knows_its_place_and_its_columns() -> None:
    lines = source_lines("渠通了\n\n　　水来了 \n\tabc")
    assert [(line.text, line.place, line.after_blank) for line in lines] == [
        ("渠通了", 0, False),
        ("水来了", 2, True),
        ("abc", 3, False),
    ]
    assert [(line.indent, line.width) for line in lines[:2]] == [(0, 6), (4, 10)]
    assert [line.indented for line in lines] == [False, True, True]


def test_rows_are_broken_only_where_line_ends_are_lost() -> None:
    long = "渠" * 200 + "。二、水来了"
    assert len(source_lines(long)) == 2
    assert len(source_lines("渠。二、水来了")) == 1
    assert len(source_lines("\n".join([long, "渠", "水", "来"]))) == 4


def test_lines_taken_out_keep_their_places() -> None:
    lines = Lines.of(source_lines("渠\n水\n山\n石"), [(line, "页码") for line in source_lines("- 1 -")])
    lines.remove({1: "广告", 3: "广告"})
    assert (lines.kept, lines.places) == (["渠", "山"], [0, 2])
    assert sorted(lines.removed) == [(0, "- 1 -", "页码"), (1, "水", "广告"), (3, "石", "广告")]


def test_a_line_is_split_into_two_of_the_same_place() -> None:
    lines = Lines.of(source_lines("同志们： 今天修渠"), [])
    lines.split(0, 4)
    assert (lines.kept, lines.places) == (["同志们：", "今天修渠"], [0, 0])


def test_a_row_without_line_ends_breaks_before_numbers_that_a_digit_follows() -> None:
    row = f"{TITLE}同志们：讲三点。1、4G和5G一起用。{A * 2} 2、3年内通到乡。{B * 2}3、基站有人看。{A}"
    marks = [(mark, text) for _, mark, text in tree(parsed(row))]
    assert marks == [("1、", "4G和5G一起用"), ("2、", "3年内通到乡"), ("3、", "基站有人看")]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("渠<!-- 正文 -->水", "渠水"),
        ("渠<!--\n两\n行\n-->水", "渠水"),
        ("渠<!-- 一 -->水<!-- 二 -->来", "渠水来"),
        ("渠<!----><!-- x -->水", "渠水"),
        ("渠<!--[if gte mso 9]>" + "x" * 5_000 + "<![endif]-->水", "渠水"),
        ("渠 <!-- 没有写完", "渠 <!-- 没有写完"),
        ("渠 -- 水 -->", "渠 -- 水 -->"),
    ],
)
def test_comments_go(text: str, left: str) -> None:
    assert without_comments(text) == left
    assert plain_text(text) == left


def test_a_comment_that_would_take_a_speech_along_stays() -> None:
    text = "<!-- " + A * 30 + " -->"
    assert without_comments(text) == text


def test_a_comment_written_with_entities_goes_too() -> None:
    assert plain_text("渠&lt;!-- 正文 --&gt;水") == "渠水"
