"""Finds the lines directly above the titles of a volume that belong to what follows, and to no speech: 下编 山林,
第六周, 互助篇.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from jianggao.parsing.divider_lines import THEME, is_divider, is_sure_form, label_form, may_be_label
from jianggao.parsing.page_layout import is_layout
from jianggao.parsing.volume_evidence import VolumeEvidence, is_furniture, is_row
from jianggao.parsing.volume_labels import label_alone
from jianggao.parsing.volume_title_blocks import title_block
from jianggao.parsing.volume_titles import is_date_line, is_label_row, title_label

_MOST_ABOVE = 3
"""Dividers above one title: 下学期 / 三月 / 第二周."""
_MOST_ROWS = 2
_FEWEST_ALIKE = 2
_MOST_LAST, _LAST_LINES = 6, 2
"""Lines at the end of the file in which the last speech may be signed."""
_THANKS = re.compile(
    r"(?:我的)?(?:讲话|发言|演讲)(?:完了?|完毕|结束)(?:了|，谢谢.{0,6})?[。！!]?"
    r"|.{0,30}(?:谢谢|感谢)(?:大家|各位|同学们|同志们|你们)?[。！!]?"
)
_LONGEST_THANKS = 40


def dividers_above(evidence: VolumeEvidence, titles: Sequence[int]) -> list[int]:
    """Returns the lines directly above titles that head one or several speeches.

    2024年7月 does so where the volume begins with such a line; else a preface, or a speech, is signed with it.
    """
    if not titles:
        return []
    begins = titles[0] and evidence.prose(0, titles[0]) == 0
    may_be_dates = bool(begins) and is_date_line(evidence.texts[titles[0] - 1])
    labels = {*_labels(evidence, titles)}
    starts = {*titles}
    found = set()
    for title in titles:
        at = title
        for _ in range(_MOST_ABOVE):
            at = _line_above(evidence, at)
            if at < 0 or at in starts:
                break
            text = evidence.texts[at]
            if at not in labels and not (is_divider(text) and (may_be_dates or not is_date_line(text))):
                break
            found.add(at)
    return sorted(found | {at for at in titles if _is_label_of_title(evidence, at)})


def _is_label_of_title(evidence: VolumeEvidence, at: int) -> bool:
    """Returns whether a speech begins with a label that numbers it among the others, with its title below: 范文一."""
    text = evidence.texts[at]
    label = title_label(text)
    if label_alone(text) is None and (label is None or label[1]):
        return False
    block = title_block(evidence.texts, at, evidence.contents)
    return block is not None and not block.leading and block.label is not None and block.title != text


def _line_above(evidence: VolumeEvidence, at: int) -> int:
    """Returns the line above line `at`, or above a row of signs there; -1 if there is none."""
    for _ in range(_MOST_ROWS):
        at -= 1
        if at < 0 or not is_row(evidence.texts[at]):
            break
    return at


def _labels(evidence: VolumeEvidence, titles: Sequence[int]) -> Iterator[int]:
    """Yields the lines above the titles behind the first one that are labels by their form, where it comes again
    above other titles, or by their place."""
    above_first = _line_above(evidence, titles[0])
    opening = label_form(evidence.texts[above_first]) if above_first >= 0 else ""
    firsts = {opening, label_form(evidence.texts[titles[0]])}
    # A short label may have been read with its title, as a name would be.
    begun = Counter(label_form(evidence.texts[title]) for title in titles)
    forms = _forms_above(evidence, titles)
    # The same words above each title count nothing: they may be each speaker's last.
    counts = Counter(form for _, form in {(evidence.texts[at], form) for at, form in forms.items()})
    signed = _signed_forms(evidence)
    # 水利篇 / … / 农业篇: what heads the later speeches in the same form heads the first one, too.
    if opening and opening not in signed and counts[opening] and is_label_row(evidence.texts[above_first]):
        yield above_first
    for at, form in forms.items():
        if form in signed:
            continue
        is_alike = counts[form] + begun[form] + (form == opening) >= _FEWEST_ALIKE
        is_everywhere = counts[form] == len(titles) - 1 and _is_apart(evidence, at)
        comes_again = bool(form) and is_alike and (form in firsts or is_everywhere or is_sure_form(form))
        if comes_again or _belongs_by_place(evidence, at, form):
            yield at


def _forms_above(evidence: VolumeEvidence, titles: Sequence[int]) -> dict[int, str]:
    """Returns the lines above the titles behind the first one, each with its form as a label ("" for none)."""
    above = [at for title in titles[1:] if (at := _line_above(evidence, title)) > titles[0]]
    forms = {at: label_form(evidence.texts[at]) for at in above}
    # 账本篇 and 文稿二 look like words of a vendor.
    return {
        at: form
        for at, form in forms.items()
        if form == THEME or label_alone(evidence.texts[at]) or not is_furniture(evidence.texts[at])
    }


def _signed_forms(evidence: VolumeEvidence) -> set[str]:
    """Returns the forms of what the last speech ends with: that signs each of them."""
    last = [text for text in evidence.texts[-_MOST_LAST:] if not is_layout(text)][-_LAST_LINES:]
    return {form for form in map(label_form, last) if form}


def _belongs_by_place(evidence: VolumeEvidence, at: int, form: str) -> bool:
    """Returns whether a label that stands alone of its form belongs to the title below: behind the last words of a
    speech, and sure by its words or set apart."""
    by_its_place = is_sure_form(form) or _is_of_what_follows(evidence, at)
    return by_its_place and _is_behind_thanks(evidence, at)


def _is_behind_thanks(evidence: VolumeEvidence, at: int) -> bool:
    """Returns whether the line above is the last word of a speech: 谢谢大家！"""
    above = evidence.texts[at - 1] if at else ""
    return len(above) <= _LONGEST_THANKS and bool(_THANKS.fullmatch(above))


def _is_of_what_follows(evidence: VolumeEvidence, at: int) -> bool:
    """Returns whether a line of no known form belongs to the title below it by its place, and is no signature."""
    return _is_apart(evidence, at) and may_be_label(evidence.texts[at])


def _is_apart(evidence: VolumeEvidence, at: int) -> bool:
    """Returns whether a line stands apart from what is above it and close to the title below."""
    return evidence.is_set_off(at) and not evidence.is_set_off(at + 1)
