"""Recognises what a browser prints around each page: when and what was printed, from where, which page of how many.

`2025/3/18 09:30   渠边的讲话-渠水网` stands at the top, `https://www.example.com/a.html   1/3` at the bottom; other
browsers put the same parts elsewhere. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PRINT_MARGIN = "打印网页时的页眉页脚"
"""Why such a line is removed, as operators read it."""
_DAY = r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日)"
_STAMP = rf"{_DAY}[,，]?\s{{0,3}}(?:[上下]午\s?)?\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_ADDRESS = r"(?:https?|file|ftp)://[^\s|]{1,300}"
_COUNT = (
    r"(?:(?:页码[，,：:]?\s?)?\d{1,4}\s?/\s?\d{1,4}|(?:page\s?)?\d{1,4}\s?of\s?\d{1,4}"
    r"|第\s?\d{1,4}\s?页(?:[\s，,（(]{0,3}共\s?\d{1,4}\s?页[）)]?)?)"
)
_GAP = r"[\s|]{1,40}"
"""A reader of PDFs writes | where parts of a line stand far apart."""
_SURE = re.compile(
    rf"{_ADDRESS}{_GAP}(?:{_COUNT}|{_STAMP}|{_DAY})|(?:{_COUNT}|{_STAMP}){_GAP}{_ADDRESS}|{_COUNT}{_GAP}{_STAMP}",
    re.IGNORECASE,
)
"""The parts that no text has beside one another."""
_BESIDE = re.compile(rf"{_STAMP}{_GAP}\S.{{0,200}}|\S.{{0,200}}?{_GAP}{_ADDRESS}", re.IGNORECASE)
"""The same with the page's title: it could be a line of the page itself."""
_MAY_BE = re.compile(r"://|\d[:：]\d\d")
_LONGEST = 400


def printed_margins(lines: Sequence[str]) -> set[int]:
    """Returns which lines a browser has printed at the top or the bottom of pages.

    An address beside a page's number is one by itself. A moment beside a title is one where such a line stands
    in the text, too, and where it is the same on each page, or next to that line, or the first of all.
    """
    likely = {at: line for at, line in enumerate(lines) if len(line) <= _LONGEST and _MAY_BE.search(line)}
    sure = {at for at, line in likely.items() if _SURE.fullmatch(line)}
    if not sure:
        return set()
    alike: dict[str, list[int]] = {}
    for at, line in likely.items():
        if at not in sure and _BESIDE.fullmatch(line):
            alike.setdefault("".join(line.split()), []).append(at)
    found = set(sure)
    for places in alike.values():
        if len(places) >= max(2, len(sure) - 1):
            found.update(places)
        else:
            found.update(at for at in places if at == 0 or at - 1 in sure or at + 1 in sure)
    return found
