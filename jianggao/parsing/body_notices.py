"""Removes notices and furniture from the body of a speech, and lists what may be some.

At the end of the text a line's features are enough; elsewhere only what is beyond doubt goes. All examples in
the comments are made up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from jianggao.parsing.column_lines import is_column
from jianggao.parsing.editors_notes import is_about_the_text
from jianggao.parsing.head import Head
from jianggao.parsing.known_notices import KnownNotices
from jianggao.parsing.lines import Lines
from jianggao.parsing.notices import LineKind, is_notice, is_notice_inside, is_notice_of_its_own, line_kind
from jianggao.parsing.occasion_lines import is_occasion
from jianggao.parsing.page_layout import PAGE_NUMBER, is_kept_inside
from jianggao.parsing.paper_lines import is_of_the_paper, is_stage_of_kind
from jianggao.parsing.quotations import announces, may_be_unquoted, quoted_lines
from jianggao.parsing.speech_lines import IN_BRACKETS, is_person, is_sentence, table_rows
from jianggao.parsing.text_end import KNOWN, NOTICE, WEB, find_text_end
from jianggao.parsing.title_lines import SPEECH_WORD, names_a_speech
from jianggao.parsing.vendor_words import may_be_vendors_name
from jianggao.parsing.web_furniture import Furniture, furniture, is_wechat_line

RUNNING_TITLE = "页眉"
_LONGEST_REPEATED = 60
_FIRST_LINES = 3
"""Lines of the body that still count as its edge where they look like notices."""
_LONGEST_REFRAIN = 20
_LONGEST_SHORT_LINE = 20
"""A longer line without an end mark was cut by the end of a page."""
# 阅读：从一页开始, but not 阅读：128
_LABELLED_PHRASE = re.compile(r"[一-鿿]{2,4}[：:]\s?[^\d\s：:|｜。]{3,20}")
_FEWEST_LABELLED = 2
_SHORTEST_PARAGRAPH = 30
_OF_NOTICES = re.compile(
    r"[网網号號群码碼稿库庫版权權转轉载載订訂阅閱微资資料会會员員购購售卖賣粉加扫掃传傳印禁私信客费費VQvqWw]|\d{5}"
)


def clean_body(lines: Lines, head: Head, known: KnownNotices) -> list[str]:
    """Removes notices from the body in `lines`, and returns the lines at the text's edges that may be some.

    What the speech quotes stays wherever it stands. A line that repeats the whole title goes, too, where it is
    the running title of a printed page.
    """
    named = {line for line in head.notices if _is_name_of_vendor(line)}
    start = head.body_start
    of_speech = _lines_of_speech(lines.kept, start, named, known)
    # 来源：渠水网 at the head says nothing of a vendor.
    beside_notices = any(map(is_notice, named))
    # Above a line of the speech everything is the speech.
    end_start = max(of_speech, default=start - 1) + 1
    end = find_text_end(lines.kept, end_start, known, beside_notices=beside_notices)
    inside = dict(_inside(lines.kept, start, named, known, of_speech))
    titles = _running_titles(lines, head, {*end.removed, *of_speech})
    chosen = {**inside, **dict.fromkeys(titles, RUNNING_TITLE), **end.removed}
    # （根据录音整理） stands under many speeches, and says something of each.
    below = (at for at in end.doubtful if not is_about_the_text(lines.kept[at]))
    doubtful = [*_doubtful_above(lines.kept, head, known), *below]
    doubtful += _doubtful_inside(lines.kept, start, of_speech, known)
    if len(end.removed) == len(lines.kept) - end_start:
        doubtful += may_be_unquoted(lines.kept, of_speech, end_start)
    found = [lines.kept[at] for at in sorted(set(doubtful) - set(chosen))]
    lines.remove({at: reason for at, reason in chosen.items() if not known.keeps(lines.kept[at])})
    return found


def _lines_of_speech(lines: Sequence[str], start: int, named: Set[str], known: KnownNotices) -> set[int]:
    """Returns the lines of the body that only look like notices: they are quoted, or head paragraphs.

    What is known as a notice is none of them.
    """
    found = quoted_lines(lines, start) | _labelled_headings(lines, start)
    return {at for at in found if lines[at] not in named and not known.removes(lines[at])}


def _labelled_headings(lines: Sequence[str], start: int) -> set[int]:
    """Returns the headings that look like a page's labels: 阅读：从一页开始 / … / 分享：从一席话开始 / …, each over a
    paragraph of its own."""
    found = {
        at
        for at in range(start, len(lines) - 1)
        if len(lines[at]) <= _LONGEST_REPEATED
        and _LABELLED_PHRASE.fullmatch(lines[at])
        and furniture(lines[at]) is not Furniture.CREDIT
        and is_sentence(lines[at + 1])
        and len(lines[at + 1]) >= _SHORTEST_PARAGRAPH
        and line_kind(lines[at + 1]) is LineKind.TEXT
    }
    return found if len(found) >= _FEWEST_LABELLED else set()


def _is_name_of_vendor(line: str) -> bool:
    """Returns whether a line taken out of the head goes wherever it comes again. 分享, 内部资料 and an author's
    name can be lines of the body."""
    is_word = furniture(line) in (Furniture.BUTTON, Furniture.LIST)
    return len(line) > 1 and not is_word and not is_person(line) and not is_kept_inside(line)


def _inside(
    lines: list[str], start: int, named: set[str], known: KnownNotices, of_speech: Set[int]
) -> Iterator[tuple[int, str]]:
    """Yields the lines in the middle that are no part of the speech beyond doubt, each with the reason."""
    rows = table_rows(lines)
    # A line that comes again is judged once.
    reasons = {
        line: _reason_inside(line, known, repeated=number > 1)
        for line, number in Counter(lines[start:]).items()
    }
    for at in range(start, len(lines)):
        line = lines[at]
        if at in of_speech:
            continue
        if line in named:
            yield at, NOTICE
        elif reasons[line] and not (at in rows and reasons[line] == NOTICE):
            yield at, reasons[line]


def _doubtful_inside(
    lines: Sequence[str], start: int, of_speech: Set[int], known: KnownNotices
) -> Iterator[int]:
    """Yields the lines in the middle that would be notices at the end of the text, if no sentences: a speech hardly
    has one."""
    rows = table_rows(lines)
    for at in range(start, len(lines)):
        line = lines[at]
        if at in of_speech or at in rows or known.keeps(line):
            continue
        # A list of thousands of lines has few with a letter of a notice's words.
        if _OF_NOTICES.search(line[:_LONGEST_REPEATED]) and is_notice_of_its_own(line):
            yield at


def _running_titles(lines: Lines, head: Head, taken: Set[int]) -> list[int]:
    """Returns the lines that repeat the whole title as a printed page does.

    What stands behind a colon is quoted, and a speech can end with its title. A short title that names no
    speech (水到渠成) can be its refrain: it goes where it stands at a page's number, or cuts a sentence.
    `taken` are lines that are judged already.
    """
    title = head.full_title() if head.title else ""
    kept = lines.kept
    may_be_refrain = len(title) <= _LONGEST_REFRAIN and not (
        SPEECH_WORD.search(title) or names_a_speech(title)
    )
    numbers = {place for place, _, reason in lines.removed if reason == PAGE_NUMBER}
    found = []
    for at in range(head.body_start, len(kept) - 1):
        if kept[at] != title or at in taken:
            continue
        before = kept[at - 1] if at > head.body_start else ""
        beside_number = bool(numbers & {lines.places[at] - 1, lines.places[at] + 1})
        is_cut = len(before) > _LONGEST_SHORT_LINE and not is_sentence(before)
        if not announces(before) and (beside_number or is_cut or not may_be_refrain):
            found.append(at)
    return found


def _reason_inside(line: str, known: KnownNotices, *, repeated: bool) -> str:
    """Returns why a line goes wherever it stands, "" if it stays. A row of a table is no notice."""
    if known.removes_everywhere(line) or (repeated and known.removes(line)):
        return KNOWN
    if is_notice_inside(line, ()) or (
        # A vendor puts his between paragraphs.
        repeated and len(line) <= _LONGEST_REPEATED and is_notice_of_its_own(line)
    ):
        return NOTICE
    return WEB if is_wechat_line(line) else ""


def _is_of_the_front(line: str) -> bool:
    """Returns whether a line above the body says how the text came about, when, where or who: speeches of one
    meeting share these, and nothing may be learned from that."""
    return is_about_the_text(line) or is_occasion(IN_BRACKETS.sub(r"\1", line))


def _doubtful_above(lines: list[str], head: Head, known: KnownNotices) -> Iterator[int]:
    """Yields the lines of the head, and those that the body begins with, that may be notices.

    A title may have a vendor's words: 在读者见面会上的致辞.
    """
    start = head.body_start
    title = next(iter(head.title), None)
    titled_from = next((at for at, line in enumerate(lines[:start]) if line == title), 0)
    for at, line in enumerate(lines[: start + _FIRST_LINES]):
        # The only line of a title, and what can't be a vendor's name, is no doubtful part of it.
        titled = line in head.title and (len(head.title) == 1 or not may_be_vendors_name(line))
        kind = LineKind.TEXT if titled or _is_of_the_front(line) else line_kind(line)
        # （内部资料，会后收回）
        if not titled and is_kept_inside(IN_BRACKETS.sub(r"\1", line)):
            kind = LineKind.DOUBTFUL
        # 讲话（参阅） may be the title itself.
        if at < start and (is_of_the_paper(line) or is_stage_of_kind(line)) and line not in head.title:
            kind = LineKind.DOUBTFUL
        if at < titled_from and is_column(line):
            kind = LineKind.DOUBTFUL
        if at >= start and kind is LineKind.TEXT:
            return
        if kind is not LineKind.TEXT and not known.keeps(line):
            yield at
