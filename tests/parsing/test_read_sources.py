"""What a reader left out of a text is told with the speech, and comes back where the operator says so."""

from __future__ import annotations

from datetime import date

from jianggao.parsing.known_notices import KnownNotices
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.read_sources import parse_source
from jianggao.sources.markup import DroppedLine
from jianggao.sources.source_text import SourceText
from jianggao.text.normal_form import normal_form

FIRST = "修渠的人还在，看渠的人也在，渠水就不会断。我把去年的账从头到尾看了三遍，有几笔要当面说清楚。"
TEXT = f"在看渠会上的讲话\n\n各位乡亲：\n\n{FIRST}\n\n谢谢大家。\n"
MENU, NOTE = "首页 要闻", "谁家有难处，夜里也可以敲我的门。"
SOURCE = SourceText(
    "a.html", TEXT, "utf-8", dropped=(DroppedLine(0, MENU, "网页框架"), DroppedLine(5, NOTE, "正文以外"))
)


def speech(source: SourceText, *kept: str) -> ParsedSpeech:
    notices = KnownNotices(kept=frozenset(map(normal_form, kept)))
    parsed = parse_source(source, date(2026, 3, 18), notices)[0].parsed
    assert isinstance(parsed, ParsedSpeech)
    return parsed


def test_what_was_left_out_is_told_in_the_order_of_the_source() -> None:
    assert speech(SOURCE).removed == (MENU, NOTE)
    assert speech(SOURCE).removed_because == ("网页框架", "正文以外")
    assert NOTE not in speech(SOURCE).text


def test_a_line_that_the_operator_keeps_stands_where_it_stood() -> None:
    found = speech(SOURCE, NOTE)
    assert found.removed == (MENU,)
    assert f"{FIRST}\n{NOTE}\n谢谢大家。" in found.text


def test_the_speeches_of_a_volume_tell_it_at_both_ends() -> None:
    text = f"{TEXT}=====下一篇=====\n{TEXT.replace('看渠会', '修渠会')}"
    source = SourceText(
        "a.html", text, "utf-8", dropped=(DroppedLine(0, MENU, "网页框架"), DroppedLine(14, NOTE, "正文以外"))
    )
    first, second = (part.parsed for part in parse_source(source, date(2026, 3, 18)))
    assert isinstance(first, ParsedSpeech) and isinstance(second, ParsedSpeech)
    assert MENU in first.removed and second.removed == (NOTE,)
