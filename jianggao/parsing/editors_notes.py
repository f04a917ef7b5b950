"""Finds what an editor wrote above a speech: 编者按, 导读, 内容提要, and how the text came about.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jianggao.parsing.dates import first_date, is_bare_date, is_day_of_year, written_dates
from jianggao.parsing.heading_numbers import read_mark
from jianggao.parsing.labelled_lines import LabelKind, is_label_alone, read_label
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.speaker import is_name, is_other_word
from jianggao.parsing.surnames import is_familiar_name
from jianggao.text.simplified import simplified

_LONGEST_NOTE = 2_000
_MOST_PARAGRAPHS = 6
"""Paragraphs of a note behind its first."""
# 编者, （编者）, ——本刊编辑部
_END = re.compile(r"[（(—\-－─―–\s]{0,4}(?:编者|本[刊报]?(?:编者|编辑部)|编辑部|编辑组)[）)]?")
# …，值得一看。（编者）
_ENDS_WITH_EDITOR = re.compile(r"[（(—─―](?:编者|本[刊报]编者|本[刊报]编辑部|编辑部)[）)]?$")
_ABOUT_THE_TEXT = re.compile(
    # 根据录音整理，有删节。 本文据会议记录整理
    r"(?:(?:本文|此文|这是|以下|本稿|本篇|文稿|讲稿)[^。]{0,60}?)?(?:根据|依据|据)?"
    r"(?:会议|现场|讲话|大会|发言|座谈|课堂|本人|当[天时]的?)?"
    r"(?:录音|速记|记录|录像|视频)[^。，]{0,6}整理"
    r"(?:[，,；;。、 ](?:未经|有删|略有|部分|标题|文字|个别|如有|仅供|由|供).{0,40})?[。]?"
    # 未经本人审阅
    r"|.{0,80}未经.{0,8}(?:审阅|审定|审核|审改).{0,30}"
    # 原载《松坪通讯》2025年第3期
    r"|(?:原载|原刊|原发|刊于|载于|选自|摘自|节选自|摘编自|录自|转载自|转自).{2,40}"
    # 4月2日，柳湾村开了路灯管护会。现将讲话全文刊发如下：
    r"|.{0,120}(?:讲话|发言|致辞|报告|演讲)(?:全文|摘要|摘编|节选|要点|实录)(?:刊[发登载]|摘[登发编]|发布|印发|公布|整理)?如下[：:。]?"
    # 全文如下：
    r"|(?:(?:现|特|兹)将?|以下[是为]?|下面是)?(?:全文|原文|实录|摘编|节选)(?:刊[发登载]|摘[登发编]|发布|公布)?如下[：:。]?"
    r"|(?:.{0,100}。)?现[将予把].{0,60}(?:刊[发登载]|摘[登发编]|发布|印发|公布)(?:如下)?[：:。]?"
)
# 本刊现将讲话刊发，供各地学习。 within a note that no salutation ends
_SPEAKS_OF_PRINTING = re.compile(
    r"本[刊报网站号]|编者|(?:现|今|特|兹|全文)[将予把]?[^。]{0,40}(?:刊[发登载]|发表|登载|摘[登发编]|推送|转载|刊出)|[供以]飨读者"
    r"|[供请](?:各地|各级|广大|大家|读者|有关)[^。]{0,12}(?:参考|学习|借鉴|参阅|阅读|研读)"
    r"|(?:以下|下面|这里)(?:是|为|刊[发登载])[^。]{0,40}(?:讲话|全文|发言|摘要|实录|节选)|(?:全文|原文|实录|摘要)[^。]{0,6}如下"
)
_SPOKEN_IN_FIRST_PERSON = re.compile(r"[我咱您]|你们|同志们")
# 整理：方小川, （记录、整理：办公室小方）, 录音整理｜罗小满 周文
_WRITTEN_DOWN_BY = re.compile(
    r"(?:文[字稿]|录音|现场|会议|讲话|速记)?(?:整理|记录|速记|笔录|校对|录入|誊[写录])(?:[、/和]?(?:整理|记录|校对|录入))?[人者员]?"
    r"\s?[：:丨｜|/／]\s?(?:[一-鿿]{2,12}?(?:办公室|(?<!工作)室|[办科处局委部站校院镇乡村县])\s?)?(?P<names>[一-鿿·×]{2,4}(?:[\s、][一-鿿·×]{1,4}){0,3})"
)
_MASKED_NAME = re.compile(r"[一-鿿][某×]{1,2}|×{2,3}")
_LONGEST_BYLINE = 30
_SAID_BY_SPEAKER = re.compile(r"我|咱|大家|同志们|今天|要求")
"""Words with which a speaker says such a thing of the speech: 我今天的发言要点如下：."""
_LONGEST_ABOUT = 160
_SPOKEN = (
    r"(?:讲话|讲座|讲授|发言|致辞|致词|演讲|宣讲|授课|党课|报告|谈话|座谈|[会礼课]上|仪式上|典礼|讲堂|论坛)"
)
_PRINTED = r"(?:印发|发表|刊[发登载]|登载|发布|出版|批示|公布|上传|推送|见报|转发|摘[登发编])"
# （根据2025年4月2日的录音整理）, （2025年4月9日印发）
_OF_A_NOTE = re.compile(rf"{_PRINTED}|整理|录音|审[阅定核]|编者|编辑|[选摘节]自|[原刊]载")
_LONGEST_CLAUSE = 80
_LONGEST_OCCASION = 40
"""Characters of a line that says when or who: （2025年4月2日，渠首礼堂）."""
_IN_BRACKETS = re.compile(r"[（(]\s?[^（()）]{4,38}[）)]")
# 2024年5月11日在家长课堂的讲座, but not 2024年5月20日印发的讲话
_SAID_ON = re.compile(
    rf"^[^。；]{{0,6}}?(?:(?!{_PRINTED})[^。；]){{0,{_LONGEST_CLAUSE}}}?{_SPOKEN}", re.DOTALL
)


def is_note(line: str) -> bool:
    """Returns whether an editor's note begins in this line: 编者按：…, 【导读】…, 内容提要."""
    label = read_label(line)
    if label is not None:
        return label.kind is LabelKind.NOTE and len(line) <= _LONGEST_NOTE
    return is_label_alone(line, LabelKind.NOTE)


def is_about_the_text(line: str) -> bool:
    """Returns whether a line says how the text came about: （根据录音整理，未经本人审阅）, 讲话全文如下："""
    if len(line) > _LONGEST_ABOUT or is_salutation(line):
        return False
    inner = line.strip("（）()〔〕[]【】* ")
    return bool(_ABOUT_THE_TEXT.fullmatch(inner)) and not _SAID_BY_SPEAKER.search(inner)


def names_writer(line: str) -> bool:
    """Returns whether a line only says which person wrote a speech down or read the proofs: 整理：方小川, （记录：小方）.
    听雨文稿网, 小编 and an editorial office are no persons."""
    if len(line) > _LONGEST_BYLINE:
        return False
    written = _WRITTEN_DOWN_BY.fullmatch(simplified(line).strip("（）()〔〕[]【】 "))
    if written is None:
        return False
    whole = written["names"].replace(" ", "")
    names = re.split(r"[\s、]", written["names"])
    return _is_person(whole) or all(map(_is_person, names))


def _is_person(name: str) -> bool:
    if is_familiar_name(name) or _MASKED_NAME.fullmatch(name):
        return True
    return is_name(name, beside=True) and not is_other_word(name)


def dates_of_speaking(notes: Iterable[str]) -> list[str]:
    """Returns the dates in editors' notes (as they are written) on which a note says that a speech was given.

    本文据2024年5月11日在家长课堂的讲座整理 has one; the day on which a paper was printed, and a day without its year,
    are none.
    """
    found = []
    for note in notes:
        text = note[:_LONGEST_NOTE]
        for start, end in written_dates(text):
            if _SAID_ON.match(simplified(text[end : end + _LONGEST_CLAUSE + 20])):
                found.append(text[start:end])
    return found


def editors_notes(lines: Sequence[str], places: Sequence[int], within: int) -> set[int]:
    """Returns which of the first `within` lines belong to editors' notes.

    A note is the paragraph behind its label. It goes on where it is set off: up to a line such as （编者）, up to
    the salutation, or, between two blank lines, up to the second. `places` says where each line stood in the
    source.
    """
    notes: set[int] = set()
    at = 0
    while at < min(len(lines), within):
        if is_note(lines[at]):
            stop = _end_of_note(lines, places, at)
            notes |= set(range(at, stop))
            at = stop
        else:
            at += 1
    return notes


def _end_of_note(lines: Sequence[str], places: Sequence[int], at: int) -> int:
    """Returns the line behind the note that begins in line `at`."""
    first = at + 1 if is_label_alone(lines[at], LabelKind.NOTE) else at
    stop = min(first + 1, len(lines))
    if first < len(lines) and (is_salutation(lines[first]) or (is_note(lines[first]) and first > at)):
        return at + 1
    if _ENDS_WITH_EDITOR.search(lines[stop - 1][-12:]):
        return stop
    for behind in range(stop, min(stop + _MOST_PARAGRAPHS, len(lines))):
        line = lines[behind]
        if _END.fullmatch(line) or _ENDS_WITH_EDITOR.search(line[-12:]):
            return behind + 1
        if is_salutation(line):
            end = _above_occasion(lines, stop, behind)
            between = lines[stop:end]
            return end if all(_is_sentence(each) or is_about_the_text(each) for each in between) else stop
        if _is_about_printing(line):
            return behind + 1
        if read_mark(line) is not None or is_note(line) or read_label(line) is not None:
            break
    return _up_to_blank(lines, places, at, stop)


def _above_occasion(lines: Sequence[str], stop: int, salutation: int) -> int:
    """Returns the line behind what can belong to a note above the line `salutation`, not before line `stop`.

    Between the two may stand the date and the speaker, as under a title. Without a date such lines say too little.
    """
    first = salutation
    while first > stop and _may_be_occasion(lines[first - 1]):
        first -= 1
    return first if any(map(_says_when, lines[first:salutation])) else salutation


def _may_be_occasion(line: str) -> bool:
    # （根据录音整理） is of the note.
    ends = line.endswith(("。", "！", "？", "…", "；"))
    return len(line) <= _LONGEST_OCCASION and not ends and not is_about_the_text(line)


def _says_when(line: str) -> bool:
    """Returns whether a line is a date: （2025年4月2日）, （2025年4月2日，渠首礼堂）, but not （2025年4月2日印发）."""
    if is_bare_date(line) or is_day_of_year(line):
        return True
    in_brackets = _IN_BRACKETS.fullmatch(line) is not None and first_date([line], compact=False) is not None
    return in_brackets and not _OF_A_NOTE.search(simplified(line))


def _is_about_printing(line: str) -> bool:
    """Returns whether a paragraph behind a note's first says that the paper prints the speech."""
    if len(line) > _LONGEST_NOTE or _SPOKEN_IN_FIRST_PERSON.search(line.replace("我们", "")):
        return False
    # The paper says it at the end of its paragraph: …，照的是人心。现将讲话刊发，供各地学习。
    return bool(_SPEAKS_OF_PRINTING.search(line[-_LONGEST_ABOUT:]))


def _is_sentence(line: str) -> bool:
    return line.endswith(("。", "！", "？", "”", "）", "…", "；"))


def _up_to_blank(lines: Sequence[str], places: Sequence[int], at: int, stop: int) -> int:
    """Returns the line behind a note that stands between two blank lines; `stop` where it doesn't."""

    def blank_before(line: int) -> bool:
        return places[line] - places[line - 1] > 1

    if not at or not blank_before(at) or stop >= len(lines) or blank_before(stop):
        return stop
    for behind in range(stop, min(stop + _MOST_PARAGRAPHS, len(lines))):
        if blank_before(behind):
            return behind
        if not _is_sentence(lines[behind]) or read_mark(lines[behind]) is not None:
            break
    return stop
