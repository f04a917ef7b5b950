"""Turns Markdown into plain text, and finds the lines that it sets as headings."""

from __future__ import annotations

import re

from jianggao.text.characters import collapse_blanks, remove_invisible

BOLD_DEPTH = 7
"""How deep a line in bold alone counts as a heading: below every #."""
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n((?:[^\n]*\n){1,40}?)---[ \t]*(?:\n|\Z)")
_FRONT_LINES = (("title", ""), ("date", "日期："), ("author", "作者："))
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(\S.*)$", re.MULTILINE)
_BOLD_LINE = re.compile(r"^[ \t]*(\*\*|__)(?=\S)([^*\n]{2,60})(?<=\S)\1[ \t]*$", re.MULTILINE)
_TARGET = r"\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)"
"""Where a link leads, with one pair of brackets in it. Like all patterns here it ends at the next sign of its
own kind: were it to look for its end beyond that, a text of opening signs alone would take time that grows
with its square."""
# In this order: headings (with signs behind them, too), quotations, lists, rules, images, links, **bold**,
# __bold__, *italic*, escaped signs.
_MARKS = (
    (re.compile(r"^\s{0,3}#{1,6}\s+", re.MULTILINE), ""),
    (re.compile(r"\s#+\s*$", re.MULTILINE), ""),
    (re.compile(r"^\s{0,3}>\s?", re.MULTILINE), ""),
    (re.compile(r"^\s{0,3}[*+-]\s+(?=\S)", re.MULTILINE), ""),
    (re.compile(r"^\s{0,3}(?:[-*_]\s*){3,}$", re.MULTILINE), ""),
    (re.compile(rf"!\[[^\[\]\n]*\]{_TARGET}"), ""),
    (re.compile(rf"\[([^\[\]\n]+)\]{_TARGET}"), r"\1"),
    (re.compile(r"\*\*(?=\S)(?!\*\*)([^*\n]*(?:\*(?!\*)[^*\n]*)*)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"__(?=\S)(?!__)([^_\n]*(?:_(?!_)[^_\n]*)*)(?<=\S)__"), r"\1"),
    (re.compile(r"(?<![*\w])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![*\w])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|])"), r"\1"),
)


def looks_like_markdown(text: str) -> bool:
    """Returns whether a .txt file was pasted as Markdown: it has a # heading or two lines all in bold.

    One bold line alone can be a speaker's own stars around a word.
    """
    return bool(_HEADING.search(text)) or len(_BOLD_LINE.findall(text)) >= 2


def plain_markdown(text: str) -> str:
    """Returns the text without Markdown's marks.

    Numbers of headings and lists are text and stay. Of the front matter title, date and author stay, as lines
    that the parser knows (`日期：…`).
    """
    text = _FRONT_MATTER.sub(_front_lines, text)
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return text


def markdown_headings(text: str) -> dict[str, int]:
    """Returns the lines set as headings, as they stand in the plain text, with their levels (1 for #)."""
    set_lines = [(line, len(signs)) for signs, line in _HEADING.findall(text)]
    set_lines += [(line, BOLD_DEPTH) for _, line in _BOLD_LINE.findall(text)]
    headings: dict[str, int] = {}
    for line, depth in set_lines:
        headings.setdefault(collapse_blanks(remove_invisible(plain_markdown(line))), depth)
    return headings


def _front_lines(match: re.Match[str]) -> str:
    """Returns title, date and author of the front matter, a line each; its values may stand in quotes."""
    entries = dict(line.partition(":")[::2] for line in match[1].split("\n") if ":" in line)
    values = {name.rstrip(" \t"): value.strip(" \t") for name, value in entries.items()}
    lines = [before + values[name].strip("\"'") for name, before in _FRONT_LINES if values.get(name)]
    return "".join(f"{line}\n" for line in lines)
