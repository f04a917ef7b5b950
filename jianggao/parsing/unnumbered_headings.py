"""Decides which paragraphs without a number are headings, by their shape and by what stands around them.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.parsing.asides import is_aside
from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.heading_numbers import FRAME_WORDS, HeadingNumber
from jianggao.parsing.notices import is_notice_of_its_own
from jianggao.parsing.speaker_labels import speaker_lines
from jianggao.parsing.stage_labels import is_cue
from jianggao.sources.captions import is_signed_caption

LONGEST_UNNUMBERED = 30
"""Characters of a heading without a mark."""
_SHORTEST_UNNUMBERED = 4
_LONG_PARAGRAPH = 50
_SENTENCE = 20
"""Characters of a paragraph that is at least a whole sentence."""
_SHORTEST_BEHIND_ORNAMENT = 2
_FEWEST_IN_A_ROW = 3
"""Headings over short paragraphs prove each other: a short line and a sentence, so many times in turn."""
_NO_HEADING = re.compile(
    r"^附件|^附[：:]|[。！？；：:!?;…，,、]$|^[——\-—（(\[”●•·◆■]|[。！？；]|^【(?![^】]{2,20}】$)"
)
"""What no heading without a mark looks like: a sentence, an attachment, a list entry, ——a subtitle."""
_QUOTATION = re.compile(r"“[^“”]{1,20}”")
_NO_WORD = re.compile(r"[\s，。、：；！？…—·,:;!?()（）-]+")
_FEWEST_BEHIND_QUOTATION = 2
_SAID = re.compile(
    r"^[，,：:、—–-]|^[^怎么谁要不该别没敢少多]*(?:[说說喊答]|[^一二三四五六七八九十几]问|[问笑叹]道)$"
)
"""“水来了”老支书喊, “水是命”——渠边老人: what somebody said, and who."""
_FEWEST_BESIDE_QUOTED = 2
_ORNAMENTS = ("◆", "■", "★", "●", "▶", "◎")
_CLOSED = ("。", "！", "？", "”", "：", ":", "）", "；", "…", "!", "?", ")")
_ENDED = ("。", "！", "？", "”", "…", "!", "?")


def looks_like_heading(paragraph: str) -> bool:
    """Returns whether a paragraph has the shape of a heading without a mark: a short line, no sentence."""
    return (
        _SHORTEST_UNNUMBERED <= len(paragraph) <= LONGEST_UNNUMBERED
        and not _NO_HEADING.search(paragraph)
        and (not paragraph.startswith("“") or _goes_on_behind_quotation(paragraph))
        and not is_bare_date(paragraph)
        and not is_cue(paragraph)  # 【PPT第3页】
        and not is_aside(paragraph)
        and not is_signed_caption(paragraph)
        and not is_notice_of_its_own(paragraph)
    )


def _goes_on_behind_quotation(paragraph: str) -> bool:
    """Returns whether a line goes on behind the quotation that it begins with: “差不多”差在哪里.

    A line that is a quotation, or several, is a verse, a saying or a slogan.
    """
    quotation = _QUOTATION.match(paragraph)
    if quotation is None or _SAID.search(paragraph[quotation.end() :]):
        return False
    return len(_NO_WORD.sub("", _QUOTATION.sub("", paragraph))) >= _FEWEST_BEHIND_QUOTATION


def unnumbered_places(
    paragraphs: Sequence[str], marks: Sequence[HeadingNumber | None], *, has_numbers: bool = False
) -> set[int]:
    """Returns the paragraphs that are headings without a mark.

    `has_numbers` says that the text has numbered headings: then weaker signs don't count. 【方大川】 that comes
    again and again names who speaks, and is none, nor is 【李小渠】 beside it.
    """
    spoken = speaker_lines(paragraphs)
    places = {at for at in range(len(paragraphs)) if _is_heading(at, paragraphs, marks)}
    if not has_numbers:
        places |= _in_turn_with_sentences(paragraphs) | _with_ornaments(paragraphs)
    if not has_numbers and not places - spoken:
        places = _questions(paragraphs, spoken)
    places = {at for at in places - spoken if not _is_below_quotation(paragraphs, at)}
    # A single one that begins with a quotation may be somebody's words.
    is_alone = len(places) < _FEWEST_BESIDE_QUOTED
    return {at for at in places if not (is_alone and paragraphs[at].startswith("“"))}


def _is_below_quotation(paragraphs: Sequence[str], at: int) -> bool:
    """Returns whether a line and the short one above both begin with a quotation: slogans, or a verse."""
    above = paragraphs[at - 1] if at else ""
    is_list = above.startswith("“") and len(above) <= LONGEST_UNNUMBERED and not above.endswith("。")
    return is_list and paragraphs[at].startswith("“")


def _is_heading(place: int, paragraphs: Sequence[str], marks: Sequence[HeadingNumber | None]) -> bool:
    """Returns whether the paragraph is a heading without a mark.

    That is a short line without an end mark, before a long paragraph or a numbered heading. What stands
    before it must be closed, as a picture's caption is: a short line behind an open one is a verse, an entry of a
    list, a name in a row.
    """
    paragraph = paragraphs[place]
    # 前言 is too short for a heading by its looks; what it needs is a text below it.
    if FRAME_WORDS.fullmatch(paragraph) and place + 1 < len(paragraphs):
        return len(paragraphs[place + 1]) >= LONGEST_UNNUMBERED
    if marks[place] is not None or place + 1 >= len(paragraphs):
        return False
    closed = not place or paragraphs[place - 1].endswith(_CLOSED) or marks[place - 1] is not None
    heads = len(paragraphs[place + 1]) >= _LONG_PARAGRAPH or marks[place + 1] is not None
    # What costs most to tell is asked last.
    return heads and (closed or is_signed_caption(paragraphs[place - 1])) and looks_like_heading(paragraph)


def _in_turn_with_sentences(paragraphs: Sequence[str]) -> set[int]:
    """Returns short lines that stand in turn with paragraphs of prose, however short these are.

    修渠为什么慢 / 路上要过十一道闸，道道有人守。 / 分水为什么乱 / …: three of them in a text without numbers.
    """
    # Above the first prose stand title and occasion, which end without a mark.
    prose = [len(paragraph) >= _SENTENCE and paragraph.endswith(_ENDED) for paragraph in paragraphs]
    first_prose = prose.index(True) if True in prose else len(paragraphs)
    places = {
        place
        for place in range(len(paragraphs) - 1)
        if prose[place + 1]
        and (place < first_prose or prose[place - 1])
        and looks_like_heading(paragraphs[place])
    }
    return places if len(places) >= _FEWEST_IN_A_ROW else set()


def _with_ornaments(paragraphs: Sequence[str]) -> set[int]:
    """Returns short lines behind the same ornament, each over a long paragraph: ◆修渠为什么慢 / …. Without such
    paragraphs they are entries of a list."""
    places = {
        place
        for place, paragraph in enumerate(paragraphs[:-1])
        if paragraph.startswith(_ORNAMENTS)
        and _stands_behind_ornament(paragraph[1:].strip())
        and (len(paragraphs[place + 1]) >= _LONG_PARAGRAPH or _is_short_text(paragraphs[place + 1]))
    }
    return places if len(places) >= _FEWEST_IN_A_ROW else set()


def _stands_behind_ornament(text: str) -> bool:
    """Returns whether a text can be a heading behind an ornament, however short it is: ■ 种树."""
    is_short = _SHORTEST_BEHIND_ORNAMENT <= len(text) < _SHORTEST_UNNUMBERED and not _NO_HEADING.search(text)
    return is_short or looks_like_heading(text)


def _is_short_text(paragraph: str) -> bool:
    """Returns whether a paragraph below an ornament's line is its text: a sentence, and no entry of the list."""
    return paragraph.endswith(_ENDED) and not paragraph.startswith(_ORNAMENTS)


def _questions(paragraphs: Sequence[str], spoken: set[int]) -> set[int]:
    """Returns short questions that each stand over a long paragraph, three of them in a text without other
    headings: 水为什么会丢？ / …. A single one is a speaker's own question, and
    those of an interview (`spoken`) are none."""
    places = {
        place
        for place, paragraph in enumerate(paragraphs[:-1])
        if place not in spoken
        and paragraph.endswith(("？", "?"))
        and looks_like_heading(paragraph[:-1])
        and len(paragraphs[place + 1]) >= _LONG_PARAGRAPH
    }
    return places if len(places) >= _FEWEST_IN_A_ROW else set()
