"""Decides when a backup is due, and which backups stay (docs/rules.md, Backups): moments and a time zone,
no files."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

DAYS, WEEKS, MONTHS = 7, 4, 12
"""For how many days, weeks and months the newest backup of each is kept."""
AT = time(3, 30)
"""The local time of the daily backup: few people ask at this hour, and the day's changes are all in it."""


@dataclass(frozen=True, slots=True, order=True)
class BackupTime:
    """When a backup was made, and whether somebody asked for it."""

    at: datetime
    by_hand: bool = False


def count_missed(last: datetime | None, now: datetime, zone: tzinfo) -> int:
    """Returns how many daily backups should have been made since the last one: 0 when none is due.

    One is due where there is no backup at all. A backup from the future (the clock was wrong) doesn't count.
    """
    # A backup of tomorrow says nothing about today.
    if last is None or last > now:
        return 1
    return max((_latest_time(now, zone) - _latest_time(last, zone)).days, 0)


def _latest_time(moment: datetime, zone: tzinfo) -> date:
    """Returns the day of the last moment at which a backup was to be made."""
    local = moment.astimezone(zone)
    return local.date() if local.time() >= AT else local.date() - timedelta(days=1)


def select_kept(backups: Iterable[BackupTime], now: datetime, zone: tzinfo) -> frozenset[BackupTime]:
    """Returns the backups that stay; the newest of all is always among them.

    They are the newest of each of the 7 newest days that have one, of the 4 newest weeks and of the 12 newest
    months; those that somebody asked for in the last 7 days; and those that seem to come from the future,
    since the clock may be wrong now.
    """
    ordered = sorted(backups, reverse=True)
    future = [backup for backup in ordered if backup.at > now]
    past = [backup for backup in ordered if backup.at <= now]
    recent = [backup for backup in past if backup.by_hand and now - backup.at < timedelta(days=DAYS)]
    return frozenset(
        [
            *future,
            *recent,
            *_newest_of_each(past, DAYS, zone, lambda day: day),
            *_newest_of_each(past, WEEKS, zone, lambda day: day.isocalendar()[:2]),
            *_newest_of_each(past, MONTHS, zone, lambda day: (day.year, day.month)),
        ]
    )


def _newest_of_each(
    ordered: Iterable[BackupTime], limit: int, zone: tzinfo, period_of: Callable[[date], Hashable]
) -> list[BackupTime]:
    newest: dict[Hashable, BackupTime] = {}
    for backup in ordered:
        period = period_of(backup.at.astimezone(zone).date())
        if period not in newest and len(newest) < limit:
            newest[period] = backup
    return list(newest.values())
