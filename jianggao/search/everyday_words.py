"""Finds everyday words in what was typed: as they stand, with fillers inside, or with other words between.

看病难 is met in 老百姓看病难 and in 看个病难, 看病…远 in 看病要跑老远.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from jianggao.text.segmentation import is_word, words

GAP = "…"
"""Stands in an entry for other words between."""
_LONGEST = 12
"""Characters of an everyday word without gaps: longer ones in the list are never met."""
_SURE = 4
"""From so many Chinese characters on an everyday word counts wherever it stands: the segmenter's borders are least
sure in everyday speech."""
_WIDEST_GAP = 8
"""Characters between two parts."""
_FILLERS = frozenset("个了着过点些")
"""Characters that say nothing between others: 看个病, 吃了亏."""
_ENDINGS = frozenset("了着过")
_HOW_MUCH = frozenset("太老真很好挺最更多不没又还也就都特")
_HOW_IT_ENDS = frozenset("得不了着过起到完掉上下来去出进开住死光好坏透")
"""What may stand before and behind a word of one character in what the segmenter takes for one word."""


@dataclass(frozen=True, slots=True)
class EverydayMatch:
    """A place of a typed run at which an everyday word stands."""

    start: int
    stop: int
    word: str
    """As the list has it, in normal form."""


class TypedRun:
    """A run in normal form, and the words that it is cut into."""

    def __init__(self, run: str) -> None:
        self.run = run
        self.cut = words(run)
        self.stops = list(accumulate(map(len, self.cut)))
        self.starts = [stop - len(word) for stop, word in zip(self.stops, self.cut, strict=True)]

    def is_whole(self, start: int, stop: int) -> bool:
        """Returns whether a stretch begins and ends at borders of words."""
        return start in self.starts and stop in self.stops

    def is_across(self, start: int, stop: int) -> bool:
        """Returns whether a stretch has a border of words inside and isn't whole: 择校 of 选择校企合作."""
        return any(start < border < stop for border in self.stops) and not self.is_whole(start, stop)

    def is_told(self, start: int, stop: int) -> bool:
        """Returns whether a part says what it means: one character only if it is a word (吵), but for what stands
        with such words (吵得, 太吵); 响 of 响应 says nothing of noise."""
        if stop - start > 1:
            return True
        word = bisect_right(self.starts, start) - 1
        before = self.run[self.starts[word] : start]
        behind = self.run[stop : self.stops[word]]
        return _HOW_MUCH.issuperset(before) and _HOW_IT_ENDS.issuperset(behind)

    def kept(self) -> list[int]:
        """Returns the offsets of all characters but fillers; those of words of the dictionary (个人) are none, unless
        they are endings (看过)."""
        return [
            start + at
            for start, word in zip(self.starts, self.cut, strict=True)
            for at, character in enumerate(word)
            if character not in _FILLERS or (len(word) > 1 and is_word(word) and word[at:] not in _ENDINGS)
        ]


class EverydayWords:
    """The left sides of a list of everyday words, in normal form, some with gaps (看病…远)."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries = entries

    @cached_property
    def _fixed(self) -> frozenset[str]:
        return frozenset(entry for entry in self._entries if GAP not in entry)

    @cached_property
    def _gapped(self) -> dict[str, list[tuple[str, ...]]]:
        """The parts of entries with gaps, by the first character of all."""
        gapped: dict[str, list[tuple[str, ...]]] = {}
        for entry in self._entries:
            if GAP in entry:
                gapped.setdefault(entry[0], []).append(tuple(entry.split(GAP)))
        return gapped

    def fixed_in(self, typed: TypedRun) -> list[EverydayMatch]:
        """Returns where words without gaps stand, in order, none inside another; first without regard to
        fillers, then with fillers taken out.

        择校 doesn't count in 选择校企合作, nor AI in MAIL.
        """
        found = self._fixed_in(typed, range(len(typed.run)))
        kept = typed.kept()
        if len(kept) < len(typed.run):
            bare = TypedRun("".join(typed.run[at] for at in kept))
            free = [
                match
                for match in self._fixed_in(bare, kept)
                if not any(match.start < other.stop and other.start < match.stop for other in found)
            ]
            found = sorted([*found, *free], key=lambda match: match.start)
        return found

    def _fixed_in(self, typed: TypedRun, offsets: range | list[int]) -> list[EverydayMatch]:
        found: list[EverydayMatch] = []
        last = 0
        for start in range(len(typed.run)):
            stops = range(min(len(typed.run), start + _LONGEST), start, -1)
            stop = next((stop for stop in stops if self._counts(typed, start, stop)), start)
            if stop > max(start, last):
                found.append(EverydayMatch(offsets[start], offsets[stop - 1] + 1, typed.run[start:stop]))
                last = stop
        return found

    def _counts(self, typed: TypedRun, start: int, stop: int) -> bool:
        word = typed.run[start:stop]
        if word not in self._fixed:
            return False
        return (len(word) >= _SURE and not word.isascii()) or typed.is_whole(start, stop)

    def gapped_in(self, typed: TypedRun) -> list[list[EverydayMatch]]:
        """Returns the entries with gaps that are met, each as the places of its parts, with the whole entry as
        their word."""
        kept = typed.kept()
        bare = TypedRun("".join(typed.run[at] for at in kept))
        met: dict[tuple[str, ...], list[EverydayMatch]] = {}
        for start, character in enumerate(bare.run):
            for parts in self._gapped.get(character, ()):
                if parts not in met and (places := _places(bare, parts, start)):
                    met[parts] = [
                        EverydayMatch(kept[first], kept[stop - 1] + 1, GAP.join(parts))
                        for first, stop in places
                    ]
        return list(met.values())


def _places(typed: TypedRun, parts: tuple[str, ...], start: int) -> list[tuple[int, int]]:
    """Returns where the parts stand, the first at `start`, each near behind the one before it; [] if they don't."""
    places: list[tuple[int, int]] = []
    for part in parts:
        farthest = places[-1][1] + _WIDEST_GAP + len(part) if places else start + len(part)
        at = typed.run.find(part, places[-1][1] if places else start, farthest)
        if at < 0 or typed.is_across(at, at + len(part)) or not typed.is_told(at, at + len(part)):
            return []
        places.append((at, at + len(part)))
    return places


def overlapping(matches: Iterable[EverydayMatch]) -> Iterator[list[EverydayMatch]]:
    """Yields the matches in order, those together that overlap: 政府欠钱 and 欠钱不还."""
    cluster: list[EverydayMatch] = []
    for match in matches:
        if cluster and match.start >= max(other.stop for other in cluster):
            yield cluster
            cluster = []
        cluster.append(match)
    if cluster:
        yield cluster


def sharing(entries: Iterable[list[EverydayMatch]]) -> list[list[list[EverydayMatch]]]:
    """Returns the entries in groups that share a character of what was typed: they mean one matter."""
    groups: list[list[list[EverydayMatch]]] = []
    for entry in entries:
        covered = {at for part in entry for at in range(part.start, part.stop)}
        joined = [
            group
            for group in groups
            if any(not covered.isdisjoint(range(part.start, part.stop)) for other in group for part in other)
        ]
        groups = [group for group in groups if group not in joined]
        groups.append([*(other for group in joined for other in group), entry])
    return groups
