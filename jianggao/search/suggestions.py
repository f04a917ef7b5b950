"""Suggests other queries, and topics, to someone whose query matches nothing.

Candidates come from words that stand or stood in public text or in months that the asker may read. Only those
go further that are words in texts that may be shown where the answer stands, before anything is counted or
cut off. Hits that the asker may see alone make a suggestion and decide its order. So a suggestion tells
nothing of what is locked: not how it would be cut into words, nor anything by the time that it takes.
"""

from __future__ import annotations

from dataclasses import dataclass

from jianggao.search.criteria import SearchCriteria
from jianggao.search.misspellings import corrections
from jianggao.search.query import Query, Term
from jianggao.search.typed_pinyin import pinyin_meanings
from jianggao.search.visible_index import VisibleIndex
from jianggao.search.visible_words import VisibleWords
from jianggao.text.segmentation import words

COUNT_LIMIT = 500
_LIMIT = 3
_LONGEST_RUN = 16
"""Characters; a longer run is a half-remembered sentence, for which partial matches are offered."""
_CHECKED, _CHECKED_APART = 24, 4
"""How many candidates are counted as they are, and how many with their words apart."""
_GRAMS = 20
_SPEECHES = 60
_TOPIC_SIZES = range(2, 9)
"""Characters of a topic: longer public runs are headings, of which a suggestion would quote too much."""

_Candidate = tuple[tuple[Term, ...], int]
"""The terms of another query, and a rank: the smaller, the likelier."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query and how many hits it has."""

    text: str
    terms: tuple[Term, ...]
    total: int
    exact: bool


class Suggester:
    """Makes suggestions for one query.

    They are made of words in `shown` texts, and counted among all that the asker searches.
    """

    def __init__(self, shown: VisibleIndex, searched: VisibleIndex) -> None:
        self._shown = shown
        self._searched = searched
        self._words = VisibleWords(shown)

    def suggestions(self, query: Query) -> list[Suggestion]:
        """Returns up to three queries with hits that are near to one without, the likeliest first."""
        candidates: dict[tuple[Term, ...], int] = {}
        for terms, rank in [*pinyin_meanings(self._words, query), *self._one_term_changed(query)]:
            candidates.setdefault(terms, rank)
        ordered = sorted(candidates.items(), key=lambda entry: entry[1])[:_CHECKED]
        counted = [
            (rank, suggestion) for terms, rank in ordered if (suggestion := self._counted(query, terms))
        ]
        if not counted:
            # 社区食汤价格 corrected is 社区食堂价格: it stands nowhere in a row, but 社区食堂 and 价格 do.
            apart = dict.fromkeys((_apart(terms), rank) for terms, rank in ordered[:_CHECKED_APART])
            counted = [
                (rank, suggestion) for terms, rank in apart if (suggestion := self._counted(query, terms))
            ]
        counted.sort(key=lambda entry: (entry[0], -entry[1].total, entry[1].text))
        return [suggestion for _, suggestion in counted][:_LIMIT]

    def _counted(self, query: Query, terms: tuple[Term, ...]) -> Suggestion | None:
        """Returns the query with these terms as a suggestion.

        None if it has neither a hit nor a speech of that name.
        """
        if not all(self._words.has_candidates(term.run) or self._words.has_speech(term) for term in terms):
            return None
        criteria = SearchCriteria(terms, query.filters)
        total, exact = self._searched.count(criteria, COUNT_LIMIT)
        # No section holds both words, but the title of a speech does: 春耕 备耕 for 在春耕备耕现场会上的讲话.
        if not total:
            total = sum([len(self._searched.speeches(scope, criteria, 1)) for scope in self._searched.scopes])
        return Suggestion(query.typed_with(terms), terms, total, exact) if total else None

    def _one_term_changed(self, query: Query) -> list[_Candidate]:
        """Returns the query with each term that stands nowhere replaced by what may have been meant."""
        candidates = []
        for at, term in enumerate(query.terms):
            if len(term.run) > _LONGEST_RUN or self._words.has_section(term):
                continue
            for run, rank in corrections(self._words, term.run).items():
                changed = (*query.terms[:at], Term(run, (run,), term.phrase), *query.terms[at + 1 :])
                candidates.append((changed, rank))
        return candidates

    def topics(self, query: Query) -> list[str]:
        """Returns up to three public words that share most bigrams with the query.

        They are topics, keywords and short headings.
        """
        pairs = dict.fromkeys(run[at : at + 2] for run in query.runs for at in range(len(run) - 1))
        grams = list(pairs)[:_GRAMS]
        if not grams:
            return []
        shared: dict[str, int] = {}
        for run in self._shown.public_runs(grams, _SPEECHES):
            if len(run) in _TOPIC_SIZES and run not in shared:
                shared[run] = sum([gram in run for gram in grams])
        best = sorted((-count, len(run), run) for run, count in shared.items() if count)
        return [run for _, _, run in best if run not in query.runs][:_LIMIT]


def _apart(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Returns the terms with the words of each standing by themselves.

    A term stays whole if it has a word of one character, which would be lost (修好闸), or if it is a phrase.
    """
    pieces: dict[str, Term] = {}
    for term in terms:
        parts = [word for word in words(term.typed) if len(word) > 1]
        whole = term.phrase or sum(map(len, parts)) < len(term.run)
        for part in [term.run] if whole else parts:
            pieces.setdefault(part, term if whole else Term(part, (part,)))
    return tuple(pieces.values())
