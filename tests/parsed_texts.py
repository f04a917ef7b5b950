"""What tests of the parser ask of a speech."""

from __future__ import annotations

from datetime import date

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse

TODAY = date(2026, 3, 18)


def parsed(text: str, name: str = "讲话.txt") -> ParsedSpeech:
    speech = parse(text, name, TODAY)
    assert isinstance(speech, ParsedSpeech), speech
    return speech


def tree(speech: ParsedSpeech) -> list[tuple[int, str, str]]:
    return [(heading.level, heading.mark, heading.text) for heading in speech.headings]


def assert_nothing_lost(source: str, speech: ParsedSpeech) -> None:
    pieces = sorted(
        [(h.start, h.end) for h in speech.headings if not h.in_body]
        + [(s.start, s.end) for s in speech.sections]
    )
    at = pieces[0][0] if pieces else len(speech.text)
    for start, end in pieces:
        assert start == at, speech.text[min(at, start) : max(at, start)]
        at = end
    assert at == len(speech.text)
    kept = "".join(speech.text.split()) + "".join("".join(speech.removed).split())
    assert sorted(kept) == sorted("".join(source.split()))
