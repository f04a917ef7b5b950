"""Tells how much speaks for a part of a volume being a speech of the same file that it shares words with.

Yearly reports share most of their words with each other: what several speeches of the file hold says nothing
about which of them a part is. What these two alone share does, and the title and the date do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

_SHARE_OF_A_NAME = 20
"""The same title, and the same day, count as much as the twentieth part of the speech's words."""
_LEAST_OWN = 4
"""Two texts that differ in title and day need a fourth of their own words in common."""


@dataclass(frozen=True, slots=True)
class PresentText:
    """The current version of a speech: its title, its day and its sampled runs."""

    title: str
    day: date | None
    runs: frozenset[int]
    paths: frozenset[str]
    """Where the file held it."""


@dataclass(frozen=True, slots=True)
class NewText:
    """A part of the file as it is now."""

    title: str
    day: date | None
    runs: Sequence[int]
    path: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a part has in common with a speech: they may be the same one."""

    at: int
    """The place of the part among the parts."""
    number: int
    rank: tuple[int, ...]
    """The likeliest pair has the lowest."""

    @property
    def is_most(self) -> bool:
        """Whether the part has more than half of the speech's words; else it was split from it."""
        return self.rank[0] == 0


def likenesses(
    texts: Sequence[NewText], speeches: Mapping[int, PresentText], all_parts: Iterable[Collection[int]]
) -> list[Likeness]:
    """Returns which texts may be which speeches, the likeliest pair first: those that share at least half of
    the smaller one's words, unless all that they share is what other speeches of the file hold, too, while
    title and day differ.

    `all_parts` are the sampled runs of all speeches that the file holds now.
    """
    common = _common_runs(all_parts) | _common_runs(speech.runs for speech in speeches.values())
    own_of_speech = {number: len(speech.runs - common) for number, speech in speeches.items()}
    holders: dict[int, list[int]] = defaultdict(list)
    for number, speech in speeches.items():
        for run in speech.runs:
            holders[run].append(number)
    found: list[Likeness] = []
    for at, text in enumerate(texts):
        own_of_text = sum(run not in common for run in text.runs)
        shared = Counter(_held(text.runs, holders))
        own = Counter(_held((run for run in text.runs if run not in common), holders))
        for number, count in shared.items():
            speech = speeches[number]
            if count * 2 < min(len(text.runs), len(speech.runs)):
                continue
            names = _same_names(text, speech)
            least_own = min(own_of_text, own_of_speech[number])
            if not names and (not own[number] or own[number] * _LEAST_OWN < least_own):
                continue
            weight = own[number] + names * -(-len(speech.runs) // _SHARE_OF_A_NAME)
            found.append(Likeness(at, number, _rank(text, speech, at, count, weight)))
    return sorted(found, key=lambda likeness: (likeness.rank, likeness.number))


def _common_runs(texts: Iterable[Collection[int]]) -> frozenset[int]:
    """Returns the runs that several of the texts hold; a text that is there twice counts once."""
    held = Counter(chain.from_iterable({frozenset(runs) for runs in texts}))
    return frozenset(run for run, count in held.items() if count > 1)


def _held(runs: Iterable[int], holders: Mapping[int, Sequence[int]]) -> Iterator[int]:
    """Returns, for each of the runs, the speeches that hold it."""
    return chain.from_iterable(holders.get(run, ()) for run in runs)


def _same_names(text: NewText, speech: PresentText) -> int:
    """Returns how many of title and day are the same."""
    return (text.title == speech.title) + (text.day is not None and text.day == speech.day)


def _rank(text: NewText, speech: PresentText, at: int, count: int, weight: int) -> tuple[int, ...]:
    """Returns the place of a pair among the pairs.

    Where no part has more than half of a speech, it was split: its number stays with the first of its parts.
    """
    if count * 2 > len(speech.runs):
        # The path comes last: of several speeches with one title it only counts them.
        return (0, -weight, -count, text.path not in speech.paths, at)
    return (1, at, -weight, -count)
