"""Tells whether a word that pages have around a text (上篇, 下一篇, 相关阅读, 收藏) heads a part of the speech.

上篇 / 一、修渠 / … / 下篇 / 一、修心 / … are parts. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.parsing.heading_numbers import read_mark
from jianggao.parsing.notices import LineKind, line_kind
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.speech_lines import is_sentence
from jianggao.parsing.web_furniture import Furniture, furniture

_LONGEST_WORD, _LONGEST_NAMED = 12, 40
_PART = re.compile(r"[上下前后][篇章]")
_STEP = re.compile(r"[上下前后]一[篇章]")
# 上篇：修渠; 上一篇：修渠 is a link.
_NAMED_PART = re.compile(r"([上下前后][篇章])\s?[：:]\s?[^》>»›→]{2,36}")
_NOTHING = re.compile(r"(?:已经?)?(?:没有|是?最[后新]|是?第一)(?:一?[篇条]|更多|了|文章){0,3}了?")
_HAN = re.compile(r"[一-鿿]{2}")
_SHORTEST_PROSE, _SHORTEST_PARAGRAPH = 12, 20
_LONGEST_HEADING = 20
_FEWEST_PARTS, _FEWEST_BUTTONS = 2, 3


@dataclass(frozen=True, slots=True)
class PageWords:
    """The lines that are such words and no furniture: those that surely head parts of the speech, and those that only
    seem to, since each stands alone."""

    sure: frozenset[str] = frozenset()
    doubtful: tuple[str, ...] = ()


def is_page_word(line: str) -> bool:
    """Returns whether the line is a word or two that a page and a speech may have alike: 上篇, 往期回顾, 收藏."""
    if len(line) > _LONGEST_WORD or not _HAN.search(line):
        return False
    return names_part(line) or furniture(line) in (Furniture.LIST, Furniture.BUTTON)


def names_part(line: str) -> bool:
    """Returns whether the line is the name of a part, or of the way to another text, and nothing else: 上篇, 下一篇."""
    return bool(_PART.fullmatch(line) or _STEP.fullmatch(line))


def words_of_speech(lines: Sequence[str]) -> PageWords:
    """Returns the words of a page that are of the speech.

    They stand above what is spoken and beside nothing of a page, and are one of a set (上篇 … 下篇), or have a numbered
    heading below them. One alone is in doubt; a list's name (相关阅读) only where no paragraph stands above it.
    """
    found = _Found()
    paragraphs = False
    for at, line in enumerate(lines):
        named = _NAMED_PART.fullmatch(line) if len(line) <= _LONGEST_NAMED else None
        if named is None and not is_page_word(line):
            paragraphs = paragraphs or _is_prose(line, _SHORTEST_PARAGRAPH)
        elif _is_beside_page(lines, at):
            continue
        elif named is not None or names_part(line):
            found.note_part(lines, at, named[1] if named else "")
        else:
            found.note_word(lines, at, below_paragraphs=paragraphs)
    return found.judged()


class _Found:
    """What stands in a text of such words so far, by what they are."""

    def __init__(self) -> None:
        self._parts: dict[str, set[str]] = {}
        """The lines that head parts, by the part's name."""
        self._lists: set[str] = set()
        self._buttons: set[str] = set()
        self._sure: set[str] = set()
        self._alone: dict[str, None] = {}

    def note_part(self, lines: Sequence[str], at: int, name: str) -> None:
        """Notes a line that names a part; `name` is the part's where the line says more: 上篇：修渠."""
        line = lines[at]
        if not name and _is_above_numbered_heading(lines, at):
            self._sure.add(line)
        if _heads_part(lines, at):
            self._parts.setdefault(name or line, set()).add(line)
        if not name and _is_prose_at(lines, at + 1, _SHORTEST_PROSE):
            self._alone[line] = None

    def note_word(self, lines: Sequence[str], at: int, *, below_paragraphs: bool) -> None:
        """Notes a line that is a list's name (相关阅读) or a button."""
        line = lines[at]
        is_list = furniture(line) is Furniture.LIST
        if is_list and _is_above_numbered_heading(lines, at):
            self._sure.add(line)
        if not _is_prose_at(lines, at + 1, _SHORTEST_PARAGRAPH):
            return
        (self._lists if is_list else self._buttons).add(line)
        if is_list and not below_paragraphs:
            self._alone[line] = None

    def judged(self) -> PageWords:
        """Returns the lines that are of a set or above a heading, and those that stand alone."""
        sure = set(self._sure)
        if len(self._parts) >= _FEWEST_PARTS:
            sure.update(*self._parts.values())
        words = self._lists | self._buttons
        if len(self._lists) >= _FEWEST_PARTS or len(words) >= _FEWEST_BUTTONS:
            sure |= words
        return PageWords(frozenset(sure), tuple(line for line in self._alone if line not in sure))


def _is_beside_page(lines: Sequence[str], at: int) -> bool:
    """Returns whether a line of a page, or what says that there is no other text, stands directly above or below."""
    beside = [*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2]]
    return any(
        furniture(line) is not Furniture.NONE or (len(line) <= _LONGEST_WORD and _NOTHING.fullmatch(line))
        for line in beside
    )


def _is_above_numbered_heading(lines: Sequence[str], at: int) -> bool:
    """Returns whether a numbered heading stands below, with a sentence of its own; a page's list has none (相关阅读 /
    1、渠水清 / 2、桥下有月)."""
    if at + 1 >= len(lines) or read_mark(lines[at + 1]) is None:
        return False
    return _is_prose_at(lines, at + 1, _SHORTEST_PARAGRAPH) or _is_prose_at(lines, at + 2, _SHORTEST_PROSE)


def _heads_part(lines: Sequence[str], at: int) -> bool:
    """Returns whether a paragraph stands below, or one behind a heading or a salutation."""
    if _is_prose_at(lines, at + 1, _SHORTEST_PROSE):
        return True
    if not _is_prose_at(lines, at + 2, _SHORTEST_PROSE):
        return False
    below = lines[at + 1]
    return is_salutation(below) or (len(below) <= _LONGEST_HEADING and line_kind(below) is LineKind.TEXT)


def _is_prose_at(lines: Sequence[str], at: int, shortest: int) -> bool:
    return at < len(lines) and _is_prose(lines[at], shortest)


def _is_prose(line: str, shortest: int) -> bool:
    """Returns whether the line is a sentence of the speech; a headline asks, and has no full stop."""
    if len(line) < shortest or not is_sentence(line) or line.endswith(("？", "?")):
        return False
    return furniture(line) is Furniture.NONE and line_kind(line) is LineKind.TEXT
