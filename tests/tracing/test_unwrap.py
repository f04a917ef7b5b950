"""Hard wraps are taken out where a text has them, and nowhere else."""

from __future__ import annotations

import unicodedata

import pytest

from jianggao.tracing.letters import MAYBE_BREAK
from jianggao.tracing.unwrap import unwrapped

PARAGRAPHS = (
    "渠首的老柳树今年又发了新枝守闸人把去冬的账本翻到最后一页一笔一笔念给大家听听的人都不说话",
    "念到第三页的时候外面下起了雨雨点打在铁皮屋顶上像有人在上面撒了一把又一把的豆子没有停的意思",
    "雨停了以后他把账本合上锁进柜子说明年还照这个账来算该谁出工就是谁出工一天也不能少",
)
TEXT = "。\n".join(PARAGRAPHS) + "。"


def wrapped(text: str, width: int, *, end: str = "\n") -> str:
    return end.join(
        end.join(line[at : at + width] for at in range(0, len(line), width)) for line in text.split("\n")
    )


@pytest.mark.parametrize("width", [10, 16, 19])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_wrapped_text_has_one_line_a_paragraph_again(width: int, end: str) -> None:
    assert unwrapped(wrapped(TEXT, width, end=end)).replace(MAYBE_BREAK, "\n") == TEXT


def test_a_full_line_that_ends_a_sentence_may_end_a_paragraph_or_not() -> None:
    ten = "渠水从山脚下流过村口。"
    lines = [ten[:-1] + "又", *["流过田埂流过晒场流过桥"] * 5, ten, "大家都说好", ""]
    assert unwrapped("\n".join(lines)).endswith(f"{ten}{MAYBE_BREAK}大家都说好\n")


def test_an_indented_line_begins_a_paragraph_whatever_stands_before() -> None:
    lines = ["流过田埂流过晒场流过桥"] * 6
    assert unwrapped("\n".join([*lines, "　　第二天放晴", *lines])).count("\n") == 2


@pytest.mark.parametrize(
    "text",
    [
        TEXT,  # paragraphs of any length
        "一是修渠\n二是护林\n三是清淤",  # too few lines
        "\n".join("渠" * (4 + 3 * at) for at in range(12)),  # of many widths: a list, a poem
        "\n".join(["渠水清了。"] * 20),  # each line a sentence
        "",
    ],
)
def test_a_text_that_is_not_wrapped_stays_as_it_was(text: str) -> None:
    assert unwrapped(text) == text


def test_width_may_be_counted_in_columns() -> None:
    """Digits take one column, Chinese characters two: the lines differ in characters, not in columns."""
    line = "2026年7月1日渠水涨了"
    columns = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)
    full = "渠" * (columns // 2)
    lines = [full, line, full, "ab" + full[1:], full, line, full, "完"]
    assert unwrapped("\n".join(lines)) == "".join(lines)


def test_many_longer_lines_say_that_there_is_no_width() -> None:
    lines = ["流过田埂流过晒场流过桥"] * 10 + ["这一行比别的行长出了许多许多许多许多"] * 3
    assert unwrapped("\n".join(lines)) == "\n".join(lines)
