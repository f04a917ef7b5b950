"""Tells how much of what was typed a text holds: what ranks texts that hold only some of it (`partial_matches.py`).

A concept that stands in a text earns as BM25 counts it, weighed by the dictionary alone; pairs of characters count
besides, how near to each other the concepts stand, and how near the text is in meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from jianggao.library.section_ids import day_of
from jianggao.search.concepts import Concept
from jianggao.search.indexed_texts import IndexedSection, IndexedText, IndexedTitle
from jianggao.search.query import Query
from jianggao.search.ranking import FIRST_PAGE, nearness
from jianggao.search.text_meanings import TextMeanings

_LEAST_SHARE, _ENOUGH = 0.08, 0.2
"""Hits that hold less of what was typed, by weight, are not worth showing unless they hold two of the concepts; those
that hold less than enough, with what their speech is about, only fill up the first page."""
_ENOUGH_ALONE = 0.4
"""The share of a run that is enough where nothing else of what was typed stands there."""
_FOR_ANY = 0.2
"""A run holds its share of a concept, and this much for standing there at all."""
_SATURATION, _LENGTH_SHARE, _USUAL_LENGTH = 0.8, 0.7, 350
"""BM25's k1 and b, and the letters of a usual section: a run that stands there often counts more, but never more
than 2.2 times, in a long text less."""
_MOST_PLACES = 8
_FURTHER, _MOST_FURTHER = 0.4, 3
"""What the next best runs of a concept earn besides, of theirs, and how many."""
_IN_LABEL, _IN_TITLE = 0.7, 0.25
"""What a concept earns besides, of its weight, that stands in a heading above the section or in its speech's
title."""
_IN_CONTEXT = 0.85
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
_LEAST_WHOLE = 4.0
"""The weight that all of what was typed has at least: of 找工作 only 工作 is a word, and says little however often it
stands there."""
_EACH_WORD = 0.6
"""Points for a text that has something for every typed word, where several were typed: for 乡村振兴 人才 a text that says
乡村振兴 ten times is less good than one on both."""
_MEANING = 2.1
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


@dataclass(slots=True)
class _Held:
    """What a text has of a query."""

    of_terms: dict[str, float]
    """By typed term the share of the best that it has for it, up to 1."""
    shares: dict[Concept, float] = field(default_factory=dict)
    """The concepts that stand in it, with the shares of their best runs."""
    meant: list[Concept] = field(default_factory=list)
    """Those that it has anything for, but for years."""
    earned: float = 0.0
    """Points of all, times their weights."""
    weight: float = 0.0
    """The weight of those that stand in it."""
    lent: float = 0.0
    """That of those that only its speech is about."""


def best_first(scores: Iterable[PartialScore]) -> list[PartialScore]:
    """Returns the scores in order, those that are not enough only to fill up the first page."""
    ranked = sorted(scores, key=lambda score: score.rank)
    # Nearness tells apart what is nearly equal, and takes long: it is measured where it may be seen.
    for score in ranked[:_LOOKED_AT]:
        if len(score.present) > 1:
            text = score.text.text
            runs = [concept.run_in(text) for concept in score.present]
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
        self._terms = tuple(dict.fromkeys(concept.of for concept in concepts))
        self._wholes = {
            concept: [other for other in concepts if concept.is_part_of(other)] for concept in concepts
        }
        whole = sum(concept.weight for concept in concepts if not self._wholes[concept])
        self._whole = max(whole, _LEAST_WHOLE)
        # A year says nothing of the matter, nor does one character, unless nothing else was typed.
        self._says_little = all(concept.year or concept.is_character for concept in concepts)
        self._of_kinds = bool(query.filters.kinds)
        self._lent = _IN_CONTEXT_OF_PASSAGE if self._of_kinds else _IN_CONTEXT
        self._runs = tuple(dict.fromkeys(run for concept in concepts for run, _ in concept.runs))
        self._titles: dict[str, tuple[frozenset[str], frozenset[Concept]]] = {}
        self._meanings = meanings
        self._by_meaning = by_meaning
        # Words of one character count here alone: 在 and 的 are no concepts, but 守在坝上 shares more with a text
        # that has 守在.
        self._pairs = list(
            dict.fromkeys(term.run[at : at + 2] for term in query.terms for at in range(len(term.run) - 1))
        )

    def _in_title(self, title: str) -> tuple[frozenset[str], frozenset[Concept]]:
        """Returns the runs that stand in a title, and the concepts that it is about; many texts have the same one."""
        if title not in self._titles:
            runs = frozenset([run for run in self._runs if run in title])
            concepts = self._concepts if runs else ()
            about = frozenset([one for one in concepts if not runs.isdisjoint(one.firm_term.runs)])
            self._titles[title] = runs, about
        return self._titles[title]

    def score(
        self,
        found: IndexedText,
        title: IndexedTitle,
        about: Collection[Concept],
        *,
        is_named: bool = False,
    ) -> PartialScore | None:
        """Returns how much of the query stands in a text; None if too little, unless its speech `is_named`.

        `about` are the concepts that the text's speech is about: they count for some where the text doesn't say
        them.
        """
        held = self._held(found, title, about)
        likeness = self._meanings.likeness(found, title.vector)
        # A section of the speech whose name was typed needn't say any of it.
        is_listed = is_named or len(about) == len(self._concepts) > 1 or self._is_enough_to_list(held)
        if not is_listed and not (self._by_meaning and self._meanings.is_near(likeness)):
            return None
        points = held.earned / self._whole + _MEANING * likeness
        if len(self._terms) > 1:
            points += _EACH_WORD * sum(held.of_terms.values()) / len(self._terms)
        covered = sum([pair in found.text for pair in self._pairs]) / max(1, len(self._pairs))
        shares = held.shares
        is_enough = held.weight + held.lent >= _ENOUGH * self._whole or len(shares) > 1
        is_alone_enough = held.lent > 0 or max(shares.values(), default=0.0) >= _ENOUGH_ALONE
        return PartialScore(
            found, points + _COVERAGE * covered, is_enough and is_alone_enough, list(shares)[:_NEAR_COMPARED]
        )

    def _held(self, found: IndexedText, title: IndexedTitle, about: Collection[Concept]) -> _Held:
        """Returns what a text has of the query, by its words and by what its speech is about."""
        text = found.text
        label = found.label if isinstance(found, IndexedSection) else ""
        length = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * len(text) / _USUAL_LENGTH)
        in_title, about_title = self._in_title(title.text)
        held = _Held(dict.fromkeys(self._terms, 0.0))
        for concept in self._concepts:
            points, share = _points(concept, text, label, in_title, length)
            if share:
                held.shares[concept] = share
                held.weight += concept.weight * min(1.0, _FOR_ANY + share)
            elif concept in about or concept in about_title:
                points = share = self._lent
                held.lent += concept.weight * self._lent
                if self._of_kinds:  # what a speech is about stands in its passages as good as typed
                    held.weight += concept.weight
            held.of_terms[concept.of] = max(held.of_terms[concept.of], min(1.0, share))
            if concept.year:
                points = max(points, _of_its_year(found, concept))
            elif points:
                held.meant.append(concept)
            # 乡村 of 乡村振兴 says nothing more where that stands.
            wholes = self._wholes[concept]
            if not (wholes and any(whole in about or whole.runs[0][0] in text for whole in wholes)):
                held.earned += points * concept.weight
        return held

    def _is_enough_to_list(self, held: _Held) -> bool:
        is_little = held.weight < _LEAST_SHARE * self._whole and len(held.shares) < 2
        return held.weight > 0 and not is_little and self._is_on_matter(held.meant)

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
        # Most stand nowhere in it: that is told without another call.
        if run in text and (count := concept.count(run, text, _MOST_PLACES)):
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
