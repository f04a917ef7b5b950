"""Sections: the leaves in reading order, 60 to 700 characters where the text allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jianggao.parsing.model import Heading, Section

SHORTEST, LONGEST = 60, 700
_TARGET = 450
_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）)]*|\n|$)\n?")


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands directly under a heading (None: under none), `start` its heading's, `body` its text's place."""

    heading: int | None
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class _Group:
    """A section to be, under `heading`; `inside` are headings in its body. `lead` is where its own heading begins,
    `parent` what a leaf stands under (None: no leaf, or under nothing)."""

    heading: int | None
    start: int
    end: int
    inside: Sequence[int]
    lead: int
    parent: int | None


def cut_sections(
    text: str, front_end: int, headings: Sequence[Heading], closing: int | None
) -> tuple[list[Heading], list[Section]]:
    """The sections of a text, and its headings with those marked that stand in a joined section's body."""
    blocks = _blocks(text, front_end, headings, closing)
    joined: set[int] = set()
    sections: list[Section] = []
    for group in _joined(text, headings, blocks):
        joined.update(group.inside)
        for piece_start, piece_end in _pieces(text, group.start, group.end):
            sections.append(Section(len(sections) + 1, group.heading, piece_start, piece_end))
    marked = [replace(one, in_body=True) if at in joined else one for at, one in enumerate(headings)]
    return marked, sections


def _blocks(text: str, front_end: int, headings: Sequence[Heading], closing: int | None) -> list[_Block]:
    end = len(text) if closing is None else closing
    starts = [heading.start for heading in headings]
    blocks = []
    if front_end < (starts[0] if starts else end):
        blocks.append(_Block(None, front_end, front_end, starts[0] if starts else end))
    for at, heading in enumerate(headings):
        stop = starts[at + 1] if at + 1 < len(headings) else end
        blocks.append(_Block(at, heading.start, heading.end, stop))
    if closing is not None:
        blocks.append(_Block(None, closing, closing, len(text)))
    return blocks


def _joined(text: str, headings: Sequence[Heading], blocks: Sequence[_Block]) -> list[_Group]:
    """What becomes a section or, if long, several."""
    groups: list[_Group] = []
    parents = _parents(headings)
    at = 0
    while at < len(blocks):
        block = blocks[at]
        run = _run_of_short(text, headings, blocks, at)
        if len(run) > 1 or (run and not text[block.body : block.end].strip()):
            inside = [b.heading for b in run if b.heading is not None]
            parent = parents[inside[0]]
            groups.append(_Group(parent, run[0].start, run[-1].end, inside, run[0].start, parent))
            at += len(run)
            continue
        if text[block.body : block.end].strip():
            parent = parents[block.heading] if run and block.heading is not None else None
            groups.append(_Group(block.heading, block.body, block.end, [], block.start, parent))
        at += 1
    return _with_own_text(text, _with_brothers(text, groups))


def _with_brothers(text: str, groups: Sequence[_Group]) -> list[_Group]:
    """A leaf that is still too short goes together with the brother before it, else with the one behind it."""
    whole: list[_Group] = []
    for group in groups:
        if whole and _fit_together(text, whole[-1], group):
            first = whole.pop()
            inside = [*(first.inside or _own(first)), *(group.inside or _own(group))]
            group = _Group(first.parent, first.lead, group.end, inside, first.lead, first.parent)
        whole.append(group)
    return whole


def _with_own_text(text: str, groups: Sequence[_Group]) -> list[_Group]:
    """What a heading says itself goes together with joined leaves below it where one of both is too short."""
    whole: list[_Group] = []
    for group in groups:
        before = whole[-1] if whole else None
        if before is not None and before.heading == group.heading and before.end == group.start:
            shorter = min(_size(text, before.start, before.end), _size(text, group.start, group.end))
            if shorter < SHORTEST and _size(text, before.start, group.end) <= LONGEST:
                whole.pop()
                inside = [*before.inside, *group.inside]
                group = _Group(before.heading, before.start, group.end, inside, before.lead, before.parent)
        whole.append(group)
    return whole


def _own(group: _Group) -> list[int]:
    return [] if group.heading is None else [group.heading]


def _fit_together(text: str, one: _Group, other: _Group) -> bool:
    if one.parent is None or one.parent != other.parent or one.end != other.lead:
        return False
    shorter = min(_size(text, one.lead, one.end), _size(text, other.lead, other.end))
    return shorter < SHORTEST and _size(text, one.lead, other.end) <= LONGEST


def _run_of_short(text: str, headings: Sequence[Heading], blocks: Sequence[_Block], at: int) -> list[_Block]:
    """The block and its following brothers that are joined into one section; empty if the block is no leaf."""
    if not _is_leaf(headings, blocks, at):
        return []
    run = [blocks[at]]
    if not _is_short(text, blocks[at]) or not _may_join(text, headings, blocks[at]):
        return run
    following = at + 1
    while following < len(blocks) and _are_brothers(headings, blocks[at], blocks[following]):
        if not _is_leaf(headings, blocks, following) or not _is_short(text, blocks[following]):
            break
        if _size(text, run[0].start, blocks[following].end) > LONGEST:
            break
        if not _may_join(text, headings, blocks[following]):
            break
        run.append(blocks[following])
        following += 1
    return run


def _is_leaf(headings: Sequence[Heading], blocks: Sequence[_Block], at: int) -> bool:
    heading = blocks[at].heading
    if heading is None:
        return False
    following = blocks[at + 1].heading if at + 1 < len(blocks) else None
    return following is None or headings[following].level <= headings[heading].level


def _may_join(text: str, headings: Sequence[Heading], block: _Block) -> bool:
    """Headings under no other keep their sections, but for points and empty ones: no heading would say what joined."""
    if block.heading is None:
        return False
    heading = headings[block.heading]
    return heading.level > 1 or heading.run_in or not text[block.body : block.end].strip()


def _is_short(text: str, block: _Block) -> bool:
    return _size(text, block.start, block.end) < SHORTEST or not text[block.body : block.end].strip()


def _are_brothers(headings: Sequence[Heading], one: _Block, other: _Block) -> bool:
    return (
        one.heading is not None
        and other.heading is not None
        and headings[one.heading].level == headings[other.heading].level
    )


def _parents(headings: Sequence[Heading]) -> list[int | None]:
    """For each heading the one that it stands under."""
    above: list[int] = []
    parents: list[int | None] = []
    for at, heading in enumerate(headings):
        while above and headings[above[-1]].level >= heading.level:
            above.pop()
        parents.append(above[-1] if above else None)
        above.append(at)
    return parents


def _size(text: str, start: int, end: int) -> int:
    return len(text[start:end].strip())


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span cut between paragraphs, paragraphs that are too long between sentences, into even pieces."""
    if _size(text, start, end) <= LONGEST:
        return [(start, end)]
    units = list(_units(text, start, end))
    total = sum(stop - first for first, stop in units)
    share = total / -(-total // (_TARGET + 150))
    pieces: list[tuple[int, int]] = []
    first, size = units[0][0], 0
    for unit_start, unit_end in units:
        length = unit_end - unit_start
        if size and (size + length > LONGEST or size + length / 2 > share):
            pieces.append((first, unit_start))
            first, size = unit_start, 0
        size += length
    pieces.append((first, end))
    return _without_crumbs(text, pieces)


def _without_crumbs(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces under the shortest size go to the neighbour before them, where both fit in one."""
    whole: list[tuple[int, int]] = []
    for start, end in pieces:
        crumb = whole and min(_size(text, start, end), _size(text, *whole[-1])) < SHORTEST
        if crumb and _size(text, whole[-1][0], end) <= LONGEST:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def _units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Paragraphs, the long ones as their sentences."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop + 1
        if stop - at <= LONGEST:
            yield at, stop
        else:
            yield from _sentences(text, at, stop)
        at = stop


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences; a ； or 。 inside a quotation or brackets doesn't end one."""
    depth = 0
    first = start
    for at in range(start, end):
        character = text[at]
        depth += (character in "“「『（《") - (character in "”」』）》")
        if at >= first and character in "。！？；\n" and (depth <= 0 or at - first > LONGEST // 2):
            stop = at + 1
            while stop < end and text[stop] in "”’」』）)\n。！？":
                stop += 1
            yield first, stop
            first = stop
    if first < end:
        yield first, end
