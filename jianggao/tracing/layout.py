"""Marks in the layout of a .docx: 128 keyed bits of a member's copy, each several times over, that nobody sees.

Three things carry them, since they get lost in different ways: how close the characters of a few letters stand (one
twip, 1/20 pt, more or less), a right indent of up to three twips, and the names of hidden bookmarks. Which bit stands
where is told by the letters of the text and by the names, so that a page copied out of the file is read too.
Who re-types or pastes plain text loses them; who knows the text, but not the key, guesses each with a chance of ½.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jianggao.text.normal_form import normal_form, normal_positions
from jianggao.tracing.docx_layout import DocxLayout

BITS = 128
SPACINGS = (-7, -6)
"""Twips by which characters stand apart, for 0 and 1. The style has -6 too, but says so for all: a run that says nothing
tells nothing. With these LibreOffice breaks nearly every line as without marks; with -5 or -8 it doesn't."""
NAMES = 40
"""Bookmarks in a document at most, spread over the paragraphs of the body."""
_NAME = re.compile(r"_Hlk(\d{8,9})")
"""As Word names the bookmarks that it makes for itself."""
_NAME_BITS = 24
_UNIT, _LONG_UNIT, _LONG = 6, 12, 6_000
_RUN = 12
_MOST_LETTERS = 400_000
_MOST_TIMES = 4
"""So often a run of letters counts in a file: a text pasted twice is read, one that fills a file is none of ours."""
_FEWEST = 12
"""Fewer marks of one kind than these can all be alike by chance."""
_RESET_BELOW = 0.15
_NEARLY = 0.9
"""A text with so much of what the likeliest one has in a file may be the one that the file is a copy of."""

Vote = tuple[int, int]
"""(number of a bit, 0 or 1)"""


def layout_of(key: bytes, member: str, version: int) -> tuple[int, ...]:
    """The bits of a member's copy of a text version. Of other people they are coin throws, as those of the text are,
    and independent of these."""
    digest = hmac.digest(key, f"layout\0{version}\0{member}".encode(), hashlib.sha256)
    return tuple(digest[at // 8] >> at % 8 & 1 for at in range(BITS))


def letters_in_a_unit(letters: int) -> int:
    """How many letters of a text of so many share one spacing."""
    return _UNIT if letters < _LONG else _LONG_UNIT


def spacing(layout: Sequence[int], unit: int) -> int:
    """By how many twips the characters of a unit stand apart."""
    return SPACINGS[layout[unit % BITS]]


def right_indent(layout: Sequence[int], unit: int) -> int:
    """The right indent, in twips, of a paragraph that begins in a unit."""
    return 2 * layout[2 * unit % BITS] + layout[(2 * unit + 1) % BITS]


def bookmark_name(layout: Sequence[int], number: int) -> str:
    """The name of the bookmark `number`, from 0, up to `NAMES`."""
    value = number + 1
    for place in range(_NAME_BITS):
        value = 2 * value + layout[(number * _NAME_BITS + place) % BITS]
    return f"_Hlk{value}"


def units(text: str, first: int, size: int) -> Iterator[tuple[str, int]]:
    """`text` in pieces, each with its unit; `first` letters stand before it in the whole. No number is cut."""
    _, places = normal_positions(text)
    start, unit = 0, first // size
    for number, place in enumerate(places):
        within = place == (places[number - 1] if number else -1)
        number_goes_on = place > 0 and text[place].isascii() and text[place - 1].isascii()
        if (first + number) // size != unit and not within and not number_goes_on:
            if place > start:
                yield text[start:place], unit
            start, unit = place, (first + number) // size
    if start < len(text):
        yield text[start:], unit


# --- reading ----------------------------------------------------------------------------------------------------------


def read_layout(found: DocxLayout, clean: str) -> list[int | None]:
    """As `read_layouts`, of one text."""
    return read_layouts(found, {0: clean})[0]


def read_layouts(found: DocxLayout, texts: Mapping[int, str]) -> dict[int, list[int | None]]:
    """For each bit of the layout of a copy of each of the clean `texts`: what most of its places in the file say, None
    where none does or as many say the opposite. What is nearly everywhere the same was reset by somebody, and says
    nothing.

    Bookmarks hang on no letters, so they speak of the text that has most of the file alone (of each edition of it).
    """
    letters, spacings, starts = _letters(found)
    votes: dict[int, list[Vote]] = {}
    lengths: dict[int, int] = {}
    for version, clean in texts.items():
        original = normal_form(clean)
        # Of one text at a time: those of a dozen long ones together would fill the memory.
        there, size = _same_places(original, letters), letters_in_a_unit(len(original))
        lengths[version] = len(there)
        votes[version] = [*_of_spacings(there, spacings, size), *_of_indents(found, there, starts, size)]
    least, names = _NEARLY * max(lengths.values(), default=0), _of_names(found.bookmarks)
    return {
        version: _majority(those + names if lengths[version] >= least else those)
        for version, those in votes.items()
    }


def _majority(votes: Iterable[Vote]) -> list[int | None]:
    ballot = [0] * BITS
    for bit, value in votes:
        ballot[bit] += 1 if value else -1
    return [None if count == 0 else int(count > 0) for count in ballot]


def _letters(found: DocxLayout) -> tuple[str, list[int | None], list[int]]:
    """The letters of a file, the spacing of each, and how many stand before each paragraph."""
    parts: list[str] = []
    spacings: list[int | None] = []
    starts = []
    for paragraph in found.paragraphs:
        starts.append(len(spacings))
        for run in paragraph.runs:
            letters = normal_form(run.text)
            if len(spacings) + len(letters) > _MOST_LETTERS:
                return "".join(parts), spacings, starts
            parts.append(letters)
            spacings += [run.spacing] * len(letters)
    return "".join(parts), spacings, starts


def _same_places(original: str, letters: str) -> dict[int, int]:
    """Place in the file -> place in the text, of letters in runs of twelve that occur once in the text. In the file they
    may stand several times, somebody has pasted it twice: the first four count."""
    once = _places_of_runs(original)
    times = bytearray(len(original))
    places: dict[int, int] = {}
    for there in range(len(letters) - _RUN + 1):
        at = once.get(letters[there : there + _RUN])
        if at is None or times[at] == _MOST_TIMES:
            continue
        times[at] += 1
        last = _RUN - 1
        # Where the run before this one stands there too, it has brought all but the last letter.
        goes_on = places.get(there + last - 1) == at + last - 1
        for step in range(last if goes_on else 0, _RUN):
            places.setdefault(there + step, at + step)
    return places


def _places_of_runs(original: str) -> dict[str, int | None]:
    """Run of letters -> where it stands; None for those that stand in several places."""
    found: dict[str, int | None] = {}
    for at in range(len(original) - _RUN + 1):
        run = original[at : at + _RUN]
        found[run] = None if run in found else at
    return found


def _of_spacings(places: dict[int, int], spacings: Sequence[int | None], size: int) -> list[Vote]:
    ballot: dict[int, int] = {}
    for there, at in places.items():
        if spacings[there] in SPACINGS:
            ballot[at // size] = ballot.get(at // size, 0) + (1 if spacings[there] == SPACINGS[1] else -1)
    return _unless_reset([(unit % BITS, int(votes > 0)) for unit, votes in ballot.items() if votes])


def _of_indents(found: DocxLayout, places: dict[int, int], starts: Sequence[int], size: int) -> list[Vote]:
    votes = []
    for paragraph, start in zip(found.paragraphs, starts, strict=False):
        at = places.get(start)
        if at is not None and paragraph.right is not None and 0 <= paragraph.right <= 3:
            unit = at // size
            votes.append((2 * unit % BITS, paragraph.right >> 1))
            votes.append(((2 * unit + 1) % BITS, paragraph.right & 1))
    return _unless_reset(votes)


def _of_names(names: Iterable[str]) -> list[Vote]:
    votes = []
    for name in dict.fromkeys(names):
        told = _NAME.fullmatch(name)
        number = (int(told[1]) >> _NAME_BITS) - 1 if told else -1
        if told and 0 <= number < NAMES:
            votes += [
                ((number * _NAME_BITS + place) % BITS, int(told[1]) >> (_NAME_BITS - 1 - place) & 1)
                for place in range(_NAME_BITS)
            ]
    return votes


def _unless_reset(votes: list[Vote]) -> list[Vote]:
    ones = sum(value for _, value in votes)
    alike = len(votes) >= _FEWEST and not _RESET_BELOW <= ones / len(votes) <= 1 - _RESET_BELOW
    return [] if alike else votes
