"""The outbox: what is stored with a change is given once, and what may have left never again."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path

import aiosqlite
import pytest

from jianggao.database import Database
from jianggao.database.migrations import known_migrations, migrate
from jianggao.outbound import outbox_store
from jianggao.outbound.outbox_store import FRESH, KEPT, AnswerState, OutboxAnswer, is_fresh

NOW = datetime(2026, 3, 18, 4, tzinfo=timezone.utc)
BEFORE_THE_OUTBOX = 12


def answer(
    at: datetime = NOW, group: str | None = None, text: str = "已开通 20001，记录号 1。"
) -> OutboxAnswer:
    return OutboxAnswer(at, "key", "开通", "90001", "10001", group, "90001", "4711" if group else None, text)


async def state_of(database: Database, number: int) -> AnswerState:
    async with database.read() as connection:
        found = await outbox_store.find_answer(connection, number)
    assert found is not None
    return found.state


@pytest.mark.parametrize("group", [None, "700001"])
async def test_an_answer_comes_back_as_it_was_stored(database: Database, group: str | None) -> None:
    async with database.write() as connection:
        number = await outbox_store.add(connection, answer(group=group))
        found = await outbox_store.find_answer(connection, number)
    assert found is not None and found.answer == answer(group=group) and found.state is AnswerState.WAITING


async def test_it_begins_to_leave_once(database: Database) -> None:
    async with database.write() as connection:
        number = await outbox_store.add(connection, answer())
        assert await outbox_store.begin(connection, number)
        assert not await outbox_store.begin(connection, number)


async def test_what_certainly_did_not_leave_waits_again(database: Database) -> None:
    async with database.write() as connection:
        number = await outbox_store.add(connection, answer())
        await outbox_store.begin(connection, number)
        await outbox_store.settle(connection, number, AnswerState.WAITING)
        assert await outbox_store.begin(connection, number)


@pytest.mark.parametrize(
    "state",
    [
        AnswerState.DELIVERED,
        AnswerState.UNKNOWN,
        AnswerState.REFUSED,
        AnswerState.LISTED,
        AnswerState.DROPPED,
    ],
)
async def test_what_is_settled_is_never_sent_again(database: Database, state: AnswerState) -> None:
    """Not by the store, and not by any other statement: the trigger refuses it."""
    async with database.write() as connection:
        number = await outbox_store.add(connection, answer())
        await outbox_store.begin(connection, number)
        await outbox_store.settle(connection, number, state)
        await outbox_store.settle(connection, number, AnswerState.WAITING)
        assert not await outbox_store.begin(connection, number)
    assert await state_of(database, number) is state
    for again in ("waiting", "sending"):
        with pytest.raises(sqlite3.IntegrityError, match="never sent again"):
            async with database.write() as connection:
                await connection.execute("UPDATE outbox SET state = ? WHERE id = ?", (again, number))


async def test_a_change_that_is_rolled_back_leaves_no_answer(database: Database) -> None:
    with pytest.raises(ValueError, match="no"):
        async with database.write() as connection:
            await outbox_store.add(connection, answer())
            raise ValueError("no")
    async with database.read() as connection:
        assert await outbox_store.in_state(connection, *AnswerState) == []


async def test_only_what_waits_is_worded_anew(database: Database) -> None:
    async with database.write() as connection:
        number = await outbox_store.add(connection, answer())
        await outbox_store.rewrite(connection, number, "别的")
        await outbox_store.begin(connection, number)
        await outbox_store.rewrite(connection, number, "太晚了")
        found = await outbox_store.find_answer(connection, number)
    assert found is not None and found.answer.text == "别的"


async def test_what_is_settled_goes_after_two_days_and_what_is_not_stays(database: Database) -> None:
    async with database.write() as connection:
        for state in AnswerState:
            number = await outbox_store.add(connection, answer())
            await outbox_store.settle(connection, number, state)
        await outbox_store.add(connection, answer(NOW + KEPT + timedelta(seconds=1)))
        kept = {one.state for one in await outbox_store.in_state(connection, *AnswerState)}
        assert kept == {AnswerState.WAITING, AnswerState.SENDING, AnswerState.REFUSED, AnswerState.UNKNOWN}
        assert await outbox_store.waiting_answers(connection) == 5


def test_ten_minutes_are_fresh_also_when_the_clock_goes_back_a_little() -> None:
    assert is_fresh(answer(), NOW + FRESH) and is_fresh(answer(), NOW - timedelta(minutes=1))
    assert not is_fresh(answer(), NOW + FRESH + timedelta(seconds=1))


def test_an_answer_of_the_future_is_of_no_known_age_and_not_fresh() -> None:
    assert not is_fresh(answer(), NOW - timedelta(minutes=1, seconds=1))
    assert not is_fresh(answer(), NOW - timedelta(days=3))


async def test_what_leaves_is_what_was_about_to_be_said(database: Database) -> None:
    async with database.write() as connection:
        number = await outbox_store.add(connection, answer(text="还没做完 \ud800"))
        assert not await outbox_store.begin(connection, number, "做完了")
        assert await outbox_store.begin(connection, number, "还没做完 \ud800")


async def test_the_age_counts_from_when_the_work_was_done(database: Database) -> None:
    later = NOW + timedelta(hours=1)
    async with database.write() as connection:
        number = await outbox_store.add(connection, answer())
        await outbox_store.rewrite(connection, number, "做完了", at=later)
        found = await outbox_store.find_answer(connection, number)
    assert found is not None and is_fresh(found.answer, later)


async def test_a_lone_surrogate_is_stored(database: Database) -> None:
    async with database.write() as connection:
        number = await outbox_store.add(connection, answer(text="备注 \ud800"))
        found = await outbox_store.find_answer(connection, number)
    assert found is not None and found.answer.text.startswith("备注 ")


async def test_a_file_of_before_gets_its_outbox(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await migrate(connection, known_migrations()[:BEFORE_THE_OUTBOX])
        await connection.execute(
            "INSERT INTO claims (message, claimed_at) VALUES ('m', '2026-03-18T04:00:00.000000+00:00')"
        )
    database = await Database.open(path)
    try:
        async with database.write() as connection:
            claims = await connection.execute_fetchall("SELECT message FROM claims")
            assert [row[0] for row in claims] == ["m"]
            assert await outbox_store.add(connection, answer()) == 1
    finally:
        await database.close()
