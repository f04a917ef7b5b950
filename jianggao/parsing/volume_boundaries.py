"""Decides at which lines of a volume another speech begins, and which lines only look so.

A false split is worse than a missed one: what a title, the lines behind it and the end of the speech before say
together must be enough. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from jianggao.parsing.contents_table import entry_form
from jianggao.parsing.volume_beginnings import (
    ENOUGH,
    ROWS_ALIKE,
    SHORTEST_BODY,
    SHORTEST_PLAIN_BODY,
    SHORTEST_SURE_BODY,
    SHORTEST_TOLD_ESSAY,
    TOLD,
    TOLD_FOR_KIND,
    Beginning,
    find_beginnings,
    rows_of_numbers,
)
from jianggao.parsing.volume_collections import (
    Collection,
    find_collection,
    is_collection_title,
    outside_introductions,
)
from jianggao.parsing.volume_covers import Cover, find_cover, told_cover
from jianggao.parsing.volume_dividers import dividers_above
from jianggao.parsing.volume_documents import documents_behind
from jianggao.parsing.volume_entries import called_points, called_texts, doubtful_entries, find_entries
from jianggao.parsing.volume_evidence import (
    RULE,
    VolumeEvidence,
    VolumeText,
    is_furniture,
    letters_of_prose,
)
from jianggao.parsing.volume_inner_heads import inner_heads
from jianggao.parsing.volume_prefaces import (
    first_preface,
    is_preface,
    is_volumes_preface,
    prefaces_between,
)
from jianggao.parsing.volume_title_blocks import TitleBlock, title_block
from jianggao.parsing.volume_titles import LONGEST_TITLE_LINE, TitleForm, salutation_lines, title_form

_LONG_NOTE = 120
"""Letters above a title that are more than an editor's note."""
_MANY_LINES, _SHORT_LINES = 2_000, 12
"""So many lines of less than so many characters on average are a list, and no speeches."""
_NOTICE_TITLE = re.compile(r"(?:通知|通报|公告|函|批复|决定|按语|编者按|新闻|消息|报道)$")
_HANDS_ON = re.compile(
    r"现将.{0,60}(?:印发|转发|刊发|发给|摘登|刊登)|(?:印发|转发|刊发|摘发)给?(?:你们|你单位|各)|本报讯|本刊讯|记者.{0,10}[）)]"
    r"|(?:讲话|发言)(?:的?(?:全文|摘要|要点))?(?:如下|附后)"
)
_NOTICE_LINES = 8
_HEAD_OF_ENTRY = 4
"""Lines of an entry's date, title and salutation."""
_PARAGRAPHS_OF_ESSAY = 2


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
    prefaces: list[int] = field(default_factory=list)
    """The lines that head the volume's prefaces, each a text of its own."""
    is_collection: bool = False
    """Whether the speeches were found by the form of the collection: what stands above them is its own."""
    has_own_front: bool = False
    """Whether what stands above the first speech is the volume's own, whatever it looks like."""


def find_boundaries(text: VolumeText) -> Boundaries:
    """Returns where the speeches begin in the lines of a file."""
    if _is_a_list(text):
        return Boundaries()
    evidence = VolumeEvidence(text)
    cover = find_cover(evidence)
    if cover is not None and cover.is_sure:
        return _behind_cover(text, cover.speech)
    return _boundaries(evidence, cover)


def _boundaries(evidence: VolumeEvidence, cover: Cover | None = None) -> Boundaries:
    """Returns where the speeches begin, `cover` being a notice that no speech surely stands behind."""
    if (parted := _entries(evidence)) is not None:
        return parted
    preface = first_preface(evidence)
    first, is_titled = _first_speech(evidence) if preface is None else (preface, False)
    candidates = find_beginnings(evidence, first)
    sure = _sure(evidence, candidates, first)
    first = _behind_common_date(evidence, first, sure)
    found = Boundaries(first, is_titled)
    collection = _collection_in(evidence, first)
    if collection.starts and not _begins_before(evidence, collection.starts[0], sure):
        return _collected(evidence, collection, sure)
    # A preface, or news of a meeting with the speech behind it: one speech alone stays together with it.
    if not is_titled and not _are_speeches(evidence, first, sure):
        found.doubtful += _behind_long_note(evidence, first, sure)
        sure = []
    found.later = [candidate.block.start for candidate in sure]
    chosen = {*found.later}
    titles = [first, *found.later] if found.later else []
    found.dividers = dividers_above(evidence, titles)
    # 渠上的话 / 案例一 / 在渠首的讲话: what stands above the label of the first text is none of it.
    found.has_own_front = bool(first) and len(titles) > 1 and {*titles} <= {*found.dividers}
    # Who puts notices above one speech puts them above all of them.
    if evidence.texts and is_furniture(evidence.texts[0]):
        found.later = [evidence.behind_furniture(at) for at in found.later]
    others = (candidate for candidate in candidates if candidate.block.start not in chosen)
    found.doubtful += [each.block.start for each in others if _is_worth_telling(evidence, each, found)]
    found.doubtful = _told(evidence, first, found, {*found.doubtful, *told_cover(cover)})
    if found.later and is_preface(evidence.texts[first]):
        found.prefaces = [first, *prefaces_between(evidence, first, found.later[0])]
    return found


def _collection_in(evidence: VolumeEvidence, first: int) -> Collection:
    """Returns the speeches of a collection; none where a notice hands one on."""
    return Collection() if _hands_on(evidence, first) else find_collection(evidence)


def _told(evidence: VolumeEvidence, first: int, found: Boundaries, doubtful: Set[int]) -> list[int]:
    """Returns the lines that only look like the beginning of another speech, `doubtful` among them; a title below a
    date that is told isn't told again."""
    told = {*doubtful, *_behind_rules(evidence, first)}
    if not _hands_on(evidence, first):
        told |= {*documents_behind(evidence, first), *called_points(evidence, first)}
        told |= {*_inside(evidence, first, {*told, *found.later})}
    entries = {*doubtful_entries(evidence, first)}
    below = {at + 1 for at in entries}
    others = (at for at in told - {*found.dividers} if at not in below)
    return sorted({*entries, *others} - {*found.later})


def _inside(evidence: VolumeEvidence, first: int, known: set[int]) -> Iterator[int]:
    """Yields the whole heads within a speech that aren't `known`, or part of a head that is."""
    for at in inner_heads(evidence.texts, first):
        if known.isdisjoint(range(at - _HEAD_OF_ENTRY, at + 1)):
            yield at


def _behind_cover(text: VolumeText, speech: int) -> Boundaries:
    """Returns the boundaries of a file with a notice above its speeches, the first of which begins at line
    `speech`: the notice is a text of its own."""
    behind = _boundaries(VolumeEvidence(replace(text, lines=text.lines[speech:])))
    return Boundaries(
        0,
        True,
        [speech, *(speech + at for at in behind.later)],
        [speech + at for at in behind.doubtful],
        [speech + at for at in behind.dividers],
    )


def _entries(evidence: VolumeEvidence) -> Boundaries | None:
    """Returns the boundaries of an exported notebook, or of texts that only rows of signs part; None if it is
    none of these."""
    entries = find_entries(evidence)
    starts = entries.starts or tuple(called_texts(evidence))
    if not starts:
        return None
    first = entries.starts[0] if entries.starts else 0
    # The title of an entry stands below its date; others may stand in the entry's text.
    heads = {line for at in starts for line in range(at, at + _HEAD_OF_ENTRY)}
    sure = _sure(evidence, find_beginnings(evidence, first), first)
    later = {*starts, *(each.block.start for each in sure if each.block.start not in heads)} - {first}
    doubtful = [at for at in doubtful_entries(evidence, first) if at not in heads | later]
    return Boundaries(first, True, sorted(later), doubtful, has_own_front=entries.has_own_front)


def _are_speeches(evidence: VolumeEvidence, first: int, sure: Sequence[Beginning]) -> bool:
    """Returns whether what was found behind a preface, or a text without title and salutation, are speeches of
    their own: one alone stays together with a note or news above it."""
    if evidence.texts and is_preface(evidence.texts[first]):
        return len(sure) > 1 or (len(sure) == 1 and is_volumes_preface(evidence, first))
    return len(sure) > 1 and not _hands_on(evidence, first)


def _behind_long_note(evidence: VolumeEvidence, first: int, sure: Sequence[Beginning]) -> list[int]:
    """Returns where speeches begin behind more than an editor's note; a notice that hands one on is no
    doubt."""
    starts = [] if _hands_on(evidence, first) else [candidate.block.start for candidate in sure]
    return [at for at in starts if evidence.prose(0, at) >= _LONG_NOTE]


def _is_a_list(text: VolumeText) -> bool:
    """Returns whether the text is a long row of short lines: no speeches, and each line would be looked at from
    many sides."""
    return len(text.lines) > _MANY_LINES and (
        sum(len(line.text) for line in text.lines) < _SHORT_LINES * len(text.lines)
    )


def _begins_before(evidence: VolumeEvidence, at: int, sure: Sequence[Beginning]) -> bool:
    """Returns whether a speech begins above the first one of a collection."""
    called = any(salutation_lines(evidence.texts, line) for line in range(at))
    return called or any(candidate.block.start < at for candidate in sure)


def _behind_common_date(evidence: VolumeEvidence, first: int, sure: Sequence[Beginning]) -> int:
    """Returns where the first speech begins if the date above its title is that of the volume, whose title
    stands above it: 座谈会发言汇编 / （2024年9月10日） / 方大川的发言, and no date above the other titles."""
    block = title_block(evidence.texts, first, evidence.contents) if first and sure else None
    if block is None or not block.leading or any(each.block.leading for each in sure):
        return first
    return first + block.leading if is_collection_title(evidence.texts[first - 1]) else first


def _collected(evidence: VolumeEvidence, found: Collection, sure: Sequence[Beginning]) -> Boundaries:
    """Returns the boundaries of a collection; a speech whose title alone is sure is one of it, too."""
    fronts = {at for start, stop in zip(found.starts, found.stops, strict=True) for at in range(start, stop)}
    starts = {candidate.block.start for candidate in sure if candidate.block.start > found.starts[0]}
    starts = {*found.starts[1:], *(starts - fronts)}
    dividers = dividers_above(evidence, [found.starts[0], *starts])
    prefaces = [at for at in range(found.starts[0]) if is_preface(evidence.texts[at])]
    return Boundaries(
        found.starts[0], True, sorted(starts), [], dividers, prefaces, is_collection=True, has_own_front=True
    )


def _first_speech(evidence: VolumeEvidence) -> tuple[int, bool]:
    """Returns the line at which the first speech begins, and whether it has a title or a salutation of its
    own.

    Above it may stand the volume's title: 渠水县讲话汇编 / 2025年 / 在防汛会上的讲话 / 同志们：
    """
    dated = None
    for at, text in outside_introductions(evidence.texts):
        if salutation_lines(evidence.texts, at):
            return 0, True
        block = title_block(evidence.texts, at, evidence.contents)
        # 竞聘演讲稿（精选3篇） is the volume's title where that of a speech follows.
        if block is not None and block.form is TitleForm.KIND and is_collection_title(text):
            dated = at if dated is None and not block.has_salutation else dated
            if not block.has_salutation:
                continue
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
        if letters_of_prose(text) and evidence.prose(0, at + 1) >= SHORTEST_BODY:
            break
    return (0, False) if dated is None else (dated, not _hands_on(evidence, 0))


def _hands_on(evidence: VolumeEvidence, first: int) -> bool:
    """Returns whether the file is a notice, or news, that hands a speech on: the speech is a part of it."""
    head = evidence.texts[first : first + _NOTICE_LINES]
    return any(_HANDS_ON.search(text[:300]) for text in head) or any(
        len(text) <= LONGEST_TITLE_LINE and _NOTICE_TITLE.search(text) for text in head[:2]
    )


def _sure(evidence: VolumeEvidence, candidates: Sequence[Beginning], first: int) -> list[Beginning]:
    """Returns the candidates that surely begin a speech, each with a body of its own."""
    # Three titles of one form, each of which is nearly sure, are sure together.
    nearly = sum(candidate.is_nearly_enough for candidate in candidates)
    rows = rows_of_numbers(evidence, candidates, first)
    sure = [
        candidate
        for candidate in candidates
        if candidate.is_enough
        or (candidate.is_nearly_enough and nearly >= ROWS_ALIKE)
        or candidate.block.start in rows
    ]
    kept: list[Beginning] = []
    end = len(evidence.texts)
    for candidate in reversed(sure):
        # A list of speeches, each with its date, has no text between its lines.
        if evidence.prose(candidate.block.stop, end) >= candidate.shortest_body:
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
            and min(evidence.prose(first, at), evidence.prose(at, end)) >= SHORTEST_BODY
        ):
            yield at


def _is_worth_telling(evidence: VolumeEvidence, candidate: Beginning, found: Boundaries) -> bool:
    """Returns whether the operator is told of a line that only looks like a title."""
    form = candidate.block.form
    # A speech quotes a letter more often than letters stand below one another.
    if _hands_on(evidence, found.first) or candidate.block.title.endswith("信"):
        return False
    is_essay = candidate.is_plain and candidate.is_alike and candidate.score >= ENOUGH
    if form < TitleForm.KIND and not is_essay:
        return False
    following = bisect_right(found.later, candidate.block.start)
    end = found.later[following] if following < len(found.later) else len(evidence.texts)
    shortest = SHORTEST_SURE_BODY if candidate.has_sure_form else SHORTEST_BODY
    if is_essay:
        shortest = (
            SHORTEST_TOLD_ESSAY if _is_set_off_essay(evidence, candidate.block) else SHORTEST_PLAIN_BODY
        )
    least = TOLD if form is TitleForm.OCCASION else TOLD_FOR_KIND
    return candidate.score >= least and evidence.prose(candidate.block.stop, end) >= shortest


def _is_set_off_essay(evidence: VolumeEvidence, block: TitleBlock) -> bool:
    """Returns whether more room than usual stands above a title, and paragraphs below it: an entry of a chronicle
    has one."""
    below = range(block.stop, min(block.stop + _PARAGRAPHS_OF_ESSAY, len(evidence.texts)))
    is_text = len(below) == _PARAGRAPHS_OF_ESSAY and all(evidence.prose(at, at + 1) for at in below)
    return is_text and evidence.is_set_off(block.start)
