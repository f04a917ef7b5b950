"""The normal form in which texts are indexed and compared (docs/rules.md, Library).

NFKC, lower case, simplified characters, letters and digits only, × kept.
"""

from __future__ import annotations

import unicodedata

from opencc import OpenCC

VERSION = "2"
"""Goes up with every change of what `normal_form` gives: the index is then made anew."""

MASK = "×"
_AT_ONCE = 50_000
"""Characters that are translated in one call, which no other thread gets a turn in."""


_KEPT_CODES = range(0x10000)
"""The characters whose normal form is kept once it is known: those that nearly all text is made of."""


class _FoldingTable(dict[int, str]):
    """A translation table; what doesn't count becomes `other`. It never tells by its speed which characters it has met:
    `fill` works out all that are kept, before the first question, and the others are worked out each time."""

    def __init__(self, other: str = "") -> None:
        super().__init__()
        self._other = other
        self._to_simplified = OpenCC("t2s")

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = "".join(self._to_simplified.convert(part) for part in _folded(character) if _is_kept(part))
        kept = kept or self._other
        if code in _KEPT_CODES:
            self[code] = kept
        return kept

    def fill(self) -> None:
        """Work out every character that is kept."""
        for code in _KEPT_CODES:
            self[code]


_ZEROS = str.maketrans("○◯", "〇〇")
"""Circles that stand for zero in years: 二○二五."""


def _folded(character: str) -> str:
    character = character.translate(_ZEROS)
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).lower())


def _is_kept(character: str) -> bool:
    return character == MASK or unicodedata.category(character)[0] in "LN"


_TABLE = _FoldingTable()
_SPACED_TABLE = _FoldingTable(" ")


def fill_tables() -> None:
    """Work out the normal form of every character that is kept; takes some tenths of a second."""
    _TABLE.fill()
    _SPACED_TABLE.fill()


def normal_form(text: str) -> str:
    """The normal form of `text`; "" when nothing of it counts. Each character maps by itself, so that the
    normal form of a whole is the normal forms of its parts put together."""
    if len(text) <= _AT_ONCE:
        return text.translate(_TABLE)
    return "".join(text[at : at + _AT_ONCE].translate(_TABLE) for at in range(0, len(text), _AT_ONCE))


def normal_positions(text: str) -> tuple[str, list[int]]:
    """The normal form, and for each of its characters the place in `text` that it came from."""
    parts: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        kept = _TABLE[ord(character)]
        parts.append(kept)
        places.extend([place] * len(kept))
    return "".join(parts), places


def spaced_normal_form(text: str) -> str:
    """The normal form with a blank for everything that doesn't count: words end there."""
    return text.translate(_SPACED_TABLE)
