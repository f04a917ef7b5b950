"""Lines at the edges of a text that only other texts show to be notices."""

from __future__ import annotations

from datetime import date

import pytest
from doubtful_texts import speech_of
from shared_lines import SPEECHES, VENDORS

from jianggao.parsing.edge_text import edge_text
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse

LONG = (
    "老渡口的船一天摆四十趟，涨水的时候船老大站在船头喊人，喊得嗓子哑了也没有人肯早走一刻钟，桥就是那年修的。"
)
TITLE = "在渡口现场会上的讲话"


def read(*last_lines: str) -> ParsedSpeech:
    parsed = parse(speech_of("渡口", *last_lines), "a.txt", date(2026, 3, 18))
    assert isinstance(parsed, ParsedSpeech)
    return parsed


@pytest.mark.parametrize("above", [(), ("谢谢大家！",), ("县长 方大川", "2025年3月4日")])
@pytest.mark.parametrize("line", VENDORS)
def test_a_vendors_line_is_compared_or_known_by_itself(line: str, above: tuple[str, ...]) -> None:
    parsed = read(*above, line)
    assert line in (*parsed.edge_text, *parsed.doubtful, *parsed.removed)


@pytest.mark.parametrize("above", [(), ("谢谢大家！",)])
@pytest.mark.parametrize("line", SPEECHES)
def test_what_speeches_share_by_custom_is_not(line: str, above: tuple[str, ...]) -> None:
    parsed = read(*above, line)
    assert line not in (*parsed.edge_text, *parsed.doubtful, *parsed.removed)


def test_a_sentence_of_any_words_counts_below_the_signature_alone() -> None:
    motto = "山高水长，来日方长。"
    assert edge_text([], [LONG, motto]) == ()
    assert edge_text([], [LONG, "云岭县水利局", motto]) == (motto,)
    assert edge_text([], [LONG, "2025年3月4日", motto]) == (motto,)


def test_the_edge_ends_at_a_sentence_of_the_speech() -> None:
    assert edge_text([], [LONG, "松风阁", "船还在，桥也通了。"]) == ()
    assert edge_text([], [LONG, "松风阁", "谢谢大家！"]) == ("松风阁",)
    assert edge_text([], [LONG, "松风阁", LONG]) == ()


def test_at_most_three_lines_in_the_order_of_the_source() -> None:
    names = ("松风阁", "炉边书屋", "北窗书坊", "溪山堂")
    assert edge_text([], [LONG, *names]) == names[1:]


def test_the_only_paragraph_is_the_speech() -> None:
    assert edge_text([TITLE], ["松风阁"]) == ()
    assert edge_text([], []) == ()


@pytest.mark.parametrize("line", ["听松书苑伴您每一次登台", "松风阁", "想看更多请找松风阁。"])
def test_a_vendors_line_above_the_title_is_compared(line: str) -> None:
    assert edge_text([line, TITLE, "（2025年3月4日）"], [LONG]) == (line,)
    # It can be the title itself where no other one follows.
    assert edge_text([line, "（2025年3月4日）"], [LONG]) == ()
    assert edge_text([TITLE, line], [LONG]) == ()


@pytest.mark.parametrize(
    "line",
    [
        "让路灯亮到村口",
        "全县水利工作会议",
        "方大川",
        "中共云岭县委",
        "2025年3月4日",
        "村史丛书之三",
        "船与桥",
    ],
)
def test_themes_meetings_names_and_series_above_the_title_are_not(line: str) -> None:
    assert edge_text([line, TITLE], [LONG]) == ()
