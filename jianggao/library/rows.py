"""Ids of sections: the material date leads, so that rows and index stand in date order."""

from __future__ import annotations

from datetime import date

SHIFT = 24
_MASK = (1 << SHIFT) - 1


def first_id(day: date) -> int:
    """The smallest id of that day."""
    return day.toordinal() << SHIFT


def last_id(day: date) -> int:
    """The largest id of that day."""
    return first_id(day) | _MASK


def day_of(section_id: int) -> date:
    """The material date that an id carries."""
    return date.fromordinal(section_id >> SHIFT)


def speech_key(day: date, number: int) -> int:
    """The rowid of a speech in the index of titles: date first, then its number."""
    return first_id(day) | number


def number_of(key: int) -> int:
    """The speech number in a `speech_key`."""
    return key & _MASK
