"""Finds what stands before the body of a speech: notices, title, occasion (date, place, speaker), salutation.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from opencc import OpenCC

from jianggao.parsing.boilerplate import is_masthead, is_notice, is_vendor_line, is_web_line
from jianggao.parsing.dates import first_date, is_bare_date, is_labelled_date
from jianggao.parsing.first_heading import first_heading, first_line_is_heading, lecture_number
from jianggao.parsing.heading_numbers import FRAME_WORDS, read_mark
from jianggao.parsing.lines import Lines
from jianggao.parsing.salutation import SPACED_OUT, is_salutation, set_close, whole_salutation

_HEAD_LINES = 40
"""A salutation further down than this calls on the audience again; it doesn't open the speech."""
_LONGEST_TITLE_LINE = 60
_LONGEST_TITLE = 120
_LONGEST_OCCASION = 40
_LONGEST_SPEAKER = 24
_SHORTEST_PROSE = 30
_SHORTEST_STRONG_TITLE = 8
_EDITORS_NOTE = re.compile(r"[【（(]?(?:编者的?[按话]|按语?|导语|摘要|内容提要|核心提示)[】）)]?\s*[：:　 ]")
_MOST_TITLE_LINES = 4
_simplified = OpenCC("t2s").convert

_CALL = re.compile(r"[^：:！!。？]{2,40}[：:！!]")

_TITLE_END = re.compile(
    r"(?:讲话|致辞|致词|发言|报告|演讲|党课|讲稿|主持词|总结|寄语|贺词|献词|祝词|讲义|动员|部署|汇报|述职|工作|建议"
    r"|意见|讲座|访谈|奋斗|体会)"
    r"(?:稿|提纲|摘要|全文|材料)?[》）)”]?$"
)
_SPEECH_WORD = re.compile(
    r"讲话|致辞|致词|发言|报告|演讲|党课|动员|总结|讲稿|主持词|寄语|贺词|会上|仪式上|大会|会议|典礼|座谈|论坛|培训"
)
_DASHED = re.compile(r"^[—\-－–]{1,3}")
# （根据录音整理）, 〔2025〕12号
_BRACKETED = re.compile(r"^[（(【\[〔].*[）)】\]〕]$|^[〔\[]\d{4}[〕\]]\s*第?\d+号$")
_LABELLED = re.compile(  # 时间：…, 参会人员：…
    r"(?:会议)?(?:时间|地点|主持人?|参会|参加|出席|列席|记录|记录人|主讲人?|讲话人|授课人?|报告人|汇报人|发言人|作者"
    r"|单位|场合|对象)(?:人员|单位)?\s*[：:]"
)
_SPEAKER = re.compile(
    # ××市市长 ×××, 市委书记：方大川
    r"^(?:[\w×·]{2,20}(?:书记|县长|市长|省长|区长|镇长|乡长|局长|部长|主任|主席|总理|校长|院长|会长|处长|科长|所长"
    r"|董事长|总经理|经理|委员|秘书长|主席|馆长|站长|社长|厂长|副总理|代表)[\s：:]*[\w×·\s]{0,8}"
    # ×××, 方某某, 方 川 or 方大川 alone, 主讲人：方大川
    r"|[×X某]{2,4}|\w{1,3}[×某]{1,3}|[一-鿿]\s?[一-鿿]{1,2}(?:\s[一-鿿]{1,2})?"
    r"|(?:讲话人|主讲人?|报告人|演讲人|发言人|作者)[：:].{1,20})$"
)
_HAN = re.compile(r"[一-鿿]")
_NAME = re.compile(r"[一-鿿]{2,3}|[一-鿿] [一-鿿]{1,2}|[×某X]{2,4}")
_DATE_BEHIND = re.compile(r"\s*[（(〔\[][^（(〔\[]*[）)〕\]]$")
_LONGEST_NAME = 255
"""Characters of a file's name that are looked at; a name in an archive can have 65,535."""
_FILE_DATE = re.compile(r"[\s_（(\[【-]*(?:19|20)\d\d[-_.年]?\d{1,2}[-_.月]?\d{1,2}日?[）)\]】\s_-]*")


@dataclass(slots=True)
class Head:
    """What stands before the body.

    `title` are its lines (none: the text has no title) and `title_done` says that no more will follow.
    `date_lines` are the lines to look for the material date in, `notices` the lines taken out of the head.
    The body begins at the kept line `body_start`.
    """

    title: list[str] = field(default_factory=list)
    occasion: list[str] = field(default_factory=list)
    date_lines: list[str] = field(default_factory=list)
    salutation: str = ""
    body_start: int = 0
    title_done: bool = False
    notices: list[str] = field(default_factory=list)

    def full_title(self) -> str:
        """Returns the title in one line, without a date in brackets behind it.

        Letters that are spaced out (政 府 工 作 报 告) come together.
        """
        written = (
            SPACED_OUT.sub("", self.title[0]) if len(self.title) == 1 else "".join(map(set_close, self.title))
        )
        behind = _DATE_BEHIND.search(written)
        return written[: behind.start()] if behind and is_bare_date(behind[0]) else written


def title_from_name(file_name: str) -> str:
    """Returns a title for a text that has none: its file's name without date and number.

    Returns "" for a name that says nothing (`2025-03-18.txt`, `doc1.txt`).
    """
    stem = _FILE_DATE.sub("", PurePosixPath(file_name).stem[:_LONGEST_NAME])
    stem = re.sub(r"^[\d\s._、-]+", "", stem).strip()
    return stem if len(_HAN.findall(stem)) >= 2 else ""


def read_head(lines: Lines) -> Head:
    """Finds the salutation, or else the first line of the body, and sorts what stands above it.

    Notices, mastheads and repetitions of the title are removed from `lines`.
    """
    _split_salutation_line(lines)
    salutation = _find_salutation(lines.kept)
    if salutation is not None:
        start, stop = salutation
    else:
        start = stop = _find_body(lines.kept)
    head = Head(salutation="".join(set_close(line) for line in lines.kept[start:stop]))
    before = len(lines.kept)
    removed = _head_notices(lines.kept[:start])
    # "来源：渠水网 时间：2025-03-18" goes, but its date counts.
    head.date_lines += [lines.kept[at] for at in removed if is_web_line(lines.kept[at])]
    head.notices += [lines.kept[at] for at in removed]
    lines.remove(removed)
    start -= before - len(lines.kept)
    repeated = []
    for at, line in enumerate(lines.kept[:start]):
        if line in head.title:  # web pages show the title above the text once more
            repeated.append(at)
        else:
            _sort_head_line(head, line)
    lines.remove(repeated)
    salutation_lines = stop - salutation[0] if salutation is not None else 0
    head.body_start = start - len(repeated) + salutation_lines
    return head


# --- salutation ---------------------------------------------------------------------------------------------


def _split_salutation_line(lines: Lines) -> None:
    """Splits a first line such as `同志们：今天…` behind its salutation."""
    lecture = lecture_number(lines.kept)
    for at, line in enumerate(lines.kept[:_HEAD_LINES]):
        call = _CALL.match(line)
        if call and is_salutation(call[0]):
            if call.end() < len(line) and not is_salutation(line):
                lines.split(at, call.end())
            return
        # Behind the first sentence or heading 同志们： calls on the audience again.
        if at and at != lecture and (_is_prose(line) or read_mark(line)):
            return


def _find_salutation(lines: Sequence[str]) -> tuple[int, int] | None:
    """Returns the first line of the salutation and the line behind it, None if there is none.

    What stands behind the first paragraph or heading is none: 同志们， calls there once more.
    """
    lecture = lecture_number(lines)
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if is_salutation(line):
            return whole_salutation(lines, at)
        if at and at != lecture and ((read_mark(line) and len(line) > 1) or _is_prose(line)):
            return None
    return None


# --- where the body begins ----------------------------------------------------------------------------------


def _is_prose(line: str) -> bool:
    """Returns whether the line is a paragraph of the speech: a long sentence, no notice or editor's note."""
    return (
        len(line) > _SHORTEST_PROSE
        and line.endswith(("。", "！", "？"))
        and not _EDITORS_NOTE.match(line)
        and not is_notice(line)
    )


def _find_body(lines: Sequence[str]) -> int:
    """Returns the line at which the body of a text without a salutation begins.

    That is the first heading, sentence or long line; in a text of short lines alone the line behind title and
    occasion.
    """
    heading = first_heading(lines, lambda line: bool(_TITLE_END.search(_simplified(line))), _is_occasion)
    lecture = lecture_number(lines)
    for at, line in enumerate(lines):
        if is_notice(line) and at < _HEAD_LINES:
            continue
        if at == 0:
            if _begins_at_once(lines):
                return 0
        elif at == heading or (at != lecture and _begins_body(line)):
            return at
    return _behind_first_lines(lines)


def _begins_body(line: str) -> bool:
    return (
        # A date under the title can begin as a numbered heading does.
        (read_mark(line) is not None and not is_bare_date(line))
        or len(line) > _LONGEST_TITLE_LINE
        or bool(FRAME_WORDS.fullmatch(line))
        or line.endswith(("。", "？", "；"))
        or (line.endswith(("：", ":", "！")) and not is_web_line(line))
    )


def _begins_at_once(lines: Sequence[str]) -> bool:
    """Returns whether the first line is a paragraph or heading of the body, so that there is no title."""
    length = len(lines[0])
    return (
        (length > _SHORTEST_PROSE and lines[0].endswith("。"))
        or length > _LONGEST_TITLE
        or first_line_is_heading(lines)
    )


def _behind_first_lines(lines: Sequence[str]) -> int:
    """Returns the line behind title and occasion in a text of short lines: a poem, an agenda.

    Returns the number of lines, so that there is no body, where a title comes later or less than two lines
    are left.
    """
    at = 1
    while at < len(lines) and (_is_occasion(lines[at]) or is_web_line(lines[at])):
        at += 1
    has_body = len(lines) - at >= 2 and not any(_is_strong_title(line) for line in lines[at:])
    return at if has_body else len(lines)


# --- title --------------------------------------------------------------------------------------------------


def _head_notices(lines: Sequence[str]) -> list[int]:
    """Returns which lines of the head are notices or mastheads.

    A vendor's name has no features of its own: a nameless line above the title goes where a notice stands
    above the title, too (内部资料 请勿外传 / 听雨文稿 / 在年中工作会上的讲话).
    """
    notices = _lines_like_notices(lines)
    left_out = set(notices)
    title = _best_title(lines, [at for at in range(len(lines)) if at not in left_out])
    if title is None:
        return notices
    if any(at < title and is_notice(lines[at]) for at in notices):
        first = _first_title_line(lines, title, max(at for at in notices if at < title))
        return [*range(first), *(at for at in notices if at > title)]
    mastheads = [at for at in range(title) if is_masthead(lines[at])]
    return sorted({*notices, *mastheads})


def _lines_like_notices(lines: Sequence[str]) -> list[int]:
    """Returns the lines that look like notices, but never all of them."""
    notices = [
        at
        for at, line in enumerate(lines)
        if (is_notice(line) and not is_labelled_date(line)) or is_web_line(line)
    ]
    if len(notices) == len(lines) and lines:
        # One of them must be the title: 关于严禁转卖化肥的讲话 looks like a notice by its words.
        best = _best_title(lines, notices)
        notices = [at for at in notices if at != best]
    return notices


def _first_title_line(lines: Sequence[str], title: int, last_notice: int) -> int:
    """Returns where a title begins that takes several lines up to `title`; `last_notice` stands above it."""
    first = title
    while first - 1 > last_notice and _continues_into_title(lines[first - 1]):
        first -= 1
    return first


def _best_title(lines: Sequence[str], choices: Sequence[int]) -> int | None:
    """Returns the line most like a title: the first with a word for a speech, else the first of the
    choices."""
    choices = [
        at for at in choices if not is_labelled_date(lines[at]) and not is_masthead(lines[at])
    ] or choices
    for at in choices:
        # ——在年中工作会上的讲话 is a subtitle: the title stands above it.
        if _SPEECH_WORD.search(_simplified(lines[at])) and not _DASHED.match(lines[at]):
            return at
    return next(iter(choices), None)


def _is_strong_title(line: str) -> bool:
    return bool(_TITLE_END.search(_simplified(line)) and len(line) >= _SHORTEST_STRONG_TITLE)


def _continues_into_title(line: str) -> bool:
    """Returns whether the title can begin in this line above it: 在全县水利冬修 / 动员会上的讲话."""
    return (
        len(line) >= 4  # 听雨 is a vendor's name, not the beginning of a title
        and not _is_occasion(line)
        and not is_labelled_date(line)
        and not is_vendor_line(line)
        and not is_masthead(line)
    )


def _sort_head_line(head: Head, line: str) -> None:
    """Adds a line to the head's title, occasion or dates."""
    if is_labelled_date(line):
        head.date_lines.append(line)
        head.occasion.append(line)
    elif not head.title:
        # A date may stand above the title: 2025年3月18日 / 在年中工作会上的讲话
        (head.occasion if is_bare_date(line) else head.title).append(line)
    elif head.title_done or _is_occasion(line) or _is_whole_title(head.title, line):
        head.occasion.append(line)
        head.title_done = True
    elif len(head.title) == 1 and _NAME.fullmatch(head.title[0]) and line.startswith(("在", "关于")):
        # The speaker's name stands above the title: 方大川 / 在年中工作会上的讲话
        head.occasion.append(head.title[0])
        head.title = [line]
    else:
        head.title.append(line)


def _is_whole_title(title: Sequence[str], line: str) -> bool:
    """Returns whether the lines of `title` are all of it, so that `line` is something else."""
    written = "".join(title)
    return (
        # 讲话 or 报告 ends a title, but a line as short as 工作报告 is only the first part of one.
        bool(_TITLE_END.search(_simplified(title[-1])) and len(written) > 6)
        or len(title) >= _MOST_TITLE_LINES
        or len(written) + len(line) > _LONGEST_TITLE
    )


def _is_occasion(line: str) -> bool:
    """Returns whether a line under the title says when, where or who.

    That is a date, （…）, ——在…会上, a label such as 地点：, a name with or without office.
    """
    if _DASHED.match(line) or _BRACKETED.match(line) or _LABELLED.match(line) or is_bare_date(line):
        return True
    # 方大川（2025年3月18日） is an occasion, 2025年3月18日在年中工作会上的讲话 a title.
    has_date = (
        first_date([line]) is not None
        and len(line) <= _LONGEST_OCCASION
        and not _SPEECH_WORD.search(line[-4:])
    )
    return has_date or bool(
        len(line) <= _LONGEST_SPEAKER and _SPEAKER.match(line) and not _TITLE_END.search(set_close(line))
    )
