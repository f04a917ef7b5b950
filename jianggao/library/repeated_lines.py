"""Finds, among files that are only checked, the doubtful lines that an import would learn as notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jianggao.library.learned_notices import LEARNED_FROM, is_customary
from jianggao.library.reading_notes import ReadingNote
from jianggao.text.normal_form import normal_form
from jianggao.text.quoting import quoted

_LISTED = 20


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """A doubtful line of several texts, as it stands in the first of them."""

    written: str
    texts: int


def repeated_lines(notes: Sequence[ReadingNote]) -> dict[str, RepeatedLine]:
    """Returns the doubtful lines that stand in enough texts, by normal form, those of most texts first.

    Texts of the same title count as one: 初稿 and 定稿 of a speech are no evidence. (An import compares their
    words, which aren't kept here.)
    """
    titles: dict[str, set[str]] = {}
    written: dict[str, str] = {}
    for note in notes:
        for line in note.doubtful:
            normal = normal_form(line.written)
            # 村史讲稿 in the titles of many texts is the name of a series.
            if normal and not is_customary(line.written) and normal not in normal_form(note.title):
                written.setdefault(normal, line.written)
                titles.setdefault(normal, set()).add(note.title)
    counts = {normal: len(held) for normal, held in titles.items() if len(held) >= LEARNED_FROM}
    ordered = sorted(counts, key=lambda normal: -counts[normal])
    return {normal: RepeatedLine(written[normal], counts[normal]) for normal in ordered}


def without_repeated(note: ReadingNote, repeated: dict[str, RepeatedLine]) -> ReadingNote:
    """Returns the note without the lines that aren't in doubt any more, as they repeat."""
    left = tuple(line for line in note.doubtful if normal_form(line.written) not in repeated)
    return replace(note, doubtful=left)


def repeated_told(repeated: dict[str, RepeatedLine]) -> list[str]:
    """Returns the repeated lines for people, with what an import will do."""
    if not repeated:
        return []
    lines = [f"  {quoted(line.written)}（{line.texts} 篇）" for line in list(repeated.values())[:_LISTED]]
    more = [f"  …… 另有 {len(repeated) - _LISTED} 行"] if len(repeated) > _LISTED else []
    return [f"几篇都有的行（{len(repeated)}），导入时当作广告去掉：", *lines, *more]
