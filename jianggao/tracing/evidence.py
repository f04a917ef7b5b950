"""What was read in leaks, put together before it is compared with anybody: one reading a text, and none of public
text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jianggao.tracing.plan import CarrierKind, MarkPlan

_MOST_OF_PUBLIC_TEXT = 0.15
"""With fewer of its places in another form than the clean text has, a leak is the public text, or as good as that: of
members' copies with 20 places one in 800 is like this."""
_FEWEST_PLACES = 12
"""Of fewer places nothing can be said, and by fewer nobody is named."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What `read` found in one leak of the text version `text_id`: 0, 1 or None for each carrier of its plan."""

    text_id: str
    kinds: tuple[CarrierKind, ...]
    values: tuple[int | None, ...]

    @classmethod
    def of(cls, text_id: str, plan: MarkPlan, values: Sequence[int | None]) -> Reading:
        """The reading of a leak of the text that `plan` is for."""
        return cls(text_id, tuple(one.kind for one in plan.carriers), tuple(values))


Received = Mapping[str, Sequence[int]]
"""What one suspect received: the bits of his copy by text id."""


def dossier(readings: Iterable[Reading]) -> list[Reading]:
    """Several leaks of one seller as one reading a text. Where leaks of the same text agree, or only one tells,
    that counts, once: the copy behind them has one bit there, not two. Where they differ, nothing does."""
    of_texts: dict[str, list[Reading]] = {}
    for one in readings:
        same = of_texts.setdefault(one.text_id, [])
        if same and len(same[0].values) != len(one.values):
            raise ValueError(f"readings of {one.text_id} by different plans")
        same.append(one)
    return [_together(same) for same in of_texts.values()]


def _together(same: Sequence[Reading]) -> Reading:
    """All of them at once: two after the other, a third would speak where the first two have differed."""
    known = [set(place) - {None} for place in zip(*(one.values for one in same), strict=True)]
    values = tuple(next(iter(told)) if len(told) == 1 else None for told in known)
    return Reading(same[0].text_id, same[0].kinds, values)


def without_public_text(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, those without anything in them that are of the public text: it is no copy, and points to nobody."""
    blank = [
        Reading(one.text_id, one.kinds, (None,) * len(one.values)) if _is_public([one]) else one
        for one in readings
    ]
    if not _is_public(blank):
        return blank
    return [Reading(one.text_id, one.kinds, (None,) * len(one.values)) for one in blank]


def _is_public(readings: Sequence[Reading]) -> bool:
    known = [value for one in readings for value in one.values if value is not None]
    return len(known) >= _FEWEST_PLACES and sum(known) < _MOST_OF_PUBLIC_TEXT * len(known)
