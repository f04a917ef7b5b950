"""Numbers the footnotes and endnotes of a Word file as the text refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jianggao.sources.word_names import qn

_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
"""Types of notes that are only the line between text and notes."""


class WordNotes:
    """The notes of one file. Footnotes and endnotes count on together: each mark names one note."""

    def __init__(self, footnotes: Any, endnotes: Any) -> None:
        """Takes the roots of both parts; None where the file has none."""
        self._elements: Mapping[tuple[str, str], Any] = {
            **dict(_notes("footnote", footnotes)),
            **dict(_notes("endnote", endnotes)),
        }
        self._marks: dict[tuple[str, str], str] = {}
        """The mark of each note that the text refers to, in the order of the references."""
        self._numbered = 0

    def mark(self, reference: Any) -> str:
        """Returns the mark at a reference, such as `[1]`; "" for a note that isn't there.

        It is "" as well where the author's own mark follows the reference as text.
        """
        kind = "footnote" if reference.tag == qn("w:footnoteReference") else "endnote"
        key = kind, reference.get(qn("w:id"), "")
        if key not in self._elements:
            return ""
        if key not in self._marks:
            own = reference.get(qn("w:customMarkFollows"), "0") not in ("0", "false", "off")
            self._numbered += not own
            self._marks[key] = "" if own else f"[{self._numbered}]"
        return self._marks[key]

    def referred(self) -> Iterator[tuple[str, Any]]:
        """Yields mark and element of each note that the text refers to, also of those referred to meanwhile."""
        at = 0
        while at < len(self._marks):
            for key, mark in list(self._marks.items())[at:]:
                yield mark, self._elements[key]
                at += 1


def _notes(kind: str, root: Any) -> Iterator[tuple[tuple[str, str], Any]]:
    for element in () if root is None else root.iterchildren(qn(f"w:{kind}")):
        if element.get(qn("w:type")) not in _SEPARATORS:
            yield (kind, element.get(qn("w:id"), "")), element
