"""Tells numbers that stand on lines of their own apart: those of headings, those of pages, and others.

A heading's number is followed by a short line and then by prose, and the numbers begin at 1; a page's number
cuts a sentence or stands a page away from the next one. What can't be told stays as text. All examples in the
comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from jianggao.parsing.heading_numbers import ENGLISH_NUMBER, LATIN_COUNTER, read_mark
from jianggao.text.numerals import NUMERAL, number_of

_LONE_NUMBER = re.compile(
    r"([\[【]?)\s*([0-9０-９]{1,3})\s*[\]】]?|([—\-–/|／｜「『·# ]{1,4})(0[1-9])[—\-–/|／｜」』· ]{0,4}"
    rf"|(?P<before>0[1-9]) ?(?P<sign>[—\-–/|／｜·]{{1,4}})|(?P<ordinal>第) ?(?P<counted>[{NUMERAL}]{{1,3}})"
)
"""01, 【1】, — 01 —, 01/, 第一; of decorated numbers only those with a 0, which pages have not."""
_COUNTER_WORD = re.compile(LATIN_COUNTER + r"|N[oOº]\.?")
_NUMBER_BELOW = re.compile(
    rf"([0-9]{{1,2}})(?:$|[ .．、:：|｜](?![0-9]))|((?:{ENGLISH_NUMBER})|[{NUMERAL}]{{1,3}}|[IVX]{{1,4}}|[Ⅰ-Ⅻ])$"
)
"""What stands below PART: 01, 01 一口老井, ONE, 一."""
_BARE_NUMBER = re.compile(r"[0-9]{1,2}")
_LONGEST_LONE = 10
_CLOSED = re.compile(r"[。！？；：…!?;:”’」』）)】》\"']$")
_LONGEST_BELOW = 45
_NO_TITLE = re.compile(r"[。；，、：,;:]$|[。！？!?；;](?!$)|^[（(—\-－–●•·■◆*]|，.*，")
_SHORTEST_PROSE = 20
_SHORT_LINE = 20
"""What is cut by the end of a page fills its line; a shorter line is whole without an end mark, too."""
_NEAR_THE_BEGINNING = 200
_SHORTEST_TEXT = 30
_PAGE = 150
"""Characters: what stands between two page numbers is rarely so little, and between two headings often."""
_FEWEST_ON_A_PAGE = 15


def heading_number_lines(
    lines: Sequence[str], styled: Mapping[str, int] | None = None, *, in_body: bool = False
) -> set[int]:
    """Returns which lines are the number of a heading and nothing else: 01, 1, 【1】.

    `styled` are the lines that the source itself sets as headings. `in_body` says that the lines are those of
    a body, which can begin with one; above a title a number is that of the page.
    """
    forms: dict[str, list[tuple[int, int]]] = {}
    for at, line in enumerate(lines):
        if (number := lone_number(line)) is not None:
            bracket, value = number
            # 01 is no page number; 10 can follow 09 as well as 9.
            for form in {bracket + "0" * ("0" in line[:1]), bracket + "0" * (value > 9)}:
                forms.setdefault(form, []).append((at, value))
    found: set[int] = set()
    ends = _ends(lines)
    for members in forms.values():
        for run in _runs(members):
            if len(run) > 1 and (in_body or run[0]) and _are_headings(run, lines, ends):
                found.update(run)
        found.update(at for at, _ in members if styled and lines[at] in styled)
    return found


def page_number_lines(lines: Sequence[str], headings: set[int]) -> list[int]:
    """Returns the lines that are bare page numbers: two or more numbers that go up one by one.

    `headings` are lines that are known as numbers of headings. Numbers from 1 on that stand close together and
    cut no sentence could be those of a table's rows, and stay.
    """
    bare = [
        (at, number[1])
        for at, line in enumerate(lines)
        if at not in headings and (number := lone_number(line)) is not None and not number[0]
    ]
    if len(bare) < 2 or any(later[1] - earlier[1] != 1 for earlier, later in pairwise(bare)):
        return []
    ends = _ends(lines)
    gaps = sorted(ends[later[0]] - ends[earlier[0] + 1] for earlier, later in pairwise(bare))
    apart = gaps[len(gaps) // 2]
    cuts = any(not _is_behind_an_end(lines, at) for at, _ in bare)
    is_paged = cuts or apart >= _PAGE or (bare[0][1] > 1 and apart >= _FEWEST_ON_A_PAGE)
    return [at for at, _ in bare] if is_paged else []


def has_title_below(lines: Sequence[str], at: int) -> bool:
    """Returns whether the line below looks like a heading's text, with prose or a further mark below it."""
    if at + 2 >= len(lines) or not is_title_below(lines[at + 1]):
        return False
    return _is_text(lines[at + 2]) or read_mark(lines[at + 2]) is not None


def is_title_below(line: str) -> bool:
    """Returns whether a line can be the text of a heading whose mark stands alone above it."""
    return (
        1 < len(line) <= _LONGEST_BELOW
        and not _NO_TITLE.search(line)
        and read_mark(line) is None
        and lone_number(line) is None
    )


def _ends(lines: Sequence[str]) -> list[int]:
    """Returns how many characters stand above each line, and above the end."""
    return list(accumulate((len(line) for line in lines), initial=0))


def lone_number(line: str) -> tuple[str, int] | None:
    """Returns the bracket and the value of a number on its own line, None if the line is something else."""
    match = _LONE_NUMBER.fullmatch(line) if len(line) <= _LONGEST_LONE else None
    if match is None:
        return None
    if match["ordinal"]:
        value = number_of(match["counted"])
        return (match["ordinal"], value) if value else None
    written = match[2] or match[4] or match["before"]
    return (match[1] or match[3] or match["sign"] or "", int(written)) if int(written) else None


def counter_words(lines: Sequence[str]) -> dict[int, str]:
    """Returns by its place each line that is a counter word above or below a heading's number, with both as one.

    PART / 01 / 一口老井 / … / PART / 02 / …: the word alone would be a heading of its own. The same word must stand
    at the numbers 1 and 2. The place is that of the first of the two lines.
    """
    runs: dict[tuple[str, bool], list[tuple[int, int]]] = {}
    for at, line in enumerate(lines):
        if not (len(line) <= _LONGEST_LONE and _COUNTER_WORD.fullmatch(line)):
            continue
        below = _NUMBER_BELOW.match(lines[at + 1]) if at + 1 < len(lines) else None
        above = _BARE_NUMBER.fullmatch(lines[at - 1]) if at else None
        if below:
            runs.setdefault((line, True), []).append((at, number_of(below[1] or below[2])))
        elif above and at + 1 < len(lines) and is_title_below(lines[at + 1]):
            runs.setdefault((line, False), []).append((at - 1, int(above[0])))
    found: dict[int, str] = {}
    for members in runs.values():
        for run in _runs(members):
            if len(run) > 1:
                found |= {at: f"{lines[at]} {lines[at + 1]}" for at in run}
    return found


def _runs(members: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Yields the places of numbers that count from 1 on without a gap."""
    run: list[int] = []
    for at, number in members:
        if number != len(run) + 1 and run:
            yield run
            run = []
        if number == len(run) + 1:
            run.append(at)
    if run:
        yield run


def _are_headings(run: Sequence[int], lines: Sequence[str], ends: Sequence[int]) -> bool:
    """Returns whether the numbers of a run are those of headings, by what stands around them.

    `ends` are as `_ends` returns them.
    """
    behind_ends = sum(_is_behind_an_end(lines, at) for at in run)
    titled = all(has_title_below(lines, at) for at in run)
    # Pages have no 01: a paragraph without its full stop above one of the numbers proves nothing.
    if titled and "0" in lines[run[0]] and behind_ends * 2 > len(run):
        return True
    if behind_ends < len(run):
        return False
    if titled:
        return True
    # 1 / prose / 2 / prose: parts without a title. The number of the first page stands below a page's text.
    stops = (*run[1:], len(lines))
    texts = [ends[stop] - ends[at + 1] for at, stop in zip(run, stops, strict=True)]
    return (
        min(texts) >= _SHORTEST_TEXT
        and all(_is_text(lines[at + 1]) or has_title_below(lines, at) for at in run)
        and ends[run[0]] < _NEAR_THE_BEGINNING
    )


def _is_behind_an_end(lines: Sequence[str], at: int) -> bool:
    """Returns whether the line before is whole: a sentence, or too short for one that a page's end cut."""
    before = lines[at - 1] if at else ""
    return len(before) <= _SHORT_LINE or bool(_CLOSED.search(before))


def _is_text(line: str) -> bool:
    return len(line) >= _SHORTEST_PROSE or line.endswith(("。", "！", "？"))
