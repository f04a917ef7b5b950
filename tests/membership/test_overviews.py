"""What is asked about subscriptions: one person's, lists of all, and the ledger."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from ledger_desk import MONTH, NOW, YEAR, ZONE, act, granted

from jianggao.database import Database
from jianggao.errors import NotFound, WrongUse
from jianggao.membership import administration, ledger_store, overviews
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntitlementWindow, Standing


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


async def test_lists_know_who_only_tries(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        await administration.grant(connection, "10002", MONTH, act(), is_trial=True)
        listed = (await overviews.members(connection, 1, NOW, ZONE)).items
        soon = await overviews.expiring(connection, 60, NOW, ZONE)
        lines = await overviews.lines_of(connection, ["10002", "10009", "10001"], NOW, ZONE)
        report = await overviews.member_report(connection, "10002", NOW, ZONE)
    assert {line.member: line.is_trial for line in listed} == {"10001": False, "10002": True}
    assert [line.is_trial for line in soon] == [True] and report.is_trial
    assert [(line.member, line.standing) for line in lines] == [
        ("10002", Standing.ACTIVE),
        ("10009", Standing.NEVER),
        ("10001", Standing.ACTIVE),
    ]
    assert lines[0] == soon[0]
