"""How many letters of one text can be learnt from texts that were shown elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from jianggao.library.text_runs import RUN, sampled_places

_SHORTEST = 4
"""Shorter shown texts stand in other texts by chance."""
_MOST_PLACES = 1_000


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
            # Each run once: a text of one letter over and over has as many places for each as it is long.
            for run in {text[at : at + RUN] for at in range(len(text) - RUN + 1)}:
                for place in self._places.get(run, ()):
                    yield place, place + RUN
        elif len(text) >= _SHORTEST:
            place = self.letters.find(text)
            while place >= 0:
                yield place, place + len(text)
                place = self.letters.find(text, place + 1)


class ShownLetters:
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


class PiecePlaces:
    """A text in normal form, and where pieces stand in it; at most the first 1,000 places of each."""

    def __init__(self, letters: str, bodies: Iterable[str] = ()) -> None:
        self.letters = letters
        self._places: dict[str, tuple[int, ...]] = {}
        self._repeated = {body for body in bodies if body and len(self.of(body)) > 1}

    def of(self, piece: str) -> tuple[int, ...]:
        """Where a piece begins."""
        known = self._places.get(piece)
        if known is not None:
            return known
        places: list[int] = []
        at = self.letters.find(piece)
        while at >= 0 and len(places) < _MOST_PLACES:
            places.append(at)
            at = self.letters.find(piece, at + len(piece))
        self._places[piece] = tuple(places)
        return self._places[piece]

    def shown_with(self, pieces: Collection[str]) -> set[str]:
        """The pieces, and the bodies that stand in them and elsewhere too: such a body is shown at all its
        places."""
        return {*pieces, *(body for body in self._repeated if any(body in piece for piece in pieces))}


class LearntLetters:
    """The letters of a text that somebody learns from pieces of it: a refrain, or a body that repeats its
    heading, is told wherever it stands."""

    def __init__(self, places: PiecePlaces) -> None:
        self._places = places
        self._told = bytearray(len(places.letters))

    def cost(self, pieces: Collection[str]) -> int:
        """How many letters more these pieces would tell."""
        before: list[tuple[int, bytearray]] = []
        added = self._lay(pieces, before)
        for at, told in reversed(before):
            self._told[at : at + len(told)] = told
        return added

    def add(self, pieces: Collection[str]) -> int:
        """These pieces are told from now on; gives how many letters that adds."""
        return self._lay(pieces, [])

    def _lay(self, pieces: Collection[str], before: list[tuple[int, bytearray]]) -> int:
        added = 0
        for piece in self._places.shown_with(pieces):
            places = self._places.of(piece)
            if len(places) == _MOST_PLACES and len(piece) >= _SHORTEST:
                added += len(self._told)  # it may stand anywhere
            for at in places:
                told = self._told[at : at + len(piece)]
                added += len(told) - sum(told)
                before.append((at, told))
                self._told[at : at + len(piece)] = b"\1" * len(told)
        return added


class CrowdedStretches:
    """The stretches of a text whose words stand in more speeches than can be looked at one by one."""

    def __init__(self, letters: str, runs: Collection[int]) -> None:
        """`runs` are the sampled ones (`library/text_runs.py`) that stand in those speeches."""
        self._letters = letters
        self._places = PiecePlaces(letters)
        self._is_crowded = bytearray(len(letters))
        self._any = bool(runs)
        last_free, open_from = -1, -1
        for at, run in sampled_places(letters) if runs else ():
            if run in runs:
                open_from = last_free + 1 if open_from < 0 else open_from
                continue
            # What those speeches have may reach to anywhere between the kept runs that they lack.
            self._mark(open_from, at + RUN - 1)
            last_free, open_from = at, -1
        self._mark(open_from, len(letters))

    def _mark(self, start: int, stop: int) -> None:
        if start >= 0:
            self._is_crowded[start:stop] = b"\1" * (stop - start)

    def touches(self, text: str) -> bool:
        """Whether the text stands in such a stretch, or may: it stands nowhere in the letters as they are."""
        if not self._any or not text:
            return False
        places = self._places.of(text)
        return not places or any(any(self._is_crowded[at : at + len(text)]) for at in places)


def extent(texts: Collection[str]) -> int:
    """How many characters these texts give away together; a text that stands in another adds nothing."""
    kept: list[str] = []
    for text in sorted(set(texts), key=len, reverse=True):
        if not any(text in longer for longer in kept):
            kept.append(text)
    return sum(len(text) for text in kept)
