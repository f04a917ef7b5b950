"""Knows the years and dates that were typed, by themselves or in front of a name: 2024年读书节."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from itertools import accumulate

from jianggao.library.section_ids import day_of
from jianggao.search.indexed_texts import IndexedSpeech
from jianggao.search.query import Term, parse_query
from jianggao.search.variants import with_arabic_years
from jianggao.text.segmentation import dictionary_words

_DATE = re.compile(
    r"(?<!\d)(?:"
    r"(?P<year>(?:19|20)\d\d)年?(?:(?!\d)|(?=\d{1,2}月))(?:(?P<month>\d{1,2})月(?:份|(?P<day>\d{1,2})[日号])?)?"
    r"|(?P<month_alone>\d{1,2})月(?P<day_alone>\d{1,2})[日号])"
)
"""A year, maybe with a month and a day, which no title needs to have; or a day of any year."""
_BEHIND_A_YEAR = re.compile(r"^(?:度(?![汛假夏冬荒日过]))?(?:以来|期间|里|中)?的?(?=..)")
"""What says nothing behind a year: 度 of 2024年度工作, not of 2024年度汛."""


def typed_years(terms: Iterable[Term]) -> set[int]:
    """Returns the years that were typed."""
    dates = [match for term in terms for match in _DATE.finditer(with_arabic_years(term.run))]
    return {int(match["year"]) for match in dates if match["year"]}


def is_year(run: str) -> bool:
    """Returns whether a run is a year or another date, and nothing else."""
    return _DATE.fullmatch(with_arabic_years(run)) is not None


def is_typed_date(term: Term) -> bool:
    """Returns whether a term is a date, and no phrase, which is looked for as it stands."""
    return not term.phrase and is_year(term.run)


def without_years(run: str) -> list[str]:
    """Returns what is left of a run without its years, in its parts of two characters or more."""
    return [part for part in _DATE.sub(" ", with_arabic_years(run)).split() if len(part) > 1]


def is_of_date(term: Term, day: date) -> bool:
    """Returns whether a term is a date, and a day is in it: 2024年 and 2024年1月 have 2024年1月18日."""
    typed = _DATE.fullmatch(with_arabic_years(term.run))
    if typed is None:
        return False
    parts = (
        (typed["year"], day.year),
        (typed["month"] or typed["month_alone"], day.month),
        (typed["day"] or typed["day_alone"], day.day),
    )
    return all(part is None or int(part) == own for part, own in parts)


def span_of(term: Term) -> tuple[date, date] | None:
    """Returns the first and the last day of a typed date; None of a day of any year, and of what is no date."""
    typed = _DATE.fullmatch(with_arabic_years(term.run))
    if typed is None or typed["year"] is None:
        return None
    year, month, day = (int(typed[name] or 0) for name in ("year", "month", "day"))
    months = (month, month) if 1 <= month <= 12 else (1, 12)
    lengths = [monthrange(year, number)[1] for number in months]
    days = (day, day) if 1 <= day <= lengths[0] else (1, lengths[1])
    return date(year, months[0], days[0]), date(year, months[1], days[1])


def is_dated(speech: IndexedSpeech, term: Term) -> bool:
    """Returns whether the date that a term is is the speech's own or in its title."""
    return is_of_date(term, day_of(speech.key)) or term.stands_in(speech.title)


def is_of_years(speech: IndexedSpeech, years: set[int]) -> bool:
    """Returns whether all of the years are the speech's own or in its title."""
    own = {day_of(speech.key).year, *typed_years([Term(speech.title, (speech.title,))])}
    return years <= own


def years_apart(term: Term) -> tuple[Term, ...]:
    """Returns a term with the years in it as terms of their own: 2024年 and 读书节 of 2024年读书节."""
    run = with_arabic_years(term.run)
    matches = list(_DATE.finditer(run))
    if term.phrase or not matches or is_year(run):
        return (term,)
    # 2024年底 is no 2024年; 2024年度 is.
    if any(not _ends_word(run, match.end()) for match in matches):
        return (term,)
    parts: list[Term] = []
    last = 0
    for match in matches:
        parts += _rest(run[last : match.start()])
        parts += parse_query(match[0]).terms
        last = match.end()
    return (*parts, *_rest(_BEHIND_A_YEAR.sub("", run[last:])))


def _ends_word(run: str, at: int) -> bool:
    """Returns whether a date ends at a place, with a word behind it: not in 2024年底."""
    return run[at : at + 1] == "度" or at in accumulate(map(len, dictionary_words(run)), initial=0)


def _rest(run: str) -> list[Term]:
    return [Term(run, (run,))] if len(run) > 1 else []
