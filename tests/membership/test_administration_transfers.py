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


async def test_who_is_suspended_after_a_transfer_is_freed_by_no_undo(database: Database) -> None:
    """Nor by one further back in a chain, nor by the undo of an undo that would move the subscription away."""
    async with database.write() as connection:
        await administration.transfer(connection, OLD, NEW, act())
        await administration.transfer(connection, NEW, "20003", act())
        await administration.suspend(connection, "20003", act())
        for number in (2, 3):
            with pytest.raises(
                WrongUse, match=r"20003 停用着，撤销第 . 号会把时间还给没停用的 2000.，没有撤销"
            ):
                await administration.undo(connection, number, act())
        await administration.resume(connection, "20003", act())
        await administration.undo(connection, 3, act())
        await administration.suspend(connection, NEW, act())
        with pytest.raises(WrongUse, match="20002 停用着"):
            await administration.undo(connection, 6, act())
        assert await ledger_store.count(connection) == 7, "what was refused wrote nothing"


async def test_a_suspension_itself_can_be_undone_and_time_of_the_suspended_taken_back(
    database: Database,
) -> None:
    async with database.write() as connection:
        await administration.suspend(connection, OLD, act())
        undone = await administration.undo(connection, 1, act())
        assert undone.after.suspended and not undone.after.spans
        freed = await administration.undo(connection, 2, act())
        assert not freed.after.suspended


async def test_nothing_is_given_to_an_account_whose_subscription_was_transferred(database: Database) -> None:
    async with database.write() as connection:
        await administration.transfer(connection, OLD, "20003", act())
        await administration.transfer(connection, "20003", NEW, act())
        for give, words in (
            (administration.grant, f"请?.*发?“开通 {NEW} 时长”"),
            (administration.renew, f"“续期 {NEW} 时长”"),
            (administration.reward, f"“开通 {NEW} 1年 举报奖励”"),
        ):
            with pytest.raises(NotFound, match=f"{OLD} 的会员已转移到 {NEW}，没有.*{words}"):
                await give(connection, OLD, YEAR, act())
        assert await ledger_store.count(connection) == 3
        given = await administration.renew(connection, NEW, YEAR, act())
        assert given.after.valid_until == date(2028, 3, 18)


async def test_an_account_that_was_left_begins_anew_by_a_code_and_is_renewed_from_then_on(
    database: Database,
) -> None:
    async with database.write() as connection:
        await administration.transfer(connection, OLD, NEW, act())
        await administration.redeem(connection, OLD, YEAR, act())
        given = await administration.renew(connection, OLD, YEAR, act())
    assert given.after.valid_until == date(2028, 3, 18)


async def test_a_transfer_that_had_nothing_left_to_move_is_no_reason_to_refuse(database: Database) -> None:
    async with database.write() as connection:
        await administration.transfer(connection, OLD, NEW, act())
        await administration.transfer(connection, NEW, "20003", act())
        await administration.undo(connection, 2, act())
        given = await administration.grant(connection, NEW, YEAR, act())
        assert given.after.valid_until == date(2027, 3, 18)
        with pytest.raises(NotFound, match="20003 不是会员"):
            await administration.suspend(connection, "20003", act())
