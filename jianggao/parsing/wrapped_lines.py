"""Puts the lines of a text together to paragraphs where they were broken at a column or by a page's end.

Old text files, mails and scans break their lines at a fixed column. A text that was recognised from pictures, or
set with marks in half of their width, has lines that are ragged by a few characters: there the sentences that
lines cut in two must prove the column. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jianggao.parsing.heading_numbers import POINTS, read_mark
from jianggao.parsing.labelled_lines import LabelKind, read_label
from jianggao.parsing.lines import TextLine
from jianggao.parsing.lone_numbers import counter_words, lone_number
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.web_furniture import is_wechat_line

# Columns are those of a terminal: a Han character takes two. Files are wrapped at 40 to 100 of them (20 to 50
# Han characters); a text counts as wrapped if 40 % of its lines reach the widest column, give or take _SLACK
# (a line breaks earlier where it would begin with a mark such as ，), and half of these don't end a sentence.
_NARROWEST, _WIDEST = 40, 100
_FULL_SHARE = 0.4
_FEWEST_WRAPPED = 6
_SLACK = 3
_WIDEST_INDENT = 4
_OPEN_END = re.compile(r"[。！？；：…!?;:]['”’」』）)]*$")
_SENTENCE_END = re.compile(r"[。！？…!?]['”’」』）)]*$")
_CLOSED = re.compile(r"[。！？；：…!?;:”）)】》]$")
_RAGGED_SLACK = 8
"""Columns by which the full lines of a ragged text differ: four characters."""
_RAGGED_SHARE = 0.5
"""Of its lines that are full, and of these that end within a clause."""
_FEWEST_CUT, _CUT_SHARE = 3, 0.15
"""Full lines in whose midst one sentence ends, and at whose end the next is cut."""
_FREE_SHARE = 0.25
"""Of such lines that may be shorter: a poet breaks sentences wherever he likes."""
_FEWEST_TOLD, _TOLD_SHARE, _SHORTEST_TOLD = 5, 0.3, 12
"""Paragraphs of a body that end so, their share, and how many characters one has at least."""
_CLAUSE_MARK = re.compile(r"[，。！？；：、,!?;:]")


def with_counter_words(lines: Sequence[TextLine]) -> list[TextLine]:
    """Returns the lines with each counter word on the line of its heading's number: PART / 01 is one mark."""
    joined = counter_words([line.text for line in lines])
    taken = {at + 1 for at in joined}
    return [
        _joined_line(line, lines[at + 1], joined[at]) if at in joined else line
        for at, line in enumerate(lines)
        if at not in taken
    ]


def _joined_line(line: TextLine, below: TextLine, text: str) -> TextLine:
    blanks = tuple(len(line.text) + 1 + at for at in below.wide_blanks)
    return replace(line, text=text, width=line.width + below.width, wide_blanks=blanks)


def join_wrapped_lines(lines: Sequence[TextLine], pages: Sequence[int]) -> list[TextLine]:
    """Returns one line for each paragraph that was broken at a column or by a page number.

    `pages` are the places in the source where page numbers stood (they are no longer among the lines).
    """
    wrap = _wrap(lines)
    # In a text that indents its paragraphs an indented line always begins one. A few indented lines don't
    # make such a text: a centred title or a signature set to the right is indented, too.
    indents = sum(line.indented for line in lines) >= max(2, len(lines) // 20)
    pages = sorted(pages)
    paragraphs: list[_JoinedParagraph] = []
    previous: TextLine | None = None
    for line in lines:
        wrapped = (
            wrap is not None
            and previous is not None
            and _continues(previous, line, wrap, indents)
            and _may_go_on(paragraphs[-1], previous, wrap, indents)
        )
        if previous is not None and (wrapped or _continues_over_page(paragraphs[-1], previous, line, pages)):
            paragraphs[-1].add(line)
        else:
            paragraphs.append(_JoinedParagraph(line))
        previous = line
    return [paragraph.line() for paragraph in paragraphs]


def is_cut_up(paragraphs: Sequence[str]) -> bool:
    """Returns whether many paragraphs end in the midst of a sentence: they are lines that nobody could join."""
    long = [text for text in paragraphs if len(text) >= _SHORTEST_TOLD]
    cut = sum(map(_is_cut, long))
    return cut >= max(_FEWEST_TOLD, _TOLD_SHARE * len(long))


@dataclass(frozen=True, slots=True)
class _Wrap:
    """The column at which a text was broken into lines, and by how much a full line may miss it."""

    column: int
    slack: int
    is_exact: bool
    """Whether the widths of the lines show the column by themselves."""


def _wrap(lines: Sequence[TextLine]) -> _Wrap | None:
    """Returns how the text was broken into lines, None if it wasn't."""
    widths = sorted(line.width for line in lines)
    if len(widths) < _FEWEST_WRAPPED:
        return None
    # Not the widest line: the one in forty that is wider still may be a long title or a table's row.
    column = widths[-1 - len(widths) // 40]
    if not _NARROWEST <= column <= _WIDEST:
        return None
    full = [line for line in lines if _reach(line) >= column - _SLACK]
    is_exact = (
        len(full) >= _FULL_SHARE * len(lines)
        # A text of short paragraphs of equal length (a poem, an oath) has full lines too, but each ends with
        # a mark.
        and sum(not _OPEN_END.search(line.text) for line in full) >= len(full) / 2
    )
    if _is_ragged(lines, column):
        return _Wrap(column, _RAGGED_SLACK, is_exact)
    return _Wrap(column, _SLACK, is_exact) if is_exact else None


def _is_ragged(lines: Sequence[TextLine], column: int) -> bool:
    """Returns whether the lines were broken near a column, by the sentences that they cut.

    "…烧了两回。我请人查了十年的记 / 录，…": nobody ends a line of his own so.
    """
    full = [line for line in lines if _reach(line) >= column - _RAGGED_SLACK]
    cut = sum(_is_cut(line.text) for line in full)
    shorter = sum(_is_cut(line.text) for line in lines) - cut
    return (
        len(full) >= _RAGGED_SHARE * len(lines)
        and sum(line.text[-1].isalnum() for line in full) >= _RAGGED_SHARE * len(full)
        and cut >= max(_FEWEST_CUT, _CUT_SHARE * len(full))
        and shorter <= _FREE_SHARE * cut
    )


def _is_cut(text: str) -> bool:
    """Returns whether a sentence ends in the midst of the line, and the next one isn't at its end."""
    return text[-1].isalnum() and any(end in text for end in "。！？；")


def _may_go_on(paragraph: _JoinedParagraph, previous: TextLine, wrap: _Wrap, indents: bool) -> bool:
    """Returns whether a paragraph may have another line behind `previous`, which is nearly full.

    The lines of a ragged text don't show by themselves which is the last. One without a mark may be a title.
    Where no indent shows the next paragraph, one ends with a sentence, unless its line is full to the last place.
    """
    is_full = _reach(previous) >= wrap.column - _SLACK
    if is_full and wrap.is_exact:
        return True
    if paragraph.is_single and not _CLAUSE_MARK.search(previous.text):
        return False
    return indents or is_full or not _SENTENCE_END.search(previous.text)


def _reach(line: TextLine) -> int:
    """Returns how far the line reaches, in columns.

    Programs that count characters, not columns, leave less room on a first line that half-width blanks
    indent: these blanks are counted once more.
    """
    return line.width + min(line.indent, _WIDEST_INDENT)


def _continues(previous: TextLine, line: TextLine, wrap: _Wrap, indents: bool) -> bool:
    """Returns whether `line` of a wrapped text goes on with the paragraph of the line before it."""
    if _reach(previous) < wrap.column - wrap.slack or line.after_blank or (indents and line.indented):
        return False
    # 以下文章来源于渠水之声，作者方川 can be as long as a wrapped line.
    if is_wechat_line(previous.text):
        return False
    if lone_number(line.text) is not None and _SENTENCE_END.search(previous.text):
        return False
    mark = read_mark(line.text)
    # A wrapped line can begin with "一 " by chance ("…修了十 / 一 条渠"): a mark without a delimiter proves
    # nothing.
    if mark is None or mark.loose:
        return True
    # "…要记住：/ 一是快；/ 二是稳。" are points in a row, each on a line of its own: a ； or ： ends the line
    # before a point. Before 二、 only the end of a sentence does: "…见附表一、/ 二、三。" goes on.
    ended = _OPEN_END if mark.kind in POINTS else _SENTENCE_END
    return not ended.search(previous.text)


def _continues_over_page(
    paragraph: _JoinedParagraph, previous: TextLine, line: TextLine, pages: Sequence[int]
) -> bool:
    """Returns whether a page number (`pages`, rising) cut a sentence in two between `previous` and `line`.

    "…渠修好了，水 / — 3 — / 就来了。" comes together; a heading at the foot of a page and the body on the
    next page don't, and neither does anything behind a short line or a closed sentence.
    """
    behind = bisect_right(pages, previous.place)
    if behind == len(pages) or pages[behind] >= line.place or is_wechat_line(previous.text):
        return False
    is_heading = read_mark(paragraph.first.text) is not None and not paragraph.has_sentence
    begins_anew = line.indented or read_mark(line.text) is not None or is_heading or _opens_text(line.text)
    return not begins_anew and len(previous.text) >= 20 and not _CLOSED.search(previous.text)


def _opens_text(line: str) -> bool:
    """Returns whether a line begins an editor's note or calls on the audience: no sentence goes on in it."""
    label = read_label(line)
    return is_salutation(line) or (label is not None and label.kind is LabelKind.NOTE)


class _JoinedParagraph:
    """A paragraph that lines are being added to.

    Its text is put together once, at the end: with every line it would be copied again and again, in a time
    that grows with the square of its length.
    """

    def __init__(self, first: TextLine) -> None:
        self.first = first
        self._last = first
        self._parts = [first.text]
        self.has_sentence = _has_sentence(first.text)

    @property
    def is_single(self) -> bool:
        """Whether it has one line so far."""
        return len(self._parts) == 1

    def add(self, line: TextLine) -> None:
        """Adds a line, with a blank only between two letters of Latin script."""
        before, after = self._last.text[-1], line.text[0]
        latin = before.isascii() and after.isascii() and before.isalpha() and after.isalpha()
        self._parts += [" ", line.text] if latin else [line.text]
        self._last = line
        self.has_sentence = self.has_sentence or _has_sentence(line.text)

    def line(self) -> TextLine:
        """Returns the whole paragraph as one line."""
        return replace(self.first, text="".join(self._parts), width=self._last.width)


def _has_sentence(text: str) -> bool:
    return any(end in text for end in "。！？")
