"""Finds the speeches of a collection by its own form: titles of one kind, each with who spoke, or when, below it.

Such speeches need no salutation and no title that says 讲话: 药箱轻一点 / 上溪村卫生室 方大川 / …, three times below
渠水县乡村医生发言摘编. A false split is worse than a missed one, so all titles must have the same form. All examples
in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jianggao.parsing.dates import first_date
from jianggao.parsing.divider_lines import is_divider
from jianggao.parsing.page_layout import is_layout
from jianggao.parsing.speaker import speaker_in
from jianggao.parsing.volume_evidence import VolumeEvidence, letters_of_prose
from jianggao.parsing.volume_introductions import introduction_below
from jianggao.parsing.volume_titles import (
    LONGEST_TITLE_LINE,
    TitleForm,
    is_date_line,
    is_front_line,
    salutation_lines,
    title_form,
)
from jianggao.text.numerals import number_of

_FEWEST = 2
BOLD_DEPTH = 7
"""The level of a line in bold (`sources.markup`): who spoke is often set so."""
_SHORTEST_BODY = 60
"""Letters in sentences that each speech has at least."""
_LONGEST_NOTE = 300
"""Letters above the first title that are an editor's note."""
_MOST_FRONT = 6
"""Lines below a title that say who, when and where."""
_FRONT_WITHIN = 12
"""Lines in which the volume's own title stands."""
_LONGEST_TITLE = 40
_COUNT = (
    r"(?:[一二两三四五六七八九十\d]{1,3}\s*(?:篇|则|题|章|封|人谈|人行)|若干篇?|数[篇则]|[一二]组"
    # 渠上三次发言, but not 第三次发言
    r"|(?<![第一二两三四五六七八九十\d])[二两三四五六七八九十\d]{1,2}次(?:讲话|发言|致辞|致词|演讲|谈话|讲课)(?:实录|记录|稿)?)"
)
_COLLECTION = re.compile(
    r"(?:汇编|选编|选辑|文集|选集|文选|讲话集|讲话选|发言集|发言选|言论集|演讲集|合集|合订本|全集|文稿集|讲稿集|致辞集|范文|集锦|集萃"
    r"|大全|汇总|专辑|合编|辑录|材料之|续编|摘编|摘登|选登|选刊|选粹|荟萃|撷英|辑要|(?:发言|讲话|交流|经验|典型)材料|发言稿选?|发言摘要"
    rf"|{_COUNT})"
    r"(?:$|[（(《》）)]|[（(]?第?.{1,6}[卷册辑期集编])"
    r"|^第[一二三四五六七八九十\d]+[卷册辑集编]"
)
_FEW_CHARACTERS = re.compile(r"[一-鿿]{2,4}")
DASHES = tuple("—-－―–─")
_FRAME = re.compile(
    r"(?:前言|引言|序[一二三]?|序言|自序|代序|编者的话|编[者辑]按|编[者辑]说明|出版说明|写在前面|卷首语|后记|跋|附录.{0,20}|封面|目录|版权页)"
)
"""Titles in a volume that name no speaker."""
_MADE = re.compile(r"编印|印刷|出版|印发|刊印|付印|版次|第\d+版|编$|制作")
_CHAPTER = re.compile(
    r"第\s?[一二三四五六七八九十百\d]{1,4}\s?[章节讲课回]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]"
)
_ENDS_WITH_SPEECH = re.compile(
    r"(?:讲话|致辞|致词|发言|演讲|报告|党课|演说|汇报|祝词|感言)(?:[（(].{1,8}[）)])?$"
)
_OF_SPEECHES = re.compile(r"讲话|发言|致辞|致词|演讲|演说|谈话|讲课")
# 其一　在渠首, 其二：在闸口
_NUMBER_IN_ROW = re.compile(r"其([一二三四五六七八九十]{1,2})[\s　：:、，,]{1,3}(?=\S)")
# 讲述人：方大川
_LABEL = re.compile(
    r"^(?:讲述|宣讲|分享|口述|演讲|主讲|发言|讲课|授课|致辞|讲话|汇报|报告)(?:人|者|嘉宾|代表)?\s?[：:]\s?(?=\S)"
)
# 石盘村茶亭 方大川
_OFFICE_AND_NAME = re.compile(r"([一-鿿（）()、·]{2,24})[\s　]+([一-鿿·]{2,4}|[一-鿿]\s[一-鿿]\s?[一-鿿]?)")
_PROSE_INSIDE = re.compile(r"[，。；！？：]")


@dataclass(frozen=True, slots=True)
class _Opening:
    """The beginning of a speech: its title `at`, and what the lines below up to `stop` say."""

    at: int
    stop: int
    speaker: str
    has_date: bool
    has_occasion: bool
    has_salutation: bool
    level: int
    is_parted: bool

    @property
    def is_sure(self) -> bool:
        """Whether this can hardly be a section of a speech: one signed by its speaker, and more."""
        told = bool(self.speaker) + self.has_date + self.has_occasion + self.has_salutation
        return told >= _FEWEST and (self.has_salutation or self.has_occasion or self.has_date)


@dataclass(frozen=True, slots=True)
class Collection:
    """The speeches of a collection: where each begins, and the line behind its title and front."""

    starts: tuple[int, ...] = ()
    stops: tuple[int, ...] = ()


def is_collection_title(line: str) -> bool:
    """Returns whether a line names a collection of speeches: 渠水县讲话汇编, 致辞两篇, 座谈会发言摘编."""
    return len(line) <= LONGEST_TITLE_LINE and bool(_COLLECTION.search(line.strip("《》")))


def find_collection(evidence: VolumeEvidence) -> Collection:
    """Returns the speeches of a collection, none if the lines aren't surely one."""
    openings = _openings(evidence)
    if len(openings) < _FEWEST or any(_CHAPTER.match(evidence.texts[each.at]) for each in openings):
        return Collection()
    if evidence.prose(0, openings[0].at) > _LONGEST_NOTE:
        return Collection()
    ends = [each.at for each in openings[1:]] + [len(evidence.texts)]
    if any(evidence.prose(each.stop, end) < _SHORTEST_BODY for each, end in zip(openings, ends, strict=True)):
        return Collection()
    if not _is_collection(evidence, openings):
        return Collection()
    return Collection(tuple(each.at for each in openings), tuple(each.stop for each in openings))


def _is_collection(evidence: VolumeEvidence, openings: Sequence[_Opening]) -> bool:
    """Returns whether the openings are those of speeches, and no sections on several people."""
    if all(each.is_sure for each in openings):
        return True
    front = evidence.texts[: min(openings[0].at, _FRONT_WITHIN)]
    named = any(map(is_collection_title, front))
    speakers = {each.speaker for each in openings}
    parted = all(each.is_parted for each in openings[1:])
    # One who speaks twice is told by dates; sections of one speech have neither.
    different = len(speakers) == len(openings) and "" not in speakers
    if any(_NUMBER_IN_ROW.match(evidence.texts[each.at]) for each in openings):
        return different and parted and _is_numbered_row(evidence, openings)
    if named and (different or all(each.has_date for each in openings)):
        return True
    return different and parted and not front


def _is_numbered_row(evidence: VolumeEvidence, openings: Sequence[_Opening]) -> bool:
    """Returns whether titles numbered 其一, 其二, … are those of speeches: below nothing but the volume's title, which
    says so, or with a salutation. The points of a speech about several people stand below its first words."""
    marks = [_NUMBER_IN_ROW.match(evidence.texts[each.at]) for each in openings]
    numbers = [number_of(mark[1]) for mark in marks if mark is not None]
    in_order = numbers == [*range(1, len(openings) + 1)]
    front = evidence.texts[: openings[0].at]
    of_speeches = any(is_collection_title(line) and _OF_SPEECHES.search(line) for line in front)
    is_spoken = of_speeches or any(each.has_salutation for each in openings)
    return (
        in_order
        and is_spoken
        and not any(letters_of_prose(line) and not is_front_line(line) for line in front)
    )


def _openings(evidence: VolumeEvidence) -> list[_Opening]:
    """Returns the beginnings of speeches, all of one form; [] where one title of that form isn't one."""
    styled = [at for at, text in enumerate(evidence.texts) if evidence.styled.get(text)]
    if found := [opening for at in styled if (opening := _opening(evidence, at))]:
        level = min(each.level for each in found)
        found = [each for each in found if each.level == level]
        return found if _all_are_openings(evidence, found, level) else []
    found = _unstyled_openings(evidence)
    return found if all(each.is_parted for each in found[1:]) else []


def _unstyled_openings(evidence: VolumeEvidence) -> list[_Opening]:
    """Returns the beginnings of speeches where the source sets none as a heading; [] as soon as it is plain that the
    text is no collection: a list of offices and names has thousands of lines that could be one."""
    found: list[_Opening] = []
    for at, text in enumerate(evidence.texts):
        if not found and evidence.prose(0, at) > _LONGEST_NOTE:
            return []
        opening = None if evidence.styled.get(text) else _opening(evidence, at)
        if opening is None:
            continue
        if found and evidence.prose(found[-1].stop, at) < _SHORTEST_BODY:
            return []
        found.append(opening)
    return found


def _all_are_openings(evidence: VolumeEvidence, found: Sequence[_Opening], level: int) -> bool:
    """Returns whether each heading of this level behind the first speech begins one: in a report only some
    sections name a person."""
    starts = {each.at for each in found}
    return all(
        at in starts or evidence.styled.get(text) != level or _FRAME.fullmatch(text) or is_divider(text)
        for at, text in enumerate(evidence.texts)
        if at > found[0].at
    )


def _opening(evidence: VolumeEvidence, at: int) -> _Opening | None:
    """Returns the beginning of a speech at a line, None if there is none: a title without prose, lines that
    say who, when or where, and then text."""
    texts = evidence.texts
    level = evidence.styled.get(texts[at], 0)
    if not _may_be_title(texts[at], level):
        return None
    stop = _behind_front(evidence, at + 1)
    front = texts[at + 1 : stop]
    speaker = next(filter(None, map(speaker_of, front)), "")
    has_date = any(map(is_date_line, front)) or common_date(front) is not None
    has_occasion = any(line.startswith(DASHES) and _ENDS_WITH_SPEECH.search(line) for line in front)
    if not (speaker or has_date or has_occasion) or stop >= len(texts):
        return None
    called = salutation_lines(texts, stop)
    if not called and not letters_of_prose(texts[stop]) and title_form(texts[stop]) is TitleForm.NONE:
        return None
    before = evidence.before(at)
    is_parted = at == 0 or (before is not None and before[0] > 0)
    return _Opening(at, stop, speaker, has_date, has_occasion, bool(called), level, is_parted)


def _may_be_title(line: str, level: int) -> bool:
    line = _NUMBER_IN_ROW.sub("", line, count=1)
    if len(line) > _LONGEST_TITLE or title_form(line) is TitleForm.NONE or is_date_line(line):
        return False
    if is_collection_title(line):
        return False
    # 方大川 on a line of its own is who spoke, unless the source sets it as a title.
    return level > 0 or not _is_front(line)


def _behind_front(evidence: VolumeEvidence, at: int) -> int:
    """Returns the line behind those that say who, when and where."""
    texts, stop = evidence.texts, at
    while stop < min(len(texts), at + _MOST_FRONT) and not salutation_lines(texts, stop):
        line = texts[stop]
        is_title = 0 < evidence.styled.get(line, 0) < BOLD_DEPTH and not speaker_of(line)
        if is_title or is_layout(line) or not _is_front(line):
            break
        stop += 1
    return stop


def _is_front(line: str) -> bool:
    """Returns whether a line says who, when or where. 水不问路 is as short as a name, and none."""
    if len(line) > LONGEST_TITLE_LINE:
        return False
    return bool(speaker_of(line)) or (not _FEW_CHARACTERS.fullmatch(line) and is_front_line(line))


def speaker_of(line: str) -> str:
    """Returns whom a line below a title names as the speaker, with any label or place before the name:
    讲述人：方大川, 石盘村茶亭 方大川."""
    # 第五 is a surname, 第五周 no name.
    if len(line) > LONGEST_TITLE_LINE or is_divider(line):
        return ""
    labelled = _LABEL.sub("主讲：", line, count=1)
    if labelled == line and _PROSE_INSIDE.search(line):
        return ""
    if name := speaker_in(labelled):
        return name
    match = _OFFICE_AND_NAME.fullmatch(line.strip("（）()"))
    return speaker_in(f"主讲：{match[2]}") if match else ""


def without_number(title: str) -> str:
    """Returns a title without its number in a row of speeches: 其二　在闸口."""
    return _NUMBER_IN_ROW.sub("", title[: LONGEST_TITLE_LINE + 1], count=1) + title[LONGEST_TITLE_LINE + 1 :]


def common_date(front: Sequence[str]) -> date | None:
    """Returns the date that a volume's front gives for all of its speeches: （2025年3月18日，根据录音整理）.

    When the volume was made is none: 2025年12月编印.
    """
    for line in front:
        short = line[: LONGEST_TITLE_LINE + 1]
        if len(short) <= LONGEST_TITLE_LINE and not _MADE.search(short) and not is_layout(short):
            dated = first_date([short], compact=False)
            if dated is not None:
                return dated
    return None


def outside_introductions(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yields the lines, and where each stands, without what introduces the first speech of a collection."""
    introduction = range(0)
    for at, line in enumerate(lines):
        if at in introduction:
            continue
        if is_collection_title(line):
            introduction = introduction_below(lines, at)
        yield at, line
