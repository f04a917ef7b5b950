"""A text as letters and what stands between them: the form in which a copy and a leak of it are compared.

Letters are the library's normal form, so full and half width, traditional characters, zero-width characters and
blanks make no difference. Of what stands between two letters (a gap) only line ends and the marks that matter stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.text.normal_form import normal_form

BREAK = "\n"
PERHAPS = "\r"
"""A line end that may be a paragraph's or only a hard wrap's."""

_STOPS = "、,;。"
_QUOTES = "“”‘’「」『』《》〈〉"
_OTHER = "·"
_LINE_ENDS = "\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_GAP = re.compile(f"([{_STOPS}{_QUOTES}{_OTHER}{BREAK}{PERHAPS}]+)")
_NOT_STOPS = dict.fromkeys(map(ord, _QUOTES + _OTHER + BREAK + PERHAPS))
_REACHES = ((6, 6), (9, 9), (14, 14), (12, 2), (2, 12))
"""How many letters each side find a place again; the first that occurs once counts. The last two find places with
an edited letter on one side."""
_MOST_PLACES = 50
"""Of the same letters in a leak. Where there are more, none of them counts: the first fifty alone would say what the
others may contradict."""


class _LetterTable(dict[int, str]):
    """A translation table that works out each character once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = kept = normal_form(character) or _marks_of(character)
        return kept


def _marks_of(character: str) -> str:
    if character in _LINE_ENDS:
        return BREAK
    if character == PERHAPS:
        return PERHAPS
    marks = unicodedata.normalize("NFKC", character).strip()
    if not marks or unicodedata.category(character)[0] in "CM":
        return ""
    return "".join(mark if mark in _STOPS + _QUOTES else _OTHER for mark in marks)


_TABLE = _LetterTable()


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text, and by the number of letters before it what stands in each gap."""

    letters: str
    gaps: dict[int, str]

    @classmethod
    def of(cls, text: str) -> Letters:
        """The letters of `text`, where CRLF is one line end and a lone CR stands for `PERHAPS`."""
        parts = _GAP.split(text.replace("\r\n", "\n").translate(_TABLE))
        gaps: dict[int, str] = {}
        at = 0
        for word, gap in zip(parts[0::2], parts[1::2], strict=False):
            at += len(word)
            gaps[at] = gap
        return cls("".join(parts[0::2]), gaps)

    def stops_at(self, place: int) -> str:
        """The pauses (、 , ; 。) in the gap before letter `place`, in order."""
        return self.gaps.get(place, "").translate(_NOT_STOPS)

    def breaks_at(self, place: int) -> int | None:
        """1 if a paragraph ends in the gap before letter `place`, 0 if not, None if one can't tell."""
        gap = self.gaps.get(place, "")
        if BREAK in gap:
            return 1
        return None if PERHAPS in gap else 0


def stops_of(text: str) -> str:
    """The pauses in `text` as `Letters.stops_at` gives them."""
    return text.translate(_TABLE).translate(_NOT_STOPS)


def letters_before(text: str, offsets: Sequence[int]) -> list[int]:
    """For each of the rising `offsets` the number of letters of `text` before it."""
    counts: list[int] = []
    at = done = 0
    for offset in offsets:
        done += len(normal_form(text[at:offset]))
        at = offset
        counts.append(done)
    return counts


def places_in(leak: str, original: str, at: int) -> list[int]:
    """Where letter `at` of `original` stands in `leak`, told by the letters around it, which must occur once in the
    original; none if it doesn't.

    One place, told by the nearest letters that occur once in the leak too. Where none do, somebody has the text there
    several times: all places of the longest surroundings then that stand there at most 50 times.
    """
    repeated: list[int] = []
    longest = 0
    for left, right in _REACHES:
        if at < left or at + right > len(original):
            continue
        around = original[at - left : at + right]
        found = _places(leak, around)
        if not found or len(_places(original, around)) != 1:
            continue
        if len(found) == 1:
            return [found[0] + left]
        if left + right > longest:
            repeated, longest = [place + left for place in found], left + right
    return repeated


def _places(text: str, piece: str) -> list[int]:
    """All places of `piece`; none where there are too many."""
    found: list[int] = []
    place = text.find(piece)
    while place >= 0:
        if len(found) == _MOST_PLACES:
            return []
        found.append(place)
        place = text.find(piece, place + 1)
    return found
