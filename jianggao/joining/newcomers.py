"""Decides when newcomers of a group are welcomed, and who together (docs/rules.md, Joining)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

GATHERED_FOR = timedelta(seconds=20)
"""Who comes so soon after the first newcomer is welcomed in the same message."""
GATHERED_IN_A_BUSY_GROUP = timedelta(minutes=8)
"""The same in a group that was welcomed `MOST_QUICK` times within an hour: so it hears a dozen at most."""
MOST_QUICK = 3
LATEST = timedelta(minutes=10)
"""A welcome answers somebody's coming: later it would come out of nowhere."""
CLOCK_JITTER = timedelta(minutes=1)
"""How far a clock may go back for a newcomer still to count as recent."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who came into a group and hasn't been welcomed."""

    group: str
    account: str
    self_id: str
    """The account of the bot that saw it."""
    at: datetime


@dataclass(frozen=True, slots=True)
class WelcomeRound:
    """The newcomers of a group who are welcomed in one message, the earliest first."""

    group: str
    self_id: str
    accounts: tuple[str, ...]
    at: datetime
    """When the first of them came."""


def is_late(at: datetime, now: datetime) -> bool:
    """Returns whether it is too late to welcome somebody who came at that moment. A moment in the future is
    of a clock that was ahead, and could be long ago."""
    return not -CLOCK_JITTER <= now - at <= LATEST


def due_rounds(waiting: Iterable[Newcomer], now: datetime, busy: Collection[str] = ()) -> list[WelcomeRound]:
    """Returns who is to be welcomed now, by group: all newcomers of a group whose first came long enough
    ago, in `busy` groups longer. Those for whom it is too late are left out."""
    groups: dict[str, list[Newcomer]] = defaultdict(list)
    for newcomer in sorted(waiting, key=lambda newcomer: newcomer.at):
        if not is_late(newcomer.at, now):
            groups[newcomer.group].append(newcomer)
    return [
        WelcomeRound(group, first[0].self_id, tuple(newcomer.account for newcomer in first), first[0].at)
        for group, first in groups.items()
        if now - first[0].at >= (GATHERED_IN_A_BUSY_GROUP if group in busy else GATHERED_FOR)
    ]
