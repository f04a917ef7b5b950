"""What tests of the parser share: paragraphs of prose, speeches made of lines, and what they ask of a
speech."""

from __future__ import annotations

from datetime import date

from jianggao.parsing.lines import plain_text
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse

TODAY = date(2026, 3, 18)

A = "会后各单位把任务领回去，逐条对照，逐项落实，不等不靠，不推不拖，办成一件销号一件，办不成的说明原因再想办法。"
B = "库房里的老账本翻到最后一页，还能看见当年记账人的指印，这样的认真劲今天一点也不能少，少了就要在别处加倍补回来。"
"""Two paragraphs of prose."""
TITLE = "在年中工作会上的讲话"
HEAD = (TITLE, "同志们：", A)
"""The lines that a speech begins with where a test is about its body."""


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


def speech_of(*lines: str, name: str = "a.txt") -> ParsedSpeech:
    """Parses these lines, and asserts that the parser loses nothing of them."""
    text = "\n".join(lines)
    speech = parsed(text, name)
    assert_nothing_lost(plain_text(text), speech)
    return speech


def outline(*body: str) -> list[tuple[int, str, str]]:
    """The headings of a speech with this body, each as level, mark and text."""
    return tree(speech_of(*HEAD, *body))
