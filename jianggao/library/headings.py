"""Which paragraphs begin with a heading, and of which kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

_NUMERAL = "一二三四五六七八九十"
_VALUES = {numeral: value for value, numeral in enumerate(_NUMERAL, 1)}
_CIRCLED = {
    chr(code): value for first in (0x2460, 0x2474) for value, code in enumerate(range(first, first + 20), 1)
}
LONGEST_OWN_LINE = 60
LONGEST_UNNUMBERED = 30
LONGEST_POINT = 120


class Kind(IntEnum):
    """The kinds of headings, outermost first, as official documents nest them."""

    PART = 0
    UNNUMBERED_OUTER = 1
    CHINESE = 2
    UNNUMBERED_INNER = 3
    BRACKETED_CHINESE = 4
    ARABIC = 5
    BRACKETED_ARABIC = 6
    POINT_IS = 7
    POINT_ORDINAL = 8
    POINT_FIRST = 9


POINTS = (Kind.POINT_IS, Kind.POINT_ORDINAL, Kind.POINT_FIRST)

_MARKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.PART, re.compile(rf"第([{_NUMERAL}]+)(?:部分|章|编|篇|板块)(?:[ 、：:]\s*|$)")),
    (Kind.CHINESE, re.compile(rf"([{_NUMERAL}]+)\s*[、．.]\s*")),
    (Kind.CHINESE, re.compile(rf"([{_NUMERAL}]+)$")),
    (Kind.BRACKETED_CHINESE, re.compile(rf"[（(]\s*([{_NUMERAL}]+)\s*[）)]\s*[、.．]?\s*")),
    (Kind.BRACKETED_ARABIC, re.compile(r"[（(]\s*([0-9０-９]{1,2})\s*[）)]\s*[、.．]?\s*")),
    (Kind.BRACKETED_ARABIC, re.compile(r"([①-⑳⑴-⒇])\s*")),
    (Kind.ARABIC, re.compile(r"([0-9０-９]{1,2})\s*[.．、]\s*(?![0-9０-９])")),
    (Kind.POINT_IS, re.compile(rf"其?([{_NUMERAL}]{{1,3}})(?:是|要|则)(?![{_NUMERAL}]是)[，,：:]?")),
    (Kind.POINT_IS, re.compile(rf"其([{_NUMERAL}])[，,：:]")),
    (Kind.POINT_ORDINAL, re.compile(rf"第([{_NUMERAL}]{{1,3}})(?:点|条)?[，,、：:]\s*(?:是|要)?")),
    (Kind.POINT_ORDINAL, re.compile(rf"第([{_NUMERAL}]{{1,3}})(?:点|个方面)?(?:是|要)[，,：:]?")),
    (Kind.POINT_FIRST, re.compile(r"(首先|其次|再次|再者|此外|最后)(?:[，,：:]|是(?=[^，。]))")),
)
_FIRST_VALUES = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "此外": 4, "最后": 9}
_SENTENCE_END = re.compile(r"[。！？]")
_INLINE_SECOND = re.compile(r"[；;。，,](?:二是|二要|其二|第二[，,]|其次[，,])")
_NO_UNNUMBERED = re.compile(r"[。！？；：:!?;…]$|^[——\-—（(【\[“]|[。！？；]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A paragraph's mark: its kind, its number, and how much of the paragraph it takes."""

    kind: Kind
    number: int
    length: int


@dataclass(frozen=True, slots=True)
class Found:
    """A heading in paragraph `paragraph`: mark and text by length; the rest of the paragraph is its body."""

    paragraph: int
    kind: Kind
    mark: str
    text: str
    run_in: bool
    length: int
    """How many characters of the paragraph are the heading's slice."""


def find_headings(paragraphs: Sequence[str]) -> list[Found]:
    """The headings of the body's paragraphs, in order."""
    marks = [read_mark(paragraph) for paragraph in paragraphs]
    kept = _plausible(paragraphs, marks)
    found = []
    for place, paragraph in enumerate(paragraphs):
        mark = kept.get(place)
        if mark is not None:
            found.append(_heading(place, paragraph, mark))
        elif _is_unnumbered(place, paragraphs, marks):
            found.append(Found(place, Kind.UNNUMBERED_INNER, "", paragraph, False, len(paragraph)))
    return _settle_unnumbered(found)


def read_mark(paragraph: str) -> Mark | None:
    """The mark that a paragraph begins with, if any."""
    for kind, pattern in _MARKS:
        match = pattern.match(paragraph)
        if match:
            number = _number(match[1])
            if number:
                return Mark(kind, number, match.end())
    return None


def _number(written: str) -> int:
    if written in _FIRST_VALUES:
        return _FIRST_VALUES[written]
    if written in _CIRCLED:
        return _CIRCLED[written]
    if written[0] in _VALUES:
        return _chinese_number(written)
    return int(written)


def _chinese_number(written: str) -> int:
    """一 … 九十九; 0 for what is no number."""
    if len(written) == 1:
        return _VALUES[written]
    tens, ten, ones = written.partition("十")
    if not ten or len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return (_VALUES[tens] if tens else 1) * 10 + (_VALUES[ones] if ones else 0)


def _plausible(paragraphs: Sequence[str], marks: Sequence[Mark | None]) -> dict[int, Mark]:
    """The marks that belong to a series: a first one with a second behind it, a later one with one before it."""
    kept: dict[int, Mark] = {}
    last: dict[Kind, int] = {}
    for place, mark in enumerate(marks):
        if mark is None:
            continue
        if _belongs(place, mark, paragraphs, marks, last.get(mark.kind)):
            kept[place] = mark
            last[mark.kind] = mark.number
            for inner in Kind:
                if inner > mark.kind and mark.kind not in POINTS:
                    last.pop(inner, None)
    return kept


def _belongs(
    place: int,
    mark: Mark,
    paragraphs: Sequence[str],
    marks: Sequence[Mark | None],
    previous: int | None,
) -> bool:
    paragraph = paragraphs[place]
    if mark.kind is Kind.POINT_FIRST and mark.number != 1:
        return previous is not None and mark.number > previous
    if mark.number == 1:
        if mark.kind in POINTS and _INLINE_SECOND.search(paragraph):
            return False
        return _has_second(place, mark, marks) or _is_title_like(paragraph, mark)
    if previous is not None and previous < mark.number <= previous + 2:
        return True
    return mark.kind in (Kind.PART, Kind.CHINESE, Kind.BRACKETED_CHINESE) and _is_title_like(paragraph, mark)


def _has_second(place: int, mark: Mark, marks: Sequence[Mark | None]) -> bool:
    for other in marks[place + 1 :]:
        if other is None or other.kind > mark.kind:
            continue
        if other.kind < mark.kind and mark.kind not in POINTS:
            return False
        if other.kind < mark.kind and other.kind not in POINTS:
            return False
        if other.kind is mark.kind:
            if other.number == 1:
                return False
            return other.number <= 3 or mark.kind is Kind.POINT_FIRST
    return False


def _is_title_like(paragraph: str, mark: Mark) -> bool:
    """A line of its own that only a heading would be: short, no sentence inside."""
    if mark.kind in POINTS:
        return False
    inner = paragraph[mark.length :]
    return (
        len(inner) <= LONGEST_OWN_LINE
        and not _SENTENCE_END.search(inner[:-1])
        and not inner.endswith(("；", "，"))
    )


def _heading(place: int, paragraph: str, mark: Mark) -> Found:
    end = _SENTENCE_END.search(paragraph, mark.length)
    written_mark = paragraph[: mark.length].rstrip()
    if end is None or end.start() >= len(paragraph.rstrip()) - 1:
        text = paragraph[mark.length :].rstrip()
        run_in = (
            mark.kind in POINTS or len(text) > LONGEST_OWN_LINE or text.endswith(("。", "；", "！", "？"))
        )
        return Found(place, mark.kind, written_mark, text.rstrip("。；！？"), run_in, len(paragraph))
    text = paragraph[mark.length : end.start()]
    return Found(place, mark.kind, written_mark, text, True, end.end())


def _is_unnumbered(place: int, paragraphs: Sequence[str], marks: Sequence[Mark | None]) -> bool:
    """A short line without an end, before a long paragraph or a numbered heading, not first in the text."""
    paragraph = paragraphs[place]
    if (
        marks[place] is not None
        or not 4 <= len(paragraph) <= LONGEST_UNNUMBERED
        or _NO_UNNUMBERED.search(paragraph)
    ):
        return False
    if place + 1 >= len(paragraphs):
        return False
    following = paragraphs[place + 1]
    before = paragraphs[place - 1] if place else "。"
    closed = (
        before.endswith(("。", "！", "？", "”", "：", ":", "）", "；", "…")) or marks[place - 1] is not None
    )
    return closed and (len(following) >= 50 or marks[place + 1] is not None)


def _settle_unnumbered(found: list[Found]) -> list[Found]:
    """Unnumbered headings are outer ones where one comes before every numbered 一、, else they stand below 一、."""
    first_numbered = next((place for place, one in enumerate(found) if one.kind is Kind.CHINESE), None)
    first_unnumbered = next((place for place, one in enumerate(found) if one.mark == ""), None)
    if first_unnumbered is None or (first_numbered is not None and first_numbered < first_unnumbered):
        return found
    return [replace(one, kind=Kind.UNNUMBERED_OUTER) if one.mark == "" else one for one in found]
