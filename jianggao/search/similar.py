"""相近: sections on the same matter in other speeches, by the words that they share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

from jianggao.search.visible_index import IndexedSection, SearchCriteria, VisibleIndex, of_speeches
from jianggao.text.bigrams import gram_query
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import distinctive_words

_WORDS, _TELLING = 18, 5
"""How many words of the text are compared, and by how many of them candidates are found."""
_POOL = 20
_COMMON = 500
_LEAST_SHARED = 2
_IN_LABEL = 0.5


@dataclass(frozen=True, slots=True)
class Similar:
    """A section, and the words that it shares with the text, the most telling first."""

    seen: IndexedSection
    shared: tuple[str, ...]


def similar_sections(index: VisibleIndex, text: str, speech: int, limit: int) -> list[Similar]:
    """Up to `limit` sections of other speeches than `speech` that share most with `text`, one of each speech."""
    elsewhere = f"NOT {of_speeches([speech])}"
    words = list(dict.fromkeys(filter(None, map(normal_form, distinctive_words(text, _WORDS)))))
    counts = {word: index.roughly(word, _COMMON, elsewhere) for word in words}
    weights = {word: math.log((_COMMON + 2) / count) for word, count in counts.items() if count}
    telling = list(weights)[:_TELLING]
    pool: dict[int, IndexedSection] = {}
    for chosen in [*combinations(telling, 2), *((word,) for word in telling)]:
        expression = "(" + " AND ".join(gram_query(word) for word in chosen) + f") {elsewhere}"
        for scope in index.scopes:
            pool |= {
                one.id: one for one in index.sections(scope, SearchCriteria((), narrowed=expression), _POOL)
            }
    scored = []
    for seen in pool.values():
        index.snapshot.deadline.check()
        shared = sorted((word for word in weights if word in seen.text), key=lambda word: -weights[word])
        worth = sum(weights[word] * (1 + _IN_LABEL * (word in seen.label)) for word in shared)
        if len(shared) >= _LEAST_SHARED:
            scored.append((-worth, -seen.id, Similar(seen, tuple(shared))))
    best: dict[int, Similar] = {}
    for _, _, one in sorted(scored, key=lambda entry: entry[:2]):
        best.setdefault(one.seen.speech, one)
    return list(best.values())[:limit]
