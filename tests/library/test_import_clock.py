"""Imports under a clock that is wrong: no text gets a day that it keeps for ever and that never was."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from conftest import MovableClock
from hypothesis import given
from hypothesis import strategies as st
from undated_texts import DATED, UNDATED, day_of

from jianggao.application import Application
from jianggao.clock import ClockWatch
from jianggao.settings import Settings


async def test_an_undated_text_waits_while_the_clock_is_behind_what_was_stored(
    application: Application, library: Path, clock: MovableClock
) -> None:
    right = clock.now
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    (library / "有日期.txt").write_text(DATED, encoding="utf-8")
    clock.now = datetime(2020, 1, 1, tzinfo=timezone.utc)
    report = await application.importer.run()
    assert (report.waiting, len(report.added), report.refused) == (["无日期.txt"], 1, [])
    assert report.needs_attention
    assert "日期：" in report.render() and "重新载入" in report.render() and "时间没错" in report.render()
    assert await day_of(application, "防汛") == date(2025, 9, 27), (
        "not in the future, whatever the clock says"
    )
    assert await day_of(application, "会计") is None
    clock.now = right + timedelta(days=3)
    report = await application.importer.run()
    assert (report.waiting, len(report.added), report.clock_doubt) == ([], 1, "")
    assert await day_of(application, "会计") == date(2026, 3, 21)


async def test_a_month_of_rest_and_an_hour_back_are_no_doubt(
    application: Application, library: Path, clock: MovableClock
) -> None:
    for number, span in enumerate((timedelta(days=31), timedelta(hours=-1), timedelta(hours=-20))):
        clock.now += span
        (library / f"{number}.txt").write_text(UNDATED.replace("会计", f"第{number}个"), encoding="utf-8")
        report = await application.importer.run()
        assert (report.clock_doubt, report.waiting, len(report.added)) == ("", [], 1)


async def test_the_operator_can_say_that_the_clock_is_right(
    application: Application, library: Path, clock: MovableClock
) -> None:
    """A clock that was years ahead has left its times behind."""
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    clock.now -= timedelta(days=400)
    assert (await application.importer.run()).waiting
    report = await application.importer.run(clock_is_right=True)
    assert (report.clock_doubt, len(report.added)) == ("", 1)
    clock.now += timedelta(days=10)
    assert (await application.importer.run()).clock_doubt == ""
    clock.now -= timedelta(days=30)
    assert (await application.importer.run()).clock_doubt != "", "told again when it goes back from there"


async def test_a_clock_that_is_moved_while_the_bot_runs_is_noticed(
    application: Application, library: Path, clock: MovableClock
) -> None:
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    application.importer._clock._watch = ClockWatch(clock, lambda: 0.0)
    clock.advance(days=300)
    report = await application.importer.run()
    assert report.waiting == ["无日期.txt"]
    assert "向前跳了 300 天" in report.render()


async def test_a_changed_text_keeps_the_day_of_its_first_import(
    application: Application, library: Path, clock: MovableClock
) -> None:
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    await application.importer.run()
    clock.now -= timedelta(days=400)
    (library / "无日期.txt").write_text(UNDATED + "还有一句。\n", encoding="utf-8")
    report = await application.importer.run()
    assert (len(report.changed), report.waiting) == (1, [])
    assert await day_of(application, "会计") == date(2026, 3, 18)


def written(library: Path, moment: datetime) -> None:
    for file in library.rglob("*.*"):
        os.utime(file, (moment.timestamp(), moment.timestamp()))


@pytest.fixture
def machine_clock(monkeypatch: pytest.MonkeyPatch, clock: MovableClock) -> MovableClock:
    """The clock as the machine's own, by which files get their times."""
    monkeypatch.setattr("jianggao.application.system_clock", clock)
    return clock


async def test_a_clock_before_the_files_gives_no_day(
    open_application: Callable[..., Any], library: Path, machine_clock: MovableClock
) -> None:
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    written(library, machine_clock.now + timedelta(days=60))
    application = await open_application()
    report = await application.importer.run()
    assert report.waiting == ["无日期.txt"] and report.notifies_superusers
    assert ".txt 的修改时间早了 60 天" in report.render()
    report = await application.importer.run(clock_is_right=True)
    assert (report.waiting, len(report.added)) == ([], 1)
    (library / "又一篇.txt").write_text(UNDATED.replace("会计", "出纳"), encoding="utf-8")
    os.utime(library / "又一篇.txt", (machine_clock.now.timestamp(),) * 2)
    report = await application.importer.run()
    assert (report.clock_doubt, report.waiting) == ("", []), "those times were overruled for good"


@pytest.mark.parametrize("ahead", [timedelta(hours=20), timedelta(days=-900)])
async def test_files_of_another_time_zone_or_of_old_are_no_doubt(
    open_application: Callable[..., Any], library: Path, machine_clock: MovableClock, ahead: timedelta
) -> None:
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    written(library, machine_clock.now + ahead)
    assert (await (await open_application()).importer.run()).waiting == []


@pytest.mark.parametrize("nanoseconds", [-(2**62), 2**62 + 2**61])
async def test_a_file_with_an_odd_time_alarms_nobody(
    open_application: Callable[..., Any], library: Path, machine_clock: MovableClock, nanoseconds: int
) -> None:
    written(library, machine_clock.now)
    os.utime(library / "水利" / "冬修.txt", ns=(nanoseconds, nanoseconds))
    report = await (await open_application()).importer.run()
    assert (report.clock_doubt, report.waiting) == ("", [])


async def test_files_that_a_doubted_clock_has_dated_do_not_speak_against_a_right_one(
    application: Application, open_application: Callable[..., Any], library: Path, machine_clock: MovableClock
) -> None:
    await application.close()
    right = machine_clock.now
    written(library, right)
    machine_clock.advance(days=4_000)
    ahead = await open_application()
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    machine_clock.advance(minutes=9)
    os.utime(library / "无日期.txt", (machine_clock.now.timestamp(),) * 2)
    assert (await ahead.importer.run()).waiting == ["无日期.txt"], "a file just written says nothing"
    await ahead.close()
    machine_clock.now = right + timedelta(days=1)
    report = await (await open_application()).importer.run()
    assert (report.clock_doubt, report.waiting) == ("", [])


async def test_files_written_while_the_bot_was_off_speak_for_the_clock(
    application: Application, open_application: Callable[..., Any], library: Path, machine_clock: MovableClock
) -> None:
    """A backup of three months ago was restored; or the bot was off while people went on writing."""
    await application.close()
    machine_clock.advance(days=90)
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    written(library, machine_clock.now - timedelta(days=20))
    report = await (await open_application()).importer.run()
    assert (report.clock_doubt, report.waiting, report.days_at_rest) == ("", [], 90)


async def test_files_just_copied_do_not_speak_for_a_clock_far_ahead(
    application: Application, open_application: Callable[..., Any], library: Path, machine_clock: MovableClock
) -> None:
    await application.close()
    machine_clock.advance(days=90)
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    written(library, machine_clock.now)
    assert (await (await open_application()).importer.run()).waiting == ["无日期.txt"]


@pytest.mark.parametrize("rename", [True, False])
async def test_a_wrong_day_is_put_right_by_a_date_in_the_name_or_the_text(
    application: Application, library: Path, rename: bool
) -> None:
    file = library / "无日期.txt"
    file.write_text(UNDATED, encoding="utf-8")
    added = (await application.importer.run()).added
    assert len(added) == 1
    if rename:
        file.rename(library / "2026-03-01 无日期.txt")
    else:
        file.write_text("日期：2026-03-01\n" + UNDATED, encoding="utf-8")
    report = await application.importer.run()
    assert await day_of(application, "会计") == date(2026, 3, 1)
    assert (len(report.changed), report.added, report.withdrawn, report.returned) == (1, [], [], [])
    assert report.changed[0].split("《")[0] == added[0].split("《")[0], "the number stays"


async def test_dates_in_the_names_of_many_files_count_at_once(
    application: Application, library: Path
) -> None:
    """So many are gone that nothing is withdrawn yet; they are there under other names."""
    for number in range(12):
        text = UNDATED.replace("会计", f"第{number}个")
        (library / f"稿{number}.txt").write_text(text, encoding="utf-8")
    assert len((await application.importer.run()).added) == 12
    for number in range(12):
        (library / f"稿{number}.txt").rename(library / f"2026-03-{number + 1:02} 稿{number}.txt")
    report = await application.importer.run()
    assert (len(report.changed), report.added, report.withdrawn) == (12, [], [])
    assert await day_of(application, "第4个") == date(2026, 3, 5)


async def test_a_name_more_for_the_same_text_does_not_move_its_date(
    application: Application, library: Path
) -> None:
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    await application.importer.run()
    (library / "2026-03-01 又一份.txt").write_text(UNDATED, encoding="utf-8")
    report = await application.importer.run()
    assert (len(report.same_text), report.changed) == (1, [])
    assert await day_of(application, "会计") == date(2026, 3, 18)


@given(
    passed=st.floats(0, 10_000_000),
    moved=st.timedeltas(timedelta(days=-4_000), timedelta(days=4_000)),
)
def test_a_watch_tells_by_how_much_a_clock_was_moved_whatever_time_has_passed(
    passed: float, moved: timedelta
) -> None:
    start = datetime(2026, 3, 18, tzinfo=timezone.utc)
    times = iter((start, start + timedelta(seconds=passed) + moved))
    seconds = iter((5.0, 5.0 + passed))
    watch = ClockWatch(lambda: next(times), lambda: next(seconds))
    assert abs(watch.moved() - moved) < timedelta(milliseconds=1)


async def test_long_quiet_while_the_bot_runs_is_no_doubt(
    application: Application, library: Path, clock: MovableClock
) -> None:
    """The process itself is a witness: its clock did not jump."""
    begun = clock.now
    application.importer._clock._watch = ClockWatch(clock, lambda: (clock.now - begun).total_seconds())
    (library / "一.txt").write_text(UNDATED, encoding="utf-8")
    assert (await application.importer.run()).clock_doubt == ""
    clock.now += timedelta(days=60)
    (library / "二.txt").write_text(UNDATED.replace("会计", "出纳"), encoding="utf-8")
    report = await application.importer.run()
    assert (report.clock_doubt, report.waiting, len(report.added)) == ("", [], 1)


@pytest.mark.skipif(sys.platform != "linux", reason="the clock that counts sleep has another name")
async def test_a_machine_that_slept_over_a_weekend_has_no_clock_that_jumped(
    tmp_path: Path, library: Path, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`time.monotonic` stands still meanwhile."""
    begun, real = clock.now, time.clock_gettime

    def with_sleep(which: int) -> float:
        return real(which) + (clock.now - begun).total_seconds()

    monkeypatch.setattr(time, "clock_gettime", with_sleep)
    settings = Settings(database_file=tmp_path / "slept" / "bot.db", library_dir=library)
    application = await Application.open(settings, clock=clock, workers=0)
    try:
        clock.now += timedelta(days=3)
        (library / "一.txt").write_text(UNDATED, encoding="utf-8")
        report = await application.importer.run()
    finally:
        await application.close()
    assert (report.clock_doubt, report.waiting) == ("", [])
