"""Combines what was read in several leaks of one leaker before it is compared with anybody: one reading a
text, and nothing of public text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jianggao.tracing.mark_plan import CarrierKind, MarkPlan

_PUBLIC_BELOW = 0.15
"""A leak with less than this share of its places in another form than the clean text has is the public text,
perhaps mistyped in a few places. A member's copy has about half; of copies with 20 places one in 800 has so
few."""
_FEWEST_PLACES = 12
"""Fewer places can't show whether a reading is of the public text. Nobody is named by so few anyway."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What `detection.read_bits` found in one leak of a text."""

    text_id: str
    """The version, or the layout of one (`layout_evidence.layout_id`)."""
    kinds: tuple[CarrierKind, ...]
    values: tuple[int | None, ...]
    """The bit of each carrier, 0 or 1; None if it could not be read."""

    @classmethod
    def of(cls, text_id: str, plan: MarkPlan, values: Sequence[int | None]) -> Reading:
        """Returns the reading of a leak of the text that `plan` is for."""
        return cls(text_id, tuple(carrier.kind for carrier in plan.carriers), tuple(values))

    def blank(self) -> Reading:
        """Returns the reading with nothing read in it."""
        return Reading(self.text_id, self.kinds, (None,) * len(self.values))


Received = Mapping[str, Sequence[int]]
"""What one suspect received: the bits of his copies by text id."""


def combined(readings: Iterable[Reading]) -> list[Reading]:
    """Returns one reading a text. Where the leaks of a text agree, or only one of them was read, that counts,
    once: the copy behind them has one bit there, not two. Where they differ, nothing counts.

    Raises ValueError if readings of a text are by plans of different length.
    """
    of_texts: dict[str, list[Reading]] = {}
    for reading in readings:
        same_text = of_texts.setdefault(reading.text_id, [])
        if same_text and len(same_text[0].values) != len(reading.values):
            raise ValueError(f"readings of {reading.text_id} by different plans")
        same_text.append(reading)
    return [_together(same_text) for same_text in of_texts.values()]


def _together(same_text: Sequence[Reading]) -> Reading:
    """Returns one reading of several. They are combined all at once: if it were two by two, the third would
    count in places where the first two differ."""
    known = [set(place) - {None} for place in zip(*(reading.values for reading in same_text), strict=True)]
    values = tuple(next(iter(place)) if len(place) == 1 else None for place in known)
    return Reading(same_text[0].text_id, same_text[0].kinds, values)


def without_public_text(readings: Sequence[Reading]) -> list[Reading]:
    """Returns the readings, those of the public text blanked: that is nobody's copy, and points to nobody.
    They are judged one by one, and then all together, since short pieces can be recognised as public text
    only together."""
    kept = [reading.blank() if _is_public([reading]) else reading for reading in readings]
    return [reading.blank() for reading in kept] if _is_public(kept) else kept


def _is_public(readings: Sequence[Reading]) -> bool:
    known = [value for reading in readings for value in reading.values if value is not None]
    return len(known) >= _FEWEST_PLACES and sum(known) < _PUBLIC_BELOW * len(known)
