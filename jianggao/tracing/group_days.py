"""What a member group is shown is marked for the group and the day: all who are in it see the same copy, so it can't
name a person, but it tells where and when a leak was shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_BEGINS = "group:"
"""No account begins like this: they are digits."""


@dataclass(frozen=True, slots=True)
class GroupDay:
    """A member group on one day, in the bot's timezone."""

    group: str
    day: date

    @property
    def reader(self) -> str:
        """As copies are made for it and recorded."""
        return f"{_BEGINS}{self.group}:{self.day.isoformat()}"

    @classmethod
    def of(cls, reader: str) -> GroupDay | None:
        """The inverse of `reader`; None for a person's account."""
        if not reader.startswith(_BEGINS):
            return None
        group, _, day = reader.removeprefix(_BEGINS).rpartition(":")
        return cls(group, date.fromisoformat(day))
