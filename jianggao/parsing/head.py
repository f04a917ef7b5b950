"""What stands before a speech: notices, title, occasion, salutation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from opencc import OpenCC

from jianggao.parsing.boilerplate import is_masthead, is_notice, is_vendor_line, is_web_line
from jianggao.parsing.dates import first_date, is_bare_date, is_labelled_date
from jianggao.parsing.heading_numbers import FRAME_WORDS, read_mark
from jianggao.parsing.lines import Lines

_HEAD_LINES = 40
_LONGEST_TITLE_LINE = 60
_LONGEST_TITLE = 120
_SHORTEST_PROSE = 30
_EDITORS_NOTE = re.compile(r"[【（(]?(?:编者的?[按话]|按语?|导语|摘要|内容提要|核心提示)[】）)]?\s*[：:　 ]")
_MOST_TITLE_LINES = 4
_simplified = OpenCC("t2s").convert
_SALUTATION_WORDS = re.compile(
    r"同志|代表|委员|朋友|先生|女士|来宾|嘉宾|老师|同学|同仁|同事|乡亲|战友|家长|校友|领导|前辈|青年|孩子|学员|居民|村民"
    r"|工友|战士|官兵|员工|伙伴|各位|大家|尊敬的|亲爱的|主席|主任|书记|校长|院长|新人|师傅|医生|护士|师生|企业家|劳模"
)
_CALLED = re.compile(
    r"们$|^各位|^尊敬的|^亲爱的|同志$|朋友$|代表$|委员$|同仁$|来宾$|老师$|同学$|乡亲$|大家好?$"
)
_SAYS_SOMETHING = re.compile(r"[我你他](?!的|们的)|请|祝|谢|欢迎|审议|汇报|参加|出席|现在")
_SALUTATION_END = re.compile(r"[：:！!]$")
_TITLE_END = re.compile(
    r"(?:讲话|致辞|致词|发言|报告|演讲|党课|讲稿|主持词|总结|寄语|贺词|献词|祝词|讲义|动员|部署|汇报|述职|工作|建议|意见|讲座|访谈|奋斗|体会)"
    r"(?:稿|提纲|摘要|全文|材料)?[》）)”]?$"
)
_SPEECH_WORD = re.compile(
    r"讲话|致辞|致词|发言|报告|演讲|党课|动员|总结|讲稿|主持词|寄语|贺词|会上|仪式上|大会|会议|典礼|座谈|论坛|培训"
)
_DASHED = re.compile(r"^[—\-－–]{1,3}")
_BRACKETED = re.compile(r"^[（(【\[〔].*[）)】\]〕]$|^[〔\[]\d{4}[〕\]]\s*第?\d+号$")
_LABELLED = re.compile(
    r"(?:会议)?(?:时间|地点|主持人?|参会|参加|出席|列席|记录|记录人|主讲人?|讲话人|授课人?|报告人|汇报人|发言人|作者|单位|场合|对象)(?:人员|单位)?\s*[：:]"
)
_SPEAKER = re.compile(
    r"^(?:[\w×·]{2,20}(?:书记|县长|市长|省长|区长|镇长|乡长|局长|部长|主任|主席|总理|校长|院长|会长|处长|科长|所长|董事长|总经理|经理|委员|秘书长|主席|馆长|站长|社长|厂长|副总理|代表)[\s：:]*[\w×·\s]{0,8}"
    r"|[×X某]{2,4}|\w{1,3}[×某]{1,3}|[一-鿿]\s?[一-鿿]{1,2}(?:\s[一-鿿]{1,2})?|(?:讲话人|主讲人?|报告人|演讲人|发言人|作者)[：:].{1,20})$"
)
_SPACED_OUT = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
_HAN = re.compile(r"[一-鿿]")
_CALL = re.compile(r"[^：:！!。？]{2,40}[：:！!]")
_GREETING = re.compile(
    r"(?:大家|各位|你们|您们?|同志们|同学们)?(?:上午|下午|早上|晚上|中午|新年|节日)?好[！!。]?"
)
_NAME = re.compile(r"[一-鿿]{2,3}|[一-鿿] [一-鿿]{1,2}|[×某X]{2,4}")
_DATE_BEHIND = re.compile(r"\s*[（(〔\[][^（(〔\[]*[）)〕\]]$")
_LONGEST_NAME = 255
"""Characters of a file's name that are looked at; one in an archive can have 65,535."""
_FILE_DATE = re.compile(r"[\s_（(\[【-]*(?:19|20)\d\d[-_.年]?\d{1,2}[-_.月]?\d{1,2}日?[）)\]】\s_-]*")


@dataclass(slots=True)
class Head:
    """What stands before the body; `body_start` counts kept lines. Without `title` the text has none."""

    title: list[str] = field(default_factory=list)
    occasion: list[str] = field(default_factory=list)
    date_lines: list[str] = field(default_factory=list)
    salutation: str = ""
    body_start: int = 0
    title_done: bool = False
    notices: list[str] = field(default_factory=list)

    def full_title(self) -> str:
        """The title in one line, without a date in brackets behind it; letters set apart (政 府 工 作 报 告) come
        together."""
        written = (
            _SPACED_OUT.sub("", self.title[0])
            if len(self.title) == 1
            else "".join(map(_set_close, self.title))
        )
        behind = _DATE_BEHIND.search(written)
        return written[: behind.start()] if behind and is_bare_date(behind[0]) else written


def title_from_name(file_name: str) -> str:
    """A title for a text that has none: its file's name without date and number; "" if that says nothing."""
    stem = _FILE_DATE.sub("", PurePosixPath(file_name).stem[:_LONGEST_NAME])
    stem = re.sub(r"^[\d\s._、-]+", "", stem).strip()
    return stem if len(_HAN.findall(stem)) >= 2 else ""


def read_head(lines: Lines) -> Head:
    """Find the salutation or the first paragraph; above it, notices out, then title and occasion."""
    _part_salutation(lines)
    called = _find_salutation(lines.kept)
    start, stop = called if called is not None else (_find_body(lines.kept),) * 2
    head = Head(salutation="".join(_set_close(line) for line in lines.kept[start:stop]))
    before = len(lines.kept)
    removed = _head_notices(lines.kept[:start])
    head.date_lines += [lines.kept[at] for at in removed if is_web_line(lines.kept[at])]
    head.notices += [lines.kept[at] for at in removed]
    lines.remove(removed)
    start -= before - len(lines.kept)
    repeated = []
    for at, line in enumerate(lines.kept[:start]):
        if line in head.title:
            repeated.append(at)
        else:
            _sort_head_line(head, line)
    lines.remove(repeated)
    head.body_start = start - len(repeated) + (stop - called[0] if called is not None else 0)
    return head


# --- salutation ---------------------------------------------------------------------------------------------------


def _part_salutation(lines: Lines) -> None:
    """`同志们：今天…` on one line becomes two."""
    for at, line in enumerate(lines.kept[:_HEAD_LINES]):
        call = _CALL.match(line)
        if call and is_salutation(call[0]):
            if call.end() < len(line) and not is_salutation(line):
                lines.split(at, call.end())
            return
        if at and (_is_prose(line) or read_mark(line)):
            return


def _find_salutation(lines: Sequence[str]) -> tuple[int, int] | None:
    """The lines of the salutation; it can take several (各位来宾， / 同志们：). None behind the first paragraph."""
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if is_salutation(line):
            return _whole_salutation(lines, at)
        if at and ((read_mark(line) and len(line) > 1) or _is_prose(line)):
            return None
    return None


def _whole_salutation(lines: Sequence[str], at: int) -> tuple[int, int]:
    start, stop = at, at + 1
    while start and re.search(r"[，,、]$", lines[start - 1]) and is_salutation(lines[start - 1][:-1] + "："):
        start -= 1
    while stop < len(lines) and is_salutation(lines[stop]) and not _GREETING.fullmatch(lines[stop]):
        stop += 1
    return start, stop


def is_salutation(line: str) -> bool:
    """同志们： and its like: a short line of its own that calls on people."""
    line = _SPACED_OUT.sub("", _simplified(line))
    if len(line) > 60 or not _SALUTATION_END.search(line) or not _SALUTATION_WORDS.search(line):
        return False
    inner = line[:-1]
    if re.search(
        r"[。；：:！!]|[一二三四五六七八九十两\d]+(?:点|条|个方面|件事|句话|个字)|如下|下面|讲话$|报告$|强调|提出|要求|指出|讲|^欢迎|^感谢",
        inner,
    ):
        return False
    called = re.split(r"[，,、\s]", inner)[-1]
    return (
        (bool(_CALLED.search(called)) and not _SAYS_SOMETHING.search(called))
        or ("各位" in inner and not _SAYS_SOMETHING.search(inner))
        or inner.startswith(("尊敬的", "敬爱的", "亲爱的"))
    )


def _set_close(line: str) -> str:
    """同 志 们： and 讲 话 without their blanks."""
    return line.replace(" ", "") if re.fullmatch(r"(?:[一-鿿] )+[一-鿿]? ?[：:！!]?", line) else line


def _is_prose(line: str) -> bool:
    """A paragraph of the speech; an editor's note above it is none."""
    return (
        len(line) > _SHORTEST_PROSE
        and line.endswith(("。", "！", "？"))
        and not _EDITORS_NOTE.match(line)
        and not is_notice(line)
    )


def _find_body(lines: Sequence[str]) -> int:
    """Without a salutation the body begins at the first heading, sentence or long line; in a text of short lines
    alone, behind title and occasion."""
    for at, line in enumerate(lines):
        if is_notice(line) and at < _HEAD_LINES:
            continue
        if at == 0:
            if _begins_at_once(lines):
                return 0
        elif (
            (read_mark(line) is not None and not is_bare_date(line))
            or len(line) > _LONGEST_TITLE_LINE
            or FRAME_WORDS.fullmatch(line)
            or line.endswith(("。", "？", "；"))
            or (line.endswith(("：", ":", "！")) and not is_web_line(line))
        ):
            return at
    return _behind_first_lines(lines)


def _begins_at_once(lines: Sequence[str]) -> bool:
    """A first line that is a paragraph or a heading of the body, not a title."""
    mark = read_mark(lines[0])
    length = len(lines[0])
    return (
        (length > _SHORTEST_PROSE and lines[0].endswith("。"))
        or length > _LONGEST_TITLE
        or (mark is not None and not mark.loose and any(read_mark(line) for line in lines[1:]))
    )


def _behind_first_lines(lines: Sequence[str]) -> int:
    at = 1
    while at < len(lines) and (_is_occasion(lines[at]) or is_web_line(lines[at])):
        at += 1
    return (
        at if len(lines) - at >= 2 and not any(_is_strong_title(line) for line in lines[at:]) else len(lines)
    )


# --- title --------------------------------------------------------------------------------------------------------


def _head_notices(lines: Sequence[str]) -> list[int]:
    """Notices above and below the title; nameless lines between notices above the title go with them."""
    told = [
        at
        for at, line in enumerate(lines)
        if (is_notice(line) and not is_labelled_date(line)) or is_web_line(line)
    ]
    if len(told) == len(lines) and lines:
        best = _best_title(lines, told)
        told = [at for at in told if at != best]
    out = set(told)
    title = _best_title(lines, [at for at in range(len(lines)) if at not in out])
    if title is None:
        return told
    first_title = title
    if any(at < title and is_notice(lines[at]) for at in told):
        above = [at for at in told if at < title]
        while first_title - 1 > above[-1] and _continues_into_title(lines[first_title - 1]):
            first_title -= 1
        return [*range(first_title), *(at for at in told if at > title)]
    mastheads = [at for at in range(title) if is_masthead(lines[at])]
    return sorted({*told, *mastheads})


def _best_title(lines: Sequence[str], choices: Sequence[int]) -> int | None:
    """The line most like a title; the first of the choices where none is."""
    choices = [
        at for at in choices if not is_labelled_date(lines[at]) and not is_masthead(lines[at])
    ] or choices
    for at in choices:
        if _SPEECH_WORD.search(_simplified(lines[at])) and not _DASHED.match(lines[at]):
            return at
    return next(iter(choices), None)


def _is_strong_title(line: str) -> bool:
    return bool(_TITLE_END.search(_simplified(line)) and len(line) >= 8)


def _continues_into_title(line: str) -> bool:
    return (
        len(line) >= 4
        and not _is_occasion(line)
        and not is_labelled_date(line)
        and not is_vendor_line(line)
        and not is_masthead(line)
    )


def _sort_head_line(head: Head, line: str) -> None:
    if is_labelled_date(line):
        head.date_lines.append(line)
        head.occasion.append(line)
    elif not head.title:
        (head.occasion if is_bare_date(line) else head.title).append(line)
    elif head.title_done or _is_occasion(line) or _is_whole_title(head.title, line):
        head.occasion.append(line)
        head.title_done = True
    elif len(head.title) == 1 and _NAME.fullmatch(head.title[0]) and line.startswith(("在", "关于")):
        head.occasion.append(head.title[0])
        head.title = [line]
    else:
        head.title.append(line)


def _is_whole_title(title: Sequence[str], line: str) -> bool:
    """Whether the lines of a title are all of it, and `line` is something else."""
    written = "".join(title)
    return (
        bool(_TITLE_END.search(_simplified(title[-1])) and len(written) > 6)
        or len(title) >= _MOST_TITLE_LINES
        or len(written) + len(line) > _LONGEST_TITLE
    )


def _is_occasion(line: str) -> bool:
    """A line under the title that says when, where or who: a date, （…）, ——在…上, a name with or without office."""
    if _DASHED.match(line) or _BRACKETED.match(line) or _LABELLED.match(line) or is_bare_date(line):
        return True
    dated = first_date([line]) is not None and len(line) <= 40 and not _SPEECH_WORD.search(line[-4:])
    return dated or bool(len(line) <= 24 and _SPEAKER.match(line) and not _TITLE_END.search(_set_close(line)))
