"""Compares who is in the member groups with the ledger (docs/rules.md, Joining)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from jianggao.membership.ledger import MemberState, Standing


class GroupRole(Enum):
    """What somebody is in a group. UNKNOWN is what no known implementation says: such people are never
    removed."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class GroupMember:
    """Somebody in a group, as the implementation lists it."""

    account: str
    role: GroupRole
    name: str = ""
    """The name in the group, or else the nickname: whatever the person typed."""
    joined_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Somebody in the result of a comparison."""

    account: str
    valid_until: date | None
    """The last day of the last subscription; None for who never had one."""
    name: str = ""
    """The name in the group; empty for who isn't in it."""
    joined_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GroupRoster:
    """What a comparison found in one group. Operators and the accounts that the bot ignores are in none of
    the lists."""

    group: str
    size: int
    """How many people are in the group, all included."""
    members: tuple[RosterLine, ...]
    """Whose time runs."""
    ended: tuple[RosterLine, ...]
    """Whose time is over, the longest first."""
    suspended: tuple[RosterLine, ...]
    never: tuple[RosterLine, ...]
    """Who never was a member."""


def compare(
    group: str,
    present: Iterable[GroupMember],
    states: Mapping[str, MemberState],
    now: datetime,
    left_out: Iterable[str],
) -> GroupRoster:
    """Returns how the people in a group stand by the ledger's states of all accounts."""
    excluded, present = frozenset(left_out), list(present)
    found: dict[Standing, list[RosterLine]] = {standing: [] for standing in Standing}
    for person in present:
        if person.account not in excluded:
            state = states.get(person.account, MemberState())
            line = RosterLine(person.account, state.valid_until, person.name, person.joined_at)
            found[state.standing(now)].append(line)
    return GroupRoster(
        group,
        len(present),
        members=_sorted(found[Standing.ACTIVE]),
        ended=_sorted(found[Standing.EXPIRED]),
        suspended=_sorted(found[Standing.SUSPENDED]),
        never=_sorted(found[Standing.NEVER]),
    )


def absent(
    present: Iterable[GroupMember], states: Mapping[str, MemberState], now: datetime, left_out: Iterable[str]
) -> tuple[RosterLine, ...]:
    """Returns the members whose time runs and who aren't among those present, the soonest to end first."""
    seen = {person.account for person in present} | set(left_out)
    return _sorted(
        RosterLine(account, state.valid_until)
        for account, state in states.items()
        if account not in seen and state.standing(now) is Standing.ACTIVE
    )


def _sorted(lines: Iterable[RosterLine]) -> tuple[RosterLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.valid_until or date.min, line.account)))
