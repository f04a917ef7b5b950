"""Tells a pasted paragraph from typed words, and which of its clauses say most."""

from __future__ import annotations

import re

from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import rarity, words

SHORTEST, LONGEST = 60, 2_000
"""Letters from which a text with pauses is a paragraph, and characters of the longest that is read."""
_CLAUSE = re.compile(r"[^。！？；，：、,.!?;:\n]+")
_SHORTEST_CLAUSE, _LONGEST_CLAUSE = 6, 24
_CLAUSES = 16
_PAUSES = re.compile(r"[。！？；，\n]")


def is_paragraph(text: str) -> bool:
    """Returns whether a text is a pasted paragraph rather than typed words: long, and with pauses."""
    return len(normal_form(text[: 2 * LONGEST])) >= SHORTEST and bool(_PAUSES.search(text.strip()[:-1]))


def telling_clauses(text: str) -> list[str]:
    """Returns up to 16 clauses of a paragraph that say most, in normal form, the rarest first."""
    clauses = [normal_form(clause)[:_LONGEST_CLAUSE] for clause in _CLAUSE.findall(text[:LONGEST])]
    long_enough = dict.fromkeys(clause for clause in clauses if len(clause) >= _SHORTEST_CLAUSE)
    return sorted(long_enough, key=_rarity_of, reverse=True)[:_CLAUSES]


def _rarity_of(clause: str) -> float:
    return sum([rarity(word) for word in words(clause) if len(word) > 1])
