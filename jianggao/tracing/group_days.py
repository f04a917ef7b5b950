"""Names the copies that member groups are shown: one for each group and day. All who are in the group see the
same copy, so it can't name a person, but it tells where and when a leak was shown (docs/tracing.md, What a
member group is shown)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_PREFIX = "group:"
"""No account begins like this: they are digits."""


@dataclass(frozen=True, slots=True)
class GroupDay:
    """A member group on one day, in the bot's timezone."""

    group: str
    day: date

    @property
    def reader(self) -> str:
        """The account in whose place copies are made and recorded for the group."""
        return f"{_PREFIX}{self.group}:{self.day.isoformat()}"

    @classmethod
    def of(cls, reader: str) -> GroupDay | None:
        """Returns the group and day of such an account; None for a person's."""
        if not reader.startswith(_PREFIX):
            return None
        group, _, day = reader.removeprefix(_PREFIX).rpartition(":")
        return cls(group, date.fromisoformat(day))
