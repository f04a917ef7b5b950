"""Lines of files that were wrapped, paged, or had no line ends."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, A, B, parsed, speech_of, tree

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
