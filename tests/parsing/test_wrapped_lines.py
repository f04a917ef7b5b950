"""Lines that were broken at a column, ragged or not, or by a page's end."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, A, B, parsed, speech_of, tree

from jianggao.parsing.lines import source_lines
from jianggao.parsing.wrapped_lines import is_cut_up, join_wrapped_lines

PARAGRAPHS = (
    A + B,
    "一、看清路",
    B + A + B,
    "二、迈开步",
    A + A + B,
    "一是左脚先。" + B + A,
    "二是右脚跟。" + A + B,
)
EXPECTED = [(1, "一、", "看清路"), (1, "二、", "迈开步"), (2, "一是", "左脚先"), (2, "二是", "右脚跟")]


def wrapped(paragraph: str, columns: int) -> list[str]:
    return [paragraph[at : at + columns] for at in range(0, len(paragraph), columns)]


@pytest.mark.parametrize("columns", [30, 38, 40])
@pytest.mark.parametrize("indent", ["　　", "    ", ""])
@pytest.mark.parametrize("between", ["", "\n"])
def test_hard_wrapped_paragraphs_come_together(columns: int, indent: str, between: str) -> None:
    lines = [f"{'　' * 10}{TITLE}", "同志们："]
    for paragraph in PARAGRAPHS:
        lines += wrapped(indent + paragraph, columns)
        lines[-1] += between
    speech = parsed("\n".join(lines))
    assert speech.title == TITLE
    assert tree(speech) == EXPECTED
    assert speech.text.split("\n")[2:-1] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "number", ["— 3 —", "第 3 页 共 9 页", "-3-", "第3页", "3/9", "~ 3 ~", "[3]", "Page 3 of 9", "· 3 ·"]
)
def test_page_numbers_go_and_sentences_come_together(number: str) -> None:
    speech = speech_of(*HEAD, "一、看清路", B[:25], number, B[25:], "二、迈开步", number, A)
    assert speech.removed == (number, number)
    assert B in speech.text
    assert [text for _, _, text in tree(speech)] == ["看清路", "迈开步"]


def wrapped_lines(text: str) -> list[str]:
    return [line.text for line in join_wrapped_lines(source_lines(text), [])]


def test_latin_words_keep_a_blank_where_lines_come_together() -> None:
    row = "渠" * 18 + "word"
    assert wrapped_lines("\n".join([row] * 5 + ["more"]))[0].endswith("word more")


def test_a_poem_is_not_wrapped_though_its_lines_are_equally_long() -> None:
    verse = "渠水清清流过东坡又流过了西岭的每一块田。"
    assert wrapped_lines("\n".join([verse] * 8)) == [verse] * 8


def test_less_than_six_lines_prove_no_column() -> None:
    assert len(wrapped_lines("\n".join(["渠" * 20] * 5))) == 5
    assert len(wrapped_lines("\n".join(["渠" * 20] * 6))) == 1


def test_a_mark_begins_a_paragraph_of_a_wrapped_text_behind_a_sentence_only() -> None:
    full = "渠" * 19
    assert wrapped_lines("\n".join([full + "。", "二、" + "水" * 18, *[full + "渠"] * 5])) == [
        full + "。",
        "二、" + "水" * 18 + (full + "渠") * 5,
    ]
    assert len(wrapped_lines("\n".join([full + "、", "二、" + "水" * 18, *[full + "渠"] * 5]))) == 1


def test_a_number_on_its_own_line_begins_a_paragraph_in_a_wrapped_text() -> None:
    rows = [A[at : at + 26] for at in range(0, 52, 26)]
    body = "\n".join(
        line for mark in ("01", "02", "03") for line in (mark, "看清路", *rows, *rows, rows[0][:25] + "。")
    )
    speech = parsed("\n".join([*HEAD[:2], body]))
    assert [(mark, text) for _, mark, text in tree(speech)] == [
        (mark, "看清路") for mark in ("01", "02", "03")
    ]


# --- ragged columns -----------------------------------------------------------------------------------------------

CANAL = (
    "清淤的事不能再拖了。去年夏天下过三场大雨，东边的支渠漫了两回，淹掉的稻子有四十多亩；今年开春我又去走了一趟，"
    "渠底的泥比上回还要厚出半尺。有人说等秋后再挖也不迟，我说等不起。水是不等人的，庄稼也不等人。",
    "人手怎么凑呢？各组先报名字，再排日子，一天十二个人，分两段挖。家里有病人的，孩子还小的，不排；排上了来不了的，"
    "找人替，替不着的跟我说一声。账要记清楚，谁哪天来了，挖了多长，都写在村口的那块黑板上，谁都看得见。",
    "挖出来的泥也有去处。南坡那片果园土薄，正缺这个，一车一车拉过去就行。拉泥的车由合作社出，油钱从水费里开支。"
    "大家不要往路边倒，倒在路边，雨一来又冲回渠里，等于白挖。这件事我请老周盯着，老周的脾气大家是知道的。",
)


def ragged(paragraph: str, columns: int, indent: str) -> list[str]:
    """The paragraph as a phone reads it from a page: marks take half of their width, and none begins a line."""
    rows, row, taken = [], indent, float(len(indent)) / 2
    for letter in paragraph:
        taken += 0.5 if letter in "，。；？" else 1
        if taken > columns and letter not in "，。；？":
            rows.append(row)
            row, taken = "", 1.0
        row += letter
    return [*rows, row]


@pytest.mark.parametrize("columns", [22, 24, 27])
@pytest.mark.parametrize("indent", ["   ", "　　"])
def test_ragged_lines_come_together(columns: int, indent: str) -> None:
    rows = [row for paragraph in CANAL * 2 for row in ragged(paragraph, columns, indent)]
    assert wrapped_lines("\n".join(rows)) == list(CANAL * 2)


def test_ragged_lines_without_indents_end_with_a_sentence_at_most() -> None:
    rows = [row for paragraph in CANAL for row in ragged(paragraph, 25, "")]
    found = wrapped_lines("\n".join(rows))
    assert "".join(found) == "".join(CANAL) and len(found) < len(rows) / 2
    assert all(paragraph.endswith("。") for paragraph in found)


def test_a_title_without_a_mark_takes_no_ragged_line() -> None:
    title = "在东支渠清淤动员会暨春灌准备会议上的讲话"
    rows = [row for paragraph in CANAL for row in ragged(paragraph, 22, "")]
    assert wrapped_lines("\n".join([title, *rows]))[0] == title


@pytest.mark.parametrize(
    "row",
    [
        "渠水流过东边的坡又流过西边的岭流进每一块田{}",  # a list of phrases
        "渠水流过东边的坡。又流过西边的岭，流进田里{}。",  # sentences of one length
    ],
)
def test_lines_that_cut_no_sentence_are_no_ragged_column(row: str) -> None:
    rows = [row.format("啊" * (at % 7)) for at in range(21)]
    assert wrapped_lines("\n".join(rows)) == rows


def test_verses_that_break_sentences_at_any_length_stay() -> None:
    rows = [f"{'渠' * (9 + 5 * at % 17)}。水{'来' * (at % 5)}" for at in range(30)]
    assert wrapped_lines("\n".join(rows)) == rows


def test_what_could_not_be_joined_is_told() -> None:
    rows = [row for paragraph in CANAL for row in ragged(paragraph, 15, "")]
    told = "有很多行断在句子中间，像是换行没有接上。请对照原文，把断开的行接好"
    assert told in speech_of(*HEAD[:2], *rows).problems
    assert told not in speech_of(*HEAD[:2], *CANAL).problems
    assert not is_cut_up([*CANAL, "渠长", "渠边。方川"])


@pytest.mark.parametrize(
    "stamp",
    ["扫描全能王 创建", "由扫描全能王扫描创建", "Scanned by CamScanner", "夸克扫描王 极速扫描，就是高效"],
)
def test_a_stamp_below_a_page_cuts_no_sentence(stamp: str) -> None:
    rows = [row for paragraph in CANAL for row in ragged(paragraph, 24, "   ")]
    rows[2:2] = ["", "          - 1 -", "", f"       {stamp}", ""]
    speech = parsed("\n".join([TITLE, "同志们：", "", *rows]))
    assert speech.removed == ("- 1 -", stamp)
    assert speech.text.split("\n")[2:-1] == list(CANAL)


@pytest.mark.parametrize("below", ["▼", "——————", "（完）"])
@pytest.mark.parametrize("line", ["编者按：这次会开过以后，全镇的路灯亮了一冬。", "各位乡亲、各位来宾：", A])
def test_what_parts_lines_joins_none(below: str, line: str) -> None:
    source = "以下文章来源于渠水县融媒体中心，作者方大川"
    speech = speech_of("让路灯亮到村口", source, below, line, A, A)
    assert source in speech.removed
    assert line in speech.text.split("\n")


@pytest.mark.parametrize("line", ["编者按：这次会开过以后，全镇的路灯亮了一冬。", "各位乡亲、各位来宾："])
def test_no_sentence_goes_on_over_a_page_in_a_note_or_a_salutation(line: str) -> None:
    above = "本栏目由渠水县融媒体中心与柳湾村文化站一起主持"
    lines = source_lines("\n".join([above, "— 3 —", line]))
    joined = join_wrapped_lines([lines[0], lines[2]], [lines[1].place])
    assert [each.text for each in joined] == [above, line]
