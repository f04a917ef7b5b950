"""Finds, among files that are only checked, the lines at their edges that an import would learn as notices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from jianggao.library.learned_notices import LEARNED_FROM, is_notice_if_repeated, is_part_of_title
from jianggao.library.reading_notes import NotedLine, ReadingNote
from jianggao.parsing.speech_lines import is_customary_closing
from jianggao.text.normal_form import normal_form
from jianggao.text.quoting import quoted

_LISTED = 20


class TextEdges(NamedTuple):
    """A text by its path and title, with the lines at its edges."""

    path: str
    title: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """A line at the edges of several texts, as it stands in the first of them."""

    written: str
    texts: int
    is_notice: bool
    """Whether an import takes it out; otherwise it is in doubt."""


def repeated_lines(texts: Iterable[TextEdges]) -> dict[str, RepeatedLine]:
    """Returns the lines that stand in enough texts, by normal form, those of most texts first.

    Texts of the same title count as one: 初稿 and 定稿 of a speech are no evidence. (An import compares their
    words, which aren't kept here.)
    """
    titles: dict[str, set[str]] = {}
    written: dict[str, str] = {}
    for text in texts:
        for line in text.lines:
            normal = normal_form(line)
            if normal and not is_customary_closing(line) and not is_part_of_title(line, text.title):
                written.setdefault(normal, line)
                # A line that was taken for the title of several texts says nothing of which these are.
                same = normal == normal_form(text.title)
                titles.setdefault(normal, set()).add(text.path if same else text.title)
    counts = {normal: len(held) for normal, held in titles.items() if len(held) >= LEARNED_FROM}
    ordered = sorted(counts, key=lambda normal: -counts[normal])
    return {
        normal: RepeatedLine(written[normal], counts[normal], is_notice_if_repeated(written[normal]))
        for normal in ordered
    }


def with_repeated(
    note: ReadingNote, edge_text: Iterable[str], repeated: dict[str, RepeatedLine]
) -> ReadingNote:
    """Returns the note without the lines that are notices as they repeat, and with those in doubt for it."""
    shared = [line for line in edge_text if normal_form(line) in repeated]
    lines = dict.fromkeys([*(line.written for line in note.doubtful), *shared])
    notices = {normal for normal, line in repeated.items() if line.is_notice}
    left = tuple(NotedLine(line) for line in lines if normal_form(line) not in notices)
    return replace(note, doubtful=left)


def repeated_told(repeated: dict[str, RepeatedLine]) -> list[str]:
    """Returns the lines for people that an import takes out as they repeat."""
    found = [line for line in repeated.values() if line.is_notice]
    if not found:
        return []
    lines = [f"  {quoted(line.written)}（{line.texts} 篇）" for line in found[:_LISTED]]
    more = [f"  …… 另有 {len(found) - _LISTED} 行"] if len(found) > _LISTED else []
    return [f"几篇都有的行（{len(found)}），导入时当作广告去掉：", *lines, *more]
