"""Tells whether the digits that somebody typed stand in a text as the number that was meant.

The normal form has no signs: of 20% the digits are left, which stand in 2019 and 20吨, too.
"""

from __future__ import annotations

import re

from jianggao.search.query import Term

_MEASURES = frozenset(
    "吨间点人个万亿千百年月日号名户家元块斤公亩米岁次件项条份天周张台里度层座辆位分秒小棵头只所场部篇字"
)
"""Characters behind the digits of what is no percentage."""
_GROWTH = "[占为长降升涨幅达约近超到至率过低少多增跌在比]"
"""Characters before the digits of a percentage."""
_PERCENT_SIGNS, _PERCENT_IN_WORDS = ("%", "％"), "百分之"


def count_number(digits: str, text: str, limit: int, *, is_percentage: bool) -> int:
    """Returns how often digits stand in a text as a number of their own, up to `limit`; as a percentage before no
    measure."""
    count, at = 0, text.find(digits)
    while at >= 0 and count < limit:
        before, behind = text[max(0, at - 1) : at], text[at + len(digits) : at + len(digits) + 1]
        is_measured = is_percentage and behind in _MEASURES
        count += not (before.isdecimal() or behind.isdecimal() or is_measured)
        at = text.find(digits, at + 1)
    return count


def percentage_in(text: str, digits: str) -> bool:
    """Returns whether digits stand in a text where a percentage is likely: 3 of 3% stands in every text."""
    around = rf"{_GROWTH}{digits}(?!\d|年|[{''.join(sorted(_MEASURES))}])|(?<!\d){digits}(?:左右|以[上下内]|个?百分点|的)"
    return re.search(around, text) is not None


def holds_number(term: Term, text: str) -> bool:
    """Returns whether a text that holds a term holds it as the number that it is; a term without digits is none.

    百分之二十三 and 23% are each other's runs: in words it must not go on (百分之二十三点五).
    """
    digits = [run for run in term.runs if run.isdecimal()]
    if not digits or term.phrase:
        return True
    in_words = [run for run in term.runs if run not in digits]
    if any(re.search(rf"{re.escape(run)}(?![点一二三四五六七八九十百千万亿])", text) for run in in_words):
        return True
    is_percentage = term.typed.endswith(_PERCENT_SIGNS) or term.typed.startswith(_PERCENT_IN_WORDS)
    if is_percentage and len(digits[0]) == 1:
        return percentage_in(text, digits[0])
    return any(count_number(run, text, 1, is_percentage=is_percentage) for run in digits)
