"""Tells a pasted paragraph from typed words, and which of its clauses say most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import rarity, word_class, words

SHORTEST, LONGEST = 60, 2_000
"""Letters from which a text with pauses is a paragraph, and characters of the longest that is read."""
_CLAUSE = re.compile(r"[^。！？；，：、,.!?;:…\n]+")
_SHORTEST_CLAUSE, _LONGEST_CLAUSE = 6, 24
_CLAUSES = 16
_STRETCH = 40
"""Characters of a long paragraph of which one clause is looked up: it may be copied of many sections, and the rarest
clauses may all stand in one of them."""
_SENTENCE_END = re.compile(r"[。！？!?]")
_OF_SENTENCES, _MOST_SAID = frozenset("urpcy"), 0.2
"""First letters of the tags of particles, pronouns, prepositions and conjunctions, and the share of the clauses of a
list of words that may have one."""
_PAUSES = re.compile(r"[。！？；，,.;!?…\n]")


def is_paragraph(text: str, *, has_pauses: bool = False) -> bool:
    """Returns whether a text is a pasted paragraph rather than typed words: long, and with pauses, or taken for having
    them."""
    has_pauses = has_pauses or _PAUSES.search(text.strip()[:-1]) is not None
    return has_pauses and len(normal_form(text[: 2 * LONGEST])) >= SHORTEST


def telling_clauses(text: str) -> list[str]:
    """Returns the clauses of a paragraph that say most, in normal form, the rarest first: one of each 40 characters, and
    of all up to 16 if those are fewer."""
    stretches: dict[int, dict[str, None]] = {}
    for start, clause in _clauses(text[:LONGEST]):
        stretches.setdefault(start // _STRETCH, {})[clause] = None
    chosen = dict.fromkeys(_rarest_first(clauses)[0] for clauses in stretches.values())
    others = [clause for clauses in stretches.values() for clause in clauses if clause not in chosen]
    chosen |= dict.fromkeys(_rarest_first(others)[: max(0, _CLAUSES - len(chosen))])
    return _rarest_first(chosen)


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    """Yields the clauses of a text in normal form, long ones (or a text without signs) in pieces, with the places where
    they begin."""
    for match in _CLAUSE.finditer(text):
        for start in range(0, len(match[0]), _LONGEST_CLAUSE):
            clause = normal_form(match[0][start : start + _LONGEST_CLAUSE])
            if len(clause) >= _SHORTEST_CLAUSE:
                yield match.start() + start, clause


def listed_words(text: str) -> list[str]:
    """Returns the clauses of a text that are mostly single words: 文明乡风，移风易俗，红白理事会; [] of any other text.

    Prose of short clauses has more than one sentence, or words that only sentences have.
    """
    clauses = [clause.strip() for clause in _CLAUSE.findall(text) if normal_form(clause)]
    letters = sum([len(normal_form(clause)) for clause in clauses])
    if letters >= _SHORTEST_CLAUSE * len(clauses) or _SENTENCE_END.search(text.strip()[:-1]):
        return []
    said = sum(
        any(word_class(word)[:1] in _OF_SENTENCES for word in words(normal_form(clause)))
        for clause in clauses
    )
    return clauses if said <= _MOST_SAID * len(clauses) else []


def _rarest_first(clauses: Iterable[str]) -> list[str]:
    return sorted(clauses, key=_rarity_of, reverse=True)


def _rarity_of(clause: str) -> float:
    return sum([rarity(word) for word in words(clause) if len(word) > 1])
