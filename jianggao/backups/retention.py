"""When a backup is due, and which of them stay (docs/rules.md, Backups). Pure: moments and a time zone, no files."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

DAYS, WEEKS, MONTHS = 7, 4, 12
AT = time(3, 30)
"""When the daily backup is made: few ask at this hour, and the day's changes are all in it."""


@dataclass(frozen=True, slots=True, order=True)
class BackupTime:
    """When a backup was made, and whether somebody asked for it."""

    at: datetime
    by_hand: bool = False


def count_missed(last: datetime | None, now: datetime, zone: tzinfo) -> int:
    """How many daily backups should have been made since the last one: 0 when none is due. Where there is none at all,
    one is. One from the future (the clock was wrong) doesn't count."""
    if last is None or last > now:
        return 1
    return max((_latest_time(now, zone) - _latest_time(last, zone)).days, 0)


def _latest_time(moment: datetime, zone: tzinfo) -> date:
    """The day of the last time at which a backup was to be made, by this moment."""
    local = moment.astimezone(zone)
    return local.date() if local.time() >= AT else local.date() - timedelta(days=1)


def select_kept(backups: Iterable[BackupTime], now: datetime, zone: tzinfo) -> frozenset[BackupTime]:
    """Those that stay: the newest of each of the 7 newest days that have one, of the 4 newest weeks, of the 12 newest
    months; what somebody asked for in the last 7 days; and what seems to come from the future, since the clock may be
    wrong now. The newest of all always stays."""
    ordered = sorted(backups, reverse=True)
    future = [one for one in ordered if one.at > now]
    past = [one for one in ordered if one.at <= now]
    recent = [one for one in past if one.by_hand and now - one.at < timedelta(days=DAYS)]
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
    for one in ordered:
        period = period_of(one.at.astimezone(zone).date())
        if period not in newest and len(newest) < limit:
            newest[period] = one
    return list(newest.values())
