"""Tells how much of what was typed a text holds: what ranks texts that hold only some of it (`partial_matches.py`).

A concept that stands in a text earns as BM25 counts it, weighed by the dictionary alone; pairs of characters count
besides, how near to each other the concepts stand, and how near the text is in meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from jianggao.library.section_ids import day_of
from jianggao.search.concepts import Concept
from jianggao.search.indexed_texts import IndexedSection, IndexedText, IndexedTitle
from jianggao.search.query import Query
from jianggao.search.ranking import FIRST_PAGE, nearness
from jianggao.search.text_meanings import TextMeanings

_LEAST_SHARE, _ENOUGH = 0.08, 0.2
"""Hits that hold less of what was typed, by weight, are not worth showing unless they hold two of the concepts; those
that hold less than enough, with what their speech is about, only fill up the first page."""
_FIRM, _FOR_ANY = 0.4, 0.2
"""The share from which a run really stands for a concept: of 网络诈骗 网络 alone doesn't. It holds its share of the
concept, and a little for standing there at all."""
_SATURATION, _LENGTH_SHARE, _USUAL_LENGTH = 0.8, 0.7, 350
"""BM25's k1 and b, and the letters of a usual section: a run that stands there often counts more, but never more
than 2.2 times, in a long text less."""
_MOST_PLACES = 8
_FURTHER, _MOST_FURTHER = 0.4, 3
"""What the next best runs of a concept earn besides, of theirs, and how many."""
_IN_LABEL, _IN_TITLE = 0.7, 0.25
"""What a concept earns besides, of its weight, that stands in a heading above the section or in its speech's
title."""
_IN_CONTEXT = 0.55
"""What a concept is worth that doesn't stand in the section, but is what the speech is about.

For “防汛 群众转移” a section on 群众转移 in a speech titled 在防汛会议上的讲话 is a good hit, though it never
says 防汛.
"""
_IN_CONTEXT_OF_PASSAGE = 1.0
"""The same where passages of a kind are asked for (排比 青年): those of a speech on the theme are on it, whatever
they say."""
_OF_THE_YEAR, _OF_NEXT_YEAR = 0.9, 0.5
"""What a typed year is worth to a speech of that year, and of the next, which reports on it."""
_COVERAGE = 0.85
"""Points for a text that holds every pair of characters that was typed."""
_MEANING = 1.75
"""Points for a text that means just what was typed; unrelated texts get about none."""
_NEARNESS_SHARE, _NEAR_COMPARED, _LOOKED_AT = 0.05, 3, 40
"""What nearness counts, of how many concepts it is measured, and in how many of the best texts."""


@dataclass(slots=True)
class PartialScore:
    """How much of a query a text holds."""

    text: IndexedText
    points: float
    is_enough: bool
    """Whether it is shown beyond the first page."""
    present: Sequence[Concept]
    """The weightiest concepts that stand in it."""

    @property
    def rank(self) -> tuple[bool, float, int]:
        """Sorts the best first, of equals the newest."""
        return (not self.is_enough, -self.points, -self.text.date_key)


def best_first(scores: Iterable[PartialScore]) -> list[PartialScore]:
    """Returns the scores in order, those that are not enough only to fill up the first page."""
    ranked = sorted(scores, key=lambda score: score.rank)
    # Nearness tells apart what is nearly equal, and takes long: it is measured where it may be seen.
    for score in ranked[:_LOOKED_AT]:
        if len(score.present) > 1:
            text = score.text.text
            runs = [concept.term.run_in(text) for concept in score.present]
            score.points += _NEARNESS_SHARE * nearness(text, runs)
    ranked.sort(key=lambda score: score.rank)
    enough = sum(score.is_enough for score in ranked)
    return ranked[: max(enough, FIRST_PAGE)]


class PartialScorer:
    """Scores texts for one query."""

    def __init__(
        self, query: Query, concepts: Sequence[Concept], meanings: TextMeanings, *, by_meaning: bool = False
    ) -> None:
        self._concepts = concepts
        self._whole = sum(concept.weight for concept in concepts)
        # A year says nothing of the matter, nor does one character, unless nothing else was typed.
        self._says_little = all(concept.year or concept.is_character for concept in concepts)
        self._lent = _IN_CONTEXT_OF_PASSAGE if query.filters.kinds else _IN_CONTEXT
        self._in_titles: dict[str, frozenset[str]] = {}
        self._meanings = meanings
        self._by_meaning = by_meaning
        # Words of one character count here alone: 在 and 的 are no concepts, but 守在坝上 shares more with a text
        # that has 守在.
        self._pairs = list(
            dict.fromkeys(term.run[at : at + 2] for term in query.terms for at in range(len(term.run) - 1))
        )

    def _runs_in(self, title: str) -> frozenset[str]:
        """Returns the runs that stand in a title; many texts have the same one."""
        if title not in self._in_titles:
            runs = [run for concept in self._concepts for run, _ in concept.runs]
            self._in_titles[title] = frozenset(run for run in runs if run in title)
        return self._in_titles[title]

    def score(
        self, found: IndexedText, title: IndexedTitle, about: Collection[Concept]
    ) -> PartialScore | None:
        """Returns how much of the query stands in a text; None if too little.

        `about` are the concepts that the text's speech is about: they count for some where the text doesn't say
        them.
        """
        text = found.text
        label = found.label if isinstance(found, IndexedSection) else ""
        length = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * len(text) / _USUAL_LENGTH)
        in_title = self._runs_in(title.text)
        likeness = self._meanings.likeness(found, title.vector)
        is_near = self._by_meaning and self._meanings.is_near(likeness)
        earned, held, lent = 0.0, 0.0, 0.0
        shares: dict[Concept, float] = {}
        meant: list[Concept] = []
        for concept in self._concepts:
            points, share = _points(concept, text, label, in_title, length)
            if share:
                shares[concept] = share
                held += concept.weight * min(1.0, _FOR_ANY + share)
            elif concept in about or (in_title and not in_title.isdisjoint(concept.term.runs)):
                points = self._lent
                lent += concept.weight * self._lent
                held += concept.weight * (self._lent >= 1)
            if concept.year:
                points = max(points, _of_its_year(found, concept))
            elif points:
                meant.append(concept)
            earned += points * concept.weight
        # A section of the speech whose name was typed needn't say any of it.
        is_named = len(about) == len(self._concepts) > 1
        is_little = not held or (held < _LEAST_SHARE * self._whole and len(shares) < 2)
        if not is_named and not is_near and (is_little or not self._is_on_matter(meant)):
            return None
        covered = sum([pair in text for pair in self._pairs]) / max(1, len(self._pairs))
        is_enough = held + lent >= _ENOUGH * self._whole or len(shares) > 1
        is_firm = lent > 0 or max(shares.values(), default=0.0) >= _FIRM
        points = earned / self._whole + _COVERAGE * covered + _MEANING * likeness
        return PartialScore(found, points, is_enough and is_firm, list(shares)[:_NEAR_COMPARED])

    def _is_on_matter(self, meant: Collection[Concept]) -> bool:
        """Returns whether a text with these concepts, of which none is a year, is on the matter."""
        return self._says_little or len(meant) > 1 or any(not concept.is_character for concept in meant)


def _points(
    concept: Concept, text: str, label: str, in_title: Collection[str], length: float
) -> tuple[float, float]:
    """Returns what a concept earns in a text for a weight of 1, and the share of the best of its runs there (0.0: none
    stands there).

    It earns the best of its runs, as BM25 counts it, and some of the next ones: a text with 噪声 and 扰民 is surer to be
    on what was typed than one with 噪声 alone.
    """
    points, best_share = [], 0.0
    for run, share in concept.runs:
        if run in text:
            count = min(text.count(run), _MOST_PLACES)
            places = count * (_SATURATION + 1) / (count + length)
            points.append(share * (places + _IN_LABEL * (run in label) + _IN_TITLE * (run in in_title)))
            best_share = max(best_share, share)
    if len(points) < 2:
        return (points[0] if points else 0.0), best_share
    best, *further = sorted(points, reverse=True)
    return best + _FURTHER * sum(further[:_MOST_FURTHER]), best_share


def _of_its_year(found: IndexedText, concept: Concept) -> float:
    year = day_of(found.date_key).year
    return _OF_THE_YEAR if year == concept.year else _OF_NEXT_YEAR if year == concept.year + 1 else 0.0
