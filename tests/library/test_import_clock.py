"""Imports under a clock that is wrong: no text gets a day that it keeps for ever and that never was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from conftest import MovableClock
from hypothesis import given
from hypothesis import strategies as st
from speech_texts import PLAIN, numbered

from jianggao.clock import ClockWatch
from jianggao.house import House
from jianggao.library import store

UNDATED = PLAIN.replace("日期：2023-05-12\n\n", "").replace("护士", "会计")
DATED = numbered("防汛", 80)


async def day_of(house: House, title: str) -> date | None:
    async with house.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT number FROM speeches WHERE version IS NOT NULL")
        speeches = await store.speeches(connection, [row[0] for row in rows])
    return next((one.material_date for one in speeches.values() if title in one.title), None)


async def test_an_undated_text_waits_while_the_clock_is_behind_what_was_stored(
    house: House, library: Path, clock: MovableClock
) -> None:
    right = clock.now
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    (library / "有日期.txt").write_text(DATED, encoding="utf-8")
    clock.now = datetime(2020, 1, 1, tzinfo=timezone.utc)
    report = await house.importer.run()
    assert (report.waiting, len(report.added), report.refused) == (["无日期.txt"], 1, [])
    assert report.needs_attention
    assert "日期：" in report.render() and "重新载入" in report.render() and "时间没错" in report.render()
    assert await day_of(house, "防汛") == date(2025, 9, 27), "not in the future, whatever the clock says"
    assert await day_of(house, "会计") is None
    clock.now = right + timedelta(days=3)
    report = await house.importer.run()
    assert (report.waiting, len(report.added), report.clock_doubt) == ([], 1, "")
    assert await day_of(house, "会计") == date(2026, 3, 21)


async def test_a_month_of_rest_and_an_hour_back_are_no_doubt(
    house: House, library: Path, clock: MovableClock
) -> None:
    for number, span in enumerate((timedelta(days=31), timedelta(hours=-1), timedelta(hours=-20))):
        clock.now += span
        (library / f"{number}.txt").write_text(UNDATED.replace("会计", f"第{number}个"), encoding="utf-8")
        report = await house.importer.run()
        assert (report.clock_doubt, report.waiting, len(report.added)) == ("", [], 1)


async def test_the_operator_can_say_that_the_clock_is_right(
    house: House, library: Path, clock: MovableClock
) -> None:
    """A clock that was years ahead has left its times behind."""
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    clock.now -= timedelta(days=400)
    assert (await house.importer.run()).waiting
    report = await house.importer.run(clock_is_right=True)
    assert (report.clock_doubt, len(report.added)) == ("", 1)
    clock.now += timedelta(days=10)
    assert (await house.importer.run()).clock_doubt == ""
    clock.now -= timedelta(days=30)
    assert (await house.importer.run()).clock_doubt != "", "told again when it goes back from there"


async def test_a_clock_that_is_moved_while_the_bot_runs_is_noticed(
    house: House, library: Path, clock: MovableClock
) -> None:
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    house.importer._clock._watch = ClockWatch(clock, lambda: 0.0)
    clock.advance(days=300)
    report = await house.importer.run()
    assert report.waiting == ["无日期.txt"]
    assert "向前跳了 300 天" in report.render()


async def test_a_changed_text_keeps_the_day_of_its_first_import(
    house: House, library: Path, clock: MovableClock
) -> None:
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    await house.importer.run()
    clock.now -= timedelta(days=400)
    (library / "无日期.txt").write_text(UNDATED + "还有一句。\n", encoding="utf-8")
    report = await house.importer.run()
    assert (len(report.changed), report.waiting) == (1, [])
    assert await day_of(house, "会计") == date(2026, 3, 18)


async def test_an_empty_database_says_nothing_of_the_clock(
    open_house: Callable[..., Any], clock: MovableClock
) -> None:
    clock.now = datetime(2001, 1, 1, tzinfo=timezone.utc)
    report = await (await open_house()).importer.run()
    assert report.clock_doubt == ""


@pytest.mark.parametrize("rename", [True, False])
async def test_a_wrong_day_is_put_right_by_a_date_in_the_name_or_the_text(
    house: House, library: Path, rename: bool
) -> None:
    file = library / "无日期.txt"
    file.write_text(UNDATED, encoding="utf-8")
    added = (await house.importer.run()).added
    assert len(added) == 1
    if rename:
        file.rename(library / "2026-03-01 无日期.txt")
    else:
        file.write_text("日期：2026-03-01\n" + UNDATED, encoding="utf-8")
    report = await house.importer.run()
    assert await day_of(house, "会计") == date(2026, 3, 1)
    assert (len(report.changed), report.added, report.withdrawn, report.returned) == (1, [], [], [])
    assert report.changed[0].split("《")[0] == added[0].split("《")[0], "the number stays"


async def test_dates_in_the_names_of_many_files_count_at_once(house: House, library: Path) -> None:
    """So many are gone that nothing is withdrawn yet; they are there under other names."""
    for number in range(12):
        text = UNDATED.replace("会计", f"第{number}个")
        (library / f"稿{number}.txt").write_text(text, encoding="utf-8")
    assert len((await house.importer.run()).added) == 12
    for number in range(12):
        (library / f"稿{number}.txt").rename(library / f"2026-03-{number + 1:02} 稿{number}.txt")
    report = await house.importer.run()
    assert (len(report.changed), report.added, report.withdrawn) == (12, [], [])
    assert await day_of(house, "第4个") == date(2026, 3, 5)


async def test_a_name_more_for_the_same_text_does_not_move_its_date(house: House, library: Path) -> None:
    (library / "无日期.txt").write_text(UNDATED, encoding="utf-8")
    await house.importer.run()
    (library / "2026-03-01 又一份.txt").write_text(UNDATED, encoding="utf-8")
    report = await house.importer.run()
    assert (len(report.same_text), report.changed) == (1, [])
    assert await day_of(house, "会计") == date(2026, 3, 18)


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
