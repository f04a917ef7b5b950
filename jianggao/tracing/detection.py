"""What a leaked text says about the copy it came from: one bit for each carrier that can still be read."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from jianggao.text.normal_form import normal_form
from jianggao.tracing.letters import Letters, letters_before, places_in, stops_of
from jianggao.tracing.plan import Carrier, CarrierKind, MarkPlan, sha256_of
from jianggao.tracing.unwrap import unwrapped

_SHINGLE = 8
_LONGEST_STRANGE = 30
_STRANGE_RUN = 4
_STRANGE_BELOW = 0.2
_FEWEST_BREAKS = 12
"""Fewer breaks than these can all fall on one side by chance."""
_REDONE_BELOW, _REDONE_ABOVE = 0.15, 0.85


def read(leak: str, clean: str, plan: MarkPlan) -> list[int | None]:
    """For each carrier of `plan`, whose clean text is `clean`: 0 or 1 as `leak` has it, None if it can't be told.

    A carrier is found by the letters around it, so width, blanks, invisible characters, hard wraps, cuts, notes
    between the parts and edits elsewhere don't matter. It counts only if its surroundings occur once in the text; where
    the leak has them several times, only if all say the same. Paragraph breaks are dropped whole when nearly all or
    nearly none are there: somebody has redone them. Raises ValueError if `clean` isn't the plan's text.
    """
    if sha256_of(clean) != plan.text_sha256:
        raise ValueError("the clean text isn't the plan's")
    original = normal_form(clean)
    seen = Letters.of(_without_strange_lines(unwrapped(leak), original))
    places = letters_before(clean, [one.offset for one in plan.carriers])
    values = [
        _value(one, seen, places_in(seen.letters, original, at))
        for one, at in zip(plan.carriers, places, strict=True)
    ]
    return _without_redone_breaks(plan, values)


def _without_strange_lines(text: str, original: str) -> str:
    """`text` without the short lines that have next to nothing of `original`: senders of forwarded messages, page
    headers. They would part the letters on both sides of a break."""
    known = {
        original[at : at + length] for length in range(1, _STRANGE_RUN + 1) for at in range(len(original))
    }
    return "\n".join(line for line in text.split("\n") if not _is_strange(line, known))


def _is_strange(line: str, known: AbstractSet[str]) -> bool:
    """`known` are the runs of the original. To look each line up in the original itself takes seconds for a leak of a
    million short lines."""
    letters = normal_form(line) if len(line) <= 2 * _LONGEST_STRANGE else ""
    if not 0 < len(letters) <= _LONGEST_STRANGE:
        return False
    runs = [letters[at : at + _STRANGE_RUN] for at in range(max(1, len(letters) - _STRANGE_RUN + 1))]
    return sum(run in known for run in runs) < _STRANGE_BELOW * len(runs)


def _value(carrier: Carrier, seen: Letters, places: Sequence[int]) -> int | None:
    told = {_value_at(carrier, seen, place) for place in places} - {None}
    return told.pop() if len(told) == 1 else None


def _value_at(carrier: Carrier, seen: Letters, place: int) -> int | None:
    if carrier.kind is CarrierKind.BREAK:
        return seen.breaks_at(place)
    stops = seen.stops_at(place)
    if stops == stops_of(carrier.old):
        return 0
    return 1 if stops == stops_of(carrier.new) else None


def _without_redone_breaks(plan: MarkPlan, values: Sequence[int | None]) -> list[int | None]:
    breaks = [
        value
        for one, value in zip(plan.carriers, values, strict=True)
        if one.kind is CarrierKind.BREAK and value is not None
    ]
    if len(breaks) < _FEWEST_BREAKS or _REDONE_BELOW <= sum(breaks) / len(breaks) <= _REDONE_ABOVE:
        return list(values)
    return [
        None if one.kind is CarrierKind.BREAK else value
        for one, value in zip(plan.carriers, values, strict=True)
    ]


def runs_of(letters: str) -> set[str]:
    """The runs of 8 letters of a text in normal form."""
    return {letters[at : at + _SHINGLE] for at in range(len(letters) - _SHINGLE + 1)}
