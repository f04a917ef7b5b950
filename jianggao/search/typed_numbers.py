"""Tells whether the digits that somebody typed stand in a text as the number that was meant.

The normal form has no signs: of 20% the digits are left, which stand in 2019 and 20吨, too. (Nothing here is a pattern
of `re` made of what was typed: compiled patterns are kept from one query to the next, and their time would tell what
others asked for.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jianggao.search.query import Term

_MEASURES = frozenset(
    "吨间点人个万亿千百年月日号名户家元块斤公亩米岁次件项条份天周张台里度层座辆位分秒小棵头只所场部篇字"
)
"""Characters behind the digits of what is no percentage."""
_GROWTH = frozenset("占为长降升涨幅达约近超到至率过低少多增跌在比成高速")
"""Characters before the digits of a percentage."""
_BEHIND_PERCENTAGE = ("左右", "以上", "以下", "以内", "的")
_GOES_ON = frozenset("点一二三四五六七八九十百千万亿")
"""Characters with which a number in words is a longer one."""
_PERCENT_SIGNS, _PERCENT_IN_WORDS = ("%", "％"), "百分之"


def count_number(digits: str, text: str, limit: int, *, is_percentage: bool) -> int:
    """Returns how often digits stand in a text as a number of their own, up to `limit`; as a percentage before no
    measure."""
    count = 0
    for before, behind in _around(digits, text):
        is_measured = is_percentage and behind[:1] in _MEASURES and before not in _GROWTH
        count += not is_measured and _is_whole(before, behind)
        if count == limit:
            break
    return count


def count_whole(run: str, text: str, limit: int) -> int:
    """Returns how often a run with a number at an end of it (百分之三, 增长3, 3左右, 2月15日) stands in a text, up to
    `limit`, and the number isn't a part of another: 百分之三十, 增长32, 12月15日."""
    count = 0
    for before, behind in _around(run, text):
        goes_on = behind[:1] in _GOES_ON if run.startswith(_PERCENT_IN_WORDS) else behind[:1].isdecimal()
        ends_in_number = run[-1].isdecimal() or run.startswith(_PERCENT_IN_WORDS)
        count += not (ends_in_number and goes_on) and not (run[0].isdecimal() and before.isdecimal())
        if count == limit:
            break
    return count


def percentage_in(text: str, digits: str) -> bool:
    """Returns whether digits stand in a text where a percentage is likely: 3 of 3% stands in every text."""
    return any(
        _is_whole(before, behind)
        and (behind.startswith(_BEHIND_PERCENTAGE) or (before in _GROWTH and behind[:1] not in _MEASURES))
        for before, behind in _around(digits, text)
    )


def holds_number(term: Term, text: str) -> bool:
    """Returns whether a text that holds a term holds it as the number that it is; a term without digits is none.

    百分之二十三 and 23% are each other's runs: in words it must not go on (百分之二十三点五).
    """
    digits = [run for run in term.runs if run.isdecimal()]
    is_percentage = term.typed.endswith(_PERCENT_SIGNS) or term.typed.startswith(_PERCENT_IN_WORDS)
    if term.phrase or not (digits or is_percentage):
        return not is_day(term.run) or any(count_whole(run, text, 1) for run in term.runs)
    in_words = [run for run in term.runs if run not in digits]
    if any(count_whole(run, text, 1) for run in in_words):
        return True
    if is_percentage and any(len(run) == 1 for run in digits):
        return percentage_in(text, digits[0])
    return any(count_number(run, text, 1, is_percentage=is_percentage) for run in digits)


def stand_as_numbers(terms: Iterable[Term], text: str) -> bool:
    """Returns whether those of the terms that stand in a text stand there as the numbers that they are: 23% doesn't in
    2023年."""
    return all(holds_number(term, text) for term in terms if term.stands_in(text))


def is_day(run: str) -> bool:
    """Returns whether a run is a day or begins with one: 2月15日 is no part of 12月15日, but 88年 is one of 1988年."""
    return run[:1].isdecimal() and "月" in run[1:3]


def _is_whole(before: str, behind: str) -> bool:
    return not (before.isdecimal() or behind[:1].isdecimal())


def _around(run: str, text: str) -> Iterator[tuple[str, str]]:
    """Yields the character before each place of a run in a text, and the four behind it."""
    at = text.find(run)
    while at >= 0:
        stop = at + len(run)
        yield text[max(0, at - 1) : at], text[stop : stop + 4]
        at = text.find(run, at + 1)
