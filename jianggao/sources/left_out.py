"""Tells what a reader leaves out of a text: each sentence as it stands, a menu of any length as one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

FRAME, HIDDEN, OUTSIDE = "网页框架", "网页里不显示", "正文以外"
"""Why a line of a page is no part of its text, as operators read it."""
HEADER = "文件头"
"""Why a row that a program wrote above the text (front matter) is no part of it."""
_LONGEST_WHOLE, _SHOWN = 60, 40
"""Characters of a menu that is told as it stands, and those that are shown of a longer one."""
_MOST_TOLD = 300
"""Lines of a page that are told; the last one says how many more there are."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is left out, or several of one menu."""

    place: int
    """How many lines of the text stand before it."""
    text: str
    reason: str
    is_whole: bool = False
    """Whether it is told as it stands: a sentence, a caption."""
    block: int = 0
    """Which menu or other part of the page it belongs to."""


def told(lines: Iterable[LeftOut]) -> list[LeftOut]:
    """Returns the lines with those of a menu as one: 首页 要闻 副刊 ……（共 28 行）."""
    found: list[LeftOut] = []
    for key, group in groupby(lines, lambda line: (line.place, line.reason, line.is_whole, line.block)):
        members = list(group)
        found += members if key[2] else [_as_one(members)]
    if len(found) > _MOST_TOLD:
        more = found[_MOST_TOLD - 1 :]
        found[_MOST_TOLD - 1 :] = [replace(more[0], text=f"……（另有 {len(more)} 处）")]
    return found


def _as_one(lines: Sequence[LeftOut]) -> LeftOut:
    text = " ".join(" ".join(line.text.split()) for line in lines)
    if len(text) <= _LONGEST_WHOLE:
        return replace(lines[0], text=text)
    count = f"（共 {len(lines)} 行）" if len(lines) > 1 else ""
    return replace(lines[0], text=f"{text[:_SHOWN]}……{count}")
