"""What every reader of a kind of document returns: lines, headings, problems; and the limits for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jianggao.text.characters import collapse_blanks, remove_invisible

MAX_LINES = 100_000
MAX_ELEMENTS = 2_000_000
"""XML elements of one part of a document: libxml2 needs about 300 MB for so many."""
UNKNOWN_SIGN = "□"
"""Stands where a sign or a formula stood that nobody could read."""
TOO_DEEP = "嵌套太深，没有读。请打开后把文字另存成 .txt"
PICTURES_ALONE = "文档里主要是图片，没有文字可读。请先做文字识别（OCR），再另存为 .docx"
_LONGEST_TITLE = 60
_MOST_MARKS = 5
"""A title has no more notes."""
_SENTENCE_ENDS = tuple("。！？；，")
_LISTED_PLACES = 5
_COMMENT_START, _COMMENT_END = "<!--", "-->"


class DocumentTooLarge(Exception):
    """The document is too large for a speech; the message says so in Chinese, and what to do."""


class UnreadableDocument(Exception):
    """Nothing can be read in the document; the message says why in Chinese, and what to do."""


class TooDeep(UnreadableDocument):
    """The parts of the document stand in one another deeper than any program sets them (TOO_DEEP)."""


class NoOffice(UnreadableDocument):
    """The document is one that LibreOffice alone reads, and this machine has none."""


class DocumentProblems:
    """What couldn't be read in a document, and in which of its paragraphs."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}

    def note(self, what: str, paragraph: int) -> None:
        """Records `what` for a paragraph, counted from 1 without the empty ones."""
        self._places.setdefault(what, []).append(paragraph)

    def sentences(self) -> tuple[str, ...]:
        """Returns a Chinese sentence for each kind of problem, with the first places."""
        return tuple(f"第 {_listed(places)}有{what}" for what, places in self._places.items())


@dataclass(slots=True)
class DocumentText:
    """The lines of a document, the levels (1 is the outermost) of those set as headings, its problems, and what was left
    out of its margins."""

    lines: list[str] = field(default_factory=list)
    headings: dict[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    margins: list[str] = field(default_factory=list)
    """What stands above and below the text of its pages: headers, footers."""

    def add(self, line: str) -> None:
        """Appends a line. Raises DocumentTooLarge where there are more than a speech has."""
        self.lines.append(line)
        if len(self.lines) > MAX_LINES:
            raise DocumentTooLarge(f"超过 {MAX_LINES // 10_000} 万行，不像一篇讲话。请拆成单篇")

    def add_note(self, mark: str, lines: Iterable[str]) -> None:
        """Appends the lines of a note behind its mark, "" where the author wrote one of his own."""
        for at, line in enumerate(filter(str.strip, lines)):
            self.add(f"{mark} {line.strip()}" if mark and not at else line)

    def set_heading(self, line: str, level: int) -> None:
        """Records that this line is set as a heading; where it stands several times, the first counts."""
        self.headings.setdefault(collapse_blanks(remove_invisible(line)), level)


def _listed(places: list[int]) -> str:
    distinct = list(dict.fromkeys(places))
    shown = "、".join(map(str, distinct[:_LISTED_PLACES]))
    return f"{shown} 自然段" + (f"等 {len(distinct)} 处" if len(distinct) > _LISTED_PLACES else "")


def without_title_marks(text: str, marks: Sequence[str]) -> str:
    """Returns a first paragraph without these marks of notes if it may be the title, which is shown everywhere.

    The notes themselves stand behind the text.
    """
    if len(marks) > _MOST_MARKS:
        return text
    bare = text
    for mark in marks:
        bare = bare.replace(mark, "", 1)
    is_title = len(bare.strip()) <= _LONGEST_TITLE and not bare.rstrip().endswith(_SENTENCE_ENDS)
    return bare if is_title else text


def without_comments(lines: list[str]) -> list[str]:
    """Returns the lines without `<!-- … -->`, which web editors leave in what is pasted from them.

    One that is never closed stays: it may be a text about web pages.
    """
    text = "\n".join(lines)
    kept: list[str] = []
    at = 0
    while (start := text.find(_COMMENT_START, at)) >= 0:
        end = text.find(_COMMENT_END, start + len(_COMMENT_START))
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + len(_COMMENT_END)
    return "".join([*kept, text[at:]]).split("\n") if at else lines
