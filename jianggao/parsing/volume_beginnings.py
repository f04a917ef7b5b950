"""Finds the lines of a volume at which another speech may begin, and weighs what speaks for each.

All examples in the comments are made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.parsing.contents_table import entry_form
from jianggao.parsing.volume_evidence import RULE, VolumeEvidence, is_furniture
from jianggao.parsing.volume_labels import TitleLabel
from jianggao.parsing.volume_prefaces import is_preface
from jianggao.parsing.volume_title_blocks import TitleBlock, block_of_kind_alone, title_block
from jianggao.parsing.volume_titles import LONGEST_TITLE_LINE, TitleForm

ENOUGH, ENOUGH_FOR_PLAIN = 6, 7
"""Evidence with which a line surely begins another speech; a title that could be a heading needs more."""
TOLD, TOLD_FOR_KIND = 4, 5
"""Evidence that is told to the operator."""
SHORTEST_BODY = 40
"""Letters in sentences that a speech has at least."""
SHORTEST_SURE_BODY = 20
"""The same where title, salutation and the end of the speech before leave no doubt: a toast may be so short."""
SHORTEST_PLAIN_BODY = 300
"""The same where titles are no different from headings: 修渠动工 / （2021年3月2日） in a chronicle."""
SHORTEST_TOLD_ESSAY = 80
"""The same where the operator is only told, and a blank line parts the title from the text above."""
ROWS_ALIKE = 3


@dataclass(slots=True)
class Beginning:
    """A line that another speech may begin at."""

    block: TitleBlock
    score: int
    has_closing: bool
    is_plain: bool
    is_alike: bool
    """Whether a date stands below the title, as below the first one of the file."""
    is_behind_little: bool = False
    """Whether less text stands above it than speeches have, so that only a sure one begins here."""

    @property
    def has_sure_form(self) -> bool:
        """Whether it has the title and the salutation that nothing but a speech has."""
        return self.block.form is TitleForm.OCCASION and self.block.has_salutation

    @property
    def shortest_body(self) -> int:
        """How many letters in sentences stand behind it at least."""
        if self.is_plain and not self.block.has_salutation:
            return SHORTEST_PLAIN_BODY
        return SHORTEST_SURE_BODY if self.has_sure_form and self.has_closing else SHORTEST_BODY

    @property
    def is_enough(self) -> bool:
        """Whether this is evidence enough by itself."""
        if self.is_behind_little and not (self.has_sure_form and self.has_closing):
            return False
        return self.score >= (ENOUGH_FOR_PLAIN if self.is_plain else ENOUGH)

    @property
    def is_nearly_enough(self) -> bool:
        """Whether a row of such candidates is evidence enough."""
        return (
            self.block.form is TitleForm.OCCASION and self.score == ENOUGH - 1 and not self.is_behind_little
        )

    @property
    def is_next_of_row(self) -> bool:
        """Whether its title carries the next number of a row: 演讲稿篇2, or 第二篇 above a title of a speech."""
        label = self.block.label
        if label is None or label.number < 2 or self.is_behind_little:
            return False
        return label.is_of_title or (label.kind == "part" and self.block.form is TitleForm.OCCASION)


def find_beginnings(evidence: VolumeEvidence, first: int) -> list[Beginning]:
    """Returns the lines behind the first speech's title that may begin another one, with their evidence."""
    opening = title_block(evidence.texts, first, evidence.contents) if evidence.texts else None
    if is_behind_preface := bool(evidence.texts) and is_preface(evidence.texts[first]):
        # Its signature is none of a speech, and it may have a single sentence.
        opening = TitleBlock(first, first + 1, evidence.texts[first], TitleForm.PLAIN)
    at = opening.stop if opening is not None else first + 1
    labels: dict[str, int] = {}
    if opening is not None and opening.label is not None:
        labels[opening.label.kind] = opening.label.number
    candidates: list[Beginning] = []
    previous = opening
    begun = at
    while at < len(evidence.texts):
        # First what costs least: in a text without prose no line is looked at.
        above = evidence.prose(begun, at)
        is_first = is_behind_preface and previous is opening
        has_body = above >= (1 if is_first else SHORTEST_SURE_BODY)
        is_title = has_body and not is_furniture(evidence.texts[at])
        block = _block_at(evidence, at, opening) if is_title else None
        before = evidence.before(block.start) if block is not None else None
        if block is None or before is None:
            at += 1
            continue
        candidate = _judged(evidence, block, before, labels, opening)
        candidate.is_behind_little = above < SHORTEST_BODY and not is_first
        if candidate.score < TOLD or _is_running_title(block, previous, closed=before[1]):
            at += 1
            continue
        candidates.append(candidate)
        at += 1
        if candidate.is_enough:
            previous = block
            begun = at = block.stop
    return candidates


def _block_at(evidence: VolumeEvidence, at: int, opening: TitleBlock | None) -> TitleBlock | None:
    """Returns the beginning of a speech at a line.

    方大川 / 2025年3月18日 above a title are the signature of the speech before, where the first speech of the
    file has such lines below its title or none. Below a row of signs, behind thanks, a date heads what follows.
    """
    if evidence.heads_entry(at) and (entry := _dated_entry(evidence, at, opening)) is not None:
        return entry
    block = title_block(evidence.texts, at, evidence.contents)
    if block is None and RULE.fullmatch(evidence.texts[at - 1][:LONGEST_TITLE_LINE]):
        return block_of_kind_alone(evidence.texts, at)
    if block is None or not block.leading:
        return block
    title = at + block.leading
    if evidence.lines[title].after_blank or (opening is not None and not opening.leading):
        return None
    return block


def _dated_entry(evidence: VolumeEvidence, at: int, opening: TitleBlock | None) -> TitleBlock | None:
    """Returns the beginning of a speech whose date stands above its title, as in a notebook: 2025年3月18日 / 护渠会 /
    同志们：; a letter that a speech quotes begins so, too, but behind no thanks."""
    before = evidence.before(at)
    if before is None or not (before[1] or (opening is not None and opening.leading)):
        return None
    block = title_block(evidence.texts, at, evidence.contents)
    if block is not None and block.leading:
        return block
    block = title_block(evidence.texts, at + 1, evidence.contents) if at + 1 < len(evidence.texts) else None
    if block is None or block.leading or not (block.has_salutation or block.form >= TitleForm.KIND):
        return None
    block.start, block.leading, block.has_date = at, 1, True
    return block


def _judged(
    evidence: VolumeEvidence,
    block: TitleBlock,
    before: tuple[int, bool],
    labels: dict[str, int],
    opening: TitleBlock | None,
) -> Beginning:
    """Returns a candidate with the sum of its evidence; notes the number of its label."""
    weight = int(block.form) + evidence.is_styled_as(block, opening)
    if (
        entry_form(block.title) in evidence.contents
        or entry_form(evidence.texts[block.start]) in evidence.contents
    ):
        weight = max(weight + 1, TitleForm.OCCASION)
    if block.label is not None:
        weight = max(weight, block.label.weight) + _follows(block.label, labels)
    # What stands below a title: one sign says much, each further one makes it surer.
    signs = [
        3 * block.has_salutation,
        3 * block.has_date,
        2 * (block.has_speaker or block.has_subtitle),
        2 * _has_telling_call(block, opening),
    ]
    strongest = max(signs)
    signs.remove(strongest)
    behind = strongest + sum(max(0, sign - 1) for sign in signs)
    # 让水听话 / （2024年6月2日） where the file itself begins so
    is_alike = opening is not None and block.has_date and opening.has_date
    is_plain = weight <= TitleForm.PLAIN
    return Beginning(block, weight + behind + before[0] + is_alike, before[1], is_plain, is_alike)


def _has_telling_call(block: TitleBlock, opening: TitleBlock | None) -> bool:
    """Returns whether a call that a text begins with (弟兄们，水来了。) says that it is a speech: behind one, below a
    title of the same kind or a label. Below a heading a speech calls on people again, and a lesson quotes one."""
    if not block.has_call or opening is None:
        return False
    is_behind_speech = opening.form >= TitleForm.KIND or opening.label is not None
    return is_behind_speech and (block.form is TitleForm.OCCASION or block.label is not None)


def _follows(label: TitleLabel, labels: dict[str, int]) -> int:
    """Returns 1 if the label has the number behind the last one of its kind, -2 if it has any other."""
    last = labels.get(label.kind, 0)
    if label.number == last + 1:
        labels[label.kind] = label.number
        return 1
    return -2


def _is_running_title(block: TitleBlock, previous: TitleBlock | None, *, closed: bool) -> bool:
    """Returns whether the line is the title of the speech itself, which stands above each printed page."""
    if previous is None or entry_form(block.title) != entry_form(previous.title):
        return False
    if block.label is not None and block.label != previous.label:
        return False
    return not (block.has_date or (closed and block.has_salutation))


def rows_of_numbers(evidence: VolumeEvidence, candidates: Sequence[Beginning], first: int) -> set[int]:
    """Returns where the titles stand that carry 2, 3, … in order behind the first title, which carries 1:
    演讲稿篇1, 演讲稿篇2, 演讲稿篇3."""
    opening = title_block(evidence.texts, first, evidence.contents) if evidence.texts else None
    if opening is None or opening.label is None or opening.label.number != 1:
        return set()
    of_kind = [
        each
        for each in candidates
        if each.is_next_of_row and each.block.label and each.block.label.kind == opening.label.kind
    ]
    numbers = [each.block.label.number for each in of_kind if each.block.label is not None]
    is_row = len(numbers) >= ROWS_ALIKE - 1 and numbers == [*range(2, len(numbers) + 2)]
    return {each.block.start for each in of_kind} if is_row else set()
