"""Keeps what was built of the last long texts that others were compared with.

Each part of a thick volume is compared with the whole volume as it was stored before: what is built of that is
built once, not once for each part. It is built of the letters alone, so it is the same whoever asks.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from threading import Lock
from typing import Generic, TypeVar

from jianggao.access.overlap import RunPlaces, ShownLetters, ShownTexts

_KEPT_LETTERS = 3_000_000
"""Letters of the texts that are kept, some 100 MB with what was built of them."""

Key = TypeVar("Key", bound=Hashable)
Built = TypeVar("Built")


class LastBuilt(Generic[Key, Built]):
    """What was built last, by what it was built of; what wasn't asked for longest is forgotten first."""

    def __init__(
        self, build: Callable[[Key], Built], size: Callable[[Key], int], limit: int = _KEPT_LETTERS
    ) -> None:
        self._build = build
        self._size = size
        self._limit = limit
        self._built: OrderedDict[Key, Built] = OrderedDict()
        self._kept = 0
        self._lock = Lock()

    def of(self, key: Key) -> Built:
        """Returns what is built of the key, now or before. It must not be changed."""
        with self._lock:
            if key in self._built:
                self._built.move_to_end(key)
                return self._built[key]
        built = self._build(key)
        with self._lock:
            if key not in self._built and self._size(key) <= self._limit:
                self._built[key] = built
                self._kept += self._size(key)
            while self._kept > self._limit:
                self._kept -= self._size(self._built.popitem(last=False)[0])
        return built


_TextAndShown = tuple[str, frozenset[str]]


def _letters_in(texts: Collection[str]) -> int:
    return sum(map(len, texts))


_shown_letters: LastBuilt[_TextAndShown, ShownLetters] = LastBuilt(
    lambda key: ShownLetters(RunPlaces(key[0]), 0, key[1]), lambda key: len(key[0]) + _letters_in(key[1])
)
_shown_texts: LastBuilt[frozenset[str], ShownTexts] = LastBuilt(ShownTexts, _letters_in)


def shown_letters(letters: str, shown: Collection[str]) -> ShownLetters:
    """Returns a text with what is shown of it, its limit 0; to be copied, not changed."""
    return _shown_letters.of((letters, frozenset(shown)))


def shown_texts(texts: Collection[str]) -> ShownTexts:
    """Returns these texts, prepared to be compared with others."""
    return _shown_texts.of(frozenset(texts))
