"""Who may ask for a transfer, who may confirm one, and what nobody learns by trying."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from ledger_desk import NOW, ZONE, act

from jianggao.database import Database
from jianggao.errors import NotAllowed, WrongUse
from jianggao.membership import administration, ledger_store, transfer_request_store, transfer_requests
from jianggao.membership.durations import Duration
from jianggao.membership.transfer_requests import NOT_A_MEMBER, RequestStep

OLD, NEW, OTHER = "20001", "20002", "20003"


@pytest.fixture
async def database(database: Database) -> Database:
    async with database.write() as connection:
        await administration.grant(connection, OLD, Duration(months=1), act())
    return database


async def say(database: Database, account: str, named: str, at: datetime = NOW) -> RequestStep | str:
    """The step, or the refusal's words."""
    try:
        async with database.write() as connection:
            return await transfer_requests.ask_or_confirm(connection, account, named, at, ZONE)
    except NotAllowed as refusal:
        return str(refusal)


async def test_both_sides_say_it_and_the_ledger_stays_as_it_is(database: Database) -> None:
    assert await say(database, OLD, NEW) is RequestStep.ASKED
    assert await say(database, NEW, OLD) is RequestStep.CONFIRMED
    assert await say(database, NEW, OLD) is RequestStep.CONFIRMED_BEFORE
    async with database.read() as connection:
        assert await ledger_store.count(connection) == 1


@pytest.mark.parametrize("account", [OTHER, NEW])
async def test_nobody_confirms_what_names_somebody_else_or_was_never_asked(
    database: Database, account: str
) -> None:
    if account == OTHER:
        await say(database, OLD, NEW)
    assert await say(database, account, OLD) == NOT_A_MEMBER


async def test_the_member_does_not_confirm_by_asking_twice(database: Database) -> None:
    assert await say(database, OLD, NEW) is RequestStep.ASKED
    assert await say(database, OLD, NEW) is RequestStep.ASKED


async def test_of_two_members_who_name_each_other_the_first_asked_and_the_second_confirmed(
    database: Database,
) -> None:
    async with database.write() as connection:
        await administration.grant(connection, NEW, Duration(months=1), act())
    assert await say(database, OLD, NEW) is RequestStep.ASKED
    assert await say(database, NEW, OLD) is RequestStep.CONFIRMED


@pytest.mark.parametrize("standing", ["expired", "suspended", "transferred"])
async def test_a_request_of_somebody_who_is_no_active_member_any_more_is_none(
    database: Database, standing: str
) -> None:
    await say(database, OLD, NEW)
    at = NOW + timedelta(days=6)
    async with database.write() as connection:
        if standing == "suspended":
            await administration.suspend(connection, OLD, act())
        elif standing == "transferred":
            await administration.transfer(connection, OLD, OTHER, act())
        else:
            await administration.undo(connection, 1, act())
    assert await say(database, NEW, OLD, at) == NOT_A_MEMBER
    assert await say(database, OLD, NEW, at) == NOT_A_MEMBER


async def test_a_request_is_open_for_a_week(database: Database) -> None:
    await say(database, OLD, NEW)
    assert await say(database, NEW, OLD, NOW + timedelta(days=7)) == NOT_A_MEMBER


async def test_after_superusers_were_told_no_other_request_within_a_day(database: Database) -> None:
    await say(database, OLD, NEW)
    await say(database, NEW, OLD)
    assert "请等答复" in str(await say(database, OLD, OTHER))
    async with database.write() as connection:
        assert await transfer_requests.cancel(connection, OLD, NOW) is not None
    withdrawn = str(await say(database, OLD, OTHER))
    assert "不在办了" in withdrawn and "请等答复" not in withdrawn
    assert "明天再申请" in str(await say(database, OLD, OTHER, NOW + timedelta(hours=23)))
    assert await say(database, OLD, OTHER, NOW + timedelta(days=1)) is RequestStep.ASKED


async def test_one_account_is_no_other(database: Database) -> None:
    with pytest.raises(WrongUse, match="另一个"):
        await say(database, OLD, OLD)


async def test_cancelling_takes_back_what_is_ones_own(database: Database) -> None:
    await say(database, OLD, NEW)
    async with database.write() as connection:
        assert await transfer_requests.cancel(connection, NEW, NOW) is None, "it never confirmed"
    await say(database, NEW, OLD)
    async with database.write() as connection:
        assert await transfer_requests.cancel(connection, OTHER, NOW) is None
        withdrawn = await transfer_requests.cancel(connection, NEW, NOW)
        assert withdrawn is not None and withdrawn.old == OLD
        assert await transfer_requests.cancel(connection, OLD, NOW) is None


async def test_nothing_moves_to_accounts_that_need_no_subscription(database: Database) -> None:
    async with database.write() as connection:
        with pytest.raises(NotAllowed, match="不能换到这个号"):
            await transfer_requests.ask_or_confirm(connection, OLD, NEW, NOW, ZONE, nobodys={NEW})
        with pytest.raises(NotAllowed, match="换号要用会员还有效"):
            await transfer_requests.ask_or_confirm(connection, OTHER, NEW, NOW, ZONE, nobodys={NEW})
        assert await transfer_request_store.find(connection, OLD) is None
