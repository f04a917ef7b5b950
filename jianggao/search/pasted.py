"""Finds where a pasted paragraph stands in the library, word for word or reworked.

Its clauses that say most are looked up, as they are and by pairs of their words; the sections that hold them are
compared with the whole paragraph by runs of six letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
_WORD_FOR_WORD = 0.85


@dataclass(frozen=True, slots=True)
class PastedMatch:
    """A section that holds some of a paragraph; `share` of its runs of letters, from 0 to 1."""

    section: IndexedSection
    share: float

    @property
    def is_word_for_word(self) -> bool:
        """Whether nearly all of the paragraph stands there as it is."""
        return self.share >= _WORD_FOR_WORD


def pasted_matches(index: VisibleIndex, query: Query, limit: int) -> list[PastedMatch]:
    """Returns up to `limit` sections that hold some of the paragraph, those with most of it first."""
    runs = _runs_of(normal_form(query.text))
    pool: dict[int, IndexedSection] = {}
    for terms in _lookups(query.terms):
        for scope in index.scopes:
            found = index.sections(scope, SearchCriteria(terms, query.filters), _POOL)
            pool |= {section.id: section for section in found}
    matches = []
    for section in pool.values():
        index.snapshot.deadline.check()
        share = len(runs & _runs_of(section.text)) / max(1, len(runs))
        if share >= _LEAST_SHARED:
            matches.append(PastedMatch(section, share))
    matches.sort(key=lambda match: (-match.share, -match.section.id))
    return matches[:limit]


def _runs_of(letters: str) -> set[str]:
    return {letters[at : at + _RUN] for at in range(max(1, len(letters) - _RUN + 1))}


def _lookups(clauses: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    """Yields what to look up: the clauses as they are, for copies; pairs of their words, for what was reworked."""
    for clause in clauses:
        yield (clause,)
    for clause in clauses:
        telling = sorted(dict.fromkeys(words(clause.run)), key=rarity, reverse=True)
        telling = [word for word in telling if len(word) > 1][:2]
        if len(telling) > 1:
            yield tuple(Term(word, (word,)) for word in telling)
