"""Finds what a mark never touches: quotations, titles of works, brackets and the spans that the caller
names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jianggao.parsing.model import ParsedSpeech

Span = tuple[int, int]

_PAIRS = dict(zip('“‘「『《〈【（("', '”’」』》〉】）)"', strict=True))
_CLOSERS = set(_PAIRS.values()) - set("）)")
"""Marks that are a typing error where they close nothing; brackets also stand alone, as in 1）."""
_FARTHEST_CLOSE = 20
"""Paragraphs within which a quotation that stays open is expected to close."""


@dataclass(slots=True)
class _ProtectedParagraph:
    """A paragraph's outermost enclosed spans, and what of it doesn't pair up."""

    start: int
    end: int
    enclosed: list[Span] = field(default_factory=list)
    unclosed: bool = False
    unopened: bool = False


def enclosed_spans(text: str) -> list[Span]:
    """Returns the outermost spans in quotation marks, title marks or brackets, with these, in order and
    disjoint.

    A paragraph whose marks don't pair up is one span, since it can't be told what stands within them; a
    quotation over several paragraphs, each of which opens it again, is one too.
    """
    paragraphs = []
    at = 0
    for line in text.split("\n"):
        paragraphs.append(_read_paragraph(line, at))
        at += len(line) + 1
    spans: list[Span] = []
    for number, paragraph in enumerate(paragraphs):
        if not (paragraph.unclosed or paragraph.unopened):
            spans += paragraph.enclosed
            continue
        spans.append((paragraph.start, paragraph.end))
        if paragraph.unclosed:
            following = paragraphs[number + 1 : number + 1 + _FARTHEST_CLOSE]
            spans += [(paragraph.start, other.end) for other in following if other.unopened][:1]
    return merged(spans)


def _read_paragraph(line: str, offset: int) -> _ProtectedParagraph:
    paragraph = _ProtectedParagraph(offset, offset + len(line))
    open_marks: list[tuple[str, int]] = []
    for at, character in enumerate(line, offset):
        if open_marks and character == _PAIRS[open_marks[-1][0]]:
            _, start = open_marks.pop()
            if not open_marks:
                paragraph.enclosed.append((start, at + 1))
        elif character in _PAIRS:
            open_marks.append((character, at))
        elif character in _CLOSERS:
            paragraph.unopened = True
    paragraph.unclosed = bool(open_marks)
    return paragraph


def merged(spans: Iterable[Span]) -> list[Span]:
    """Returns the spans in order, those that overlap put together; spans that only touch stay two."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        elif start < end:
            whole.append((start, end))
    return whole


class Protection:
    """Tells where a mark may stand."""

    def __init__(self, text: str, named: Sequence[Span] = ()) -> None:
        self.enclosed = enclosed_spans(text)
        self._starts = [start for start, _ in self.enclosed]
        self._named = merged(named)
        self._named_starts = [start for start, _ in self._named]

    def allows(self, start: int, end: int) -> bool:
        """Returns whether [start, end) may be replaced or, if the two are equal, something may be inserted
        there.

        Nothing changes strictly inside an enclosed span. Nothing changes in a named span, and nothing is
        inserted at its edges either.
        """
        at = bisect_right(self._starts, start) - 1
        if at >= 0 and self.enclosed[at][0] < start < self.enclosed[at][1]:
            return False
        edge = 1 if start == end else 0
        last = bisect_left(self._named_starts, end + edge) - 1
        return last < 0 or start >= self._named[last][1] + edge


def front_and_headings(speech: ParsedSpeech) -> list[Span]:
    """Returns the named spans of a parsed speech: title, occasion and salutation in one, and each heading."""
    starts = [heading.start for heading in speech.headings if not heading.in_body]
    starts += [section.start for section in speech.sections]
    return [
        (0, min(starts, default=len(speech.text))),
        *((heading.start, heading.end) for heading in speech.headings),
    ]
