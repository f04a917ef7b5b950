"""Splits a text into letters and what stands between them: so a copy and a leak of it are compared.

Letters are the library's normal form, so full and half width, traditional characters, zero-width characters
and blanks make no difference. Of what stands between two letters (a gap) only line ends and the marks that
matter stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.text.normal_form import normal_form

BREAK = "\n"
MAYBE_BREAK = "\r"
"""Stands for a line end that may end a paragraph or only be a hard wrap's (`unwrap`)."""

_PAUSES = "、,;。"
_QUOTES = "“”‘’「」『』《》〈〉"
_OTHER = "·"
_LINE_ENDS = "\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_GAP = re.compile(f"([{_PAUSES}{_QUOTES}{_OTHER}{BREAK}{MAYBE_BREAK}]+)")
_NOT_PAUSES = dict.fromkeys(map(ord, _QUOTES + _OTHER + BREAK + MAYBE_BREAK))
_CONTEXTS = ((6, 6), (9, 9), (14, 14), (12, 2), (2, 12))
"""How many letters each side find a place again; the first that occurs once counts. The last two find places
with an edited letter on one side."""
_MAX_PLACES = 50
"""Places of the same letters in a leak. If there are more, none of them counts: the first fifty alone would
say what the others may contradict."""


class _LetterTable(dict[int, str]):
    """A translation table that looks each character up once: a leak may have a million of them."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = kept = normal_form(character) or _marks_of(character)
        return kept


def _marks_of(character: str) -> str:
    """Returns what a character that is no letter counts as: a line end, a pause, a quotation mark, `·` for
    any other mark, "" for blanks, control characters and combining ones."""
    if character in _LINE_ENDS:
        return BREAK
    if character == MAYBE_BREAK:
        return MAYBE_BREAK
    marks = unicodedata.normalize("NFKC", character).strip()
    if not marks or unicodedata.category(character)[0] in "CM":
        return ""
    return "".join(mark if mark in _PAUSES + _QUOTES else _OTHER for mark in marks)


_TABLE = _LetterTable()


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text, and by the number of letters before it what stands in each gap."""

    letters: str
    gaps: dict[int, str]

    @classmethod
    def of(cls, text: str) -> Letters:
        """Returns the letters of `text`, where CRLF is one line end and a lone CR stands for
        `MAYBE_BREAK`."""
        parts = _GAP.split(text.replace("\r\n", "\n").translate(_TABLE))
        gaps: dict[int, str] = {}
        at = 0
        for word, gap in zip(parts[0::2], parts[1::2], strict=False):
            at += len(word)
            gaps[at] = gap
        return cls("".join(parts[0::2]), gaps)

    def pauses_at(self, place: int) -> str:
        """Returns the pauses (、 , ; 。) in the gap before letter `place`, in order."""
        return self.gaps.get(place, "").translate(_NOT_PAUSES)

    def breaks_at(self, place: int) -> int | None:
        """Returns 1 if a paragraph ends in the gap before letter `place`, 0 if not, None if that can't be
        told."""
        gap = self.gaps.get(place, "")
        if BREAK in gap:
            return 1
        return None if MAYBE_BREAK in gap else 0


def pauses_of(text: str) -> str:
    """Returns the pauses in `text`, in the form of `Letters.pauses_at`."""
    return text.translate(_TABLE).translate(_NOT_PAUSES)


def letters_before(text: str, offsets: Sequence[int]) -> list[int]:
    """Returns for each of the rising `offsets` the number of letters of `text` before it."""
    counts: list[int] = []
    at = done = 0
    for offset in offsets:
        done += len(normal_form(text[at:offset]))
        at = offset
        counts.append(done)
    return counts


def locate(leak: str, original: str, at: int) -> list[int]:
    """Returns the places of `leak` where letter `at` of `original` stands, told by the letters around it;
    none if these don't stand in the leak, or stand several times in the original.

    Usually one place, told by the nearest surroundings that occur once in the leak too. If there are none,
    the text stands there several times: then all places of the longest surroundings that stand there at most
    50 times.
    """
    repeated: list[int] = []
    longest = 0
    for left, right in _CONTEXTS:
        if at < left or at + right > len(original):
            continue
        context = original[at - left : at + right]
        places_there = _places(leak, context)
        if not places_there or len(_places(original, context)) != 1:
            continue
        if len(places_there) == 1:
            return [places_there[0] + left]
        if left + right > longest:
            repeated, longest = [place + left for place in places_there], left + right
    return repeated


def _places(text: str, piece: str) -> list[int]:
    """Returns all places of `piece`, overlapping ones too; none if there are more than `_MAX_PLACES`."""
    places: list[int] = []
    place = text.find(piece)
    while place >= 0:
        if len(places) == _MAX_PLACES:
            return []
        places.append(place)
        place = text.find(piece, place + 1)
    return places
