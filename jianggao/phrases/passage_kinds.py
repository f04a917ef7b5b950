"""Tells which kinds of passage a section of a speech is: a writer looks for 就业 结尾 or 招商 数据.

Opening and closing go by the place alone, which everybody may know of; the other kinds by the words, so that
they are known to those alone who may know the words they were found in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from jianggao.phrases.passage_appeals import appeals, leads_over
from jianggao.phrases.passage_cases import tells_case
from jianggao.phrases.passage_parallels import has_made_points, has_parallelism, is_well_made
from jianggao.phrases.passage_statistics import statistics


class PassageKind(str, Enum):
    """A kind of passage; the value is its Chinese name."""

    OPENING = "开头"
    CLOSING = "结尾"
    TRANSITION = "过渡"
    CALL = "号召"
    PARALLEL = "排比"
    SUBHEADINGS = "小标题"
    FIGURES = "数据"
    CASE = "案例"


_FEWEST_STATISTICS = 4
"""Different statistics that make a passage one of figures: a year and two numbers stand in every other one."""


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """Where a section stands in its speech."""

    is_first: bool
    """Whether it begins the speech, or goes on with the words before the first heading."""
    is_last: bool
    """Whether it ends the speech, or is of the words behind the last headed section."""
    is_headless: bool
    """Whether it stands under no heading."""


def section_places(labels: Sequence[str]) -> list[SectionPlace]:
    """Returns the places of the sections of a speech, given their labels in order, "" for those under no heading.

    A long opening or closing is cut into several sections: all of those before the first heading are first, all
    of those behind the last headed section are last. In a speech without headings only its ends are.
    """
    count = len(labels)
    headed = [at for at, label in enumerate(labels) if label]
    first_stop, last_start = (max(headed[0], 1), min(headed[-1] + 1, count - 1)) if headed else (1, count - 1)
    return [SectionPlace(at < first_stop, at >= last_start, not label) for at, label in enumerate(labels)]


def passage_kinds(
    body: str, label: str, *, is_first: bool, is_last: bool, is_headless: bool
) -> frozenset[PassageKind]:
    """Returns the kinds of a section: of its body, its headings (`label`, a line each), and its place."""
    found = {
        PassageKind.OPENING: is_first and is_headless,
        PassageKind.CLOSING: is_last,
        PassageKind.TRANSITION: leads_over(body),
        PassageKind.CALL: appeals(body, is_last=is_last),
        PassageKind.PARALLEL: has_parallelism(body),
        PassageKind.SUBHEADINGS: any(map(is_well_made, label.split("\n"))) or has_made_points(body),
        PassageKind.FIGURES: len(statistics(body)) >= _FEWEST_STATISTICS,
        PassageKind.CASE: tells_case(body),
    }
    return frozenset(kind for kind, is_it in found.items() if is_it)


def kinds_by_words(body: str, label: str) -> frozenset[PassageKind]:
    """Returns the kinds of a section that go by its words alone, wherever it stands in its speech.

    `label` is what everybody may read of its heading.
    """
    return passage_kinds(body, label, is_first=False, is_last=False, is_headless=not label)
