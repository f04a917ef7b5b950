"""Knows the dates that were typed, by themselves or in front of a name: 2024年读书节, 9月9日教师节."""

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
from jianggao.text.numerals import number_of
from jianggao.text.segmentation import dictionary_words

_DATE = re.compile(
    r"(?<!\d)(?:"
    r"(?P<year>(?:19|20)\d\d)年?(?:(?!\d)|(?=\d{1,2}月))(?:(?P<month>\d{1,2})月(?:份|(?P<day>\d{1,2})[日号])?)?"
    r"|(?P<month_alone>\d{1,2})月(?P<day_alone>\d{1,2})[日号])"
)
"""A year, maybe with a month and a day; or a day of any year."""
_CHINESE_DAY = re.compile(
    r"(?<=年)([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号])?"
    r"|(?<![一二三四五六七八九十])([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_BEHIND_A_YEAR = re.compile(r"^(?:度(?![汛假夏冬荒日过]))?(?:以来|期间|里|中)?的?(?=..)")
"""What says nothing behind a year: 度 of 2024年度工作, not of 2024年度汛."""


def dates_in(terms: Iterable[Term]) -> list[Term]:
    """Returns the dates that were typed, by themselves or in other words, as terms of their own."""
    found = [match[0] for term in terms if not term.phrase for match in _DATE.finditer(_in_digits(term.run))]
    return [term for typed in dict.fromkeys(found) for term in parse_query(typed).terms]


def typed_years(terms: Iterable[Term]) -> set[int]:
    """Returns the years that were typed."""
    dates = [match for term in terms for match in _DATE.finditer(_in_digits(term.run))]
    return {int(match["year"]) for match in dates if match["year"]}


def is_date(run: str) -> bool:
    """Returns whether a run is a date (2024年, 2024年1月, 1月18日), and nothing else."""
    return _DATE.fullmatch(_in_digits(run)) is not None


def is_typed_date(term: Term) -> bool:
    """Returns whether a term is a date, and no phrase, which is looked for as it stands."""
    return not term.phrase and is_date(term.run)


def without_dates(run: str) -> list[str]:
    """Returns what is left of a run without its dates, in its parts of two characters or more."""
    return [part for part in _DATE.sub(" ", _in_digits(run)).split() if len(part) > 1]


def is_of_date(term: Term, day: date) -> bool:
    """Returns whether a term is a date, and a day is in it: 2024年 and 2024年1月 have 2024年1月18日."""
    typed = _DATE.fullmatch(_in_digits(term.run))
    if typed is None:
        return False
    parts = (
        (typed["year"], day.year),
        (typed["month"] or typed["month_alone"], day.month),
        (typed["day"] or typed["day_alone"], day.day),
    )
    return all(part is None or int(part) == own for part, own in parts)


def span_of(term: Term) -> tuple[date, date] | None:
    """Returns the first and the last day of a typed date; None of a day of any year, of one that there isn't, and of what
    is no date."""
    typed = _DATE.fullmatch(_in_digits(term.run))
    if typed is None or typed["year"] is None:
        return None
    year, month, day = int(typed["year"]), typed["month"], typed["day"]
    try:
        first = date(year, int(month or 1), int(day or 1))
    except ValueError:  # 2025年2月30日
        return None
    last_month = int(month or 12)
    return first, date(year, last_month, int(day or monthrange(year, last_month)[1]))


def is_day_of_any_year(term: Term) -> bool:
    """Returns whether a term is a day without a year: 9月9日."""
    typed = _DATE.fullmatch(_in_digits(term.run))
    return typed is not None and typed["year"] is None


def is_dated(speech: IndexedSpeech, term: Term) -> bool:
    """Returns whether the date that a term is is the speech's own or in its title."""
    return is_of_date(term, day_of(speech.key)) or term.stands_in(speech.title)


def is_of_dates(speech: IndexedSpeech, dates: Iterable[Term]) -> bool:
    """Returns whether all of the dates are the speech's own or in its title."""
    return all(is_dated(speech, date) for date in dates)


def dates_apart(term: Term) -> tuple[Term, ...]:
    """Returns a term with the dates in it as terms of their own: 2024年 and 读书节 of 2024年读书节."""
    run = _in_digits(term.run)
    matches = list(_DATE.finditer(run))
    if term.phrase or not matches or is_date(run):
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


def _in_digits(run: str) -> str:
    """Returns a run with its dates in digits: 2025年4月23日 for 二〇二五年四月二十三日."""
    return _CHINESE_DAY.sub(_day_in_digits, with_arabic_years(run))


def _day_in_digits(day: re.Match[str]) -> str:
    month, number = (number_of(part) if part else None for part in (day[1] or day[3], day[2] or day[4]))
    return f"{month}月" + (f"{number}日" if number else "") if month else day[0]


def _ends_word(run: str, at: int) -> bool:
    """Returns whether a date ends at a place, with a word behind it: not in 2024年底."""
    return run[at : at + 1] == "度" or at in accumulate(map(len, dictionary_words(run)), initial=0)


def _rest(run: str) -> list[Term]:
    return [Term(run, (run,))] if len(run) > 1 else []
