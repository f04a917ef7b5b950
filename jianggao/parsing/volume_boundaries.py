"""Decides at which lines of a volume another speech begins, and which lines only look so.

A false split is worse than a missed one: what a title, the lines behind it and the end of the speech before say
together must be enough. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jianggao.parsing.volume_collections import Collection, find_collection
from jianggao.parsing.volume_evidence import (
    RULE,
    VolumeEvidence,
    VolumeText,
    is_divider,
    is_furniture,
    letters_of_prose,
)
from jianggao.parsing.volume_titles import (
    LONGEST_TITLE_LINE,
    TitleBlock,
    TitleForm,
    TitleLabel,
    entry_form,
    salutation_lines,
    title_block,
    title_form,
)

_ENOUGH, _ENOUGH_FOR_PLAIN = 6, 7
"""Evidence with which a line surely begins another speech; a title that could be a heading needs more."""
_TOLD, _TOLD_FOR_KIND = 4, 5
"""Evidence that is told to the operator."""
_SHORTEST_BODY = 40
"""Letters in sentences that a speech has at least."""
_SHORTEST_PLAIN_BODY = 300
"""The same where titles are no different from headings: 修渠动工 / （2021年3月2日） in a chronicle."""
_LONG_NOTE = 120
"""Letters above a title that are more than an editor's note."""
_ROWS_ALIKE = 3
_MANY_LINES, _SHORT_LINES = 2_000, 12
"""So many lines of less than so many characters on average are a list, and no speeches."""
_NOTICE_TITLE = re.compile(r"(?:通知|通报|公告|函|批复|决定|按语|编者按|新闻|消息|报道)$")
_HANDS_ON = re.compile(
    r"现将.{0,60}(?:印发|转发|刊发|发给|摘登|刊登)|(?:印发|转发|刊发|摘发)给?(?:你们|你单位|各)|本报讯|本刊讯|记者.{0,10}[）)]"
    r"|(?:讲话|发言)(?:的?(?:全文|摘要|要点))?(?:如下|附后)"
)
_NOTICE_LINES = 8


@dataclass(slots=True)
class _Beginning:
    """A line that another speech may begin at."""

    block: TitleBlock
    score: int
    has_closing: bool
    is_plain: bool
    is_alike: bool
    """Whether a date stands below the title, as below the first one of the file."""

    @property
    def is_enough(self) -> bool:
        """Whether this is evidence enough by itself."""
        return self.score >= (_ENOUGH_FOR_PLAIN if self.is_plain else _ENOUGH)

    @property
    def is_nearly_enough(self) -> bool:
        """Whether a row of such candidates is evidence enough."""
        return self.block.form is TitleForm.OCCASION and self.score == _ENOUGH - 1


@dataclass(slots=True)
class Boundaries:
    """Where the speeches of a file begin, counted in its lines.

    `first` is the beginning of the first speech, and what stands above the volume's own front; without
    `is_titled` a preface, or a speech without title and salutation, stands there. `later` are the
    beginnings of the others, `doubtful` the lines that only look like one.
    """

    first: int = 0
    is_titled: bool = False
    later: list[int] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    dividers: list[int] = field(default_factory=list)
    """The lines that head several speeches: 下编 山林."""
    is_collection: bool = False
    """Whether the speeches were found by the form of the collection: what stands above them is its own."""


def find_boundaries(text: VolumeText) -> Boundaries:
    """Returns where the speeches begin in the lines of a file."""
    if _is_a_list(text):
        return Boundaries()
    evidence = VolumeEvidence(text)
    first, is_titled = _first_speech(evidence)
    candidates = _candidates(evidence, first)
    found = Boundaries(first, is_titled)
    sure = _sure(evidence, candidates, first)
    collection = Collection() if _hands_on(evidence, first) else find_collection(evidence)
    if collection.starts and not _begins_before(evidence, collection.starts[0], sure):
        return _collected(evidence, collection, sure)
    # A preface, or news of a meeting with the speech behind it: one speech alone stays together with it.
    if not is_titled and (len(sure) < 2 or _hands_on(evidence, first)):
        if not _hands_on(evidence, first):
            starts = [candidate.block.start for candidate in sure]
            found.doubtful += [at for at in starts if evidence.prose(0, at) >= _LONG_NOTE]
        sure = []
    found.later = [candidate.block.start for candidate in sure]
    chosen = {*found.later}
    titles = [first, *found.later] if found.later else []
    found.dividers = _dividers(evidence, titles)
    # Who puts notices above one speech puts them above all of them.
    if evidence.texts and is_furniture(evidence.texts[0]):
        found.later = [evidence.behind_furniture(at) for at in found.later]
    others = (candidate for candidate in candidates if candidate.block.start not in chosen)
    found.doubtful += [each.block.start for each in others if _is_worth_telling(evidence, each, found)]
    found.doubtful = sorted({*found.doubtful, *_behind_rules(evidence, first)} - {*found.later})
    return found


def _is_a_list(text: VolumeText) -> bool:
    """Returns whether the text is a long row of short lines: no speeches, and each line would be looked at from
    many sides."""
    return len(text.lines) > _MANY_LINES and (
        sum(len(line.text) for line in text.lines) < _SHORT_LINES * len(text.lines)
    )


def _begins_before(evidence: VolumeEvidence, at: int, sure: Sequence[_Beginning]) -> bool:
    """Returns whether a speech begins above the first one of a collection."""
    called = any(salutation_lines(evidence.texts, line) for line in range(at))
    return called or any(candidate.block.start < at for candidate in sure)


def _dividers(evidence: VolumeEvidence, titles: Sequence[int]) -> list[int]:
    """Returns the lines directly above titles that head several speeches."""
    return [at - 1 for at in titles if at and is_divider(evidence.texts[at - 1])]


def _collected(evidence: VolumeEvidence, found: Collection, sure: Sequence[_Beginning]) -> Boundaries:
    """Returns the boundaries of a collection; a speech whose title alone is sure is one of it, too."""
    fronts = {at for start, stop in zip(found.starts, found.stops, strict=True) for at in range(start, stop)}
    starts = {candidate.block.start for candidate in sure if candidate.block.start > found.starts[0]}
    starts = {*found.starts[1:], *(starts - fronts)}
    dividers = _dividers(evidence, [found.starts[0], *starts])
    return Boundaries(found.starts[0], True, sorted(starts), [], dividers, is_collection=True)


def _first_speech(evidence: VolumeEvidence) -> tuple[int, bool]:
    """Returns the line at which the first speech begins, and whether it has a title or a salutation of its
    own.

    Above it may stand the volume's title: 渠水县讲话汇编 / 2025年 / 在防汛会上的讲话 / 同志们：
    """
    dated = None
    for at, text in enumerate(evidence.texts):
        if salutation_lines(evidence.texts, at):
            return 0, True
        block = title_block(evidence.texts, at, evidence.contents)
        if block is not None and (
            block.has_salutation
            or block.form >= TitleForm.KIND
            or block.label is not None
            or entry_form(block.title) in evidence.contents
        ):
            return at, not _hands_on(evidence, 0)
        # 渠水县讲话汇编 / 2024年 is no speech where a title of one follows.
        if block is not None and block.has_date and dated is None:
            dated = at
        # 汛期到了，下面三篇供大家参考。 is no preface.
        if letters_of_prose(text) and evidence.prose(0, at + 1) >= _SHORTEST_BODY:
            break
    return (0, False) if dated is None else (dated, not _hands_on(evidence, 0))


def _hands_on(evidence: VolumeEvidence, first: int) -> bool:
    """Returns whether the file is a notice, or news, that hands a speech on: the speech is a part of it."""
    head = evidence.texts[first : first + _NOTICE_LINES]
    return any(_HANDS_ON.search(text[:300]) for text in head) or any(
        len(text) <= LONGEST_TITLE_LINE and _NOTICE_TITLE.search(text) for text in head[:2]
    )


def _candidates(evidence: VolumeEvidence, first: int) -> list[_Beginning]:
    """Returns the lines behind the first speech's title that may begin another one, with their evidence."""
    opening = title_block(evidence.texts, first, evidence.contents) if evidence.texts else None
    at = opening.stop if opening is not None else first + 1
    labels: dict[str, int] = {}
    if opening is not None and opening.label is not None:
        labels[opening.label.kind] = opening.label.number
    candidates: list[_Beginning] = []
    previous = opening
    begun = at
    while at < len(evidence.texts):
        # First what costs least: in a text without prose no line is looked at.
        has_body = evidence.prose(begun, at) >= _SHORTEST_BODY
        is_title = has_body and not is_furniture(evidence.texts[at])
        block = _block_at(evidence, at, opening) if is_title else None
        before = evidence.before(block.start) if block is not None else None
        if block is None or before is None:
            at += 1
            continue
        candidate = _judged(evidence, block, before, labels, opening)
        if candidate.score < _TOLD or _is_running_title(block, previous, closed=before[1]):
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
    file has such lines below its title or none.
    """
    block = title_block(evidence.texts, at, evidence.contents)
    if block is None or not block.leading:
        return block
    title = at + block.leading
    if evidence.lines[title].after_blank or (opening is not None and not opening.leading):
        return None
    return block


def _judged(
    evidence: VolumeEvidence,
    block: TitleBlock,
    before: tuple[int, bool],
    labels: dict[str, int],
    opening: TitleBlock | None,
) -> _Beginning:
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
    signs = [3 * block.has_salutation, 3 * block.has_date, 2 * (block.has_speaker or block.has_subtitle)]
    strongest = max(signs)
    signs.remove(strongest)
    behind = strongest + sum(max(0, sign - 1) for sign in signs)
    # 让水听话 / （2024年6月2日） where the file itself begins so
    is_alike = opening is not None and block.has_date and opening.has_date
    is_plain = weight <= TitleForm.PLAIN
    return _Beginning(block, weight + behind + before[0] + is_alike, before[1], is_plain, is_alike)


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


def _sure(evidence: VolumeEvidence, candidates: Sequence[_Beginning], first: int) -> list[_Beginning]:
    """Returns the candidates that surely begin a speech, each with a body of its own."""
    # Three titles of one form, each of which is nearly sure, are sure together.
    nearly = sum(candidate.is_nearly_enough for candidate in candidates)
    sure = [
        candidate
        for candidate in candidates
        if candidate.is_enough or (candidate.is_nearly_enough and nearly >= _ROWS_ALIKE)
    ]
    kept: list[_Beginning] = []
    end = len(evidence.texts)
    for candidate in reversed(sure):
        least = _SHORTEST_BODY
        if candidate.is_plain and not candidate.block.has_salutation:
            least = _SHORTEST_PLAIN_BODY
        # A list of speeches, each with its date, has no text between its lines.
        if evidence.prose(candidate.block.stop, end) >= least:
            kept.append(candidate)
            end = candidate.block.start
    return kept[::-1]


def _behind_rules(evidence: VolumeEvidence, first: int) -> Iterator[int]:
    """Yields the lines behind ===== that could be titles: an operator may have meant to part two speeches."""
    end = len(evidence.texts)
    for at in range(first + 1, end):
        if (
            RULE.fullmatch(evidence.texts[at - 1][:LONGEST_TITLE_LINE])
            and title_form(evidence.texts[at]) is not TitleForm.NONE
            and min(evidence.prose(first, at), evidence.prose(at, end)) >= _SHORTEST_BODY
        ):
            yield at


def _is_worth_telling(evidence: VolumeEvidence, candidate: _Beginning, found: Boundaries) -> bool:
    """Returns whether the operator is told of a line that only looks like a title."""
    form = candidate.block.form
    # A speech quotes a letter more often than letters stand below one another.
    if _hands_on(evidence, found.first) or candidate.block.title.endswith("信"):
        return False
    is_essay = candidate.is_plain and candidate.is_alike and candidate.score >= _ENOUGH
    if form < TitleForm.KIND and not is_essay:
        return False
    following = bisect_right(found.later, candidate.block.start)
    end = found.later[following] if following < len(found.later) else len(evidence.texts)
    shortest = _SHORTEST_PLAIN_BODY if is_essay else _SHORTEST_BODY
    least = _TOLD if form is TitleForm.OCCASION else _TOLD_FOR_KIND
    return candidate.score >= least and evidence.prose(candidate.block.stop, end) >= shortest
