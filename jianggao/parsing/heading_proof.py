"""Proves marks that could be something else by those around them: 1、4G和5G…, 三 人才的来路, 01.

A line that begins so is a heading where the numbers before and behind it stand on other lines in the same
form, and no surer line has its number. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from jianggao.parsing.heading_numbers import (
    COUNTED_BY_TWO,
    ROW_OF_NUMERALS,
    HeadingNumber,
    NumberKind,
    read_doubtful_marks,
    read_mark,
)
from jianggao.parsing.heading_series import SENTENCE_END, is_title_like
from jianggao.parsing.lone_numbers import heading_number_lines, lone_number

_LONGEST_SENTENCE = 40
_FEWEST_UNDELIMITED = 3
_MOST_COMMAS = 1
_PARTING = re.compile(r"(?<=[一-鿿”》]) (?=[一-鿿“《])")
_DELIMITER = re.compile(r"[、.．：:，,。·・|｜丨]")
_TWO_DIGITS = re.compile(r"([0-9]{1,2})、([0-9]{1,2})(?=[月年天日个人次号级类期户家里岁])")
"""2、3月份水最少： two months, and no mark."""
_TWO_NUMERALS = re.compile(rf"{COUNTED_BY_TWO}|{ROW_OF_NUMERALS}")
_DECIMAL = re.compile(r"[0-9０-９]{1,2}\s*[.．]\s*[0-9０-９]{1,3}(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class _DoubtfulMark:
    """A mark of the paragraph `place`, sure or doubtful.

    `next_sure` is the number of the next sure one behind it, 0 for none.
    """

    place: int
    mark: HeadingNumber
    sure: bool
    next_sure: int = 0

    @property
    def has_rival(self) -> bool:
        """Whether a surer mark with its number follows: 1. … / 2.5米宽的渠… / 2. …."""
        return self.next_sure == self.mark.number

    @property
    def fills_a_gap(self) -> bool:
        """Whether the series goes on behind it: 一、 … / 二、三产业… / 三、 …."""
        return self.next_sure == self.mark.number + 1


def proven_marks(paragraphs: Sequence[str], depths: Sequence[int]) -> list[HeadingNumber | None]:
    """Returns the mark of each paragraph, None for those without one.

    A doubtful mark counts if its series proves it, or if the line has a style (`depths`, 0 for none).
    """
    marks = [read_mark(paragraph) for paragraph in paragraphs]
    lone = heading_number_lines(paragraphs, in_body=True)
    series: dict[tuple[NumberKind, str], list[_DoubtfulMark]] = {}
    for place, paragraph in enumerate(paragraphs):
        own = marks[place]
        if own is not None:
            # 一 先把渠道清出来。… is doubtful, too: without a delimiter a mark is sure on a short line alone.
            sure = not own.loose or is_title_like(paragraph, own)
            series.setdefault(_form(paragraph, own), []).append(_DoubtfulMark(place, own, sure))
            continue
        for mark in read_doubtful_marks(paragraph):
            is_lone = mark.length == len(paragraph) and lone_number(paragraph) is not None
            if depths[place] or (is_lone and place in lone):
                marks[place] = marks[place] or _as_proven(mark)
            elif not is_lone:
                series.setdefault(_form(paragraph, mark), []).append(_DoubtfulMark(place, mark, False))
    for candidates in series.values():
        for candidate in _proven(candidates, paragraphs):
            if marks[candidate.place] in (None, candidate.mark):
                marks[candidate.place] = _as_proven(candidate.mark)
    return _with_articles(paragraphs, marks)


def _as_proven(mark: HeadingNumber) -> HeadingNumber:
    # dataclasses.replace takes three times as long, and a text may have many thousand marks.
    return HeadingNumber(mark.kind, mark.number, mark.length, mark.loose, proven=True)


def _with_articles(
    paragraphs: Sequence[str], marks: list[HeadingNumber | None]
) -> list[HeadingNumber | None]:
    """Returns the marks with 第四条： as an article's, too, where 第三条 before it or 第五条 behind it is one."""
    articles = {mark.number for mark in marks if mark is not None and mark.kind is NumberKind.ARTICLE}
    return [
        replace(mark, kind=NumberKind.ARTICLE)
        if mark is not None
        and mark.kind is NumberKind.POINT_ORDINAL
        and "条" in paragraphs[place][: mark.length]
        and articles & {mark.number - 1, mark.number + 1}
        else mark
        for place, mark in enumerate(marks)
    ]


def _form(paragraph: str, mark: HeadingNumber) -> tuple[NumberKind, str]:
    """Returns what the marks of one series share: their kind and their delimiter, of which many write 、 and .
    in turn."""
    delimiter = _DELIMITER.search(paragraph[: mark.length])
    written = delimiter[0] if delimiter else ""
    return mark.kind, {"．": "、", ".": "、", "：": ":", "，": ","}.get(written, written)


def _proven(candidates: Sequence[_DoubtfulMark], paragraphs: Sequence[str]) -> Iterator[_DoubtfulMark]:
    """Yields the doubtful candidates that their series proves."""
    if all(candidate.sure for candidate in candidates):
        return
    run: list[_DoubtfulMark] = []
    marked = _with_next_sure(candidates, paragraphs)
    for candidate, behind in zip_longest(marked, marked[1:]):
        last = run[-1].mark.number if run else 0
        number = candidate.mark.number
        if candidate.sure:
            if number <= last:
                yield from _proven_of_run(run, paragraphs)
                run = []
            run.append(candidate)
        elif number == last + 1 and not candidate.has_rival and _may_begin(candidate, paragraphs):
            run.append(candidate)
        elif number == 1 and last > 1 and not candidate.has_rival and behind and behind.mark.number == 2:
            yield from _proven_of_run(run, paragraphs)
            run = [candidate]
    yield from _proven_of_run(run, paragraphs)


def _proven_of_run(run: Sequence[_DoubtfulMark], paragraphs: Sequence[str]) -> Iterator[_DoubtfulMark]:
    """Yields the doubtful candidates of a run of rising numbers, if it is a series."""
    if len(run) < 2 or run[1].mark.number != 2:
        return
    doubtful = [candidate for candidate in run if not candidate.sure]
    if len(doubtful) < len(run) or _prove_each_other(run, paragraphs):
        yield from doubtful


def _prove_each_other(run: Sequence[_DoubtfulMark], paragraphs: Sequence[str]) -> bool:
    """Returns whether doubtful marks alone are a series.

    Their lines are titles with a text below each (without one they are a list or a table's rows), or each
    begins its paragraph with a short sentence: 1、5G先通到学校。山里…. Without a delimiter it takes three.
    """
    titles = all(is_title_like(paragraphs[candidate.place], candidate.mark) for candidate in run)
    if titles:
        return all(later.place - earlier.place > 1 for earlier, later in pairwise(run))
    if len(run) < _FEWEST_UNDELIMITED and not all(
        _DELIMITER.search(paragraphs[candidate.place][: candidate.mark.length]) for candidate in run
    ):
        return False
    return all(_begins_with_heading(paragraphs[candidate.place], candidate.mark) for candidate in run)


def _begins_with_heading(paragraph: str, mark: HeadingNumber) -> bool:
    """Returns whether a short sentence, or words that a blank parts from what follows, stand behind a mark that
    is written as one: with a delimiter or a blank, not 第一章写渠。….

    Behind a blank alone a sentence of several clauses (1 头一回修渠，是夏天，水大。…) tells something, and heads nothing.
    """
    limit = mark.length + _LONGEST_SENTENCE
    end = SENTENCE_END.search(paragraph, mark.length, limit) or _PARTING.search(paragraph, mark.length, limit)
    written = paragraph[: mark.length]
    if end is None or end.end() == len(paragraph):
        return False
    if _DELIMITER.search(written) is not None:
        return True
    commas = sum(paragraph.count(comma, mark.length, end.end()) for comma in "，,；")
    return written.endswith(" ") and commas <= _MOST_COMMAS


def _may_begin(candidate: _DoubtfulMark, paragraphs: Sequence[str]) -> bool:
    """Returns whether a heading can begin so: a sentence that begins with a decimal or two numbers (三、五年)
    is prose unless its number is missing in the series."""
    paragraph = paragraphs[candidate.place]
    if is_title_like(paragraph, candidate.mark):
        return True
    digits = _TWO_DIGITS.match(paragraph)
    counts = bool(digits and 0 < int(digits[2]) - int(digits[1]) <= 2) or _TWO_NUMERALS.match(paragraph)
    if counts:
        return candidate.fills_a_gap
    # 1. … / 2. … / 3.3天一轮。…: what comes third and begins with 3 is no decimal, unless it is a half.
    decimal = _DECIMAL.match(paragraph)
    return decimal is None or (candidate.mark.number > 2 and not decimal[0].endswith("5"))


def _with_next_sure(candidates: Sequence[_DoubtfulMark], paragraphs: Sequence[str]) -> list[_DoubtfulMark]:
    """Returns the candidates, each with the number of the next sure one behind it, or the next title."""
    marked: list[_DoubtfulMark] = []
    following = 0
    for candidate in reversed(candidates):
        marked.append(_DoubtfulMark(candidate.place, candidate.mark, candidate.sure, following))
        if candidate.sure or is_title_like(paragraphs[candidate.place], candidate.mark):
            following = candidate.mark.number
        elif candidate.mark.number == 1:
            following = 0  # another series begins
    return marked[::-1]
