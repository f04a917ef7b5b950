"""Finds the branches of a heading tree that are on a theme: of a report of sixty headings the four on farming."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from jianggao.reading.views import OutlineLine, OutlineView
from jianggao.search import Term
from jianggao.text.normal_form import normal_form, spaced_normal_form

TREE_LINES = 14
"""Lines of an outline among several: a tree that has no more is shown whole."""
_NUMERALS = frozenset("一二三四五六七八九十")


def branch_view(view: OutlineView, terms: Sequence[Term], about: Collection[int] = ()) -> OutlineView:
    """Returns the outline with the headings on the theme, those above them and those below; whole where it is
    short, and with the outermost headings where none is on the theme.

    `about` are the ordinals of the sections by which the speech was found, where none of its headings is on
    the theme: then the headings are shown at which these stand, with their numbers alone, however short the
    outline is. `left_out` says how many lines are missing.
    """
    lines: Sequence[OutlineLine] = view.lines
    found = [at for at, line in enumerate(lines) if _at(line, about).sections]
    if not found and len(lines) <= TREE_LINES:
        return view
    on_theme = found or lines_on(lines, terms)
    kept = _branches(lines, on_theme) if on_theme else _outermost(lines)
    if len(kept) == len(lines):
        return view
    # Of a section that was found the number is enough; else those of all sections below must be told.
    lines = (
        [_at(line, about) for line in lines] if found else _gathered(lines, kept, on_theme or sorted(kept))
    )
    shown = tuple(lines[at] for at in sorted(kept))
    return replace(view, lines=shown, left_out=len(lines) - len(shown))


def _gathered(lines: Sequence[OutlineLine], kept: Collection[int], heads: Iterable[int]) -> list[OutlineLine]:
    """Returns the lines with the sections of those that are left out below the `heads` at the nearest heading
    above them."""
    gathered = [list(line.sections) for line in lines]
    done: set[int] = set()
    for head in heads:
        above = [head]
        for place in below(lines, head) if head in kept and head not in done else ():
            done.add(place)
            while lines[above[-1]].level >= lines[place].level:
                above.pop()
            if place in kept:
                above.append(place)
            else:
                gathered[above[-1]] += lines[place].sections
    return [replace(line, sections=tuple(sections)) for line, sections in zip(lines, gathered, strict=True)]


def _at(line: OutlineLine, about: Collection[int]) -> OutlineLine:
    """Returns the line with those of its sections alone that have one of the ordinals."""
    return replace(line, sections=tuple(section for section in line.sections if section[0] in about))


def lines_on(lines: Sequence[OutlineLine], terms: Sequence[Term]) -> list[int]:
    """Returns the places of the headings that hold most of the terms; none where no heading holds any."""
    counts = [sum(is_on(line.text, term) for term in terms) if line.level else 0 for line in lines]
    most = max(counts, default=0)
    return [at for at, count in enumerate(counts) if most and count == most]


def is_on(heading: str, term: Term) -> bool:
    """Returns whether a heading with its mark holds the term: 三、农资到户 doesn't hold 三农, which lies across
    the mark."""
    if not term.stands_in(normal_form(heading)):
        return False
    runs = [run for run in term.runs if run[0] in _NUMERALS]
    parts = spaced_normal_form(heading).split()
    others = any(run in normal_form(heading) for run in term.runs if run not in runs)
    return others or any(run in part for run in runs for part in parts)


def below(lines: Sequence[OutlineLine], at: int) -> range:
    """Returns the places of the headings below the one at a place; below an opening there are none."""
    stop = at + 1
    while lines[at].level and stop < len(lines) and lines[stop].level > lines[at].level:
        stop += 1
    return range(at + 1, stop)


def _branches(lines: Sequence[OutlineLine], on_theme: Sequence[int]) -> set[int]:
    """Returns the places of the headings to show: those on the theme with the headings above them, then, as
    many as there is room for, the ones below, the nearest first."""
    kept: set[int] = set()
    for at in on_theme:
        path = {at, *_above(lines, at)}
        if len(kept | path) > TREE_LINES:
            break
        kept |= path
    nearest = {
        place: lines[place].level - lines[at].level
        for at in on_theme
        if at in kept
        for place in below(lines, at)
        if place not in kept
    }
    kept |= set(sorted(nearest, key=lambda place: (nearest[place], place))[: TREE_LINES - len(kept)])
    return kept


def _above(lines: Sequence[OutlineLine], at: int) -> list[int]:
    """Returns the places of the headings above one, the innermost first."""
    found: list[int] = []
    level = lines[at].level
    for place in range(at - 1, -1, -1):
        if 0 < lines[place].level < level:
            found.append(place)
            level = lines[place].level
    return found


def _outermost(lines: Sequence[OutlineLine]) -> set[int]:
    """Returns the places of the outermost headings, and of the next levels where they fit in whole."""
    kept: set[int] = set()
    for level in sorted({line.level for line in lines if line.level}):
        of_level = [at for at, line in enumerate(lines) if line.level == level]
        if kept and len(kept) + len(of_level) > TREE_LINES:
            break
        kept |= set(of_level[:TREE_LINES])
    return kept
