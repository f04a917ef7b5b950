"""Writes and reads marks in the layout of a .docx: 128 keyed bits of a member's copy, each several times
over, that nobody sees (docs/tracing.md, What else a .docx carries).

Three things carry them, since they get lost in different ways: how close the characters of a few letters
stand (one twip, 1/20 pt, more or less), a right indent of up to three twips, and the names of hidden
bookmarks. Which bit stands where is told by the letters of the text and by the names, so that a page copied
out of the file is read too. Who re-types or pastes plain text loses them; who knows the text, but not the
key, guesses each with probability 1/2.

The text is divided into *units* of a few letters; the n-th unit of a text carries bit n modulo 128 by its
spacing.
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
"""Twips by which characters stand apart, for 0 and 1. The style of our files says -6 for all, so a run that
says nothing carries nothing. With these LibreOffice breaks nearly every line as without marks; with -5 or -8
it doesn't."""
NAMES = 40
"""Bookmarks of a document, at most; they are spread over the paragraphs of the body."""
_NAME = re.compile(r"_Hlk(\d{8,9})")
"""The names of the bookmarks that Word makes for itself."""
_NAME_BITS = 24
_UNIT, _LONG_UNIT, _LONG = 6, 12, 6_000
"""Letters in a unit; more in a text of at least 6,000 letters, whose file would else have too many runs."""
_RUN = 12
"""Letters in a row that must stand in the file as in the text, and once there, to tell which letters they
are."""
_MAX_LETTERS = 400_000
_MAX_TIMES = 4
"""How many times a run of letters may stand in a file and count: a text pasted twice is read, but a file that
repeats it again and again was made by somebody else."""
_FEWEST = 12
"""Fewer marks of one kind than these can all be alike by chance."""
_RESET_BELOW = 0.15
"""About half of the marks of a copy are 1. With a smaller share of 0 or of 1 somebody has set all of them at
once."""
_NEARLY = 0.9
"""A text with this share of what the likeliest one has in a file may be the one that the file is a copy
of."""

Vote = tuple[int, int]
"""(number of a bit, 0 or 1)"""


def layout_bits(key: bytes, member: str, version: int) -> tuple[int, ...]:
    """Returns the 128 bits of a member's copy of a text version. Those of other people are coin throws, as
    the bits of the text are, and independent of them."""
    digest = hmac.digest(key, f"layout\0{version}\0{member}".encode(), hashlib.sha256)
    return tuple(digest[at // 8] >> at % 8 & 1 for at in range(BITS))


def letters_in_a_unit(letters: int) -> int:
    """Returns how many letters of a text of `letters` letters share one spacing."""
    return _UNIT if letters < _LONG else _LONG_UNIT


def spacing(layout: Sequence[int], unit: int) -> int:
    """Returns by how many twips the characters of a unit stand apart."""
    return SPACINGS[layout[unit % BITS]]


def right_indent(layout: Sequence[int], unit: int) -> int:
    """Returns the right indent, in twips, of a paragraph that begins in a unit: two bits."""
    return 2 * layout[2 * unit % BITS] + layout[(2 * unit + 1) % BITS]


def bookmark_name(layout: Sequence[int], number: int) -> str:
    """Returns the name of the bookmark `number`, from 0, below `NAMES`: its number, and 24 bits."""
    value = number + 1
    for place in range(_NAME_BITS):
        value = 2 * value + layout[(number * _NAME_BITS + place) % BITS]
    return f"_Hlk{value}"


def units(text: str, first: int, size: int) -> Iterator[tuple[str, int]]:
    """Yields `text` in pieces, each with its unit; `first` letters stand before it in the whole. No number is
    cut: two spacings within 2026 would be seen."""
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


# --- reading ------------------------------------------------------------------------------------------------


def read_layout(layout: DocxLayout, clean: str) -> list[int | None]:
    """Returns what `read_layouts` does, of one text."""
    return read_layouts(layout, {0: clean})[0]


def read_layouts(layout: DocxLayout, texts: Mapping[int, str]) -> dict[int, list[int | None]]:
    """Returns by version, for each bit of the layout of a copy of each of the clean `texts`, what most of its
    places in the file say; None if there are none, or as many say the opposite. Marks that are nearly all the
    same were reset by somebody, and say nothing.

    Bookmarks depend on no letters, so they count only for the text that most of the file is of, and for its
    editions.
    """
    letters, spacings, starts = _letters(layout)
    votes: dict[int, list[Vote]] = {}
    lengths: dict[int, int] = {}
    for version, clean in texts.items():
        original = normal_form(clean)
        # Of one text at a time: those of a dozen long ones together would fill the memory.
        there, size = _same_places(original, letters), letters_in_a_unit(len(original))
        lengths[version] = len(there)
        votes[version] = [*_of_spacings(there, spacings, size), *_of_indents(layout, there, starts, size)]
    least, names = _NEARLY * max(lengths.values(), default=0), _of_names(layout.bookmarks)
    return {
        version: _majority(those + names if lengths[version] >= least else those)
        for version, those in votes.items()
    }


def _majority(votes: Iterable[Vote]) -> list[int | None]:
    ballot = [0] * BITS
    for bit, value in votes:
        ballot[bit] += 1 if value else -1
    return [None if count == 0 else int(count > 0) for count in ballot]


def _letters(layout: DocxLayout) -> tuple[str, list[int | None], list[int]]:
    """Returns the letters of a file, the spacing of each, and how many letters stand before each
    paragraph."""
    parts: list[str] = []
    spacings: list[int | None] = []
    starts = []
    for paragraph in layout.paragraphs:
        starts.append(len(spacings))
        for run in paragraph.runs:
            letters = normal_form(run.text)
            if len(spacings) + len(letters) > _MAX_LETTERS:
                return "".join(parts), spacings, starts
            parts.append(letters)
            spacings += [run.spacing] * len(letters)
    return "".join(parts), spacings, starts


def _same_places(original: str, letters: str) -> dict[int, int]:
    """Returns, by place in the file, the place in the text of letters in runs of twelve that occur once in
    the text. In the file they may stand several times, if somebody has pasted it twice: the first four
    count."""
    once = _places_of_runs(original)
    times = bytearray(len(original))
    places: dict[int, int] = {}
    for there in range(len(letters) - _RUN + 1):
        at = once.get(letters[there : there + _RUN])
        if at is None or times[at] == _MAX_TIMES:
            continue
        times[at] += 1
        last = _RUN - 1
        # Where the run before this one stands there too, it has brought all but the last letter.
        goes_on = places.get(there + last - 1) == at + last - 1
        for step in range(last if goes_on else 0, _RUN):
            places.setdefault(there + step, at + step)
    return places


def _places_of_runs(original: str) -> dict[str, int | None]:
    """Returns where each run of letters stands; None for those that stand in several places."""
    where: dict[str, int | None] = {}
    for at in range(len(original) - _RUN + 1):
        run = original[at : at + _RUN]
        where[run] = None if run in where else at
    return where


def _of_spacings(places: dict[int, int], spacings: Sequence[int | None], size: int) -> list[Vote]:
    ballot: dict[int, int] = {}
    for there, at in places.items():
        if spacings[there] in SPACINGS:
            ballot[at // size] = ballot.get(at // size, 0) + (1 if spacings[there] == SPACINGS[1] else -1)
    return _unless_reset([(unit % BITS, int(votes > 0)) for unit, votes in ballot.items() if votes])


def _of_indents(layout: DocxLayout, places: dict[int, int], starts: Sequence[int], size: int) -> list[Vote]:
    votes = []
    for paragraph, start in zip(layout.paragraphs, starts, strict=False):
        at = places.get(start)
        if at is not None and paragraph.right is not None and 0 <= paragraph.right <= 3:
            unit = at // size
            votes.append((2 * unit % BITS, paragraph.right >> 1))
            votes.append(((2 * unit + 1) % BITS, paragraph.right & 1))
    return _unless_reset(votes)


def _of_names(names: Iterable[str]) -> list[Vote]:
    votes = []
    for name in dict.fromkeys(names):
        match = _NAME.fullmatch(name)
        number = (int(match[1]) >> _NAME_BITS) - 1 if match else -1
        if match and 0 <= number < NAMES:
            votes += [
                ((number * _NAME_BITS + place) % BITS, int(match[1]) >> (_NAME_BITS - 1 - place) & 1)
                for place in range(_NAME_BITS)
            ]
    return votes


def _unless_reset(votes: list[Vote]) -> list[Vote]:
    ones = sum(value for _, value in votes)
    alike = len(votes) >= _FEWEST and not _RESET_BELOW <= ones / len(votes) <= 1 - _RESET_BELOW
    return [] if alike else votes
