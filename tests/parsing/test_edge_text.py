"""Lines at the edges of a text that only other texts show to be notices."""

from __future__ import annotations

from datetime import date

import pytest
from doubtful_texts import speech_of
from shared_lines import NAMELESS, SPEECHES, VENDORS

from jianggao.library.learned_notices import is_notice_if_repeated
from jianggao.parsing.edge_text import edge_text
from jianggao.parsing.known_notices import KnownNotices
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.text.normal_form import normal_form

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
def test_a_vendors_line_is_known_once_it_repeats(line: str, above: tuple[str, ...]) -> None:
    parsed = read(*above, line)
    if line not in parsed.removed:
        assert line in (*parsed.edge_text, *parsed.doubtful) and is_notice_if_repeated(line)


@pytest.mark.parametrize("line", NAMELESS)
def test_a_line_that_may_be_a_motto_is_compared_and_no_notice(line: str) -> None:
    parsed = read(line)
    assert line in parsed.edge_text and not is_notice_if_repeated(line)


@pytest.mark.parametrize("above", [(), ("谢谢大家！",)])
@pytest.mark.parametrize("line", SPEECHES)
def test_what_speeches_share_by_custom_is_not(line: str, above: tuple[str, ...]) -> None:
    parsed = read(*above, line)
    assert line not in (*parsed.edge_text, *parsed.removed)
    assert line not in parsed.doubtful or not is_notice_if_repeated(line)


def test_what_a_colon_announces_is_quoted() -> None:
    assert edge_text([], [LONG, "匾上刻着三个字：", "松风阁"]) == ()


def test_what_is_suspected_is_in_doubt_at_the_edge_alone() -> None:
    motto = "写字人的炉边"
    known = KnownNotices(suspected=frozenset({normal_form(motto)}))
    at_end = parse(speech_of("渡口", motto), "a.txt", date(2026, 3, 18), notices=known)
    inside = parse(speech_of("渡口", motto, LONG), "a.txt", date(2026, 3, 18), notices=known)
    assert isinstance(at_end, ParsedSpeech) and isinstance(inside, ParsedSpeech)
    assert at_end.doubtful == (motto,) and not at_end.edge_text and motto in at_end.text
    assert not inside.doubtful


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
    names = ("松风阁", "炉边书屋", "北窗书坊", "溪山斋")
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
