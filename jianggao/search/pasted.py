"""Finds where a pasted paragraph stands in the library, word for word or reworked.

Its clauses that say most are looked up, as they are and by pairs of their words; the sections that hold them are
compared with the whole paragraph by runs of six letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jianggao.search.criteria import SearchCriteria
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.query import Query, Term
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import rarity, words

_POOL = 8
"""Sections read for each clause in each scope."""
_RUN = 6
_LEAST_SHARED = 0.12
"""The share of the paragraph's runs that a section must hold to be where it comes from."""
_CLAUSE_SHARED = 20
"""So many runs are a long clause: what holds one is told, however long the paragraph is."""
_WORD_FOR_WORD = 0.85
_GOES_ON = 3
"""How many sections before and behind a copied one are looked at, for as long as these are copied too."""
_COPIED_PART, _IN_A_ROW = 60, 0.9
"""So many runs of which so many stand in a row in the paragraph were copied as they are, though both go on."""
_PAIRED = 16
"""Clauses of which pairs of words are looked up."""


@dataclass(frozen=True, slots=True)
class PastedMatch:
    """A section that holds some of a paragraph, or stands in it."""

    section: IndexedSection
    share: float
    """The share of the paragraph's runs of letters that the section holds, from 0 to 1."""
    share_of_section: float
    """The share of the section's runs, without its headings, that the paragraph holds."""
    place: int
    """Where in the paragraph the first clause of it begins, counted in letters."""
    is_copied_part: bool
    """Whether a long stretch of the paragraph stands there as it is."""

    @property
    def is_word_for_word(self) -> bool:
        """Whether nearly all of the paragraph stands there as it is, or nearly all of the section in the paragraph, or a
        long stretch of both."""
        return self.is_copied_part or max(self.share, self.share_of_section) >= _WORD_FOR_WORD

    @property
    def rank(self) -> tuple[bool, int, float, int]:
        """Sorts copies first, in the order of the paragraph, then those with most of it."""
        copied = self.is_word_for_word
        return (not copied, self.place if copied else 0, -self.share, -self.section.id)


def pasted_matches(index: VisibleIndex, query: Query, limit: int) -> list[PastedMatch]:
    """Returns up to `limit` sections that hold some of the paragraph: those that it was copied from first."""
    places = _runs_of(normal_form(query.text))
    pool: dict[int, IndexedSection] = {}
    for terms in _lookups(query.terms):
        for scope in index.scopes:
            found = index.sections(scope, SearchCriteria(terms, query.filters), _POOL)
            pool |= {section.id: section for section in found}
    matches = _matches(index, places, pool.values())
    # A copy mostly goes on in the sections around, of which no clause may have been looked up.
    looked_at = set(pool)
    fresh = matches
    for _ in range(_GOES_ON):
        around = set(_neighbours(index, fresh)) - looked_at
        looked_at |= around
        fresh = _matches(index, places, index.sections_by_id(sorted(around))) if around else []
        matches += fresh
    return sorted(matches, key=lambda match: match.rank)[:limit]


def _matches(
    index: VisibleIndex, places: Mapping[str, int], sections: Iterable[IndexedSection]
) -> list[PastedMatch]:
    matches = []
    for section in sections:
        index.snapshot.deadline.check()
        if match := _match(places, section):
            matches.append(match)
    return matches


def _neighbours(index: VisibleIndex, matches: Sequence[PastedMatch]) -> Iterator[int]:
    """Yields the ids of the sections before and behind those that were copied."""
    copied = {match.section.id: match.section.speech for match in matches if match.is_word_for_word}
    for labels in index.section_labels(copied.values()).values() if copied else ():
        ids = [id_ for id_, _ in labels]
        for before, behind in pairwise(ids):
            if before in copied:
                yield behind
            if behind in copied:
                yield before


def _match(places: Mapping[str, int], section: IndexedSection) -> PastedMatch | None:
    """Returns what a section shares with a paragraph, given the places of its runs; None if too little."""
    shared = [places[run] for run in places.keys() & _runs_of(section.text).keys()]
    share = len(shared) / max(1, len(places))
    if not shared or (share < _LEAST_SHARED and len(shared) < _CLAUSE_SHARED):
        return None
    of_body = _runs_of(section.body[section.body_start :])
    # A section of one short sentence may stand in any paragraph.
    held = len(places.keys() & of_body.keys()) / len(of_body) if len(of_body) >= _CLAUSE_SHARED else 0.0
    stretches = _stretches(shared)
    longest = max(stretches, key=len)
    in_a_row = len(longest) / (longest[-1] - longest[0] + 1)
    is_copied_part = len(longest) >= _COPIED_PART and in_a_row >= _IN_A_ROW
    first = next((stretch for stretch in stretches if len(stretch) >= _CLAUSE_SHARED), longest)
    return PastedMatch(section, share, held, first[0], is_copied_part)


def _stretches(places: Iterable[int]) -> list[list[int]]:
    """Returns places in their order, parted where more than a letter lies between what was shared: a run of another
    section may stand anywhere in the paragraph."""
    ordered = sorted(places)
    borders = [at for at in range(1, len(ordered)) if ordered[at] - ordered[at - 1] > _RUN + 1]
    return [ordered[start:stop] for start, stop in pairwise([0, *borders, len(ordered)])]


def _runs_of(letters: str) -> dict[str, int]:
    """Returns the runs of six letters with their first places."""
    starts = range(max(1, len(letters) - _RUN + 1))
    return {letters[at : at + _RUN]: at for at in reversed(starts)}


def _lookups(clauses: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    """Yields what to look up: the clauses as they are, for copies; pairs of their words, for what was reworked."""
    for clause in clauses:
        yield (clause,)
    for clause in clauses[:_PAIRED]:
        telling = sorted(dict.fromkeys(words(clause.run)), key=rarity, reverse=True)
        telling = [word for word in telling if len(word) > 1][:2]
        if len(telling) > 1:
            yield tuple(Term(word, (word,)) for word in telling)
