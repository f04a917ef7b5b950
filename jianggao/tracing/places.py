"""Where a text leaves two right ways to write it: paragraph breaks and three choices of punctuation.

No wording, number, name, quotation or title is touched. The rules are narrow on purpose: a place that is left out
costs a bit, one that reads wrongly costs the copy's credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from jianggao.tracing.protected import Protection, Span

Place = tuple[int, str, str]
"""(offset in the clean text, what stands there, what stands there in copies with bit 1)"""

_SENTENCE_END = re.compile(r"[。！？]+")

_LONGEST_QUOTED = 24
"""Characters of a quotation that counts as a member of a row; longer ones are speech."""
_ROWS = {"”": "“", "》": "《"}

_OPENER = re.compile(
    r"(?:(?<=[。！？；\n])|^)"
    r"(?:同时|当前|目前|现在|今天|近年来|近些年来|今年以来|去年以来|长期以来|一直以来|多年来|几年来|一年来|五年来"
    r"|下一步|此外|另外|因此|为此)"
    r"(?P<comma>，?)(?P<next>[一-鿿]{2})"
)
_TAKES_COMMA = re.compile(
    r"我们|我国|我省|我市|我县|我区|全国|全省|全市|全县|全区|全党|各级|各地|大家|必须|还要|也要"
)
"""What follows an opener that may get a comma: a subject or an auxiliary, so that the opener ends there."""

_NEXT_POINT = re.compile(r"[；。](?=[二三四五六七八九十]是)")
_POINT = re.compile(r"[一二三四五六七八九]是")
_SENTENCE = re.compile(r"[^。！？\n]+")
_SHORTEST_ITEM = 14
_LEANS_BACK = re.compile(
    r"[也而又更但则却并还就]|[二三四五六七八九十]是|一方面|另一方面|同时|或|否则|以及|其中|既|不仅|尤其|特别|甚至|使|从而|有的"
)
"""How an item begins that can't open a sentence."""
_GOVERNS = re.compile(
    r"：|一方面|不仅|既|不是|与其|如果|只要|只有|无论|不论|即使|虽然|有的|[一二三四五六七八九十]是"
)
"""What in a sentence governs all its items: they can't be sentences of their own."""


def break_places(text: str, protection: Protection, shortest: int) -> Iterator[Place]:
    """Ends of sentences where a paragraph may be broken, all of them at once: no piece is under `shortest`."""
    for start, end in _paragraphs(text):
        last = start
        for found in _SENTENCE_END.finditer(text, start, end):
            at = found.end()
            if at - last >= shortest and end - at >= shortest and protection.allows(at, at):
                yield at, "", "\n"
                last = at


def punctuation_places(text: str, protection: Protection) -> dict[str, list[Place]]:
    """The places of P1, P2 and P3, by these names."""
    found = {
        "P1": _between_quoted(text, protection),
        "P2": _after_openers(text),
        "P3": [*_before_points(text, protection), *_between_items(text, protection)],
    }
    return {
        kind: [place for place in places if protection.allows(place[0], place[0] + len(place[1]))]
        for kind, places in found.items()
    }


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _between_quoted(text: str, protection: Protection) -> Iterator[Place]:
    spans = protection.enclosed
    for (start, end), (following, stop) in pairwise(spans):
        between = text[end:following]
        if between in ("", "、") and _ROWS.get(text[end - 1]) == text[following] == text[start]:
            rows = text[following] == "《" or all(map(_is_term, (text[start:end], text[following:stop])))
            if rows:
                yield end, between, "、" if not between else ""


def _is_term(quoted: str) -> bool:
    return len(quoted) <= _LONGEST_QUOTED and not re.search(r"[。！？；：]", quoted)


def _after_openers(text: str) -> Iterator[Place]:
    for found in _OPENER.finditer(text):
        if found["comma"]:
            yield found.start("comma"), "，", ""
        elif _TAKES_COMMA.match(found["next"]):
            yield found.start("comma"), "", "，"


def _before_points(text: str, protection: Protection) -> Iterator[Place]:
    """；二是 or 。二是; a 。 only where the point before it is a single sentence."""
    for found in _NEXT_POINT.finditer(text):
        at = found.start()
        if text[at] == "；":
            yield at, "；", "。"
        elif _begins_point(text, at, protection):
            yield at, "。", "；"


def _begins_point(text: str, end: int, protection: Protection) -> bool:
    """Whether the sentence that ends at `end` begins with 一是, 二是 …; ends inside quotations don't count."""
    ends = [
        at
        for at in range(max(0, end - 300), end)
        if text[at] in "。！？；：\n" and protection.allows(at, at + 1)
    ]
    return bool(ends) and _POINT.match(text, ends[-1] + 1) is not None


def _between_items(text: str, protection: Protection) -> Iterator[Place]:
    """；between items of a sentence each of which could be one."""
    for sentence in _SENTENCE.finditer(text):
        if "；" not in sentence[0] or _GOVERNS.search(sentence[0]):
            continue
        ends = [
            at
            for at in range(sentence.start(), sentence.end())
            if text[at] == "；" and protection.allows(at, at + 1)
        ]
        edges = [sentence.start() - 1, *ends, sentence.end()]
        for before, at, after in zip(edges, ends, edges[2:], strict=False):
            long = min(at - before, after - at) > _SHORTEST_ITEM
            if long and not _LEANS_BACK.match(text, at + 1):
                yield at, "；", "。"
