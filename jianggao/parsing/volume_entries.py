"""Finds the entries of an exported notebook: texts with a line of date and time above each (2025年3月18日 07:41), parted
by rows of dashes or by blank lines.

The line above an entry belongs to it, never to the entry before, which would get its date. Entries that aren't surely
such are told. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jianggao.parsing.heading_numbers import NumberKind, read_mark
from jianggao.parsing.page_layout import is_layout
from jianggao.parsing.volume_beginnings import SHORTEST_BODY, SHORTEST_SURE_BODY
from jianggao.parsing.volume_collections import is_collection_title, speaker_of
from jianggao.parsing.volume_evidence import VolumeEvidence, is_row, letters_of_prose
from jianggao.parsing.volume_titles import (
    LONGEST_TITLE_LINE,
    TitleForm,
    is_date_line,
    salutation_lines,
    title_form,
)

_FEWEST = 2
_MOST_ABOVE = 6
"""Lines above the first entry: what was exported, how many, a row of dashes."""
_MOST_TITLE = 2
"""Lines of title between date and salutation."""
_LONGEST_STAMP = 40
_CLOCK = re.compile(r"\d[:：]\d\d|[\d一二三四五六七八九十][时点]")
_DAY = re.compile(r"\d[年.\-/月]\s?\d|[〇○零一二三四五六七八九十]{1,4}[年月]")
# What stands beside the date of an entry: 星期六, 上午, 修改于, 320字.
_BESIDE_DATE = re.compile(
    r"(?:星期|周|礼拜)[一二三四五六日天]|[上下]午|早上|晚上|中午|凌晨|傍晚|(?:最后)?(?:创建|修改|编辑|更新|记录|保存)(?:时间|日期|于)?|共?\d{1,6}\s?字"
)
_OF_DATE = re.compile(
    r"[\d\s年月日号时点分秒半整〇○零一二三四五六七八九十廿卅T.\-/:：,，|｜·()（）【】\[\]]{1,40}"
)
_NUMBERS = re.compile(r"\d{1,9}|[〇○零一二三四五六七八九十廿卅]{1,6}")
# 各位伙伴，晚上好。 in a line that goes on
_GREETS = re.compile(
    r"(?:各位|大家|同志们|同学们|老师们|朋友们|乡亲们|同事们|家长们|你们)[^。！？]{0,12}(?:好|[，,])"
)
# 备忘录, 已导出 4 条, 导出时间：2025年3月18日
_EXPORT = re.compile(
    r"(?:我的|全部|所有)?(?:备忘录?|便签|便笺|笔记本?|记事本?|日记|随手记|语音备忘录?|Notes?|Memos?)(?:导出|备份|列表)?.{0,12}"
    r"|(?:已?(?:导出|备份|选择)|共计?|合计).{0,6}\d{1,4}\s?[条篇则个项份].{0,8}|(?:导出|备份)(?:时间|日期|于|自|来源).{1,30}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entries:
    """The lines at which the entries begin, and whether the lines above the first one are the export's own."""

    starts: tuple[int, ...] = ()
    has_own_front: bool = False


def find_entries(evidence: VolumeEvidence) -> Entries:
    """Returns the entries of a notebook; none if they aren't surely speeches.

    The first of them stands at the head of the file, and all have the same form of date above them, or below their
    titles.
    """
    first = _first_entry(evidence)
    if first is None:
        return Entries()
    form = _form_at(evidence, first)
    alike = [at for at in range(first + 1, len(evidence.texts)) if _form_at(evidence, at) == form]
    found = [first]
    for at in alike:
        if _begins_entry(evidence, at, found[-1]):
            found.append(at)
    # A log of the hours at a sluice has neither titles nor anybody who is called.
    headed = sum(_is_headed(evidence, at) for at in found)
    if len(found) < _FEWEST or 2 * headed < len(found):
        return Entries()
    # Where rows of signs part the entries, one without a title and a salutation is one, too.
    if all(is_row(evidence.texts[at - 1]) for at in found[1:]):
        found = [first, *(at for at in alike if _is_below_row(evidence, at))]
    return Entries(tuple(found), _is_own_front(evidence, first))


def doubtful_entries(evidence: VolumeEvidence, first: int) -> Iterator[int]:
    """Yields the lines at which another text may begin: a date with its time, or a date above a title or a salutation,
    below a row of signs or of the same form as at the head of the file; a salutation behind thanks and a row."""
    top = _first_entry(evidence)
    form = "" if top is None else _form_at(evidence, top)
    for at in range(max(first, top or 0) + 1, len(evidence.texts)):
        is_alike = bool(form) and _form_at(evidence, at) == form
        is_below_row = is_row(evidence.texts[at - 1])
        if (is_below_row or is_alike) and _may_begin(evidence, at, first, is_alike=is_alike):
            yield at


def _may_begin(evidence: VolumeEvidence, at: int, first: int, *, is_alike: bool) -> bool:
    """Returns whether another text may begin at a line below a row of signs, or with a date as the first one has
    (`is_alike`)."""
    before = evidence.before(at)
    around = min(evidence.prose(first, at), evidence.prose(at, len(evidence.texts)))
    if before is None or around < SHORTEST_BODY:
        return False
    text = evidence.texts[at]
    if not _is_stamp(text):
        return is_alike or (before[1] and _calls_alone(evidence.texts, at))
    is_below_row = is_row(evidence.texts[at - 1])
    return (
        bool(_CLOCK.search(text))
        or (is_below_row and (is_alike or _is_headed(evidence, at)))
        or _called_behind(evidence.texts, at)
    )


def called_texts(evidence: VolumeEvidence) -> list[int]:
    """Returns where the texts without titles begin that rows of signs part, each of which calls on people and ends
    with thanks, from the first line of the file on: 各位来宾： … 谢谢大家！ / *** / 同志们： …

    Two of them could be one speech that begins anew after its thanks, and are only told.
    """
    texts = evidence.texts
    if not texts or not _calls_alone(texts, 0):
        return []
    rows = [at for at in range(1, len(texts) - 1) if is_row(texts[at])]
    starts = [0]
    for at in rows:
        before = evidence.before(at + 1)
        if before is None or not before[1] or not _calls_alone(texts, at + 1):
            return []
        starts.append(at + 1)
    bounds = zip(starts, [*starts[1:], len(texts)], strict=True)
    is_row_of_texts = all(evidence.prose(start, stop) >= SHORTEST_BODY for start, stop in bounds)
    return starts[1:] if len(starts) > _FEWEST and is_row_of_texts else []


def called_points(evidence: VolumeEvidence, first: int) -> list[int]:
    """Returns where numbered lines behind line `first` stand that each have a salutation of their own directly below,
    or somebody's name: 其一　在渠首 / 乡亲们： … 其二　在闸口 / 乡亲们：

    They may be speeches without a word that says so, and are told.
    """
    rows: dict[NumberKind, list[tuple[int, int]]] = {}
    for at in range(first, len(evidence.texts) - 1):
        line = evidence.texts[at]
        mark = read_mark(line) if len(line) <= LONGEST_TITLE_LINE and not letters_of_prose(line) else None
        if mark is None or mark.loose or salutation_lines(evidence.texts, at):
            continue
        # 一、修渠 / 方大川 says who is to do it, and 其一 behind first words is a point about somebody.
        may_be_named = mark.kind is NumberKind.POINT_IS and (
            mark.kind in rows or not evidence.prose(first, at)
        )
        is_named = may_be_named and bool(speaker_of(evidence.texts[at + 1]))
        if is_named or _calls_alone(evidence.texts, at + 1):
            rows.setdefault(mark.kind, []).append((mark.number, at))
    return sorted(at for row in rows.values() for at in _later_of_row(evidence, row))


def _later_of_row(evidence: VolumeEvidence, row: Sequence[tuple[int, int]]) -> list[int]:
    """Returns the lines behind the first one of those with these numbers, if they are 1, 2, … with a text each."""
    places = [at for _, at in row]
    bounds = zip(places, [*places[1:], len(evidence.texts)], strict=True)
    in_order = [number for number, _ in row] == [*range(1, len(row) + 1)]
    has_texts = all(evidence.prose(start, stop) >= SHORTEST_BODY for start, stop in bounds)
    return places[1:] if in_order and has_texts else []


def _first_entry(evidence: VolumeEvidence) -> int | None:
    """Returns the line that the first entry begins with, if nothing but a few short lines stands above it."""
    for at, text in enumerate(evidence.texts[: _MOST_ABOVE + 1]):
        if _form_at(evidence, at):
            return at
        is_title = title_form(text) is not TitleForm.NONE and not _is_of_export(text)
        if letters_of_prose(text) or salutation_lines(evidence.texts, at):
            return None
        if is_title and not any(map(is_row, evidence.texts[at + 1 : at + 2])):
            return None
    return None


def _is_of_export(text: str) -> bool:
    """Returns whether a line says that a notebook was exported: 备忘录, 已导出 4 条."""
    return len(text) <= LONGEST_TITLE_LINE and bool(_EXPORT.fullmatch(text) or is_collection_title(text))


def _is_own_front(evidence: VolumeEvidence, first: int) -> bool:
    """Returns whether the lines above the first entry are the export's own."""
    above = evidence.texts[:first]
    return bool(above) and (
        is_row(above[-1]) or all(_is_of_export(text) or is_layout(text) for text in above)
    )


def _begins_entry(evidence: VolumeEvidence, at: int, previous: int) -> bool:
    """Returns whether a date of the right form begins another entry behind the one at line `previous`."""
    before = evidence.before(at)
    if before is None:
        return False
    if is_row(evidence.texts[at - 1]):
        is_sure = before[1] or _called_behind(evidence.texts, at)
        is_moment = _is_stamp(evidence.texts[at]) and _CLOCK.search(evidence.texts[at])
        return bool(is_moment) or (is_sure and _is_headed(evidence, at))
    # Without a row 2025年3月18日 may be the day that the speech above is signed with, or stand below its title.
    if title_form(evidence.texts[at - 1]) is not TitleForm.NONE or not _is_stamp(evidence.texts[at]):
        return False
    is_ended = (before[0] >= 0 and evidence.is_set_off(at)) or before[1]
    has_text = (
        min(evidence.prose(previous, at), evidence.prose(at, len(evidence.texts))) >= SHORTEST_SURE_BODY
    )
    return is_ended and has_text and _called_behind(evidence.texts, at)


def _is_below_row(evidence: VolumeEvidence, at: int) -> bool:
    """Returns whether a row of signs stands directly above a line, and what is above that announces nothing."""
    return is_row(evidence.texts[at - 1]) and evidence.before(at) is not None


def _is_headed(evidence: VolumeEvidence, at: int) -> bool:
    """Returns whether a title, a salutation or a greeting stands directly below a date, or a title above it."""
    texts = evidence.texts
    if not _is_stamp(texts[at]):
        return True
    below = at + 1
    while below < len(texts) and is_layout(texts[below]):
        below += 1
    if below >= len(texts) or is_date_line(texts[below]):
        return False
    return bool(
        salutation_lines(texts, below)
        or _GREETS.match(texts[below][:LONGEST_TITLE_LINE])
        or title_form(texts[below]) is not TitleForm.NONE
    )


def _called_behind(texts: Sequence[str], at: int) -> bool:
    """Returns whether people are called below a date, with a title in between or without."""
    for below in range(at + 1, min(at + 2 + _MOST_TITLE, len(texts))):
        if salutation_lines(texts, below):
            return True
        if title_form(texts[below]) is TitleForm.NONE:
            return False
    return False


def _calls_alone(texts: Sequence[str], at: int) -> bool:
    """Returns whether a line only calls on people: 同志们：, but not 同志们：今天开会。"""
    return len(texts[at]) <= LONGEST_TITLE_LINE and bool(
        salutation_lines(texts, at) and texts[at].endswith(("：", ":", "！", "!"))
    )


def _is_stamp(text: str) -> bool:
    """Returns whether a line is a date and nothing else, or the day and the time of an entry:
    5月20日 07:41 | 320字."""
    if len(text) > _LONGEST_STAMP:
        return False
    if is_date_line(text):
        return True
    is_moment = _CLOCK.search(text) is not None and _DAY.search(text) is not None
    return is_moment and _OF_DATE.fullmatch(_BESIDE_DATE.sub("", text)) is not None


def _form_at(evidence: VolumeEvidence, at: int) -> str:
    """Returns the form of the date that an entry at this line has, the same for all days: 0年0月0日0:0; "" if it has
    none. A date with its time may stand below the entry's title."""
    texts = evidence.texts
    if _is_stamp(texts[at]):
        return _form(texts[at])
    is_title = title_form(texts[at]) is not TitleForm.NONE and (at == 0 or is_row(texts[at - 1]))
    if is_title and at + 1 < len(texts) and _is_stamp(texts[at + 1]) and _CLOCK.search(texts[at + 1]):
        return f"below {_form(texts[at + 1])}"
    return ""


def _form(text: str) -> str:
    return _NUMBERS.sub("0", _BESIDE_DATE.sub("", text)).replace(" ", "")
