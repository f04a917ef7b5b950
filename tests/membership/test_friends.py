"""Since when people are friends: what is known stays, and forgetting never shortens a wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from jianggao.database import Database
from jianggao.membership import friends

NOW = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


async def remember(database: Database, accounts: Iterable[str], now: datetime, limit: int = 9) -> None:
    async with database.write() as connection:
        await friends.remember(connection, accounts, now, limit)


async def since(database: Database, account: str) -> datetime | None:
    async with database.read() as connection:
        return await friends.friend_since(connection, account)


async def test_the_first_moment_stays(database: Database) -> None:
    await remember(database, ["1"], NOW)
    for later in (HOUR, -HOUR):  # a clock that is put back gives nobody an earlier moment either
        await remember(database, ["1"], NOW + later)
    assert await since(database, "1") == NOW


async def test_strangers_are_unknown(database: Database) -> None:
    await remember(database, ["1"], NOW)
    assert await since(database, "2") is None


async def test_beyond_the_limit_those_known_longest_are_forgotten_and_count_as_new(
    database: Database,
) -> None:
    for place in range(4):
        await remember(database, [str(place)], NOW + place * HOUR, limit=3)
    assert await since(database, "0") is None
    assert [await since(database, str(place)) for place in (1, 2, 3)] == [NOW + n * HOUR for n in (1, 2, 3)]
    await remember(database, ["0"], NOW + 9 * HOUR, limit=3)
    assert await since(database, "0") == NOW + 9 * HOUR


async def test_a_list_longer_than_the_limit_is_cut(database: Database) -> None:
    await remember(database, map(str, range(20)), NOW, limit=5)
    async with database.read() as connection:
        rows = list(await connection.execute_fetchall("SELECT count(*) AS many FROM friends"))
    assert rows[0]["many"] == 5
