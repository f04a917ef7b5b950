"""What is read of a file: its text with what it says of itself, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jianggao.sources.markup import DroppedLine


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that was read from a file or a member of an archive."""

    path: str
    """Its path in the library: `folder/a.zip/inner.txt`."""
    text: str
    """Its characters, with LF line ends."""
    encoding: str
    """`utf-8`, `gb18030` …; for documents their kind: `docx`, `pdf` …"""
    headings: Mapping[str, int] = field(default_factory=dict)
    """The lines that the file itself sets as headings (Word's Heading 1, ##), with their levels from 1,
    and lines that are none though they look so, with the level 0."""
    problems: tuple[str, ...] = ()
    """What in the file could not be read well (a formula, a picture of text), a Chinese sentence each."""
    dropped: tuple[DroppedLine, ...] = ()
    """What the file holds around its text and isn't in it: menus, captions, a converter's header."""
    written: str | None = ""
    """The file's own lines, where Markdown's marks were taken out of `text`; "" where `text` has them, None where no
    editor shows lines (a document, a web page)."""


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file or a member of an archive that wasn't read."""

    path: str
    """Its path in the library."""
    reason: str
    """Why it wasn't read, in Chinese."""
    passing: bool = False
    """Whether the reason may pass without a change of the file (a missing right, a file that is being
    written)."""
    other_kind: bool = False
    """Whether nothing of its kind is read (a picture, a table), so that it counts among those alone."""
