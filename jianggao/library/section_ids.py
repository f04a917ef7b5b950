"""Works out the ids of sections, which carry the material date, and defines the audiences of their bodies.

An id is the material date's proleptic ordinal, shifted left by `SHIFT` bits, plus a running number: rows and
index stand in date order, and a span of dates is a range of ids.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum

SHIFT = 24
"""How many bits of an id stand below its date."""
_MASK = (1 << SHIFT) - 1
IdRange = tuple[int, int]
"""A span of section ids, that is of material dates, both ends included."""
EVERY_ID: IdRange = (0, 1 << 62)
"""The lowest and highest id there can be."""


class Audience(IntEnum):
    """Who may read a section's body (`sections.audience`); each audience contains the ones after it."""

    PREVIEW = 0
    """Everybody."""
    MEMBER_GROUP = 1
    """Whoever reads along in a member group, and members."""
    MEMBERS = 2
    """Members alone."""

    @classmethod
    def stored(cls, value: int) -> Audience:
        """Returns the audience of a stored value.

        Of a value that no release writes it is the narrowest, so that a damaged row shows nothing.
        """
        return cls(value) if value in (0, 1) else cls.MEMBERS


def first_id(day: date) -> int:
    """Returns the smallest id of that day."""
    return day.toordinal() << SHIFT


def last_id(day: date) -> int:
    """Returns the largest id of that day."""
    return first_id(day) | _MASK


def day_of(section_id: int) -> date:
    """Returns the material date that an id carries."""
    return date.fromordinal(section_id >> SHIFT)


def speech_key(day: date, number: int) -> int:
    """Returns the rowid of a speech in the index of titles: date first, then its number."""
    return first_id(day) | number


def number_of(key: int) -> int:
    """Returns the speech number in a `speech_key`."""
    return key & _MASK


def month_of(day: date) -> int:
    """Returns the months since the year 0, by which words of locked texts are kept."""
    return day.year * 12 + day.month - 1


def whole_months(first: int, last: int) -> tuple[int, int]:
    """Returns the first and the last month of which the span of ids holds every day.

    The first is later than the last if there is none.
    """
    first_day, last_day = (min(max(at >> SHIFT, 1), date.max.toordinal()) for at in (first, last))
    since, until = date.fromordinal(first_day), date.fromordinal(last_day)
    ends = last_day == date.max.toordinal() or date.fromordinal(last_day + 1).day == 1
    return month_of(since) + (since.day > 1), month_of(until) - (not ends)


def id_range(first: date, last: date) -> IdRange:
    """Returns the lowest and the highest id of the material dates from `first` to `last`, both included."""
    return first_id(first), last_id(last)
