"""Finds the speech behind an official notice that hands it on: 关于印发…讲话的通知, addressee, date, and then the speech
with its own title, date, speaker and salutation.

Notice and speech are two texts where the speech's own beginning is sure; else the operator is told. What an editor
or a newspaper writes above a speech stays with it. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jianggao.parsing.volume_beginnings import SHORTEST_BODY
from jianggao.parsing.volume_collections import DASHES, speaker_of
from jianggao.parsing.volume_evidence import VolumeEvidence
from jianggao.parsing.volume_title_blocks import TitleBlock, title_block
from jianggao.parsing.volume_titles import (
    LONGEST_TITLE_LINE,
    TitleForm,
    is_date_line,
    salutation_lines,
    title_form,
)

_MOST_ABOVE = 8
"""Lines of a notice's head down to its title: whose paper it is, its number, who issues it."""
_MOST_LEADING = 2
"""Lines with date and speaker above the title of the speech."""
_MOST_LINES = 80
"""Lines of a notice."""
# 渠水县政府办公室关于印发《方大川同志在防汛会上的讲话》的通知, 家长会通知, 的通知 in a second line
_NOTICE = re.compile(r"[^，。；！？]{0,58}(?:通知|通报|公告|函)(?:[（(][^（()）]{1,12}[）)])?")
# 附：县长在家长会上的讲话稿, 附件1：…
_ATTACHED = re.compile(r"附(?:件|录)?\s?[一二三四五六七八九十\d]{0,2}\s?[：:]\s?(?=\S)")
_ATTACHED_ALONE = re.compile(r"附(?:件|录)?\s?[一二三四五六七八九十\d]{0,2}\s?[：:]?")


@dataclass(frozen=True, slots=True)
class Cover:
    """A notice above a speech: where the speech begins (`is_sure`), or seems to begin."""

    speech: int
    is_sure: bool


def find_cover(evidence: VolumeEvidence) -> Cover | None:
    """Returns where the speech begins behind a notice at the head of the file; None if there is no notice with a
    speech."""
    texts = evidence.texts
    notice = _notice_title(evidence)
    if notice is None:
        return None
    doubtful = None
    for at in range(notice + 2, min(len(texts), notice + _MOST_LINES)):
        if evidence.prose(at, len(texts)) < SHORTEST_BODY:
            break
        block = _speech_at(evidence, at)
        # The title of what a notice hands on stands in the notice, too; its own end parts the two.
        if block is None or not _has_ended(evidence, notice, at):
            continue
        if _is_sure(block):
            return Cover(_first_line(evidence, notice, at), is_sure=True)
        if doubtful is None and block.form is TitleForm.OCCASION:
            doubtful = at
    return None if doubtful is None else Cover(doubtful, is_sure=False)


def without_attachment_label(line: str) -> str:
    """Returns a title without the label of an attachment: 附：县长在家长会上的讲话稿."""
    return _ATTACHED.sub("", line[:LONGEST_TITLE_LINE], count=1) + line[LONGEST_TITLE_LINE:]


def _notice_title(evidence: VolumeEvidence) -> int | None:
    """Returns the line that a notice's title ends with, with nothing but short lines and no salutation above."""
    for at, text in enumerate(evidence.texts[:_MOST_ABOVE]):
        if len(text) <= LONGEST_TITLE_LINE and _NOTICE.fullmatch(text):
            return at
        is_speech = title_form(text) >= TitleForm.KIND and "关于" not in text
        if evidence.prose(at, at + 1) or is_speech or salutation_lines(evidence.texts, at):
            return None
    return None


def _speech_at(evidence: VolumeEvidence, at: int) -> TitleBlock | None:
    """Returns the beginning of a speech with a title that names one, also behind 附：."""
    text = evidence.texts[at]
    if len(text) > LONGEST_TITLE_LINE or is_date_line(text):
        return None
    bare = without_attachment_label(text)
    lines = evidence.texts[at : at + 2 * _MOST_ABOVE]
    block = title_block([bare, *lines[1:]], 0, evidence.contents)
    if block is None or block.leading or block.form < TitleForm.KIND:
        return None
    # 附件：方大川同志在防汛会上的讲话 / 县府办 / 2025年3月18日 is the notice's own list, with its signature.
    return block if bare == text or block.has_salutation else None


def _has_ended(evidence: VolumeEvidence, notice: int, at: int) -> bool:
    """Returns whether the notice has ended above line `at`: by its date, by 附件, by a row of signs or a page."""
    above = evidence.texts[notice + 1 : at]
    return (
        any(is_date_line(text) for text in above)
        or any(len(text) <= LONGEST_TITLE_LINE and _ATTACHED_ALONE.fullmatch(text) for text in above[-1:])
        or _ATTACHED.match(evidence.texts[at]) is not None
        or evidence.is_parted(at)
    )


def _first_line(evidence: VolumeEvidence, notice: int, at: int) -> int:
    """Returns the first line of the speech whose title stands at line `at`: the theme above a subtitle, a speaker or a
    second date above the title. The notice is signed with its own date."""
    texts = evidence.texts
    if texts[at].startswith(DASHES) and title_form(texts[at - 1]) is TitleForm.PLAIN:
        at -= 1
    for _ in range(_MOST_LEADING):
        above = texts[at - 1]
        is_signed = any(is_date_line(text) for text in texts[notice + 1 : at - 1])
        is_front = is_date_line(above) or (speaker_of(above) and not title_form(above) >= TitleForm.KIND)
        if at - 1 <= notice + 1 or not (is_signed and is_front):
            break
        at -= 1
    return at


def _is_sure(block: TitleBlock) -> bool:
    """Returns whether this is the beginning of a speech and nothing that only names one."""
    is_dated = block.has_date and block.stop > block.start + 1
    return block.has_salutation or (block.form is TitleForm.OCCASION and is_dated)


def told_cover(cover: Cover | None) -> Iterator[int]:
    """Yields the line at which a speech behind a notice seems to begin, if that isn't sure."""
    if cover is not None and not cover.is_sure:
        yield cover.speech
