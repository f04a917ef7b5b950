"""What holds at a place in Rich Text, and where its text goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from jianggao.sources.raised_text import marked
from jianggao.text.number_joints import makes_another_number

USUAL_SIZE = 24
"""Half points of text where a file says nothing of its size."""


@dataclass(frozen=True, slots=True)
class RtfState:
    """What holds in a group; it goes back to the outer group's at the closing brace."""

    font: int = -1
    skip: int = 1
    """Characters that stand behind one of Unicode for older programs (\\uc)."""
    hidden: bool = False
    deleted: bool = False
    left_out: bool = False
    raised: str = ""
    """The sign of `raised_text` for text that Rich Text itself raises or lowers."""
    height: int = 0
    """Half points above the line; below it, < 0."""
    size: int = USUAL_SIZE
    in_table: bool = False
    style: int = -1
    outline: int = -1
    table: str = ""
    """`fonttbl` or `stylesheet` in one of these tables."""
    apart: str = ""
    """The destination of a place of its own that ends with this group."""

    @property
    def is_unseen(self) -> bool:
        """Whether its text is none of the page's."""
        return self.left_out or self.hidden or self.deleted


@dataclass(slots=True)
class RtfPlace:
    """Where text goes: the page, a note, a text box, the mark of a list."""

    paragraph: list[str] = field(default_factory=list)
    """The pieces of the paragraph in hand."""
    lines: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    """The lines of the table cell in hand."""
    cells: list[list[str]] = field(default_factory=list)
    size: int = USUAL_SIZE
    """That of the last text on the line."""
    is_margin: bool = False
    """Whether it is none of the text's, but of a margin of its pages."""
    mark: str = ""
    """That of a list, with which the paragraph begins, until text stands behind it."""

    def begin_item(self, mark: str) -> None:
        """Writes the mark of a list."""
        self.paragraph.append(mark)
        self.mark = mark

    def write(self, text: str, sign: str) -> None:
        """Writes a piece of text, with the sign of `raised_text` if it is raised or lowered."""
        if self.paragraph == [self.mark] and makes_another_number(self.mark, text):
            self.paragraph.append(" ")  # 1. and 5万元 are not 1.5万元
        self.mark = ""
        self.paragraph.append(marked(text, sign))


def paired(text: str) -> str:
    """Returns text with the halves of a character beyond U+FFFF, which come one by one, put together."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
