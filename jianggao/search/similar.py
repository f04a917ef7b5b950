"""Finds sections on the same matter in other speeches (相近), by the telling words that they share."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from jianggao.search.criteria import SearchCriteria, of_speeches
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.bigrams import gram_query
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import distinctive_words

_WORDS, _TELLING = 18, 5
"""How many words of the text are compared, and by how many of them candidates are searched."""
_POOL = 20
"""Sections read for each combination of words in each scope."""
_COMMON = 500
"""Candidates are counted up to this number: rarer words weigh more."""
_LEAST_SHARED = 2
"""One shared word is no likeness: two sections that both say 老旧小区 may be on heating and on parking."""
_IN_LABEL = 0.5
"""What a word weighs more that stands in the other section's heading."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A section, and the words that it shares with the text, the most telling first."""

    section: IndexedSection
    shared: tuple[str, ...]


def similar_sections(index: VisibleIndex, text: str, speech: int, limit: int) -> list[Similar]:
    """Returns up to `limit` sections of other speeches that share most with `text`, one of each speech.

    `speech` is the number of the text's own speech, which is left out.
    """
    elsewhere = f"NOT {of_speeches([speech])}"
    words = list(dict.fromkeys(filter(None, map(normal_form, distinctive_words(text, _WORDS)))))
    counts = {word: index.count_candidates(word, _COMMON, elsewhere) for word in words}
    weights = {word: math.log((_COMMON + 2) / count) for word, count in counts.items() if count}
    pool = _candidates(index, list(weights)[:_TELLING], elsewhere)
    scored = []
    for section in pool.values():
        index.snapshot.deadline.check()
        shared = sorted((word for word in weights if word in section.text), key=lambda word: -weights[word])
        worth = sum(weights[word] * (1 + _IN_LABEL * (word in section.label)) for word in shared)
        if len(shared) >= _LEAST_SHARED:
            scored.append((-worth, -section.id, Similar(section, tuple(shared))))
    best: dict[int, Similar] = {}
    for _, _, similar in sorted(scored, key=lambda entry: entry[:2]):
        # Three sections of one collection would fill the page: of each speech the best is enough.
        best.setdefault(similar.section.speech, similar)
    return list(best.values())[:limit]


def _candidates(index: VisibleIndex, telling: Sequence[str], elsewhere: str) -> Mapping[int, IndexedSection]:
    """Returns, by id, sections that hold two of the words, or one."""
    pool: dict[int, IndexedSection] = {}
    for chosen in [*combinations(telling, 2), *((word,) for word in telling)]:
        expression = "(" + " AND ".join(gram_query(word) for word in chosen) + f") {elsewhere}"
        criteria = SearchCriteria((), narrowed=expression)
        for scope in index.scopes:
            pool |= {section.id: section for section in index.sections(scope, criteria, _POOL)}
    return pool
