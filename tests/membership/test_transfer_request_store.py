"""Requests to move a subscription: one a member, and how long it is open."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from jianggao.database import Database
from jianggao.membership import transfer_request_store as store
from jianggao.membership.transfer_request_store import KEPT, TransferRequest

NOW = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)


async def test_a_member_has_one_request_the_last(database: Database) -> None:
    async with database.write() as connection:
        await store.put(connection, "20001", "20002", NOW)
        await store.confirm(connection, "20001", NOW)
        await store.put(connection, "20001", "20003", NOW)
        assert await store.find(connection, "20001") == TransferRequest("20001", "20003", NOW, None, None)
        assert await store.confirmed_by(connection, "20002") == []
        assert await store.find(connection, "20003") is None


async def test_a_request_is_open_for_seven_days_until_it_is_settled(database: Database) -> None:
    async with database.write() as connection:
        await store.put(connection, "20001", "20002", NOW)
        await store.confirm(connection, "20001", NOW)
        (request,) = await store.confirmed_by(connection, "20002")
        assert request.is_open(NOW + timedelta(days=6, hours=23))
        assert not request.is_open(NOW + timedelta(days=7))
        await store.settle(connection, "20001", NOW)
        settled = await store.find(connection, "20001")
    assert settled is not None and not settled.is_open(NOW)


async def test_old_requests_go(database: Database) -> None:
    async with database.write() as connection:
        await store.put(connection, "20001", "20002", NOW)
        await store.put(connection, "20003", "20004", NOW + KEPT + timedelta(seconds=1))
        assert await store.find(connection, "20001") is None
