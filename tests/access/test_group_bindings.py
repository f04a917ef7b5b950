"""Bound groups: a group is bound to one kind at a time, and what it was is known when it is unbound."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta, timezone

import pytest

from jianggao.access.group_bindings import GroupBinding, bind, bindings, unbind
from jianggao.access.verdicts import PlaceKind
from jianggao.database import Database
from jianggao.errors import WrongUse

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=timezone.utc)


async def test_bound_groups_come_back_in_the_order_of_their_binding(database: Database) -> None:
    async with database.write() as connection:
        await bind(connection, "700002", PlaceKind.FREE_GROUP, "90001", NOW)
        await bind(connection, "700001", PlaceKind.MEMBER_GROUP, "90002", NOW + timedelta(seconds=1))
    async with database.read() as connection:
        found = await bindings(connection)
    assert list(found) == ["700002", "700001"]
    assert found["700002"] == GroupBinding("700002", PlaceKind.FREE_GROUP, "90001", NOW)
    assert found["700001"].kind is PlaceKind.MEMBER_GROUP


@pytest.mark.parametrize(
    ("first", "said"), [(PlaceKind.MEMBER_GROUP, "会员群"), (PlaceKind.FREE_GROUP, "免费群")]
)
@pytest.mark.parametrize("second", [PlaceKind.MEMBER_GROUP, PlaceKind.FREE_GROUP])
async def test_a_bound_group_is_not_bound_anew(
    database: Database, first: PlaceKind, said: str, second: PlaceKind
) -> None:
    async with database.write() as connection:
        await bind(connection, "700001", first, "90001", NOW)
        with pytest.raises(WrongUse, match=said):
            await bind(connection, "700001", second, "90002", NOW)
        assert (await bindings(connection))["700001"].by == "90001"


async def test_unbinding_tells_what_the_group_was_and_frees_it(database: Database) -> None:
    async with database.write() as connection:
        await bind(connection, "700001", PlaceKind.MEMBER_GROUP, "90001", NOW)
        await bind(connection, "700002", PlaceKind.FREE_GROUP, "90001", NOW)
        assert (await unbind(connection, "700001")).kind is PlaceKind.MEMBER_GROUP
        assert list(await bindings(connection)) == ["700002"]
        await bind(connection, "700001", PlaceKind.FREE_GROUP, "90001", NOW)
        with pytest.raises(WrongUse, match="没有绑定"):
            await unbind(connection, "700003")


@pytest.mark.parametrize("kind", [PlaceKind.PRIVATE, PlaceKind.UNBOUND])
async def test_only_the_two_kinds_can_be_bound(database: Database, kind: PlaceKind) -> None:
    async with database.write() as connection:
        with pytest.raises((KeyError, sqlite3.IntegrityError)):
            await bind(connection, "700001", kind, "90001", NOW)
