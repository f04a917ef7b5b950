"""Statements tell what came of them: rows, the id of a new row, whether a row was changed."""

from __future__ import annotations

from jianggao.database import Database
from jianggao.database.statements import change_row, fetch_rows, insert_row

_INSERT = "INSERT INTO groups_of_a_test (name) VALUES (?)"


async def test_statements_tell_what_came_of_them(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute("CREATE TABLE groups_of_a_test (id INTEGER PRIMARY KEY, name TEXT) STRICT")
        assert [await insert_row(connection, _INSERT, (name,)) for name in ("甲", "乙")] == [1, 2]
        rename = "UPDATE groups_of_a_test SET name = :new WHERE name = :old"
        assert await change_row(connection, rename, {"old": "乙", "new": "丙"})
        assert not await change_row(connection, rename, {"old": "乙", "new": "丁"})
        rows = await fetch_rows(connection, "SELECT id, name FROM groups_of_a_test ORDER BY id")
        assert [(row["id"], row["name"]) for row in rows] == [(1, "甲"), (2, "丙")]
        wanted = "SELECT name FROM groups_of_a_test WHERE id > ?"
        assert [row["name"] for row in await fetch_rows(connection, wanted, (1,))] == ["丙"]
        assert await fetch_rows(connection, wanted, (2,)) == []
