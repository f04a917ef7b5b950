"""Which backups stay and when one is due: by days, weeks and months, whatever the clock does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.backups.retention import AT, DAYS, MONTHS, WEEKS, BackupTime, count_missed, select_kept

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
MOMENTS = st.integers(-3_000 * 86_400, 1_000 * 86_400).map(lambda seconds: NOW + timedelta(seconds=seconds))
MADE = st.builds(BackupTime, MOMENTS, st.booleans())


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@given(st.lists(MADE), MOMENTS)
def test_the_newest_always_stays_and_the_others_are_bounded(backups: list[BackupTime], now: datetime) -> None:
    stay = select_kept(backups, now, ZONE)
    assert stay <= set(backups)
    if backups:
        assert max(backups) in stay
    past = [one for one in backups if one.at <= now]
    if past:
        assert max(past) in stay
    asked_for = [one for one in past if one.by_hand and now - one.at < timedelta(days=DAYS)]
    future = [one for one in backups if one.at > now]
    assert set(asked_for) | set(future) <= stay
    assert len(stay - set(asked_for) - set(future)) <= DAYS + WEEKS + MONTHS


@given(st.lists(MADE), MADE)
def test_what_was_deleted_would_not_be_kept_with_a_newer_one(
    backups: list[BackupTime], newer: BackupTime
) -> None:
    """Otherwise a backup would be missed that was deleted before."""
    now = NOW + timedelta(days=1_001)
    stay = select_kept(backups, now, ZONE)
    if all(newer.at > one.at for one in backups):
        assert select_kept([*backups, newer], now, ZONE) - {newer} <= stay


@given(st.lists(MADE))
def test_deleting_twice_deletes_no_more(backups: list[BackupTime]) -> None:
    stay = select_kept(backups, NOW, ZONE)
    assert select_kept(stay, NOW, ZONE) == stay


def years_of_days(days: Iterable[datetime]) -> tuple[frozenset[BackupTime], datetime]:
    stored: frozenset[BackupTime] = frozenset()
    now = NOW
    for now in days:
        stored = select_kept([*stored, BackupTime(now)], now, ZONE)
    return stored, now


def test_three_years_of_daily_backups_leave_days_weeks_and_months() -> None:
    start = datetime.combine(date(2023, 1, 1), AT, ZONE)
    stored, now = years_of_days(start + timedelta(days=day) for day in range(1_100))
    days = sorted({one.at.astimezone(ZONE).date() for one in stored}, reverse=True)
    today = now.astimezone(ZONE).date()
    assert days[:DAYS] == [today - timedelta(days=back) for back in range(DAYS)]
    weeks = [(today - timedelta(weeks=back)).isocalendar()[:2] for back in range(WEEKS)]
    assert {day.isocalendar()[:2] for day in days} >= set(weeks)
    assert len({(day.year, day.month) for day in days}) == MONTHS
    assert len(stored) <= DAYS + WEEKS + MONTHS


def test_a_bot_that_was_off_for_a_year_keeps_what_there_was() -> None:
    stored, _ = years_of_days(NOW - timedelta(days=back) for back in range(500, 365, -1))
    assert select_kept([*stored, BackupTime(NOW)], NOW, ZONE) >= {BackupTime(NOW), max(stored)}
    assert len(select_kept([*stored, BackupTime(NOW)], NOW, ZONE)) >= DAYS


@pytest.mark.parametrize(
    ("last", "now", "missed"),
    [
        (None, "2026-03-18T12:00", 1),
        ("2026-03-18T03:30", "2026-03-18T12:00", 0),
        ("2026-03-18T03:29", "2026-03-18T03:30", 1),
        ("2026-03-18T03:29", "2026-03-18T03:29:59", 0),
        ("2026-03-17T23:00", "2026-03-18T03:29", 0),
        ("2026-03-17T23:00", "2026-03-18T03:30", 1),
        ("2026-03-11T03:31", "2026-03-18T12:00", 7),
        ("2026-03-19T03:30", "2026-03-18T12:00", 1),
    ],
)
def test_when_a_backup_is_due(last: str | None, now: str, missed: int) -> None:
    assert count_missed(last and local(last), local(now), ZONE) == missed  # type: ignore[arg-type]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
def test_one_is_due_once_a_day_also_where_clocks_change(zone: str) -> None:
    here = ZoneInfo(zone)
    now = datetime.combine(date(2026, 1, 1), time(12), here).astimezone(timezone.utc)
    last, made = now, 0
    for _ in range(365 * 24 * 4):
        now += timedelta(minutes=15)
        if count_missed(last, now, here):
            last, made = now, made + 1
    assert made == 365
