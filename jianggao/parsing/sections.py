"""Cuts the body of a speech into sections of 60 to 700 characters, where the text allows.

A section is what stands below one heading, if that is of such a length. Short neighbours are joined, long
texts are cut between paragraphs or sentences. Sizes are counted in characters, without the blanks around a
section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from jianggao.parsing.model import Heading, Section
from jianggao.parsing.speaker_labels import begins_turn

SHORTEST, LONGEST = 60, 700
_NO_ENDS: Mapping[int, int] = MappingProxyType({})
_PIECE = 600
"""A long section is cut into as few pieces of about equal size as keep each at or below this."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading (its index; None: under no heading) and the text directly below it, up to the next heading.

    The heading begins at `start` and the text at `body`; both end at `end`. A block that `goes_on` has the text
    behind another speaker's turn, under a heading that began long before.
    """

    heading: int | None
    start: int
    body: int
    end: int
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """What becomes a section below `heading`, or several if it is long.

    `inside` are the headings in its body, `lead` is where its own heading begins, `parent` the heading that a
    leaf stands under (None: it is no leaf, or stands under none).
    """

    heading: int | None
    start: int
    end: int
    inside: Sequence[int]
    lead: int
    parent: int | None


def cut_sections(
    text: str,
    front_end: int,
    headings: Sequence[Heading],
    closing: int | None,
    ends: Mapping[int, int] = _NO_ENDS,
) -> tuple[list[Heading], list[Section]]:
    """Returns the headings, with those marked as `in_body` that joined sections took in, and the sections.

    The body begins at `front_end` of the text; what begins at `closing` stands under no heading. `ends` says of a
    heading (by its index) where another speaker begins: what comes from there on stands under the heading above.
    """
    blocks = list(_at_turns(_blocks(text, front_end, headings, closing), headings, ends))
    joined: set[int] = set()
    sections: list[Section] = []
    for group in _joined(text, headings, blocks):
        joined.update(group.inside)
        for piece_start, piece_end in _pieces(text, group.start, group.end):
            sections.append(Section(len(sections) + 1, group.heading, piece_start, piece_end))
    marked = [
        replace(heading, in_body=True) if at in joined else heading for at, heading in enumerate(headings)
    ]
    return marked, sections


def _blocks(text: str, front_end: int, headings: Sequence[Heading], closing: int | None) -> list[_Block]:
    """Returns the text before the first heading, a block for each heading, and the closing."""
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


def _at_turns(
    blocks: Sequence[_Block], headings: Sequence[Heading], ends: Mapping[int, int]
) -> Iterator[_Block]:
    """Yields the blocks, those within which another speaker begins in two."""
    parents = _parents(headings) if ends else []
    for block in blocks:
        over, above = None, block.heading if ends else None
        while above is not None:
            if block.body <= ends.get(above, 0) < block.end:
                over = above
            above = parents[above]
        if over is None:
            yield block
            continue
        # What began last of all that stays open is the parent of the outermost heading that ends here.
        yield replace(block, end=ends[over])
        yield _Block(parents[over], ends[over], ends[over], block.end, goes_on=True)


def _joined(text: str, headings: Sequence[Heading], blocks: Sequence[_Block]) -> list[_Group]:
    """Returns what becomes a section or several: short leaves are joined, empty headings go with others."""
    groups: list[_Group] = []
    parents = _parents(headings)
    at = 0
    while at < len(blocks):
        block = blocks[at]
        run = _run_of_short(text, headings, blocks, at)
        if len(run) > 1 or (run and not text[block.body : block.end].strip()):
            inside = [member.heading for member in run if member.heading is not None]
            parent = parents[inside[0]]
            groups.append(_Group(parent, run[0].start, run[-1].end, inside, run[0].start, parent))
            at += len(run)
            continue
        if text[block.body : block.end].strip():
            parent = parents[block.heading] if run and block.heading is not None else None
            groups.append(_Group(block.heading, block.body, block.end, [], block.start, parent))
        at += 1
    return _with_own_text(text, _with_siblings(text, groups))


def _with_siblings(text: str, groups: Sequence[_Group]) -> list[_Group]:
    """Returns the groups with each leaf that is still too short joined to the sibling before or behind it.

    一是快。 / 二是稳稳当当。(100 characters) / 三是准。 become one section under the heading above them.
    """
    whole: list[_Group] = []
    for group in groups:
        if whole and _fit_together(text, whole[-1], group):
            first = whole.pop()
            inside = [*(first.inside or _own(first)), *(group.inside or _own(group))]
            group = _Group(first.parent, first.lead, group.end, inside, first.lead, first.parent)
        whole.append(group)
    return whole


def _with_own_text(text: str, groups: Sequence[_Group]) -> list[_Group]:
    """Returns the groups with a heading's own text joined to the joined leaves below it, if either is short.

    一、看清路 / 要做到三条。 / 一是快。二是稳。三是准。
    """
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
    """Returns the group's own heading, which comes into the body when it is joined to a sibling."""
    return [] if group.heading is None else [group.heading]


def _fit_together(text: str, before: _Group, behind: _Group) -> bool:
    """Returns whether two groups are neighbouring siblings, one is too short, and both fit in one section."""
    if before.parent is None or before.parent != behind.parent or before.end != behind.lead:
        return False
    shorter = min(_size(text, before.lead, before.end), _size(text, behind.lead, behind.end))
    return shorter < SHORTEST and _size(text, before.lead, behind.end) <= LONGEST


def _run_of_short(text: str, headings: Sequence[Heading], blocks: Sequence[_Block], at: int) -> list[_Block]:
    """Returns the block and the siblings that are joined to it, nothing if the block is no leaf."""
    if not _is_leaf(headings, blocks, at):
        return []
    run = [blocks[at]]
    if not _is_short(text, blocks[at]) or not _may_join(text, headings, blocks[at]):
        return run
    following = at + 1
    while following < len(blocks) and _are_siblings(headings, blocks[at], blocks[following]):
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
    """Returns whether the block has a heading and none stands below it."""
    heading = blocks[at].heading
    if heading is None or blocks[at].goes_on:
        return False
    following = blocks[at + 1].heading if at + 1 < len(blocks) else None
    if at + 1 < len(blocks) and blocks[at + 1].goes_on:
        return True
    return following is None or headings[following].level <= headings[heading].level


def _may_join(text: str, headings: Sequence[Heading], block: _Block) -> bool:
    """Returns whether the block may be joined to its siblings.

    Headings of level 1 keep their sections: no heading above them would name the joined one. Points (whose
    heading is a sentence of the text) and headings without text are joined all the same.
    """
    if block.heading is None:
        return False
    heading = headings[block.heading]
    return heading.level > 1 or heading.run_in or not text[block.body : block.end].strip()


def _is_short(text: str, block: _Block) -> bool:
    """Returns whether the block is too short for a section or has a heading alone."""
    return _size(text, block.start, block.end) < SHORTEST or not text[block.body : block.end].strip()


def _are_siblings(headings: Sequence[Heading], left: _Block, right: _Block) -> bool:
    return (
        left.heading is not None
        and right.heading is not None
        and not right.goes_on
        and headings[left.heading].level == headings[right.heading].level
    )


def _parents(headings: Sequence[Heading]) -> list[int | None]:
    """Returns for each heading the index of the one that it stands under, None for the outermost."""
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
    """Returns the span in pieces of about equal size, cut between paragraphs or, in long ones, sentences."""
    if _size(text, start, end) <= LONGEST:
        return [(start, end)]
    units = list(_in_turns(text, list(_units(text, start, end))))
    total = sum(stop - first for first, stop in units)
    share = total / -(-total // _PIECE)
    pieces: list[tuple[int, int]] = []
    first, size = units[0][0], 0
    for unit_start, unit_end in units:
        length = unit_end - unit_start
        # The piece ends before a unit whose middle lies beyond the piece's share.
        if size and (size + length > LONGEST or size + length / 2 > share):
            pieces.append((first, unit_start))
            first, size = unit_start, 0
        size += length
    pieces.append((first, end))
    return _without_crumbs(text, pieces)


def _without_crumbs(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns the pieces with those below SHORTEST joined to a neighbour where both fit in one section."""
    whole: list[tuple[int, int]] = []
    for start, end in pieces:
        crumb = whole and min(_size(text, start, end), _size(text, *whole[-1])) < SHORTEST
        if crumb and _size(text, whole[-1][0], end) <= LONGEST:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def _units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yields the spans of the paragraphs, and for those over LONGEST the spans of their sentences."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop + 1
        if stop - at <= LONGEST:
            yield at, stop
        else:
            yield from _sentences(text, at, stop)
        at = stop


def _in_turns(text: str, units: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yields the units, those of one turn as one: a question stays with its answer where both fit."""
    begins = begins_turn([text[start:end] for start, end in units])
    turn: tuple[int, int] | None = None
    for (start, end), is_new in zip(units, begins, strict=True):
        if turn is not None and not is_new and end - turn[0] <= LONGEST:
            turn = (turn[0], end)
            continue
        if turn is not None:
            yield turn
        turn = (start, end) if is_new else None
        if turn is None:
            yield start, end
    if turn is not None:
        yield turn


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yields the spans of the sentences; a ； or 。 inside a quotation or brackets doesn't end one.

    A quotation that is never closed ends sentences again after half of LONGEST: it would take all of the
    rest.
    """
    depth = 0
    first = start
    for at in range(start, end):
        character = text[at]
        depth += (character in "“「『（《") - (character in "”」』）》")
        if at >= first and character in "。！？；\n" and (depth <= 0 or at - first > LONGEST // 2):
            stop = at + 1
            # What closes the sentence stays with it: 。” and ？！
            while stop < end and text[stop] in "”’」』）)\n。！？":
                stop += 1
            yield first, stop
            first = stop
    if first < end:
        yield first, end
