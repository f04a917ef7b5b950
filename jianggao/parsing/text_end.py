"""Finds what stands behind a speech: notices, advertisements and the frame of the page it was pasted from.

The lines are read from the last one upwards, until one is text. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.document_sites import is_document_label
from jianggao.parsing.editors_notes import names_writer
from jianggao.parsing.imprints import is_below_imprint, is_recipients_row
from jianggao.parsing.known_notices import KnownNotices
from jianggao.parsing.notices import LineKind, is_vendor_line, line_kind
from jianggao.parsing.page_layout import is_imprint
from jianggao.parsing.page_tails import is_credit_beside, rows_of_headlines
from jianggao.parsing.speech_lines import (
    IN_BRACKETS,
    is_list_item,
    is_name,
    is_person,
    is_sentence,
    speaks_to_audience,
    table_rows,
)
from jianggao.parsing.vendor_words import may_be_vendors_name
from jianggao.parsing.web_furniture import Furniture, account_names, furniture, is_web_line

NOTICE = "声明、广告"
WEB = "网页栏目"
IMPRINT = "版记"
KNOWN = "已知的广告"
"""Why lines were removed, as operators read it."""

_LONGEST_ASIDE = 45
"""Characters of a line that no sentence ends and that still can be part of a page's frame."""
_LONGEST_TITLE = 60
"""Characters of a title in a list of further reading."""
_LONGEST_SENTENCE = 60
"""Characters of a vendor's motto or statement between lines of furniture."""
_MOST_SENTENCES = 2
_MOST_PASSED = 60
"""Lines in a row that are passed over on the way to a line of furniture."""
_MOST_BESIDE_CREDITS = 4
_MOST_BESIDE_NOTICES = 2
_MOST_ALONE, _MOST_BESIDE_FURNITURE = 3, 6
_LABEL_BELOW = re.compile(r"(?:原标题|原文标题|关键词|标签|Tags?)\s*[：:].{1,60}$", re.IGNORECASE)
"""At the head these may tell the title."""
_NOTE = re.compile(r"\[[0-9]{1,3}\] ?(?=\S)")
_SOURCE = re.compile(
    r"[（(【\[]?(?:本文|文章|信息|稿件|内容|资料|图片|新闻|图文|素材|文档)?(?:来源|出处|转自|稿源|供稿|摄影)"
)
"""来源：《渠水集》 can stand above verses that a speech ends with."""


@dataclass(slots=True)
class TextEnd:
    """The lines behind a speech: those to remove with the reason (Chinese), and those that may be notices."""

    removed: dict[int, str] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)


def find_text_end(lines: Sequence[str], start: int, known: KnownNotices, *, beside_notices: bool) -> TextEnd:
    """Returns what stands behind the speech in `lines`, not before the line `start`.

    `beside_notices` says that the text's head had notices: then a line that only speaks of a vendor's trade
    is one, too.
    """
    notes = _notes_before(lines, start, len(lines))
    end = _EndReader(lines[:notes], start, known, beside_notices).read()
    if notes == len(lines):
        stop = len(lines)
        while stop > start and stop - 1 in end.removed:
            stop -= 1
        notes = _notes_before(lines, start, stop)
        # What a page puts between the text and its notes stands at the end of the text, too.
        above = _EndReader(lines[:notes], start, known, beside_notices).read() if notes < stop else TextEnd()
        end.removed.update(above.removed)
        end.doubtful |= above.doubtful
    return end


def _notes_before(lines: Sequence[str], start: int, stop: int) -> int:
    """Returns where the footnotes begin that stand directly before the line `stop`: [1] 见《渠水志》, whose mark
    stands in the text, too; `stop` if there are none."""
    at = stop
    while at > start and _NOTE.match(lines[at - 1]):
        at -= 1
    mark = _NOTE.match(lines[at]) if at < stop else None
    if mark is None or not any(mark[0].strip() in line[1:] for line in lines[start:at]):
        return stop
    return at


def may_be_learned(line: str) -> bool:
    """Returns whether a short line without any feature may be a vendor's name or motto.

    A signature, a date, an entry of a list or words to the audience never are: many speeches share these.
    """
    return (
        len(line) <= _LONGEST_ASIDE // 2
        and not is_sentence(line)
        and not speaks_to_audience(line)
        and not is_name(line)
        and not is_bare_date(line)
        and not is_list_item(line)
        and not line.startswith(("附件", "附：", "附:", "附表", "附录"))
        and not line.endswith(("：", ":", "，", "、"))
    )


class _EndReader:
    """Goes up from the last line. `_passed` are the lines since the last removed one, from below: what they
    are shows when a line above them is known."""

    def __init__(self, lines: Sequence[str], start: int, known: KnownNotices, beside_notices: bool) -> None:
        self._lines = lines
        self._start = start
        self._known = known
        self._beside_notices = beside_notices
        self._end = TextEnd()
        self._passed: list[int] = []
        self._sentences = 0
        tail = max(start, len(lines) - 4 * _MOST_PASSED)
        self._rows = {tail + at for at in table_rows(lines[tail:])}
        self._headlines = rows_of_headlines(lines, start)

    def read(self) -> TextEnd:
        """Returns what stands behind the speech."""
        at = len(self._lines)
        while at > self._start and len(self._passed) < _MOST_PASSED:
            at -= 1
            if not self._take(at):
                self._leave(at)
                return self._end
        # A text of a few sentences has been read up to its beginning.
        if self._passed and at == self._start:
            self._leave(at)
        return self._end

    def _take(self, at: int) -> bool:
        """Sorts a line; returns False where it is text, so that the speech ends there."""
        line = self._lines[at]
        if self._known.keeps(line):
            return False
        if self._known.removes(line):
            self._remove(at, KNOWN, _MOST_BESIDE_NOTICES)
            return True
        if at in self._headlines:
            self._passed.append(at)
            return True
        part = furniture(line)
        if part is Furniture.SURE or (part is Furniture.LIST and self._is_list_of_texts(at)):
            self._remove(at, WEB, _MOST_PASSED, is_list=part is Furniture.LIST)
        elif self._sentences:
            # Above sentences the edge has ended; only a line that no speech has shows that it goes on.
            return self._pass(at, line, LineKind.TEXT)
        elif (part is Furniture.CREDIT and not self._is_of_speech(at, line)) or (
            _LABEL_BELOW.match(line) and not line.endswith("。")
        ):
            says_little = _SOURCE.match(line) or is_document_label(line)
            self._remove(at, WEB, 0 if says_little else _MOST_BESIDE_CREDITS)
        elif (part is Furniture.BUTTON and self._is_button(at)) or (
            self._end.removed.get(at + 1) == WEB and is_credit_beside(line)
        ):
            self._remove(at, WEB, 0)
        elif is_imprint(line) or self._is_row_of_imprint(at):
            self._remove(at, IMPRINT, 0)
        else:
            return self._take_words(at, line)
        return True

    def _is_list_of_texts(self, label: int) -> bool:
        """Returns whether the lines passed over below a label are the titles of other texts that a page offers: no
        sentences, and no books that a lecture names (延伸阅读 / 《渠水集》)."""
        if self._end.removed or label + 1 in self._headlines:
            return True
        books = sum("《" in self._lines[other] for other in self._passed)
        return not self._sentences and (not books or 2 * books < len(self._passed))

    def _is_of_speech(self, at: int, line: str) -> bool:
        """Returns whether a line says where verses below it, or above it, are from (来源：《渠水集》), is a row of a
        table (来源 | 金额), or names who wrote the speech down."""
        if self._is_byline(at):
            return True
        above = self._lines[at - 1] if at > self._start else ""
        if " | " in line and " | " in above and furniture(above) is not Furniture.CREDIT:
            return True
        return bool(_SOURCE.match(line)) and ("《" in line or bool(self._passed and not self._end.removed))

    def _is_byline(self, at: int) -> bool:
        """Returns whether a line names who wrote the speech down or read its proofs (校对：方小川), apart from a page's
        credits."""
        if self._end.removed or not names_writer(self._lines[at]):
            return False
        return at == self._start or furniture(self._lines[at - 1]) is not Furniture.CREDIT

    def _is_row_of_imprint(self, at: int) -> bool:
        """Returns whether a line such as 报：县委组织部。 stands in an end block, directly above or below another row of
        it."""
        if self._passed or not is_recipients_row(self._lines[at]):
            return False
        is_above = self._end.removed.get(at + 1) == IMPRINT
        return is_above or is_below_imprint(self._lines, at, self._start)

    def _is_button(self, at: int) -> bool:
        """Returns whether a word that a speech could hold, too (分享), is a button: right at the edge or beside
        furniture, and sure by itself or with another such word above it."""
        if self._passed:
            return False
        above = at > self._start and furniture(self._lines[at - 1]) is not Furniture.NONE
        return above or bool(self._end.removed) or is_web_line(self._lines[at])

    def _take_words(self, at: int, line: str) -> bool:
        kind = line_kind(line)
        is_beside = self._beside_notices or (bool(self._end.removed) and not self._passed)
        if at in self._rows and not is_vendor_line(line):
            kind = LineKind.TEXT
        if kind is LineKind.NOTICE or (
            is_beside and is_vendor_line(IN_BRACKETS.sub(r"\1", line.strip("—-－– ")))
        ):
            self._remove(at, NOTICE, _MOST_BESIDE_NOTICES)
            return True
        return self._pass(at, line, kind)

    def _pass(self, at: int, line: str, kind: LineKind) -> bool:
        """Passes over a line; returns False where it is a paragraph of the speech."""
        if kind is LineKind.TEXT and (self._is_body(line) or at in self._rows):
            return False
        if is_sentence(line) and kind is LineKind.TEXT:
            self._sentences += 1
            if self._sentences > _MOST_SENTENCES and not line.endswith(("！", "？", "!", "?")):
                return False
        self._passed.append(at)
        return True

    def _is_body(self, line: str) -> bool:
        """Returns whether a line is a paragraph of the speech, so that nothing behind it may go with what
        stands above it."""
        if speaks_to_audience(line):
            return True
        return len(line) > (_LONGEST_SENTENCE if is_sentence(line) else _LONGEST_ASIDE)

    def _remove(self, at: int, reason: str, most: int, *, is_list: bool = False) -> None:
        """Removes a line, and of the lines passed over below it those that belong to the same frame.

        At most `most` may stand there, except where another removed line bounds them below.
        """
        bounded = bool(self._end.removed)
        few = len(self._passed) <= (max(most, _MOST_BESIDE_CREDITS) if bounded else most)
        for other in self._passed:
            line = self._lines[other]
            is_aside = other in self._headlines or self._is_aside(
                line, is_list=is_list, bounded=bounded or most == _MOST_PASSED
            )
            if few and is_aside:
                self._end.removed[other] = reason
            elif line_kind(line) is not LineKind.TEXT or most == _MOST_PASSED or may_be_learned(line):
                self._end.doubtful.add(other)
        self._passed.clear()
        self._sentences = 0
        self._end.removed[at] = reason

    def _is_aside(self, line: str, *, is_list: bool, bounded: bool) -> bool:
        """Returns whether a line below furniture belongs to it: no sentence, no signature, no note."""
        if _NOTE.match(line):
            return False
        if is_list:
            return len(line) <= _LONGEST_TITLE and not line.endswith(("。", "；"))
        if is_sentence(line) or len(line) > _LONGEST_ASIDE:
            return False
        return bounded or not (is_person(line) or is_bare_date(line))

    def _leave(self, at: int) -> None:
        """Sorts the lines between the speech's last paragraph `at` and the lines removed below."""
        most = _MOST_BESIDE_FURNITURE if self._end.removed else _MOST_ALONE
        few = len(self._passed) <= most and is_sentence(self._lines[at])
        rows = [other for other in self._passed if is_recipients_row(self._lines[other])]
        if len(rows) > 1:  # 报：县委组织部。 / 抄：各党支部。 without a sure row beside them
            self._end.doubtful.update(rows)
        names = account_names([self._lines[other] for other in self._end.removed])
        for other in self._passed:
            line = self._lines[other]
            kind = line_kind(line)
            if line in names:
                self._end.removed[other] = WEB
                continue
            if is_sentence(line) and kind is LineKind.TEXT:
                return
            beside = bool(self._end.removed) or may_be_vendors_name(line)
            if kind is LineKind.DOUBTFUL or (few and beside and may_be_learned(line)):
                self._end.doubtful.add(other)
