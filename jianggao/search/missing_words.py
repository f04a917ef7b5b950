"""Tells what a text lacks of what was typed, which is said behind its title: （没有“飞碟学”）."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from jianggao.search.concepts import Concept
from jianggao.search.query import Term
from jianggao.search.typed_dates import is_of_date, is_typed_date
from jianggao.search.typed_numbers import holds_number
from jianggao.search.typed_words import turned_parts
from jianggao.text.normal_form import normal_form


def lacks(term: Term, seen: str, day: date) -> bool:
    """Returns whether a term neither stands in what is seen of a speech of that day nor is its date."""
    return not ((term.stands_in(seen) and holds_number(term, seen)) or is_of_date(term, day))


def missing_words(
    seen: str, day: date, terms: Sequence[Term], concepts: Sequence[Concept]
) -> tuple[str, ...]:
    """Returns the typed words, as they were typed, that don't stand in what is seen: a text of a speech of that day, with
    its title."""
    lacking = [term for term in terms if lacks(term, seen, day)]
    concepts = _concepts_of(lacking, day, concepts)
    needed = [concept for concept in concepts if not concept.is_optional]
    held = {concept.of for concept in concepts if not concept.is_character and concept.stands_in(seen)}
    not_said = [concept for concept in needed if not concept.is_said_in(seen)]
    # Of 飞碟学 nothing stands there: it is missing whole, not 飞碟.
    missing = dict.fromkeys(concept.typed if concept.of in held else concept.of for concept in not_said)
    for term in lacking:
        missing |= dict.fromkeys(_not_said(term, seen, [word for word in needed if word.of == term.typed]))
    return tuple(word for word in missing if not _is_told_in_longer(word, missing))


def _concepts_of(terms: Sequence[Term], day: date, concepts: Iterable[Concept]) -> list[Concept]:
    """Returns the concepts of terms that are no dates, but for the speech's own year."""
    words = {term.typed for term in terms if not is_typed_date(term)}
    return [concept for concept in concepts if concept.of in words and concept.year != day.year]


def _is_told_in_longer(word: str, missing: Iterable[str]) -> bool:
    """Returns whether a longer missing word has it: where 数字经济 is missing, 经济 is not told besides."""
    return any(word != other and word in other for other in missing)


def _not_said(term: Term, seen: str, needed: Sequence[Concept]) -> list[str]:
    """Returns what else is missing of a term: all of it if nothing of it is a word that is needed (a date, 三八妇女节),
    and what turns the sense: 不下乡 of 干部不下乡."""
    if not needed:
        return [term.typed]
    words = [normal_form(word.typed) for word in needed]
    parts = [] if term.phrase else turned_parts(term.run)
    return [part for part in parts if part not in seen and not any(part in word for word in words)]
