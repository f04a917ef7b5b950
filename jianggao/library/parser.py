"""A source text becomes a speech: notices out, title, occasion, salutation, the heading tree, sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from jianggao.library.cleaning import (
    is_contents_line,
    is_layout,
    is_notice,
    is_notice_inside,
    is_trade_line,
    tidy,
    visible,
)
from jianggao.library.dates import first_date, is_date_line, material_date
from jianggao.library.headings import POINTS, Found, Kind, find_headings, read_mark
from jianggao.library.model import Heading, ParsedSpeech
from jianggao.library.sections import cut_sections

VERSION = "2"
"""Goes up with every change of what `parse` gives: files are then read again."""

_HEAD_LINES = 40
_LONGEST_TITLE_LINE = 60
_SALUTATION_WORDS = re.compile(
    r"同志|代表|委员|朋友|先生|女士|来宾|嘉宾|老师|同学|同仁|同事|乡亲|战友|家长|校友|领导|前辈|青年|孩子|学员|居民|村民"
    r"|工友|战士|官兵|员工|伙伴|各位|大家|尊敬的|亲爱的|主席|主任|书记|校长|院长|新人|师傅|医生|护士|师生|企业家|劳模"
)
_SALUTATION_END = re.compile(r"[：:！!]$")
_TITLE_END = re.compile(
    r"(?:讲话|致辞|致词|发言|报告|演讲|党课|讲稿|主持词|总结|寄语|贺词|献词|祝词|讲义|动员|部署|汇报|述职|工作|建议|意见|讲座|访谈|奋斗|体会)"
    r"(?:稿|提纲|摘要|全文|材料)?[》）)”]?$"
)
_SPEECH_WORD = re.compile(
    r"讲话|致辞|致词|发言|报告|演讲|党课|动员|总结|讲稿|主持词|寄语|贺词|会上|仪式上|大会|会议|典礼|座谈|论坛|培训"
)
_DASHED = re.compile(r"^[—\-－–]{1,3}")
_BRACKETED = re.compile(r"^[（(【\[].*[）)】\]]$")
_BRACKETS_AROUND = re.compile(r"^[（(【\[—\-－–\s]+|[）)】\]—\-－–\s]+$")
_SPEAKER = re.compile(
    r"^(?:[\w×·]{2,20}(?:书记|县长|市长|省长|区长|镇长|乡长|局长|部长|主任|主席|总理|校长|院长|会长|处长|科长|所长|董事长|总经理|经理|委员|秘书长|主席|馆长|站长|社长|厂长|副总理|代表)[\s：:]*[\w×·\s]{0,8}"
    r"|[×X某]{2,4}|\w{1,3}[×某]{1,3}|[一-鿿]\s?[一-鿿]{1,2}(?:\s[一-鿿]{1,2})?|(?:讲话人|主讲人?|报告人|演讲人|发言人|作者)[：:].{1,20})$"
)
_SPACED_OUT = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
_NOTES = re.compile(
    r"[（(【\[]?(?:附?注释?|附注|备注|名词解释|名词注释|相关名词解释|术语解释)[）)】\]]?[：:]?"
)
_EXPLANATION = re.compile(r"[0-9０-９]{1,2}\s*[.．、][^。：:]{2,40}[：:]")
_CLOSING_WORDS = re.compile(r"^(?:让我们|最后[，,]|祝愿?|衷心祝|预祝|谢谢|我的讲话完|我就讲|以上|总之)")


@dataclass(slots=True)
class _Lines:
    """The lines of a text being sorted; `removed` keeps what was taken out, in the order of the source."""

    kept: list[str] = field(default_factory=list)
    removed: list[tuple[int, str]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def remove(self, chosen: Sequence[int]) -> None:
        """Take out the kept lines with these indexes."""
        out = set(chosen)
        self.removed += [(self.places[at], self.kept[at]) for at in out]
        self.kept = [line for at, line in enumerate(self.kept) if at not in out]
        self.places = [place for at, place in enumerate(self.places) if at not in out]


def parse(text: str, file_name: str, today: date) -> ParsedSpeech | str:
    """The speech in `text`, or the reason (Chinese) why there is none. Never raises for what a text holds."""
    lines = _sort_lines(text)
    head = _read_head(lines)
    _clean_body(lines, head)
    front = lines.kept[: head.body_start]
    body = lines.kept[head.body_start :]
    if not head.title:
        return "只有声明或空行，没有正文"
    if not body:
        return "只有一行，没有正文" if len(front) <= 1 else "只有标题，没有正文"
    cleaned = "\n".join([*front, *body]) + "\n"
    headings, closing = _headings(body, len("\n".join([*front, ""])), head.salutation)
    front_end = sum(len(line) + 1 for line in front)
    headings, sections = cut_sections(cleaned, front_end, headings, closing)
    dated = material_date(head.date_lines, file_name, [*head.occasion, *head.title], today)
    problems = list(dated.problems)
    if headings and not any(cleaned[s.start : s.end].strip() for s in sections if s.heading is not None):
        problems.append("只有小标题，没有正文")
    return ParsedSpeech(
        title=_title(head.title),
        salutation=head.salutation,
        occasion="\n".join(head.occasion),
        date=dated.day,
        date_origin=dated.origin,
        text=cleaned,
        headings=tuple(headings),
        sections=tuple(sections),
        removed=tuple(line for _, line in sorted(lines.removed)),
        problems=tuple(problems),
    )


def _title(lines: Sequence[str]) -> str:
    return _SPACED_OUT.sub("", "".join(lines)) if len(lines) == 1 else "".join(lines)


def _sort_lines(text: str) -> _Lines:
    """All lines that say something, without layout and contents."""
    lines = _Lines()
    for place, raw in enumerate(visible(text).split("\n")):
        line = tidy(raw)
        if not line:
            continue
        lines.kept.append(line)
        lines.places.append(place)
    lines.remove([at for at, line in enumerate(lines.kept) if is_layout(line)])
    lines.remove(_contents(lines.kept))
    return lines


def _contents(lines: Sequence[str]) -> list[int]:
    """A table of contents: lines with page numbers at the head, and the word 目录 above them."""
    pages = [at for at, line in enumerate(lines[:80]) if is_contents_line(line)]
    return pages if len(pages) >= 3 else []


# --- head -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Head:
    """What stands before the body; `body_start` counts kept lines."""

    title: list[str] = field(default_factory=list)
    occasion: list[str] = field(default_factory=list)
    date_lines: list[str] = field(default_factory=list)
    salutation: str = ""
    body_start: int = 0


def _read_head(lines: _Lines) -> _Head:
    """Find the salutation or the first paragraph; above it, notices out, then title and occasion."""
    salutation = _find_salutation(lines.kept)
    end = salutation if salutation is not None else _find_body(lines.kept)
    before = len(lines.kept)
    lines.remove(_head_notices(lines.kept[:end]))
    end -= before - len(lines.kept)
    head = _Head()
    for line in lines.kept[:end]:
        _sort_head_line(head, line)
    head.body_start = end
    if salutation is not None:
        head.salutation = lines.kept[end]
        head.body_start = end + 1
    return head


def _find_salutation(lines: Sequence[str]) -> int | None:
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if is_salutation(line):
            return at
        if at and read_mark(line) and len(line) > 1:
            return None
    return None


def is_salutation(line: str) -> bool:
    """同志们： and its like: a short line of its own that calls on people."""
    if len(line) > 60 or not _SALUTATION_END.search(line) or not _SALUTATION_WORDS.search(line):
        return False
    inner = line[:-1]
    if re.search(
        r"[。；：:！!]|[一二三四五六七八九十两\d]+(?:点|条|个方面|件事|句话|个字)|如下|下面|讲话$|报告$|强调|提出|要求|指出|讲",
        inner,
    ):
        return False
    called = re.split(r"[，,、\s]", inner)[-1]
    return (
        bool(
            re.search(
                r"们$|^各位|^尊敬的|^亲爱的|同志$|朋友$|代表$|委员$|同仁$|来宾$|老师$|同学$|乡亲$|大家好?$",
                called,
            )
        )
        or "各位" in inner
    )


def _find_body(lines: Sequence[str]) -> int:
    """Without a salutation the body begins at the first heading, sentence or long line."""
    for at, line in enumerate(lines):
        if at == 0 or (is_notice(line) and at < _HEAD_LINES):
            continue
        if (
            read_mark(line) is not None
            or len(line) > _LONGEST_TITLE_LINE
            or line.endswith(("。", "？", "；"))
        ):
            return at
        if line.endswith(("：", ":", "！")) and not is_notice(line):
            return at
    return len(lines)


def _head_notices(lines: Sequence[str]) -> list[int]:
    """Notices above and below the title; nameless lines between notices above the title go with them."""
    told = [at for at, line in enumerate(lines) if is_notice(line) and not is_date_line(line)]
    if len(told) == len(lines) and lines:
        told = [at for at in told if at != _best_title(lines, told)]
    if not told:
        return []
    title = _best_title(lines, [at for at in range(len(lines)) if at not in told])
    if title is None:
        return told
    above = [at for at in told if at < title]
    first_title = title
    if above:
        while first_title - 1 > above[-1] and _continues_into_title(lines[first_title - 1]):
            first_title -= 1
        return [*range(first_title), *(at for at in told if at > title)]
    return told


def _best_title(lines: Sequence[str], choices: Sequence[int]) -> int | None:
    """The line most like a title; the first of the choices where none is."""
    for at in choices:
        if _SPEECH_WORD.search(lines[at]) and not _DASHED.match(lines[at]) and not is_date_line(lines[at]):
            return at
    return next((at for at in choices if not is_date_line(lines[at])), None)


def _continues_into_title(line: str) -> bool:
    return len(line) >= 4 and not _is_occasion(line) and not is_date_line(line) and not is_trade_line(line)


def _sort_head_line(head: _Head, line: str) -> None:
    if is_date_line(line):
        head.date_lines.append(line)
        head.occasion.append(line)
    elif not head.title:
        head.title.append(line)
    elif (
        head.occasion
        or _is_occasion(line)
        or (_TITLE_END.search(head.title[-1]) and len("".join(head.title)) > 6)
    ):
        head.occasion.append(line)
    else:
        head.title.append(line)


def _is_occasion(line: str) -> bool:
    """A line under the title that says when, where or who: a date, （…）, ——在…上, a name with or without office."""
    if _DASHED.match(line) or _BRACKETED.match(line):
        return True
    dated = first_date([line]) is not None and len(line) <= 40 and not _SPEECH_WORD.search(line[-4:])
    return dated or bool(len(line) <= 24 and _SPEAKER.match(line) and not _TITLE_END.search(line))


# --- body -------------------------------------------------------------------------------------------------------


def _clean_body(lines: _Lines, head: _Head) -> None:
    """Notices out of the body: from the start and the end by features, in the middle only what is beyond doubt."""
    known = [line for _, line in lines.removed if len(line) >= 6]
    chosen: set[int] = set()
    start, end = head.body_start, len(lines.kept)
    while end > start and _is_end_notice(lines.kept[end - 1], has_notices=bool(known)):
        end -= 1
        chosen.add(end)
    if start < end and is_notice(lines.kept[start]) and is_notice_inside(lines.kept[start], known):
        chosen.add(start)
    for at in range(start, end):
        if is_notice_inside(lines.kept[at], known):
            chosen.add(at)
    lines.remove(sorted(chosen))


def _is_end_notice(line: str, *, has_notices: bool) -> bool:
    """A notice at the end; where the text has others, one that only speaks of the trade is one too."""
    if has_notices and is_trade_line(_BRACKETS_AROUND.sub("", line)):
        return True
    return is_notice(line) and not _is_prose(line)


def _is_prose(line: str) -> bool:
    """A sentence of the speech that happens to name a telephone or a prohibition."""
    return bool(re.match(r"同志们|各位|让我们|我们|希望|要|谢谢", line)) and line.endswith(("。", "！", "!"))


def _headings(body: Sequence[str], offset: int, salutation: str) -> tuple[list[Heading], int | None]:
    """The headings of the body with their offsets in the cleaned text, and where the closing begins (None: no
    closing that can be told from the last section)."""
    starts = []
    at = offset
    for paragraph in body:
        starts.append(at)
        at += len(paragraph) + 1
    notes = _notes(body)
    found = [one for one in find_headings(body) if one.paragraph < notes]
    closing = _closing(body[:notes], found, salutation)
    if closing is None and notes < len(body):
        closing = notes
    if closing is not None:
        found = [one for one in found if one.paragraph < closing]
    levels = _levels(found)
    headings = [
        Heading(
            level=level,
            mark=one.mark,
            text=one.text,
            start=starts[one.paragraph],
            end=starts[one.paragraph] + one.length + (one.length == len(body[one.paragraph])),
            run_in=one.run_in,
        )
        for one, level in zip(found, levels, strict=True)
    ]
    return headings, None if closing is None else starts[closing]


def _closing(body: Sequence[str], found: Sequence[Found], salutation: str) -> int | None:
    """The paragraph where the speaker turns to the audience again behind the last heading."""
    if not found:
        return None
    last = found[-1].paragraph
    calls = re.escape(re.sub(r"[：:！!]$", "", salutation)) if salutation else "(?!)"
    again = re.compile(
        rf"^(?:{calls}|同志们|各位代表|各位[^，！。]{{1,6}}|朋友们|同学们|老师们|乡亲们|同事们)[，,！!：:]"
    )
    choices = range(max(last + 1, len(body) - 6), len(body))
    takes_all = found[-1].length == len(body[last])
    called = [at for at in choices if again.match(body[at]) and not (takes_all and at == last + 1)]
    if called:
        return called[0]
    told = [at for at in choices if _CLOSING_WORDS.match(body[at])]
    return told[0] if told and len(body) - told[0] <= 3 else None


def _notes(body: Sequence[str]) -> int:
    """Where notes and explanations of terms behind the speech begin; the body's length if there are none."""
    half = len(body) // 2
    for at in range(half, len(body)):
        if _NOTES.fullmatch(body[at]):
            return at
    at = len(body)
    while at > half and _EXPLANATION.match(body[at - 1]):
        at -= 1
    return at if len(body) - at >= 3 else len(body)


def _levels(found: Sequence[Found]) -> list[int]:
    """The depth of each heading: kinds nest in the order of official documents, points below what they stand under."""
    stack: list[Kind] = []
    levels = []
    for one in found:
        kind = one.kind
        if kind in POINTS and kind not in stack:
            pass
        elif kind in POINTS:
            while stack[-1] is not kind:
                stack.pop()
            stack.pop()
        else:
            while stack and stack[-1] >= kind:
                stack.pop()
        stack.append(kind)
        levels.append(len(stack))
    return levels
