"""Brings texts into the normal form in which they are indexed and compared (docs/rules.md, Library).

That is NFKC, lower case, simplified characters, and letters and digits alone; × is kept, since it masks
names.
"""

from __future__ import annotations

import unicodedata

from opencc import OpenCC

VERSION = "2"
"""Raise it with every change of what `normal_form` returns: the index is then built again."""

MASK = "×"
"""Stands for a letter that a writer masks: ××县."""
_AT_ONCE = 50_000
"""Characters that are translated in one call: no other thread runs meanwhile."""


_CACHED_CODES = range(0x10000)
"""The characters whose normal form is cached (the basic plane): nearly all text is made of them."""


class _FoldingTable(dict[int, str]):
    """A table for `str.translate`; characters that don't count become `other`.

    Its speed must not show which characters it has met, since these may be from texts that the asker may not
    read. So `fill` works out all cached ones before the first query, and the others are worked out each time.
    """

    def __init__(self, other: str = "") -> None:
        super().__init__()
        self._other = other
        self._to_simplified = OpenCC("t2s")

    def __missing__(self, code: int) -> str:
        character = chr(code)
        normal = "".join(self._to_simplified.convert(part) for part in _folded(character) if _counts(part))
        normal = normal or self._other
        if code in _CACHED_CODES:
            self[code] = normal
        return normal

    def fill(self) -> None:
        """Works out every character that is cached."""
        for code in _CACHED_CODES:
            self[code]


_ZEROS = str.maketrans("○◯", "〇〇")
"""Circles that stand for zero in years: 二○二五."""


def _folded(character: str) -> str:
    character = character.translate(_ZEROS)
    # Twice: the lower case of some characters (İ) is again to be normalized.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).lower())


def _counts(character: str) -> bool:
    return character == MASK or unicodedata.category(character)[0] in "LN"


_TABLE = _FoldingTable()
_SPACED_TABLE = _FoldingTable(" ")


def fill_tables() -> None:
    """Works out the normal form of every character that is cached; takes some tenths of a second."""
    _TABLE.fill()
    _SPACED_TABLE.fill()


def normal_form(text: str) -> str:
    """Returns the normal form of `text`, "" if nothing of it counts.

    Each character maps by itself: the normal form of a whole is the normal forms of its parts put together.
    """
    if len(text) <= _AT_ONCE:
        return text.translate(_TABLE)
    return "".join(text[at : at + _AT_ONCE].translate(_TABLE) for at in range(0, len(text), _AT_ONCE))


def normal_positions(text: str) -> tuple[str, list[int]]:
    """Returns the normal form, and for each of its characters the place in `text` that it came from."""
    parts: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        normal = _TABLE[ord(character)]
        parts.append(normal)
        places.extend([place] * len(normal))
    return "".join(parts), places


def spaced_normal_form(text: str) -> str:
    """Returns the normal form with a blank for each character that doesn't count: words end there."""
    return text.translate(_SPACED_TABLE)
