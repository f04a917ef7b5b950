"""How many letters of one text can be learnt from texts that were shown elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from jianggao.library.text_runs import RUN

_SHORTEST = 8
"""Shorter shown texts (加强领导) stand in other texts by chance."""


class RunPlaces:
    """A text in normal form, and where each run of 24 letters stands in it."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        self._places: dict[str, list[int]] = {}
        for at in range(len(letters) - RUN + 1):
            self._places.setdefault(letters[at : at + RUN], []).append(at)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """The stretches of the text that `text` tells: by its runs, or whole where it is shorter."""
        if len(text) >= RUN:
            for at in range(len(text) - RUN + 1):
                for place in self._places.get(text[at : at + RUN], ()):
                    yield place, place + RUN
        elif len(text) >= _SHORTEST:
            place = self.letters.find(text)
            while place >= 0:
                yield place, place + len(text)
                place = self.letters.find(text, place + 1)


class Overlay:
    """A text with the letters of it that can be learnt; `spent` of them are, `limit` may be."""

    def __init__(
        self, text: RunPlaces, limit: int, shown: Collection[str], shown_elsewhere: Iterable[str] = ()
    ) -> None:
        self._text = text
        self._limit = limit
        self._learnt = bytearray(len(text.letters))
        self._lay(shown, self._learnt)
        # What was shown of the text itself counts whole, also where it no longer stands in it.
        self.spent = extent(shown) + self._lay(shown_elsewhere, self._learnt)

    def has_room(self, texts: Collection[str]) -> bool:
        """Whether these texts may be shown too."""
        added = self._lay(texts, bytearray(self._learnt))
        return not added or self.spent + added <= self._limit

    def add(self, texts: Iterable[str]) -> None:
        """These texts are shown from now on."""
        self.spent += self._lay(texts, self._learnt)

    def _lay(self, texts: Iterable[str], learnt: bytearray) -> int:
        """Mark in `learnt` what the texts tell; gives how many letters that adds."""
        before = sum(learnt)
        for text in texts:
            for start, stop in self._text.spans(text):
                learnt[start:stop] = b"\1" * (stop - start)
        return sum(learnt) - before


def extent(texts: Collection[str]) -> int:
    """How many characters these texts give away together; a text that stands in another adds nothing."""
    kept: list[str] = []
    for text in sorted(set(texts), key=len, reverse=True):
        if not any(text in longer for longer in kept):
            kept.append(text)
    return sum(len(text) for text in kept)
