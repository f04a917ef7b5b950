"""Pushes: what was pushed once is never pushed again, whatever happens in between."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from stored_pushes import push_row

from jianggao.database import Database
from jianggao.outbound import push_store
from jianggao.outbound.push_store import KEPT, TEXT_KEPT, Push, PushState

NOW = datetime(2026, 3, 18, 4, tzinfo=timezone.utc)
PUSH = Push("reminder", "reminder:20001:2026-03-25:week", "20001", "你好", NOW, NOW + timedelta(days=1))


async def ordered(database: Database, push: Push = PUSH) -> int | None:
    async with database.write() as connection:
        return await push_store.order(connection, push, NOW)


async def state_of(database: Database, number: int | None) -> PushState:
    assert number is not None
    async with database.read() as connection:
        row = await push_row(connection, number)
    assert row is not None
    return PushState(row["state"])


async def settled(database: Database, number: int | None, state: PushState) -> None:
    assert number is not None
    async with database.write() as connection:
        await push_store.begin(connection, number, "你好")
        await push_store.settle(connection, number, state, NOW)


@pytest.mark.parametrize("in_group", [False, True])
async def test_a_push_comes_back_as_it_was_ordered(database: Database, in_group: bool) -> None:
    push = replace(PUSH, in_group=in_group)
    number = await ordered(database, push)
    async with database.read() as connection:
        found = await push_store.next_due(connection, NOW)
    assert found == push_store.StoredPush(number or 0, push, PushState.WAITING)


@pytest.mark.parametrize("state", [PushState.DELIVERED, PushState.REFUSED, PushState.UNKNOWN])
async def test_a_subject_is_pushed_once(database: Database, state: PushState) -> None:
    number = await ordered(database)
    assert await ordered(database) is None
    await settled(database, number, state)
    assert await ordered(database) is None and await state_of(database, number) is state


async def test_what_was_dropped_before_it_left_may_be_ordered_anew(database: Database) -> None:
    number = await ordered(database)
    async with database.write() as connection:
        await push_store.settle(connection, number or 0, PushState.DROPPED, NOW)
    assert await ordered(database, replace(PUSH, text="再见")) == number
    async with database.read() as connection:
        found = await push_store.next_due(connection, NOW)
    assert found is not None and found.push.text == "再见"


@pytest.mark.parametrize("state", ["delivered", "refused", "unknown"])
@pytest.mark.parametrize("again", ["waiting", "sending"])
async def test_what_may_have_left_is_never_sent_again(database: Database, state: str, again: str) -> None:
    number = await ordered(database)
    await settled(database, number, PushState(state))
    with pytest.raises(sqlite3.IntegrityError, match="never sent again"):
        async with database.write() as connection:
            await connection.execute("UPDATE pushes SET state = ?", (again,))


async def test_no_push_is_replaced(database: Database) -> None:
    await settled(database, await ordered(database), PushState.DELIVERED)
    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        async with database.write() as connection:
            await connection.execute(
                """INSERT OR REPLACE INTO pushes (at, kind, subject, place, chat, text, not_before, expires_at, state)
                   SELECT at, kind, subject, place, chat, text, not_before, expires_at, 'waiting' FROM pushes"""
            )


async def test_it_begins_to_leave_once_and_with_the_words_that_leave(database: Database) -> None:
    number = await ordered(database) or 0
    async with database.write() as connection:
        assert await push_store.begin(connection, number, "还有 6 天")
        assert not await push_store.begin(connection, number, "还有 6 天")
        row = await push_row(connection, number)
    assert row is not None and row["text"] == "还有 6 天"


async def test_what_certainly_did_not_leave_waits_again_perhaps_till_later(database: Database) -> None:
    number = await ordered(database) or 0
    later = NOW + timedelta(minutes=10)
    async with database.write() as connection:
        await push_store.begin(connection, number, "你好")
        await push_store.wait_again(connection, number, later)
        assert await push_store.next_due(connection, NOW) is None
        assert await push_store.next_due(connection, later) is not None


async def test_at_a_start_what_was_leaving_may_have_arrived(database: Database) -> None:
    leaving, waiting = await ordered(database), await ordered(database, replace(PUSH, subject="other"))
    async with database.write() as connection:
        await push_store.begin(connection, leaving or 0, "你好")
        await push_store.take_over(connection, NOW)
    assert await state_of(database, leaving) is PushState.UNKNOWN
    assert await state_of(database, waiting) is PushState.WAITING


async def test_texts_go_after_two_days_and_records_after_a_year(database: Database) -> None:
    number = await ordered(database) or 0
    await settled(database, number, PushState.DELIVERED)
    async with database.write() as connection:
        await push_store.clear(connection, NOW + TEXT_KEPT)
        assert (row := await push_row(connection, number)) and row["text"] == "你好"
        await push_store.clear(connection, NOW + TEXT_KEPT + timedelta(seconds=1))
        assert (row := await push_row(connection, number)) and row["text"] == ""
        assert await push_store.order(connection, PUSH, NOW) is None
        await push_store.clear(connection, NOW + KEPT + timedelta(seconds=1))
        assert await push_row(connection, number) is None


async def test_what_waits_is_counted_by_kind(database: Database) -> None:
    await ordered(database)
    await ordered(database, replace(PUSH, subject="x", kind="other"))
    async with database.read() as connection:
        assert await push_store.count_waiting(connection) == 2
        assert await push_store.count_waiting(connection, "other") == 1
