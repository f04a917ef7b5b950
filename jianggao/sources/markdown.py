"""Turns Markdown into plain text, and finds the lines that it sets as headings.

markdown-it parts the text into blocks. Its lines stay lines: nothing is joined, numbers stay as they are
written, and a line that no block holds stays as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from jianggao.sources.captions import CAPTION_DROPPED, is_signed_caption, may_be_caption
from jianggao.sources.html_pages import fragment_text
from jianggao.sources.html_tables import CELL_BREAK
from jianggao.sources.left_out import LeftOut, told
from jianggao.sources.markdown_front import is_converters_text, read_front
from jianggao.sources.markdown_inline import inline_text, is_picture_row
from jianggao.sources.markdown_lines import MarkdownLines, is_glued_heading, ordinary_lines
from jianggao.sources.markup import (
    BOLD_DEPTH,
    CAPTION,
    LONGEST_BOLD_HEADING,
    DroppedLine,
    MarkupText,
    set_headings,
    without_ranges,
)

_CODE_TAG = re.compile(r"</?(?:pre|textarea|script|style)\b[^<>]*>|<[?!](?=[^<>]*(?:<|\Z))", re.IGNORECASE)
_CODE_END = re.compile(r"</(?:pre|textarea)\s{0,9}>", re.IGNORECASE)
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t　]+\S", re.MULTILINE)
_TABLE_RULE = re.compile(
    r"^[^|\n]*\|[^\n]*\n[ \t]{0,3}\|?[ \t]{0,3}:?-{3,}:?[ \t]{0,9}(?:\|[ \t]{0,9}:?-{3,}:?[ \t]{0,9})+\|?[ \t]*$",
    re.MULTILINE,
)
_BOLD = rf"(\*\*|__)(?=\S)([^*\n]{{2,{LONGEST_BOLD_HEADING}}})(?<=\S)\1"
_BOLD_LINE = re.compile(rf"^[ \t]*{_BOLD}[ \t]*$", re.MULTILINE)
_ALL_BOLD = re.compile(rf"[ \t　]*{_BOLD}[ \t]*")
_TASK = re.compile(r"\A\[[ xX]\][ \t]+")
_CALLOUT = re.compile(r"\A\[![\w-]+\][+-]?[ \t]*")
_PAGE_NUMBER = re.compile(r"[ \t]*-[ \t]*\d{1,4}[ \t]*-[ \t]*")
_CONTAINER_MARKS = re.compile(r"(?:[ \t]*>)*[ \t]*")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_RULE_CELL = re.compile(r"[ \t]*:?-+:?[ \t]*")
_CELL_BREAK = re.compile(r"(?<!\\)\|")

_blocks = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table")
# Lines with four blanks before them are paragraphs in Chinese texts; `markdown_lines` judges lines of --- and
# targets of links.
_blocks.disable(["code", "lheading", "reference"])


def looks_like_markdown(text: str) -> bool:
    """Returns whether a .txt file was pasted as Markdown: it has a # heading, a table's line of dashes, or two
    lines all in bold.

    One bold line alone can be a speaker's own stars around a word, and one ##标题 a topic.
    """
    if is_converters_text(text) or _HEADING.search(text) or _TABLE_RULE.search(text):
        return True
    if len(_BOLD_LINE.findall(text)) >= 2:
        return True
    return sum(map(is_glued_heading, text.split("\n"))) >= 2


def read_markdown(text: str) -> MarkupText:
    """Returns the text without Markdown's marks, and the lines set as headings with their levels (1 for #).

    Numbers of headings and lists are text and stay. Of the front matter title, date and author stay, as lines
    that the parser knows (`日期：…`). Footnotes stand behind the text.
    """
    front = read_front(text)
    ordinary = ordinary_lines(_without_open_tags("\n".join(front.rows)))
    reader = _Reader(ordinary)
    reader.lines += [*front.lines, ""] if front.lines else []
    reader.headings += [(title, 1) for title in front.titles]
    reader.left_out += front.left_out
    reader.read()
    for mark, note in ordinary.notes:
        reader.put_apart(f"[{mark}] {inline_text(note, reader.references)}")
    return reader.text()


class _Reader:
    """Writes the blocks of a text down as plain lines."""

    def __init__(self, ordinary: MarkdownLines) -> None:
        self.lines: list[str] = []
        self.headings: list[tuple[str, int]] = []
        self.left_out: list[LeftOut] = []
        self.references: dict[str, object] = {
            normalizeReference(name): {"title": "", "href": target, "map": [0, 0]}
            for name, target in ordinary.targets.items()
        }
        self._source = ordinary.lines
        self._read_to = 0
        self._mark = ""
        self._in_list = 0
        self._below_picture = False

    def read(self) -> None:
        """Reads all blocks."""
        tokens: list[Token] = []
        _blocks.block.parse("\n".join(self._source), _blocks, {}, tokens)
        level = 0
        for token in tokens:
            if token.type == "heading_open":
                level = int(token.tag[1])
            elif token.type == "heading_close":
                level = 0
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self._in_list += 1
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self._in_list -= 1
            elif token.type == "list_item_open":
                self._mark = f"{token.info}{token.markup} " if token.info else ""
            elif token.map is not None:
                self._block(token, level)
        self._pass_to(len(self._source))

    def text(self) -> MarkupText:
        """Returns what was read."""
        starts = list(accumulate((line.count("\n") + 1 for line in self.lines), initial=0))
        text = "\n".join(self.lines)
        above = len(text) - len(text.lstrip("\n"))  # blank rows, a character each
        dropped = [
            DroppedLine(max(0, starts[line.place] - above), line.text, line.reason)
            for line in told(self.left_out)
        ]
        return MarkupText(text.strip("\n") + "\n", set_headings(self.headings), dropped)

    def put_apart(self, text: str) -> None:
        """Adds lines behind a blank one."""
        if self.lines and self.lines[-1].strip():
            self.lines.append("")
        self.lines += text.split("\n")

    def _block(self, token: Token, level: int) -> None:
        start, end = token.map or (0, 0)
        if token.type == "inline" and start >= self._read_to:
            self._pass_to(start)
            self._inline(token.content, level, start)
        elif token.type in ("fence", "code_block"):
            self._pass_to(start)
            self.put_apart(self._taken_mark() + token.content.rstrip("\n"))
        elif token.type == "html_block":
            self._pass_to(start)
            fragment = fragment_text(token.content)
            self._below_picture = "<img" in token.content.lower() and not fragment.text.strip()
            self.put_apart(self._taken_mark() + "\n".join(_marked_lines(fragment.text)))
            self.headings += fragment.headings.items()
        elif token.type == "table_open":
            self._pass_to(start)
            self.put_apart("\n".join(self._rows([self._source[start], *self._source[start + 2 : end]])))
        elif token.type != "hr":
            return
        self._read_to = max(self._read_to, end)

    def _pass_to(self, place: int) -> None:
        """Goes on to a line of the source. What no block holds on the way is text: blocks that are nested too
        deeply, a list's number with nothing behind it."""
        for row in self._source[self._read_to : place]:
            if any(character.isalnum() for character in row):
                self.lines.append(inline_text(_CONTAINER_MARKS.sub("", row, count=1)))
            elif self.lines and self.lines[-1].strip():
                self.lines.append("")
        self._read_to = max(self._read_to, place)

    def _inline(self, content: str, level: int, start: int) -> None:
        if level:
            self._below_picture = False
            text = " ".join(inline_text(content, self.references).split("\n")).strip()
            text = self._taken_mark() + text
            self.put_apart(text)
            self.headings.append((text, level))
            return
        if _PAGE_NUMBER.fullmatch(self._source[start]):
            self.lines.append(self._source[start])
            return
        for rows in _by_pictures(content.split("\n")):
            self._rows_of_paragraph(rows, min(start, len(self._source) - 1))
            start += len(rows)

    def _rows_of_paragraph(self, rows: Sequence[str], start: int) -> None:
        """Writes the rows of a paragraph down, or those between two pictures of it."""
        if self._is_picture(rows[0]):
            self._below_picture = True
            return
        if self._takes_caption(rows[0]):
            rows = rows[1:]
        self._below_picture = False
        if not rows:
            return
        content = "\n".join(rows)
        content = _CALLOUT.sub("", _TASK.sub("", content, count=1) if self._in_list else content, count=1)
        rows = content.split("\n")
        if not self._in_list:
            self.headings += [(inline_text(row), BOLD_DEPTH) for row in rows if _ALL_BOLD.fullmatch(row)]
        row = self._source[start]
        indent = "" if self._in_list else row[: len(row) - len(row.lstrip())]
        written = self._paragraph(rows)
        if written:
            written[0] = (self._taken_mark() or indent) + written[0]
        self.lines += written

    def _is_picture(self, row: str) -> bool:
        return is_picture_row(row) and not inline_text(row, self.references).strip()

    def _takes_caption(self, row: str) -> bool:
        """Leaves a row out that is surely the caption of the picture above it or before it on the row; marks one
        that may be, so that it is no heading."""
        if not self._below_picture and not is_picture_row(row):
            return False
        text = inline_text(row, self.references).strip()
        if is_signed_caption(text):
            self.left_out.append(LeftOut(len(self.lines), text, CAPTION_DROPPED, is_whole=True))
            return True
        if may_be_caption(text) and not _ALL_BOLD.fullmatch(row):
            self.headings.append((text, CAPTION))
        return False

    def _taken_mark(self) -> str:
        """Returns the number of the list item that begins here, once."""
        mark, self._mark = self._mark, ""
        return mark

    def _paragraph(self, rows: Sequence[str]) -> list[str]:
        if any(map(_ROW.match, rows)):
            return [
                line
                for row in rows
                for line in (self._rows([row]) if _ROW.match(row) else inline_text(row).split("\n"))
            ]
        return inline_text("\n".join(rows), self.references).split("\n")

    def _rows(self, source: Sequence[str]) -> Iterator[str]:
        """Yields the rows of a table as lines; an empty cell keeps its place."""
        for row in source:
            inner = _CONTAINER_MARKS.sub("", row, count=1).strip().removeprefix("|")
            inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
            cells = _CELL_BREAK.split(inner)
            is_rule = all(map(_RULE_CELL.fullmatch, cells)) and any(len(cell.strip()) > 1 for cell in cells)
            if is_rule or not inner.strip(" \t|"):
                continue
            texts = (inline_text(cell.replace("\\|", "|").strip(), self.references) for cell in cells)
            yield CELL_BREAK.join(" ".join(text.split()) for text in texts)


def _by_pictures(rows: Sequence[str]) -> Iterator[list[str]]:
    """Yields the rows of a paragraph, parted where a picture stands on a row of its own."""
    part: list[str] = []
    for row in rows:
        if is_picture_row(row):
            if part:
                yield part
            yield [row]
            part = []
        else:
            part.append(row)
    if part:
        yield part


def _marked_lines(text: str) -> Iterator[str]:
    """Yields the lines of a piece of HTML; people write Markdown between its tags, too."""
    for line in text.split("\n"):
        yield inline_text(line) if "**" in line or "](" in line else line


def _without_open_tags(text: str) -> str:
    """Returns the text without scripts, and without tags that would make the rest of it code for want of an
    end."""
    for name in ("script", "style"):
        text = without_ranges(text, f"<{name}", f"</{name}>")
    text = without_ranges(text, "<!--", "-->").replace("<!--", "")
    return _CODE_TAG.sub("", text) if _CODE_TAG.search(text) and not _CODE_END.search(text) else text
