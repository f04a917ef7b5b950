"""Counts and deletes what is stored about one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.people.names import KnownPerson
from jianggao.people.people_store import forget_copies, names_of
from jianggao.personal_data.tables import PERSONAL, PersonalTable, names


@dataclass(frozen=True, slots=True)
class TableCount:
    """How much of a table is about a person."""

    table: PersonalTable
    rows: int
    """At least 1."""
    first: datetime | None
    last: datetime | None
    """When the first and the last of them were made; None where that isn't told."""


@dataclass(frozen=True, slots=True, repr=False)
class StoredAbout:
    """What is stored about a person, as far as the person is told."""

    person: KnownPerson | None
    """The names and the note; None if none are stored."""
    counts: tuple[TableCount, ...]
    """Of each other table that has something."""


async def stored_about(connection: aiosqlite.Connection, account: str) -> StoredAbout:
    """Returns what is stored about the person."""
    names = await names_of(connection, [account])
    told = [table for table in PERSONAL if table.rows and table.name != "people"]
    counts = [await _count(connection, table, account) for table in told]
    return StoredAbout(names.get(account), tuple(count for count in counts if count.rows))


async def delete(connection: aiosqlite.Connection, account: str, now: datetime) -> dict[str, int]:
    """Deletes what can be deleted of the person's data, and returns how many rows of what. A second time
    there is nothing left."""
    await forget_copies(connection, account)
    gone = {}
    values = {"account": account, "now": to_text(now), "day_ago": to_text(now - timedelta(days=1))}
    for table in PERSONAL:
        if not table.is_deletable:
            continue
        change = (
            f"UPDATE {table.name} SET {table.emptying}" if table.emptying else f"DELETE FROM {table.name}"
        )
        cursor = await connection.execute(f"{change} WHERE {table.deletion}", values)
        gone[table.what] = cursor.rowcount
        await cursor.close()
    # What was told to others has its name in it, and is needed no longer.
    await connection.execute(
        f"UPDATE outbox SET text = '' WHERE {names('text')} AND state IN ('delivered', 'listed', 'dropped')",
        values,
    )
    await connection.execute(
        f"UPDATE pushes SET text = '' WHERE {names('text')} AND state NOT IN ('waiting', 'sending')", values
    )
    return gone


async def open_imports(connection: aiosqlite.Connection, account: str) -> list[int]:
    """Returns the numbers of the imports that wait to be confirmed and name the person: `delete` drops
    them."""
    rows = await connection.execute_fetchall(
        f"SELECT number FROM pending_imports WHERE state = 'open' AND {names('lines')} ORDER BY number",
        {"account": account},
    )
    return [int(row[0]) for row in rows]


async def _count(connection: aiosqlite.Connection, table: PersonalTable, account: str) -> TableCount:
    moments = f"min({table.moment}), max({table.moment})" if table.moment else "NULL, NULL"
    rows = await connection.execute_fetchall(
        f"SELECT count(*), {moments} FROM {table.name} WHERE {table.rows}", {"account": account}
    )
    count, first, last = next(iter(rows))
    return TableCount(
        table, int(count), from_text(first) if first else None, from_text(last) if last else None
    )
