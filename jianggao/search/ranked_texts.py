"""Reads the hits of a search that are ranked, and those that follow them by date."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jianggao.search.criteria import SearchCriteria, in_label, in_title
from jianggao.search.indexed_texts import IndexedSection, IndexedSpeech, IndexedText
from jianggao.search.query import Term
from jianggao.search.ranking import first_page_spread, score
from jianggao.search.text_meanings import TextMeanings
from jianggao.search.typed_numbers import holds_number, stand_as_numbers
from jianggao.search.visible_index import VisibleIndex
from jianggao.search.visible_scopes import IndexScope
from jianggao.text.bigrams import gram_query

_NEWEST, _SPECIAL, _SPEECHES = 90, 30, 30
"""How many of the newest hits are ranked, and of those with the terms in a heading, in the title, or side by
side."""
_MEANING = 2.0
"""Points for a text that means just what was typed: it is about it, while another only mentions it."""
_SPLIT_NUMBER = 5.0
"""Points less for each typed number that is only a part of another there: 23% in 2,300 or 23间."""
_LIKENESS_DIGITS = 1
"""Texts of about the same likeness count as equal: then the newer one comes first."""


def ranked_texts(index: VisibleIndex, criteria: SearchCriteria) -> tuple[list[IndexedText], bool]:
    """Returns the hits that ranking reads, best first, and whether these are all."""
    pool: dict[tuple[int, ...], IndexedText] = {}
    complete = True
    for scope in index.scopes:
        newest, all_of_scope = _pool(index, scope, criteria, _NEWEST)
        pool |= newest
        if all_of_scope:  # no preferred hit can be missing
            continue
        complete = False
        for expression in _preferences(criteria.terms):
            pool |= _pool(index, scope, criteria.narrowed_to(expression), _SPECIAL)[0]
    texts = list(pool.values())
    if complete:
        # Whoever typed 23% isn't told that a title has 23 in 2023年. Where there are more they are counted, too.
        texts = [
            text
            for text in texts
            if isinstance(text, IndexedSection) or stand_as_numbers(criteria.terms, text.text)
        ]
    return _order(index, criteria.terms, texts), complete


def _pool(
    index: VisibleIndex, scope: IndexScope, criteria: SearchCriteria, limit: int
) -> tuple[dict[tuple[int, ...], IndexedText], bool]:
    """Returns the newest hits of a scope by identity, and whether these are all."""
    sections = index.sections(scope, criteria, limit)
    speeches = [] if scope.whole else index.speeches(scope, criteria, _SPEECHES)
    texts: list[IndexedText] = [*sections, *index.without_sections(scope, criteria, speeches)]
    return {text.identity: text for text in texts}, len(sections) < limit and len(speeches) < _SPEECHES


def _order(index: VisibleIndex, terms: Sequence[Term], texts: Sequence[IndexedText]) -> list[IndexedText]:
    """Returns the texts by score, of equal ones the newer first, spread over speeches."""
    titles = index.titles(text.speech for text in texts)
    index.snapshot.deadline.check()
    meanings = TextMeanings(term.run for term in terms)

    def points(text: IndexedText) -> float:
        title = titles[text.speech]
        likeness = round(meanings.likeness(text, title.vector), _LIKENESS_DIGITS)
        split = sum(not holds_number(term, text.text) for term in terms)
        # 23% is no part of 2023年.
        in_title = all(holds_number(term, title.text) for term in terms if term.stands_in(title.text))
        return (
            score(text, title.text if in_title else "", terms) + _MEANING * likeness - _SPLIT_NUMBER * split
        )

    keyed = [(-points(text), -text.date_key, text.speech, text) for text in texts]
    keyed.sort(key=lambda entry: entry[:2])
    return first_page_spread([(entry[2], entry[3]) for entry in keyed])


def counted_alone(index: VisibleIndex, criteria: SearchCriteria, speeches: Sequence[IndexedSpeech]) -> int:
    """Returns how many of the speeches `VisibleIndex.count` counts: by their public text, without a matching
    section."""
    matching = [speech for speech in speeches if all(term.stands_in(speech.text) for term in criteria.terms)]
    total = 0
    for scope in index.scopes:
        if not scope.whole and scope.has_speeches:
            within = [speech for speech in matching if scope.span[0] <= speech.key <= scope.span[1]]
            total += len(index.without_sections(scope, criteria, within))
    return total


def by_date_behind(
    index: VisibleIndex, criteria: SearchCriteria, ranked: Sequence[IndexedText], skip: int, limit: int
) -> list[IndexedText]:
    """Returns the hits behind the ranked ones, newest first, without the first `skip` of all hits."""
    done = {text.identity for text in ranked}
    passed = len(ranked)
    page: list[IndexedText] = []
    for text in index.by_date(criteria):
        if text.identity in done:
            continue
        if passed >= skip:
            page.append(text)
            if len(page) == limit:
                break
        passed += 1
    return page


def _preferences(terms: Sequence[Term]) -> list[str]:
    """Returns FTS5 expressions of hits that ranking should read beside the newest ones.

    For 粮食安全 the section headed so may be four years old and have 400 newer sections before it that only
    mention the words: terms in a heading, in the title, or side by side must not depend on the date.
    """
    if not terms:
        return []
    expressions = [in_label(terms), in_title(terms)]
    for term, following in pairwise(terms):
        pairs = ((term, following), (following, term))
        joined = (gram_query(first.run[-1] + second.run[0]) for first, second in pairs)
        expressions.append("(" + " OR ".join(joined) + ")")
    return expressions
