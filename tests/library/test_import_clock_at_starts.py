"""A start under a clock that is wrong: no text gets a day from it, and the operator has the last word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from conftest import MovableClock
from undated_texts import DATED, UNDATED, day_of

from jianggao.application import Application
from jianggao.clock import ClockWatch, to_text


async def test_an_empty_database_says_nothing_of_the_clock(
    open_application: Callable[..., Any], library: Path, clock: MovableClock
) -> None:
    clock.now = datetime(2037, 1, 1, tzinfo=timezone.utc)
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    report = await (await open_application()).importer.run()
    assert (report.clock_doubt, report.waiting, report.needs_attention) == ("", [], False)
    assert "没写日期" in report.render() and "2037-01-01" in report.render()


@pytest.mark.parametrize("year", [1970, 1999, 2016])
async def test_a_first_start_before_the_program_was_written_gives_no_day(
    open_application: Callable[..., Any], library: Path, clock: MovableClock, year: int
) -> None:
    """A board without a clock battery; the network sets its clock later, or before the next start."""
    right = clock.now
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    (library / "有日期.txt").write_text(DATED, encoding="utf-8")
    clock.now = datetime(year, 1, 1, tzinfo=timezone.utc)
    application = await open_application()
    report = await application.importer.run()
    waiting = len(report.waiting)
    assert "无日期.txt" in report.waiting and report.undated == [] and report.notifies_superusers
    assert f"{year}-01-01" in report.render() and "时间没错" in report.render()
    assert "有日期.txt" in report.waiting, "a date that such a clock calls the future waits as well"
    clock.now = right
    report = await application.importer.run()
    assert (report.clock_doubt, report.waiting, len(report.added)) == ("", [], waiting)
    assert len(report.undated) == 1
    assert await day_of(application, "会计") == date(2026, 3, 18)
    assert not report.notifies_superusers, (
        "what was stored under an impossible clock doesn't make the right one jump"
    )


async def test_a_clock_put_right_by_the_network_after_a_doubted_start_is_no_jump(
    open_application: Callable[..., Any], library: Path, clock: MovableClock
) -> None:
    right = clock.now
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    clock.now = datetime(1970, 1, 1, tzinfo=timezone.utc)
    application = await open_application()
    application.importer._clock._watch = ClockWatch(clock, lambda: 0.0)
    assert (await application.importer.run()).waiting
    clock.now = right
    assert (await application.importer.run()).clock_doubt == ""
    clock.advance(days=3)
    assert "向前跳了 3 天" in (await application.importer.run()).clock_doubt, "from there on it is watched"


@pytest.mark.parametrize("start", [(1970, 1, 1), (2026, 2, 1)])
async def test_a_clock_put_right_before_the_first_import_is_no_jump(
    application: Application,
    open_application: Callable[..., Any],
    library: Path,
    clock: MovableClock,
    start: tuple[int, int, int],
) -> None:
    await application.close()
    right = clock.now
    clock.now = datetime(*start, tzinfo=timezone.utc)
    later = await open_application()
    later.importer._clock._watch = ClockWatch(clock, lambda: 0.0)
    clock.now = right
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    report = await later.importer.run()
    assert (report.clock_doubt, report.waiting) == ("", [])


@pytest.mark.parametrize("days", [40, 400, 4_000])
async def test_a_start_far_ahead_of_all_that_was_stored_gives_no_day(
    application: Application,
    open_application: Callable[..., Any],
    library: Path,
    clock: MovableClock,
    days: int,
) -> None:
    await application.close()
    right = clock.now
    clock.advance(days=days)
    ahead = await open_application()
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    report = await ahead.importer.run()
    assert report.waiting == ["无日期.txt"] and report.notifies_superusers
    assert f"晚了 {days} 天" in report.render() and "时间没错" in report.render()
    await ahead.close()
    clock.advance(minutes=5)
    again = await open_application()
    report = await again.importer.run()
    assert report.waiting == ["无日期.txt"], "what a doubted clock has stored is no evidence for it"
    await again.close()
    clock.now = right + timedelta(hours=1)
    back = await open_application()
    report = await back.importer.run()
    assert (report.clock_doubt, report.waiting, report.days_at_rest) == ("", [], 0), "nor against a right one"
    assert await day_of(back, "会计") == date(2026, 3, 18)
    clock.advance(days=100)
    await back.importer.run(clock_is_right=True)
    await back.close()
    clock.advance(days=3)
    later = await open_application()
    report = await later.importer.run()
    assert (report.clock_doubt, report.days_at_rest) == ("", 3), "what is stored from then on counts"
    clock.now -= timedelta(days=3)
    assert (await later.importer.run()).clock_doubt


async def test_a_start_far_ahead_is_taken_when_the_operator_says_so(
    application: Application, open_application: Callable[..., Any], library: Path, clock: MovableClock
) -> None:
    await application.close()
    clock.advance(days=90)
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    later = await open_application()
    assert (await later.importer.run()).waiting
    report = await later.importer.run(clock_is_right=True)
    assert (report.clock_doubt, len(report.added), report.notifies_superusers) == ("", 1, False)
    assert await day_of(later, "会计") == date(2026, 6, 16)
    await later.close()
    clock.advance(days=1)
    assert (await (await open_application()).importer.run()).clock_doubt == ""


@pytest.mark.parametrize("days", [2, 21, 35])
async def test_the_day_after_some_weeks_of_rest_is_told_and_can_be_put_right(
    application: Application,
    open_application: Callable[..., Any],
    library: Path,
    clock: MovableClock,
    days: int,
) -> None:
    await application.close()
    clock.advance(days=days)
    later = await open_application()
    assert not (await later.importer.run()).notifies_superusers, "no text, no word"
    await later.close()
    clock.advance(days=days)
    later = await open_application()
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    report = await later.importer.run()
    day = clock.now.date()
    assert (report.waiting, report.clock_doubt, len(report.added)) == ([], "", 1)
    assert report.notifies_superusers and not report.needs_attention
    shown = report.render()
    assert f"晚了 {days} 天" in shown and day.isoformat() in shown and "日期：" in shown
    assert await day_of(later, "会计") == day


async def test_a_damaged_table_of_moments_stops_no_start(
    application: Application, open_application: Callable[..., Any]
) -> None:
    async with application.database.write() as connection:
        await connection.execute("DROP TABLE claims")
    await application.close()
    assert (await open_application()).database


async def test_weeks_after_the_operator_spoke_the_clock_is_no_more_doubted(
    application: Application, open_application: Callable[..., Any], library: Path, clock: MovableClock
) -> None:
    """What a wrong clock has stored lies ahead for long, some of it soon."""
    for days in (20, 3_000):
        clock.advance(days=days)
        await application.importer.run(clock_is_right=True)
        clock.advance(days=-days)
    await application.importer.run(clock_is_right=True)
    await application.close()
    for _ in range(8):
        clock.advance(days=15)
        later = await open_application()
        assert (await later.importer.run()).clock_doubt == ""
        await later.close()


async def test_what_came_in_since_the_start_is_no_evidence_for_the_clock(
    application: Application, open_application: Callable[..., Any], library: Path, clock: MovableClock
) -> None:
    await application.close()
    clock.advance(days=500)
    later = await open_application()
    async with later.database.write() as connection:
        await connection.execute(
            "INSERT INTO import_reports (finished_at, report) VALUES (?, '{}')", (to_text(clock.now),)
        )
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    assert (await later.importer.run()).waiting == ["无日期.txt"]


async def test_a_jump_while_the_bot_runs_is_doubted_after_a_restart_too(
    application: Application, open_application: Callable[..., Any], library: Path, clock: MovableClock
) -> None:
    application.importer._clock._watch = ClockWatch(clock, lambda: 0.0)
    clock.advance(days=300)
    await application.importer.run()
    await application.close()
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    assert (await (await open_application()).importer.run()).waiting == ["无日期.txt"]
