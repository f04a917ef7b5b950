"""Transfers on a real database: what is refused, what is told, what an undo gives back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ledger_desk import NOW, YEAR, act

from jianggao.database import Database
from jianggao.errors import AlreadyProcessed, NotFound, WrongUse
from jianggao.membership import administration, ledger_store
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import Standing

OLD, NEW = "20001", "20002"


@pytest.fixture
async def database(database: Database) -> Database:
    async with database.write() as connection:
        await administration.grant(connection, OLD, YEAR, act())
    return database


async def test_a_transfer_is_one_entry_and_tells_both_states(database: Database) -> None:
    async with database.write() as connection:
        change = await administration.transfer(connection, OLD, NEW, act(note="换号"))
        assert await ledger_store.count(connection) == 2
    assert (change.entry.member, change.entry.successor, change.successor) == (OLD, NEW, NEW)
    assert change.before.valid_until == date(2027, 3, 18) and not change.after.spans
    assert change.successor_before is not None and not change.successor_before.spans
    assert change.successor_after is not None
    assert change.successor_after.valid_until == date(2027, 3, 18)


async def test_the_undo_of_a_transfer_tells_both_states_and_so_does_the_undo_of_that(
    database: Database,
) -> None:
    async with database.write() as connection:
        await administration.transfer(connection, OLD, NEW, act())
        undone = await administration.undo(connection, 2, act())
        again = await administration.undo(connection, 3, act())
    assert (undone.successor, again.successor) == (NEW, NEW)
    assert undone.after.valid_until == date(2027, 3, 18)
    assert undone.successor_after is not None and not undone.successor_after.spans
    assert again.successor_after is not None and again.successor_after.valid_until == date(2027, 3, 18)


async def test_what_makes_no_sense_is_refused_and_writes_nothing(database: Database) -> None:
    async with database.write() as connection:
        await administration.grant(connection, "20003", YEAR, act())
        await administration.suspend(connection, "20003", act())
        written = await ledger_store.count(connection)
        for old, new, error in (
            (OLD, OLD, WrongUse),
            ("20003", NEW, WrongUse),
            (OLD, "20003", WrongUse),
            (NEW, OLD, NotFound),
            ("99999", OLD, NotFound),
        ):
            with pytest.raises(error):
                await administration.transfer(connection, old, new, act())
        with pytest.raises(NotFound):
            await administration.transfer(connection, OLD, NEW, act(NOW + timedelta(days=400)))
        assert await ledger_store.count(connection) == written


async def test_time_that_adds_up_beyond_all_dates_is_refused(database: Database) -> None:
    """Else whoever gives and moves fifty years again and again breaks the fold of the whole ledger."""
    async with database.write() as connection:
        await administration.grant(connection, NEW, Duration(years=40), act())
        await administration.grant(connection, "20003", Duration(years=40), act())
        with pytest.raises(WrongUse, match="50 年"):
            await administration.transfer(connection, "20003", NEW, act())


async def test_the_same_message_moves_once(database: Database) -> None:
    once = act()
    async with database.write() as connection:
        await administration.transfer(connection, OLD, NEW, once)
        with pytest.raises(AlreadyProcessed):
            await administration.transfer(connection, NEW, OLD, once)


async def test_who_would_suspend_the_account_of_an_old_copy_is_told_who_has_the_subscription_now(
    database: Database,
) -> None:
    async with database.write() as connection:
        await administration.transfer(connection, OLD, "20005", act())
        await administration.transfer(connection, "20005", NEW, act())
        with pytest.raises(NotFound, match=f"停用 {NEW}"):
            await administration.suspend(connection, OLD, act())
        suspended = await administration.suspend(connection, NEW, act())
    assert suspended.after.standing(NOW) is Standing.SUSPENDED
