"""No table that names people is forgotten: each of the schema stands in one of the two lists, with its columns."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from jianggao.database import Database
from jianggao.personal_data.tables import IMPERSONAL, PERSONAL

NAMES_AN_ACCOUNT = re.compile(
    r"account|member|asker|person|people|reporter|accused|seller|owner|qq|(^|_)(by|user|chat|place)($|_)"
    r"|_for$|^(old|new|successor|self_id|named|message)$"
)
"""Names of columns that hold accounts, or could."""
OF_THE_BOT = frozenset({"sqlite_sequence"})


@pytest.fixture
async def schema(tmp_path: Path) -> AsyncIterator[dict[str, list[str]]]:
    """The columns of each table, without those that a full-text index makes for itself."""
    database = await Database.open(tmp_path / "bot.db")
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        tables = {row["name"]: str(row["sql"]) for row in rows}
        indexes = [name for name, sql in tables.items() if "USING fts5" in sql]
        tables = {
            name: sql
            for name, sql in tables.items()
            if not any(name.startswith(f"{index}_") for index in indexes)
        }
        columns = {
            name: [row["name"] for row in await connection.execute_fetchall(f"PRAGMA table_info({name})")]
            for name in tables.keys() - OF_THE_BOT
        }
    yield columns
    await database.close()


def test_every_table_stands_in_one_of_the_lists(schema: dict[str, list[str]]) -> None:
    """Who adds a table says in `personal_data/tables.py` whether it names people, what they read of it, and
    whether it can be deleted."""
    personal = {table.name for table in PERSONAL}
    assert not personal & IMPERSONAL
    assert personal | IMPERSONAL == schema.keys()


def test_every_column_that_names_an_account_is_known(schema: dict[str, list[str]]) -> None:
    known = {(table.name, column) for table in PERSONAL for column in table.columns}
    there = {(name, column) for name, columns in schema.items() for column in columns}
    looking_so = {(name, column) for name, column in there if NAMES_AN_ACCOUNT.search(column)}
    # A place is of the words free_group, member_group, group and private here; the chat stands beside it.
    assert looking_so - known == {("deliveries", "place"), ("pushes", "place")}
    assert known <= there


def test_what_stays_has_a_reason_and_what_is_told_has_a_name() -> None:
    for table in PERSONAL:
        assert bool(table.kept_because) != table.is_deletable, table.name
        assert bool(table.rows) == bool(table.what), table.name
        assert not table.is_deletable or table.rows, "nobody has deleted what he isn't told of"


def test_records_entrusted_to_the_operator_are_never_deleted() -> None:
    kept = {"ledger", "deliveries", "reports", "report_evidence", "report_findings", "looks", "look_shares"}
    assert {table.name for table in PERSONAL if table.is_deletable}.isdisjoint(kept)
