"""Decides whom the bot removes from a member group because their time is over (docs/rules.md, Joining).

REMOVE_EXPIRED says after how many days. Superusers read the day before who it will be, and afterwards who it
was. Whatever isn't certain keeps a person in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from jianggao.joining.roster import GroupMember, GroupRole
from jianggao.membership.ledger import MemberState, Standing

MOST_A_DAY = 10
"""People removed in a day, of all groups together."""
ANNOUNCED_FOR = timedelta(hours=20)
"""How long superusers can object between the announcement and the removal."""
ANNOUNCEMENT_LASTS = timedelta(hours=72)
"""After this an announcement is too old to act upon, and a new one is made."""
SPARED_FOR = timedelta(days=7)
"""How long somebody who was announced and stayed isn't announced again: what kept them may be over then."""
REMINDED_WITHIN = timedelta(days=7)
"""How long after the end a reminder of it may still come."""


class NothingKnown(Exception):
    """The lookups contradict one another: whether somebody is in the group isn't sure."""


class Spared(Enum):
    """Why somebody isn't removed."""

    PROTECTED = "protected"
    """An operator, the bot itself, or an account that it ignores."""
    ROLE = "role"
    """The owner or an admin of the group, or somebody whose role isn't known."""
    NOT_ENDED = "not_ended"
    """A member, suspended, or somebody whose time ended too short ago."""
    NEVER = "never"
    """Never a member: nothing of theirs has ended."""
    NOT_REMINDED = "not_reminded"
    ABSENT = "absent"
    """Not in the group any more."""


@dataclass(frozen=True, slots=True)
class RemovalRules:
    """What doesn't depend on the person."""

    days: int
    """REMOVE_EXPIRED."""
    protected: frozenset[str]
    """Superusers, ignored accounts and the bot's own."""


@dataclass(frozen=True, slots=True)
class RemovalCandidate:
    """Somebody who is to be removed."""

    group: str
    account: str
    valid_until: date
    """The last day of the subscription that ended."""


def as_both_say(listed: GroupMember | None, looked_up: GroupMember | None) -> GroupMember | None:
    """Returns how somebody stands in a group by its list and by a lookup of the person, with no role where the
    two differ; None for who isn't there by either. Raises NothingKnown where they contradict one another, and
    for a lookup that says nothing of the role."""
    if listed is None and looked_up is None:
        return None
    if listed is None or looked_up is None:
        raise NothingKnown
    if looked_up.role is GroupRole.UNKNOWN and listed.role is GroupRole.MEMBER:
        raise NothingKnown
    is_same = listed.role is looked_up.role
    return looked_up if is_same else replace(looked_up, role=GroupRole.UNKNOWN)


def spared(
    person: GroupMember | None, state: MemberState, now: datetime, rules: RemovalRules, *, was_reminded: bool
) -> Spared | None:
    """Returns why somebody stays in the group; None for somebody who may be removed. `person` is how the
    group lists them, None if it doesn't."""
    if person is None:
        return Spared.ABSENT
    if person.account in rules.protected:
        return Spared.PROTECTED
    if person.role is not GroupRole.MEMBER:
        return Spared.ROLE
    if not state.spans or state.standing(now) is Standing.NEVER:
        return Spared.NEVER
    # A later subscription may have been given already, which hasn't begun.
    over = now - state.spans[-1].end >= timedelta(days=rules.days)
    if state.standing(now) is not Standing.EXPIRED or not over:
        return Spared.NOT_ENDED
    return None if was_reminded else Spared.NOT_REMINDED


def candidates(
    group: str,
    present: Iterable[GroupMember],
    states: Mapping[str, MemberState],
    now: datetime,
    rules: RemovalRules,
) -> list[RemovalCandidate]:
    """Returns who may be removed from a group once they were reminded, whose time ended longest ago first."""
    found = []
    for person in present:
        state = states.get(person.account, MemberState())
        until = state.valid_until
        if until is not None and spared(person, state, now, rules, was_reminded=True) is None:
            found.append(RemovalCandidate(group, person.account, until))
    return sorted(found, key=lambda candidate: (candidate.valid_until, candidate.account))


def stays_unreminded(valid_until: date, today: date) -> bool:
    """Returns whether no reminder of the end can come any more to somebody who got none: the bot never
    removes them."""
    return today - valid_until > REMINDED_WITHIN


def is_ripe(announced_at: datetime, waited: timedelta, now: datetime) -> bool:
    """Returns whether an announcement is old enough to act upon, and not too old. `waited` is how long the
    bot has run since, by a clock that nobody can set: the other one may be set ahead by days."""
    return min(waited, now - announced_at) >= ANNOUNCED_FOR and now - announced_at <= ANNOUNCEMENT_LASTS
