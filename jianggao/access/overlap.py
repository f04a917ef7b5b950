"""Counts how many letters of one text can be learnt from texts that are shown, here or elsewhere.

All texts are in normal form: letters alone, without punctuation. Speeches of one author repeat whole
paragraphs, so what one speech shows may give away what another one locks; the budgets of public text
(`previews`) count such letters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from copy import copy

from jianggao.library.text_fingerprints import RUN, sampled_places

_SHORTEST = 4
"""Shorter shown texts stand in other texts by chance, as 一是 or 同志们."""
ANCHOR, ANCHOR_STEP = 13, 12
"""Letters of the pieces by which runs are found, and how far apart they stand: a run of 24 letters holds one
whole piece, wherever it begins."""
_PLACES_LIMIT = 1_000
"""Places of a piece that are looked at: a piece of one letter stands at thousands."""


class RunPlaces:
    """A text in which runs of 24 letters are looked for.

    Only each 12th piece of 13 letters is kept: every run holds one of these, and whoever has the run has it,
    too.
    """

    def __init__(self, letters: str) -> None:
        self.letters = letters
        self._places: dict[str, list[int]] = {}
        for at in range(0, len(letters) - ANCHOR + 1, ANCHOR_STEP):
            self._places.setdefault(letters[at : at + ANCHOR], []).append(at)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yields the stretches (start, stop) of this text that `text` gives away: those of its runs that
        stand here, or all of it where it is shorter than a run."""
        if len(text) >= RUN:
            yield from self._stretches(text)
        elif len(text) >= _SHORTEST:
            start, stop = 0, 0
            place = self.letters.find(text)
            while place >= 0:
                if place > stop and stop:
                    yield start, stop
                start, stop = (start if stop and place <= stop else place), place + len(text)
                place = self.letters.find(text, place + 1)
            if stop:
                yield start, stop

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Yields the stretches of this text that runs of `text` cover, in their order; none touches the
        next."""
        # Each piece once: a text of one letter over and over has as many places for each as it is long.
        pieces = {text[at : at + ANCHOR] for at in range(len(text) - ANCHOR + 1)}
        anchors = sorted(place for piece in pieces for place in self._places.get(piece, ()))
        if not anchors:
            return
        runs = {text[at : at + RUN] for at in range(len(text) - RUN + 1)}
        start, stop = 0, 0
        for anchor in anchors:
            # The runs that hold this piece begin here; those that begin further down hold the next one.
            for at in range(max(0, anchor - ANCHOR_STEP + 1), anchor + 1):
                if self.letters[at : at + RUN] not in runs:
                    continue
                if at > stop and stop:
                    yield start, stop
                start, stop = (start if stop and at <= stop else at), at + RUN
        if stop:
            yield start, stop


class ShownTexts:
    """Texts that are shown, among which those are found that give something of another text away."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = frozenset(texts)
        self._size = sum(map(len, self.texts))
        self._short = [text for text in self.texts if len(text) < RUN]
        self._holders: dict[str, set[str]] = {}
        for text in self.texts:
            if len(text) >= RUN:
                for at in range(0, len(text) - ANCHOR + 1, ANCHOR_STEP):
                    self._holders.setdefault(text[at : at + ANCHOR], set()).add(text)

    def touching(self, letters: str) -> set[str]:
        """Returns the texts that may have a run in common with `letters`, all that have among them, and the
        short ones that stand in them."""
        if self._size < len(letters):  # looking for each in the letters costs less
            return {*self.texts}
        found = {text for text in self._short if text in letters}
        for at in range(len(letters) - ANCHOR + 1 if self._holders else 0):
            found |= self._holders.get(letters[at : at + ANCHOR], set())
        return found


class ShownLetters:
    """A text, which of its letters can be learnt from shown texts, and how many may be."""

    def __init__(
        self, text: RunPlaces, limit: int, shown: Collection[str], shown_elsewhere: Iterable[str] = ()
    ) -> None:
        """`shown` are texts shown of this one, `shown_elsewhere` those of others; `limit` is in letters."""
        self._text = text
        self._limit = limit
        self._learnt = bytearray(len(text.letters))
        self._lay(shown)
        # What was shown of the text itself counts whole, also where a newer version has dropped the sentence:
        # people have read it, and the newer one says the same in other words.
        self.spent = extent(shown)
        self.add(shown_elsewhere)

    def copy(self, limit: int, shown_elsewhere: Iterable[str]) -> ShownLetters:
        """Returns the same text with another limit, and with further texts of others shown."""
        other = copy(self)
        other._limit = limit
        other._learnt = self._learnt[:]
        other.add(shown_elsewhere)
        return other

    def has_room(self, texts: Collection[str]) -> bool:
        """Returns whether these texts may be shown too. A text that gives away nothing may be shown always,
        also where the limit was overrun before."""
        before: list[tuple[int, bytearray]] = []
        added = self._lay(texts, before)
        # Laid and taken back: a copy of a thick volume for each question would take long.
        for at, learnt in reversed(before):
            self._learnt[at : at + len(learnt)] = learnt
        return not added or self.spent + added <= self._limit

    def add(self, texts: Iterable[str]) -> None:
        """Counts these texts as shown from now on."""
        self.spent += self._lay(texts)

    def _lay(self, texts: Iterable[str], before: list[tuple[int, bytearray]] | None = None) -> int:
        """Marks what the texts give away; returns how many letters that adds. What stood in each place is
        added to `before`, so that it can be undone."""
        added = 0
        for text in texts:
            for start, stop in self._text.spans(text):
                added += self._learnt.count(0, start, stop)
                if before is not None:
                    before.append((start, self._learnt[start:stop]))
                self._learnt[start:stop] = b"\1" * (stop - start)
        return added


class PiecePlaces:
    """A text, and where pieces stand in it; at most the first 1,000 places of each."""

    def __init__(self, letters: str, bodies: Iterable[str] = ()) -> None:
        self.letters = letters
        self._places: dict[str, tuple[int, ...]] = {}
        self._repeated = {body for body in bodies if body and len(self.of(body)) > 1}

    def of(self, piece: str) -> tuple[int, ...]:
        """Returns where a piece begins, at places that don't overlap; () if it stands nowhere."""
        known = self._places.get(piece)
        if known is not None:
            return known
        places: list[int] = []
        at = self.letters.find(piece)
        while at >= 0 and len(places) < _PLACES_LIMIT:
            places.append(at)
            at = self.letters.find(piece, at + len(piece))
        self._places[piece] = tuple(places)
        return self._places[piece]

    def shown_with(self, pieces: Collection[str]) -> set[str]:
        """Returns the pieces, and the bodies of sections that stand in them and elsewhere in the text too.

        Such a body is shown at all its places: when a section is the refrain 大家想一想 and a longer section
        that is shown ends with it, everybody has read all the refrains.
        """
        return {*pieces, *(body for body in self._repeated if any(body in piece for piece in pieces))}


class LearntLetters:
    """The letters of a text that somebody learns from pieces of it. A piece counts at each place where it
    stands: a refrain, or a body that repeats its heading, is learnt everywhere at once."""

    def __init__(self, places: PiecePlaces) -> None:
        self._places = places
        self._learnt = bytearray(len(places.letters))

    def cost(self, pieces: Collection[str]) -> int:
        """Returns how many further letters these pieces would give away."""
        before: list[tuple[int, bytearray]] = []
        added = self._lay(pieces, before)
        # Laid and taken back instead of laid on a copy: a copy for each question costs more than all the
        # rest.
        for at, learnt in reversed(before):
            self._learnt[at : at + len(learnt)] = learnt
        return added

    def add(self, pieces: Collection[str]) -> int:
        """Counts these pieces as learnt from now on; returns how many letters that adds."""
        return self._lay(pieces, [])

    def _lay(self, pieces: Collection[str], before: list[tuple[int, bytearray]]) -> int:
        """Marks the pieces as learnt, and returns how many letters that adds. What stood in each place is
        added to `before`, so that it can be undone."""
        added = 0
        for piece in self._places.shown_with(pieces):
            places = self._places.of(piece)
            # The piece stands at further places, which were not counted: it counts as the whole text.
            if len(places) == _PLACES_LIMIT and len(piece) >= _SHORTEST:
                added += len(self._learnt)
            for at in places:
                learnt = self._learnt[at : at + len(piece)]
                added += len(learnt) - sum(learnt)
                before.append((at, learnt))
                self._learnt[at : at + len(piece)] = b"\1" * len(learnt)
        return added


class CrowdedStretches:
    """The stretches of a text whose words stand in more speeches than can be looked at one by one: formulas
    that every speech of an office repeats. Nothing of them is newly shown, since nobody could say what that
    gives away."""

    def __init__(self, letters: str, runs: Collection[int]) -> None:
        """`runs` are those sampled runs (`library/text_fingerprints.py`) of the text that stand in so many
        speeches."""
        self._letters = letters
        self._places = PiecePlaces(letters)
        self._is_crowded = bytearray(len(letters))
        self._any = bool(runs)
        last_free, open_from = -1, -1
        for at, run in sampled_places(letters) if runs else ():
            if run in runs:
                open_from = last_free + 1 if open_from < 0 else open_from
                continue
            # Only some runs are sampled. What the other speeches share may reach to anywhere between the last
            # sampled run that they lack and the next one that they lack.
            self._mark(open_from, at + RUN - 1)
            last_free, open_from = at, -1
        self._mark(open_from, len(letters))

    def _mark(self, start: int, stop: int) -> None:
        if start >= 0:
            self._is_crowded[start:stop] = b"\1" * (stop - start)

    def touches(self, text: str) -> bool:
        """Returns whether the text stands in such a stretch, or may: one that stands nowhere in the letters
        as they are, as a heading that was cut, may come from anywhere."""
        if not self._any or not text:
            return False
        places = self._places.of(text)
        return not places or any(any(self._is_crowded[at : at + len(text)]) for at in places)


def extent(texts: Collection[str]) -> int:
    """Returns how many characters these texts give away together; a text that stands in another adds
    nothing."""
    kept: list[str] = []
    for text in sorted(set(texts), key=len, reverse=True):
        if not any(text in longer for longer in kept):
            kept.append(text)
    return sum(len(text) for text in kept)
