"""Recognises the prefaces and afterwords of a volume: 前言, 代序：…, 编印说明, 后 记.

One with prose is a text of its own; it is neither removed with the volume's title nor read as a part of a speech. All
examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.divider_lines import is_divider
from jianggao.parsing.page_layout import is_layout
from jianggao.parsing.salutation import SPACED_OUT
from jianggao.parsing.volume_collections import is_collection_title
from jianggao.parsing.volume_evidence import VolumeEvidence, letters_of_prose
from jianggao.parsing.volume_titles import (
    LONGEST_TITLE_LINE,
    TitleForm,
    is_date_line,
    is_front_line,
    title_form,
)

_LONGEST_HEADING = 40
_MOST_ABOVE = 12
"""Lines of a volume's title and imprint above its preface."""
_BOOK = (
    r"(?:再版|修订版|初版)?(?:前言|引言|序[一二三]|序言?|自序|代序|总序|原序|代前言)"
    r"|(?:编[者辑印写选]|出版|再版)说明|编写?例言|凡例"
)
_BOOK_PREFACE = re.compile(_BOOK)
_PREFACE = re.compile(rf"{_BOOK}|编者的话|写在前面|卷首语|导读|说明")
_IN_BRACKETS = re.compile(r"[（(【〔][^（()）]{1,40}[）)】〕]")
# 代序：听渠的人, 序——写给守塘的人; 说明：… may be a note on a speech.
_NAMED_PREFACE = re.compile(
    r"[（(]?(?:代序|自序|序言?|前言|代前言)[一二三]?[）)]?\s?(?:[：:]|[—―－─]{1,2}|[·•])\s?[^。！？]{2,30}"
    r"|[^。！？，；：]{2,30}[（(](?:代序言?|序|代前言|自序)[）)]"
)
# 汛期到了，下面三篇供大家参考。
_OFFERS = re.compile(
    r"供(?:大家|您|各位|读者|同志们|有关)?[^，。]{0,6}(?:参考|借鉴|选用|学习)|欢迎(?:阅读|下载|参考)|(?:为|给)(?:大家|您)"
    r"(?:整理|准备|收集|带来|分享)"
)
_AFTERWORD = re.compile(
    r"(?:编|编者|编辑|编印|再版)?后记|编后(?:语|小记|记)?|跋[一二]?|写在后面|后记\s?(?:[：:]|[—―－─]{1,2})\s?[^。！？]{2,30}"
)


def is_preface(line: str) -> bool:
    """Returns whether a line heads a volume's preface, also spaced out: 前 言."""
    line = _close(line)
    return len(line) <= _LONGEST_HEADING and bool(_PREFACE.fullmatch(line) or _NAMED_PREFACE.fullmatch(line))


def is_book_preface(line: str) -> bool:
    """Returns whether a line heads what only books have before their first text, and no single speech."""
    line = _close(line)
    return len(line) <= _LONGEST_HEADING and bool(
        _BOOK_PREFACE.fullmatch(line) or _NAMED_PREFACE.fullmatch(line)
    )


def is_afterword(line: str) -> bool:
    """Returns whether a line heads a volume's afterword, also spaced out: 后 记."""
    line = _close(line)
    return len(line) <= _LONGEST_HEADING and bool(_AFTERWORD.fullmatch(line))


def first_preface(evidence: VolumeEvidence) -> int | None:
    """Returns the line of the preface that the file begins with, below nothing but the volume's own title and
    imprint; None if there is none, or if it has no text."""
    for at, text in enumerate(evidence.texts[:_MOST_ABOVE]):
        if is_preface(text):
            # 导读 and 说明 may stand above a single speech, as its editor's note.
            is_volumes = is_book_preface(text) or any(map(is_collection_title, evidence.texts[:at]))
            return at if is_volumes and evidence.prose(at, len(evidence.texts)) else None
        if len(text) > LONGEST_TITLE_LINE or letters_of_prose(text) or text.endswith(("：", ":")):
            return None
        # 政府工作报告 / 前言 / …: the preface of a speech is a section of it.
        if title_form(text) >= TitleForm.KIND and not is_collection_title(text):
            return None
    return None


def is_volumes_preface(evidence: VolumeEvidence, at: int) -> bool:
    """Returns whether the preface at a line is surely a book's, so that even a single speech behind it is a text
    of its own: nothing but a volume's title stands above, and no single speech has such a heading."""
    return is_book_preface(evidence.texts[at]) and all(map(_is_volumes_title, evidence.texts[:at]))


def prefaces_between(evidence: VolumeEvidence, start: int, stop: int) -> list[int]:
    """Returns the further prefaces in front of the first speech, which begins at line `stop`: 前言 behind 出版说明."""
    found = [start]
    for at in range(start + 1, stop):
        has_text = evidence.prose(found[-1], at) and evidence.prose(at, stop)
        if has_text and is_book_preface(evidence.texts[at]):
            found.append(at)
    return found[1:]


def is_own_prose(line: str) -> bool:
    """Returns whether a line in front of a volume's speeches is somebody's sentence, so that it never goes with the
    volume's title; （2025年3月18日，根据录音整理） only says how the volume came about, and
    下面三篇供大家参考。 offers it."""
    is_offer = len(line) <= LONGEST_TITLE_LINE and _OFFERS.search(line)
    return letters_of_prose(line) > 0 and not is_front_line(line) and not is_offer


def _is_volumes_title(line: str) -> bool:
    """Returns whether a line says which volume this is, and of when: 渠水县讲话汇编, （2021—2023）, 下编 山林."""
    return len(line) <= LONGEST_TITLE_LINE and bool(
        is_collection_title(line)
        or is_divider(line)
        or is_layout(line)
        or is_date_line(line)
        or _IN_BRACKETS.fullmatch(line)
    )


def frame_heading(line: str) -> str:
    """Returns the heading of a preface or an afterword, not spaced out; "" for any other line."""
    return _close(line) if is_preface(line) or is_afterword(line) else ""


def _close(line: str) -> str:
    return SPACED_OUT.sub("", line[: 2 * LONGEST_TITLE_LINE]).strip("【】[]《》 ")
