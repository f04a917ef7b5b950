"""What operators do to members and ask about them, on a real database."""

import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jianggao.database import Database
from jianggao.errors import AlreadyProcessed, JianggaoError, NotFound, WrongUse
from jianggao.membership import administration, ledger_store, overviews
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntitlementWindow, EntryKind, MemberState, Standing

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)
YEAR, MONTH = Duration(years=1), Duration(months=1)
_messages = count(1)


def act(at: datetime = NOW, note: str = "") -> Act:
    return Act("10000", f"message {next(_messages)}", at, ZONE, note)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "bot.db")
    yield database
    await database.close()


async def granted(
    database: Database, member: str = "10001", duration: Duration = YEAR, at: datetime = NOW
) -> None:
    async with database.write() as connection:
        await administration.grant(connection, member, duration, act(at))


async def entries(database: Database) -> int:
    async with database.read() as connection:
        return await ledger_store.count(connection)


async def test_a_grant_tells_its_number_and_the_new_last_day(database: Database) -> None:
    async with database.write() as connection:
        change = await administration.grant(connection, "10001", YEAR, act(note="微信付款"))
    assert (change.entry.number, change.entry.kind, change.entry.note) == (1, EntryKind.GRANT, "微信付款")
    assert change.before == MemberState()
    assert change.after.valid_until == date(2027, 3, 18)


async def test_a_renewal_starts_at_the_end_of_what_is_running(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        change = await administration.renew(connection, "10001", MONTH, act(NOW + timedelta(days=30)))
    assert change.before.valid_until == date(2027, 3, 18)
    assert change.after.valid_until == date(2027, 4, 18)


async def test_a_renewal_of_somebody_new_starts_now(database: Database) -> None:
    async with database.write() as connection:
        change = await administration.renew(connection, "10001", MONTH, act())
    assert (change.before.valid_until, change.after.valid_until) == (None, date(2026, 4, 18))


async def test_members_do_not_touch_each_other(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        await administration.grant(connection, "10002", MONTH, act())
        await administration.suspend(connection, "10002", act())
        assert (await administration.state_of(connection, "10001", ZONE)).standing(NOW) is Standing.ACTIVE


async def test_suspend_and_resume(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        suspended = await administration.suspend(connection, "10001", act(note="转卖"))
        assert suspended.after.standing(NOW) is Standing.SUSPENDED
        resumed = await administration.resume(connection, "10001", act())
        assert resumed.after.standing(NOW) is Standing.ACTIVE


async def test_undo_and_undo_of_the_undo(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        undone = await administration.undo(connection, 1, act())
        assert (undone.entry.target, undone.entry.member) == (1, "10001")
        assert undone.after.standing(NOW) is Standing.NEVER
        back = await administration.undo(connection, 2, act())
        assert back.after == undone.before
        again = await administration.undo(connection, 1, act())
        assert again.after == undone.after


async def test_what_makes_no_sense_is_refused_with_what_to_do_and_writes_nothing(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        await administration.suspend(connection, "10001", act())
        await administration.undo(connection, 2, act())
    written = await entries(database)
    refused: list[tuple[type[JianggaoError], str]] = []
    async with database.write() as connection:
        for attempt in (
            administration.undo(connection, 99, act()),
            administration.undo(connection, 0, act()),
            administration.undo(connection, -1, act()),
            administration.undo(connection, 10**30, act()),
            administration.undo(connection, 2, act()),
            administration.resume(connection, "10001", act()),
            administration.resume(connection, "10002", act()),
            administration.suspend(connection, "10002", act()),
            administration.grant(connection, "10001", YEAR, act(note="长" * 201)),
        ):
            with pytest.raises(JianggaoError) as error:
                await attempt
            refused.append((error.type, str(error.value)))
    assert [kind for kind, _ in refused] == [NotFound] * 4 + [WrongUse] * 3 + [NotFound, WrongUse]
    assert "现有 1–3 号" in refused[0][1]
    assert "撤销 3" in refused[4][1]
    assert await entries(database) == written


async def test_a_second_suspension_is_refused(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        await administration.suspend(connection, "10001", act())
        with pytest.raises(WrongUse, match="恢复 10001"):
            await administration.suspend(connection, "10001", act())


async def test_undo_in_an_empty_ledger_says_so(database: Database) -> None:
    async with database.write() as connection:
        with pytest.raises(NotFound, match="现在还没有记录"):
            await administration.undo(connection, 1, act())


async def test_the_same_message_is_met_with_silence_whatever_it_would_do_now(database: Database) -> None:
    await granted(database)
    once = act()
    async with database.write() as connection:
        await administration.suspend(connection, "10001", once)
        for again in (
            administration.suspend(connection, "10001", once),
            administration.resume(connection, "10001", once),
            administration.undo(connection, 99, once),
            administration.renew(connection, "10001", YEAR, replace(once, note="长" * 201)),
        ):
            with pytest.raises(AlreadyProcessed):
                await again
    assert await entries(database) == 2


async def test_a_subscription_does_not_reach_beyond_fifty_years(database: Database) -> None:
    twenty = Duration(years=20)
    await granted(database, duration=twenty)
    await granted(database, duration=twenty)
    async with database.write() as connection:
        with pytest.raises(WrongUse, match="50 年"):
            await administration.renew(connection, "10001", twenty, act())
        change = await administration.renew(connection, "10001", Duration(years=10), act())
    assert change.after.valid_until == date(2076, 3, 18)


async def test_the_report_of_a_member(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        await administration.renew(connection, "10001", MONTH, act())
        await administration.undo(connection, 2, act())
    async with database.read() as connection:
        report = await overviews.member_report(connection, "10001", NOW, ZONE)
    assert report.standing is Standing.ACTIVE
    assert report.window == EntitlementWindow(date(2023, 3, 18), date(2027, 3, 18))
    assert [(line.entry.number, line.undone_by) for line in report.log] == [(3, None), (2, 3), (1, None)]


async def test_the_report_of_a_suspended_and_of_an_unknown_person_has_no_window(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        await administration.suspend(connection, "10001", act())
        suspended = await overviews.member_report(connection, "10001", NOW, ZONE)
        unknown = await overviews.member_report(connection, "10009", NOW, ZONE)
    assert (suspended.standing, suspended.window) == (Standing.SUSPENDED, None)
    assert (unknown.standing, unknown.window, unknown.log) == (Standing.NEVER, None, ())


async def test_the_list_orders_and_pages(database: Database) -> None:
    await granted(database, "20001", MONTH, NOW - timedelta(days=100))  # expired
    await granted(database, "20002", YEAR)
    await granted(database, "20003", MONTH)
    await granted(database, "20004", YEAR)
    await granted(database, "20005", YEAR)
    async with database.write() as connection:
        await administration.suspend(connection, "20004", act())
        await administration.undo(connection, 5, act())  # 20005 never was one
        first = await overviews.members(connection, 1, NOW, ZONE, size=3)
        second = await overviews.members(connection, 2, NOW, ZONE, size=3)
        with pytest.raises(NotFound, match="共 2 页"):
            await overviews.members(connection, 3, NOW, ZONE, size=3)
        with pytest.raises(NotFound):
            await overviews.members(connection, 0, NOW, ZONE, size=3)
    assert [line.member for line in first.items] == ["20003", "20002", "20004"]
    assert [line.member for line in second.items] == ["20001"]
    assert (first.total, first.pages) == (4, 2)
    assert first.items[0].days_left == 31
    assert second.items[0].days_left == (date(2026, 1, 8) - date(2026, 3, 18)).days


async def test_the_whole_ledger_is_read_and_folded_beside_the_loop(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await granted(database)
    threads: list[threading.Thread] = []

    def seen(work: Callable[..., Any]) -> Callable[..., Any]:
        def worked(*given: Any) -> Any:
            threads.append(threading.current_thread())
            return work(*given)

        return worked

    monkeypatch.setattr(overviews, "fold_all", seen(overviews.fold_all))
    monkeypatch.setattr(ledger_store, "entry_of_row", seen(ledger_store.entry_of_row))
    async with database.read() as connection:
        assert (await overviews.members(connection, 1, NOW, ZONE)).total == 1
        assert await overviews.expiring(connection, 30, NOW, ZONE) == []
    assert len(threads) == 4 and threading.current_thread() not in threads


async def test_an_empty_list_has_one_empty_page(database: Database) -> None:
    async with database.read() as connection:
        assert await overviews.members(connection, 1, NOW, ZONE) == overviews.LedgerPage((), 1, 1, 0)
        assert await overviews.log(connection, 1) == overviews.LedgerPage((), 1, 1, 0)
        assert await overviews.expiring(connection, 30, NOW, ZONE) == []


async def test_who_expires_soon(database: Database) -> None:
    await granted(database, "20001", Duration(days=7))
    await granted(database, "20002", Duration(days=8))
    await granted(database, "20003", Duration(days=3))
    await granted(database, "20004", Duration(days=3), NOW - timedelta(days=3))  # today is its last day
    await granted(database, "20005", Duration(days=3), NOW - timedelta(days=4))  # over
    async with database.read() as connection:
        lines = await overviews.expiring(connection, 7, NOW, ZONE)
        assert [(line.member, line.days_left) for line in lines] == [("20004", 0), ("20003", 3), ("20001", 7)]
        for days in (-1, 3_661):
            with pytest.raises(WrongUse, match="到期清单 30"):
                await overviews.expiring(connection, days, NOW, ZONE)


async def test_the_log_is_newest_first_and_tells_what_was_undone(database: Database) -> None:
    await granted(database)
    await granted(database, "10002")
    async with database.write() as connection:
        await administration.undo(connection, 1, act())
        everything = await overviews.log(connection, 1)
        of_one = await overviews.log(connection, 1, "10001", size=1)
    assert [(line.entry.number, line.undone_by) for line in everything.items] == [
        (3, None),
        (2, None),
        (1, 3),
    ]
    assert [line.entry.number for line in of_one.items] == [3]
    assert (of_one.pages, of_one.total) == (2, 2)
