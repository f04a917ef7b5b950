"""Tells a pasted paragraph from typed words, and which of its clauses say most."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import rarity, words

SHORTEST, LONGEST = 60, 2_000
"""Letters from which a text with pauses is a paragraph, and characters of the longest that is read."""
_CLAUSE = re.compile(r"[^。！？；，：、,.!?;:\n]+")
_SHORTEST_CLAUSE, _LONGEST_CLAUSE = 6, 24
_CLAUSES = 16
_STRETCH, _CLAUSES_OF_STRETCH = 100, 2
"""Characters of a long paragraph of which the same number of clauses is looked up: it may be copied of many sections,
and the rarest clauses may all stand in one of them."""
_PAUSES = re.compile(r"[。！？；，,.;!?\n]")


def is_paragraph(text: str) -> bool:
    """Returns whether a text is a pasted paragraph rather than typed words: long, and with pauses."""
    return len(normal_form(text[: 2 * LONGEST])) >= SHORTEST and bool(_PAUSES.search(text.strip()[:-1]))


def telling_clauses(text: str) -> list[str]:
    """Returns the clauses of a paragraph that say most, in normal form, the rarest first: of each 100 characters up to
    two, and of all up to 16 if those are fewer."""
    stretches: dict[int, dict[str, None]] = {}
    for match in _CLAUSE.finditer(text[:LONGEST]):
        clause = normal_form(match[0])[:_LONGEST_CLAUSE]
        if len(clause) >= _SHORTEST_CLAUSE:
            stretches.setdefault(match.start() // _STRETCH, {})[clause] = None
    chosen: dict[str, None] = {}
    for clauses in stretches.values():
        chosen |= dict.fromkeys(_rarest_first(clauses)[:_CLAUSES_OF_STRETCH])
    others = [clause for clauses in stretches.values() for clause in clauses if clause not in chosen]
    chosen |= dict.fromkeys(_rarest_first(others)[: max(0, _CLAUSES - len(chosen))])
    return _rarest_first(chosen)


def is_list_of_words(text: str) -> bool:
    """Returns whether the clauses of a text are mostly single words: 文明乡风，移风易俗，红白理事会."""
    clauses = [clause for clause in map(normal_form, _CLAUSE.findall(text)) if clause]
    return sum(map(len, clauses)) < _SHORTEST_CLAUSE * len(clauses)


def _rarest_first(clauses: Iterable[str]) -> list[str]:
    return sorted(clauses, key=_rarity_of, reverse=True)


def _rarity_of(clause: str) -> float:
    return sum([rarity(word) for word in words(clause) if len(word) > 1])
