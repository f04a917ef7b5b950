"""Reads the marks out of a leaked text: one bit for each carrier of the plan that can still be read."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from jianggao.text.normal_form import normal_form
from jianggao.tracing.letters import Letters, letters_before, locate, pauses_of
from jianggao.tracing.mark_plan import Carrier, CarrierKind, MarkPlan, sha256_of
from jianggao.tracing.unwrap import unwrapped

_SHINGLE = 8
_LONGEST_FOREIGN = 30
_FOREIGN_RUN = 4
_FOREIGN_BELOW = 0.2
"""A line of at most so many letters is foreign if less than this share of its runs of four letters stand in
the text: “张三 2026-03-01 20:15” does, a short last line of a paragraph doesn't."""
_FEWEST_BREAKS = 12
"""Fewer breaks than these can all be there, or all be missing, by chance."""
_REDONE_BELOW, _REDONE_ABOVE = 0.15, 0.85
"""About half of the possible breaks are in a copy. With fewer or more than these shares somebody has joined
or split the paragraphs: the breaks say what he did, not whose copy it was (docs/tracing.md, How a leak is
read)."""


def read_bits(leak: str, clean: str, plan: MarkPlan) -> list[int | None]:
    """Returns for each carrier of `plan`, whose clean text is `clean`, 0 or 1 as `leak` has it, or None if
    that can't be told.

    A carrier is found by the letters around it, so width, blanks, invisible characters, hard wraps, cuts,
    notes between the parts and edits elsewhere don't matter. It counts only if its surroundings occur once in
    the text; where the leak has them several times, only if all say the same. Paragraph breaks are dropped
    altogether when nearly all or nearly none are there. Raises ValueError if `clean` isn't the plan's text.
    """
    if sha256_of(clean) != plan.text_sha256:
        raise ValueError("the clean text isn't the plan's")
    original = normal_form(clean)
    leaked = Letters.of(_without_foreign_lines(unwrapped(leak), original))
    places = letters_before(clean, [carrier.offset for carrier in plan.carriers])
    values = [
        _value(carrier, leaked, locate(leaked.letters, original, at))
        for carrier, at in zip(plan.carriers, places, strict=True)
    ]
    return _without_redone_breaks(plan, values)


def shingles(letters: str) -> set[str]:
    """Returns the runs of 8 letters of a text in normal form, by which texts are compared."""
    return {letters[at : at + _SHINGLE] for at in range(len(letters) - _SHINGLE + 1)}


def _without_foreign_lines(text: str, original: str) -> str:
    """Returns `text` without the short lines that aren't of `original`: senders of forwarded messages, page
    headers, page numbers. They would part the letters on both sides of a break."""
    known = {
        original[at : at + length] for length in range(1, _FOREIGN_RUN + 1) for at in range(len(original))
    }
    return "\n".join(line for line in text.split("\n") if not _is_foreign(line, known))


def _is_foreign(line: str, known: AbstractSet[str]) -> bool:
    """Returns whether a line isn't of the original, of which `known` has the runs. A search of the original
    itself for each line would take seconds for a leak of a million short lines."""
    letters = normal_form(line) if len(line) <= 2 * _LONGEST_FOREIGN else ""
    if not 0 < len(letters) <= _LONGEST_FOREIGN:
        return False
    runs = [letters[at : at + _FOREIGN_RUN] for at in range(max(1, len(letters) - _FOREIGN_RUN + 1))]
    return sum(run in known for run in runs) < _FOREIGN_BELOW * len(runs)


def _value(carrier: Carrier, leaked: Letters, places: Sequence[int]) -> int | None:
    """Returns the bit at those places of the leak where the carrier stands; None if they contradict each
    other, as where two copies were pasted one after the other."""
    values = {_value_at(carrier, leaked, place) for place in places} - {None}
    return values.pop() if len(values) == 1 else None


def _value_at(carrier: Carrier, leaked: Letters, place: int) -> int | None:
    if carrier.kind is CarrierKind.BREAK:
        return leaked.breaks_at(place)
    pauses = leaked.pauses_at(place)
    if pauses == pauses_of(carrier.old):
        return 0
    return 1 if pauses == pauses_of(carrier.new) else None


def _without_redone_breaks(plan: MarkPlan, values: Sequence[int | None]) -> list[int | None]:
    """Returns the values without paragraph breaks if nearly all or nearly none are there: then whoever passed
    the text on has broken it into paragraphs anew, and the breaks are no marks."""
    breaks = [
        value
        for carrier, value in zip(plan.carriers, values, strict=True)
        if carrier.kind is CarrierKind.BREAK and value is not None
    ]
    if len(breaks) < _FEWEST_BREAKS or _REDONE_BELOW <= sum(breaks) / len(breaks) <= _REDONE_ABOVE:
        return list(values)
    return [
        None if carrier.kind is CarrierKind.BREAK else value
        for carrier, value in zip(plan.carriers, values, strict=True)
    ]
