"""Brings lines of Markdown into the form that CommonMark knows, before they are read.

People and programs write more than it: ##标题 without a blank, titles above ===, notes, blocks of pandoc and
Obsidian, tags on lines of their own. And a --- below a paragraph is a rule in Chinese files, and no heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jianggao.text.characters import collapse_blanks

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)$")
_SPACED_HEADING = re.compile(r"( {0,3})(#{1,6})[ \t　]+(?=\S)")
_GLUED_HEADING = re.compile(r" {0,3}(#{1,6})(?=[^#\s])")
_ATTRIBUTES = re.compile(r"(?<!\])\{[#.][^{}]*\}$")
_SPAN = re.compile(r"\[([^\[\]]*)\]\{[^{}]*\}")
_HEADING_NUMBER = re.compile(
    r"[（(]?[一二三四五六七八九十百]{1,4}[）)、.．]|第[一二三四五六七八九十百\d]{1,5}[部章节条讲篇]|[（(]?\d{1,2}[）)、.．]"
)
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_OTHER_BLOCK = re.compile(r"\s{0,3}(?:#|>|[-*+][ \t]|\d{1,9}[.)][ \t]|\||<|```|~~~|---|===|\*\*\*)")
_SENTENCE_END = re.compile(r"[。！？；：，、…!?;:,]['”’」』）)]?$")
_DATE = re.compile(r"\d{4}\s*[年./-]\s*\d{1,2}|[○〇零一二三四五六七八九]{4}年")
_LONGEST_TITLE = 40
_NOTE = re.compile(r" {0,3}\[\^([^\]\s^]{1,40})\]:[ \t]*(.*)$")
_TARGET = re.compile(r" {0,3}\[([^\[\]^][^\[\]]{0,99})\]:[ \t]*([!-~]+)(?:[ \t]+[\"'(].*)?$")
_ADDRESS_SIGNS = frozenset("/.#:")
# What is no text: a place for contents, blocks of pandoc, a new page, the edges of its tables.
_NO_TEXT = re.compile(
    r"[ \t]*(?:\[toc\]|\[\[_?toc_?\]\]|\{:toc\}|\\newpage|\\pagebreak"
    r"|:{3,}[ \t]*(?:\{[^{}]*\}|[A-Za-z0-9_ .-]*)|={3,}"
    r"|[-=+|:]{3,}(?:[ \t]+[-=+|:]+)+|\+[-=+:]{3,}\+)[ \t]*$",
    re.IGNORECASE,
)
# pandoc's lines of verse, | 渠水长, and its explanations, :   说明.
_LINE_SIGNS = re.compile(r" {0,3}(?:\| (?=[^|]+$)|:[ \t]{1,3}(?=\S))")
_WRAPPERS = (
    "a|article|aside|b|body|br|center|details|div|em|figure|font|hr|html|i|img|main|p|section|small|span|strong"
    "|sub|sup|u"
)
_ONLY_TAGS = re.compile(rf"[ \t]*(?:</?(?:{_WRAPPERS})(?:[ \t][^<>]*|/)?>[ \t]*)+$", re.IGNORECASE)
_TABLE_START, _TABLE_END = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"</table\s*>", re.IGNORECASE)
# Several tags above the text are Obsidian's, and say nothing to a reader.
_TAGS = re.compile(r"[ \t]*#[^\s#]+(?:[ \t]+#[^\s#]+)+[ \t]*$")
_HASHTAG = re.compile(r"#\S+#|#\S+\s+#\S")


@dataclass(slots=True)
class MarkdownLines:
    """The lines of a text in Markdown, and what was taken out of them."""

    lines: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Footnotes, each with its mark: 1 for `[^1]: …`."""
    targets: dict[str, str] = field(default_factory=dict)
    """Where links lead whose targets are named apart: `[1]: http://…`."""


def is_glued_heading(line: str) -> bool:
    """Returns whether a line is a heading whose signs stand next to its text: ##标题. One sign makes none."""
    match = _GLUED_HEADING.match(line)
    return match is not None and len(match[1]) >= 2 and not _HASHTAG.search(line[match.end() :])


def ordinary_lines(text: str) -> MarkdownLines:
    """Returns the lines of a text in a form that CommonMark knows."""
    rows = _joined_tables(text.split("\n"))
    fenced = _fenced(rows)
    found = MarkdownLines()
    has_glued = sum(map(is_glued_heading, rows)) + sum(map(_has_one_sign, rows)) >= 2
    tags = next((at for at, row in enumerate(rows) if row.strip()), -1)
    at = 0
    while at < len(rows):
        row = rows[at]
        if fenced[at]:
            found.lines.append("" if fenced[at] < 0 else row)
        elif note := _NOTE.match(row):
            at = _take_note(rows, at, note, found)
            continue
        elif (target := _TARGET.match(row)) and not _ADDRESS_SIGNS.isdisjoint(target[2]):
            found.targets[target[1]] = target[2].strip("<>")
            found.lines.append("")
        elif level := _underlined(rows, at):
            found.lines += [f"{'#' * level} {_heading_text(row)}", ""]
            at += 1
        elif _NO_TEXT.match(row) or _ONLY_TAGS.match(row) or (at == tags and _TAGS.match(row)):
            found.lines.append("")
        else:
            found.lines.append(_with_spaced_signs(row, found.lines, has_glued))
        at += 1
    return found


def _fenced(rows: Sequence[str]) -> list[int]:
    """Returns for each row 1 if it stands in a fenced block (or opens or ends one), -1 if it opens one that
    never ends: such a row is no text, and what follows is no code."""
    fenced = [0] * len(rows)
    open_at, sign = -1, ""
    for at, row in enumerate(rows):
        fence = _FENCE.match(row)
        if open_at < 0 and fence:
            open_at, sign = at, fence[1]
        elif open_at >= 0 and fence and fence[1].startswith(sign) and not fence[2].strip():
            fenced[open_at : at + 1] = [1] * (at + 1 - open_at)
            open_at = -1
    if open_at >= 0:
        fenced[open_at] = -1
    return fenced


def _joined_tables(rows: Sequence[str]) -> list[str]:
    """Returns the rows without the blank ones in tables of HTML, where they would end the table."""
    ends = sum(bool(_TABLE_END.search(row)) for row in rows)
    joined = []
    depth = 0
    for row in rows:
        if ends and _TABLE_START.search(row):
            depth = 1
        if not depth or row.strip():
            joined.append(row)
        if depth and _TABLE_END.search(row):
            depth, ends = 0, ends - 1
    return joined


def _take_note(rows: Sequence[str], at: int, note: re.Match[str], found: MarkdownLines) -> int:
    """Takes a footnote with its indented lines out, and returns the place behind it."""
    texts = [note[2].strip()]
    at += 1
    while at < len(rows):
        if rows[at].startswith(("  ", "\t")) and rows[at].strip():
            texts.append(rows[at].strip())
        elif rows[at].strip() or not (at + 1 < len(rows) and rows[at + 1].startswith(("    ", "\t"))):
            break
        at += 1
    found.notes.append((note[1], "\n".join(texts)))
    found.lines.append("")
    return at


def _underlined(rows: Sequence[str], at: int) -> int:
    """Returns the level of a heading that is set by a line of signs below it, 0 for none.

    === is always meant so, if it stands under a title. Three --- under 方大川 are a rule; as many as the
    title is long, or a title with a number, are a heading.
    """
    line = collapse_blanks(_SPAN.sub(r"\1", _ATTRIBUTES.sub("", rows[at].rstrip()))).strip("*_")
    if at + 1 >= len(rows) or not line or len(line) > _LONGEST_TITLE or _OTHER_BLOCK.match(rows[at]):
        return 0
    underline = _UNDERLINE.match(rows[at + 1])
    is_alone = at == 0 or not rows[at - 1].strip()
    if underline is None or not is_alone or _SENTENCE_END.search(line):
        return 0
    if underline[1].startswith("="):
        return 1 if len(underline[1]) >= 2 else 0
    meant = len(underline[1]) >= max(4, len(line)) or bool(_HEADING_NUMBER.match(line))
    return 2 if meant and len(underline[1]) >= 3 and not _DATE.search(line) else 0


def _has_one_sign(row: str) -> bool:
    """Returns whether a line may be a heading with one sign next to its text; #话题# and tags are none."""
    match = _GLUED_HEADING.match(row)
    return match is not None and len(match[1]) == 1 and "#" not in row[match.end() :]


def _with_spaced_signs(row: str, before: Sequence[str], has_glued: bool) -> str:
    """Returns a heading in the form of CommonMark, any other line as it is.

    `before` are the lines above, `has_glued` says that the text has several headings without a blank.
    """
    if spaced := _SPACED_HEADING.match(row):
        return f"{spaced[1]}{spaced[2]} {_heading_text(row[spaced.end() :])}"
    glued = _GLUED_HEADING.match(row)
    if glued is None:
        return _LINE_SIGNS.sub("", row, count=1) if _LINE_SIGNS.match(row) else row
    text = row[glued.end() :]
    if len(glued[1]) == 1:
        # #推进会上的讲话 at the top or #一、… is a heading; #党建 #水利 are tags, #1 is a number.
        is_first = not any(line.strip() for line in before)
        is_meant = _HEADING_NUMBER.match(text) or ((is_first or has_glued) and not text[0].isdigit())
        if not is_meant or not _has_one_sign(row):
            return row
    return f"{glued[1]} {_heading_text(text)}"


def _heading_text(text: str) -> str:
    text = _ATTRIBUTES.sub("", text.rstrip()).rstrip()
    inner = text.rstrip("#")
    # 标题 ## and 标题## close with signs; C# doesn't.
    return inner.strip() if len(text) - len(inner) != 1 or inner[-1:].isspace() else text
