"""Requests are stored with their decision, judged once, and followed until it is known what became of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import aiosqlite
import pytest

from jianggao.database import Database
from jianggao.database.migrations import known_migrations, migrate
from jianggao.joining import join_request_store as store
from jianggao.joining.join_request_store import KEPT, MOST_A_DAY, RequestState, StoredRequest
from jianggao.joining.join_requests import Grounds, JoinDecision, JoinRequest

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
REQUEST = JoinRequest("10001", "700001|1758000001|7|0", "700001", "20001")
APPROVED = JoinDecision(True, Grounds.MEMBER)
REFUSED = JoinDecision(False, Grounds.NOT_A_MEMBER)


async def add(
    database: Database, request: JoinRequest = REQUEST, decision: JoinDecision = APPROVED, at: datetime = NOW
) -> StoredRequest:
    async with database.write() as connection:
        return await store.add(
            connection, request, decision, "" if decision.approve else "会员群只加会员。", at
        )


async def is_new(database: Database, request: JoinRequest, now: datetime = NOW) -> bool:
    async with database.read() as connection:
        return await store.is_to_be_judged(connection, request, now)


async def settle(database: Database, number: int, state: RequestState, at: datetime = NOW) -> None:
    async with database.write() as connection:
        await store.settle(connection, number, state, at)


async def test_a_request_is_judged_once_under_both_its_names_and_a_new_one_anew(database: Database) -> None:
    assert await is_new(database, REQUEST)
    await add(database)
    for flag in (REQUEST.flag, "1758000001"):
        assert not await is_new(database, JoinRequest("10001", flag, "700001", "20001"))
    assert await is_new(database, JoinRequest("10001", "1758000002", "700001", "20001"))


async def test_a_request_that_two_accounts_hear_is_judged_once(database: Database) -> None:
    await add(database, replace(REQUEST, asked_at=NOW))
    other = JoinRequest("10002", "1", "700001", "20001", NOW + timedelta(seconds=3))
    assert not await is_new(database, other)
    assert not await is_new(database, replace(other, asked_at=None)), "one that stands in a list"
    assert not await is_new(database, replace(other, asked_at=None), NOW + timedelta(minutes=2))
    assert await is_new(database, replace(other, asked_at=None), NOW + timedelta(minutes=11))
    assert await is_new(database, replace(other, asked_at=NOW + timedelta(minutes=2)))
    assert await is_new(database, replace(other, account="20002"))
    assert await is_new(database, replace(other, group="700002"))


async def test_so_many_requests_of_a_person_are_answered_in_a_day(database: Database) -> None:
    for number in range(MOST_A_DAY):
        await add(database, JoinRequest("10001", f"f{number}", "700001", "20001"), REFUSED)
    another = JoinRequest("10001", "g", "700001", "20001")
    assert not await is_new(database, another)
    assert await is_new(database, JoinRequest("10001", "g", "700002", "20001"))
    assert await is_new(database, JoinRequest("10001", "g", "700001", "20002"))
    assert await is_new(database, another, NOW + timedelta(days=1))


async def test_an_answer_is_begun_until_it_is_settled(database: Database) -> None:
    stored = await add(database)
    async with database.write() as connection:
        assert await store.begin(connection, stored.id)
    async with database.read() as connection:
        (waiting,) = await store.unanswered(connection)
    assert waiting.request == REQUEST and waiting.attempts == 1 and waiting.grounds is Grounds.MEMBER
    await settle(database, stored.id, RequestState.ANSWERED)
    async with database.write() as connection:
        assert not await store.begin(connection, stored.id)
        assert await store.unanswered(connection) == []


@pytest.mark.parametrize("state", [RequestState.ANSWERED, RequestState.UNKNOWN])
async def test_an_approval_is_unconfirmed_until_the_person_is_seen(
    database: Database, state: RequestState
) -> None:
    stored = await add(database)
    await settle(database, stored.id, state)
    async with database.write() as connection:
        assert await store.unconfirmed(connection, NOW - timedelta(seconds=1)) == []
        assert [found.id for found in await store.unconfirmed(connection, NOW)] == [stored.id]
        await store.mark_joined(connection, "700001", "20001", NOW)
        assert await store.unconfirmed(connection, NOW) == []


@pytest.mark.parametrize(
    ("decision", "state", "needs_people"),
    [
        (APPROVED, RequestState.ANSWERED, False),
        (APPROVED, RequestState.UNKNOWN, False),
        (APPROVED, RequestState.FAILED, True),
        (APPROVED, RequestState.MISSING, True),
        (REFUSED, RequestState.ANSWERED, False),
        (REFUSED, RequestState.UNKNOWN, True),
        (REFUSED, RequestState.FAILED, True),
    ],
)
async def test_what_needs_people_is_told_once(
    database: Database, decision: JoinDecision, state: RequestState, needs_people: bool
) -> None:
    stored = await add(database, decision=decision)
    await settle(database, stored.id, state)
    async with database.write() as connection:
        found = await store.untold(connection)
        assert [request.id for request in found] == ([stored.id] if needs_people else [])
        await store.mark_told(connection, [stored.id])
        assert await store.untold(connection) == []


async def test_that_somebody_has_joined_stands_against_all_that_qq_said(database: Database) -> None:
    stored = await add(database)
    await settle(database, stored.id, RequestState.FAILED)
    async with database.write() as connection:
        await store.mark_joined(connection, "700001", "20001", NOW)
    await settle(database, stored.id, RequestState.MISSING)
    async with database.read() as connection:
        assert await store.untold(connection) == []


async def test_old_requests_are_deleted(database: Database) -> None:
    await add(database)
    await add(database, JoinRequest("10001", "new", "700001", "20002"), at=NOW + KEPT + timedelta(seconds=1))
    assert await is_new(database, REQUEST, NOW + KEPT)


async def test_requests_of_an_earlier_release_are_kept_and_known() -> None:
    async with aiosqlite.connect(":memory:", isolation_level=None) as connection:
        connection.row_factory = aiosqlite.Row
        await migrate(connection, [one for one in known_migrations() if one.number < 28])
        await connection.execute(
            """INSERT INTO join_requests
                   (self_id, flag, group_id, account, at, approve, grounds, reason, state, settled_at)
               VALUES ('10001', '7', '700001', '20001', ?, 0, 'expired', '到期', 'failed', ?)""",
            (NOW.isoformat(), NOW.isoformat()),
        )
        await migrate(connection)
        (stored,) = await store.untold(connection)
        assert (stored.request, stored.grounds) == (
            JoinRequest("10001", "7", "700001", "20001"),
            Grounds.EXPIRED,
        )
        again = JoinRequest("10001", "7", "700001", "20001", NOW + timedelta(seconds=30))
        assert not await store.is_to_be_judged(connection, again, NOW)
