"""Compares the file's schema with the one that the migrations make."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache

from jianggao.database.migrations import known_migrations, statements
from jianggao.doctor.damage import DERIVED, SHADOWS
from jianggao.doctor.finding import MEND, CheckContext, Finding, Remedy
from jianggao.doctor.migrations import applied_numbers


@dataclass(frozen=True, slots=True)
class SchemaObject:
    """A table, an index or a trigger as `sqlite_master` holds it."""

    kind: str
    name: str
    table: str
    sql: str
    columns: frozenset[str] = frozenset()
    """The names of a table's columns; empty for the others."""


def expected_triggers() -> frozenset[str]:
    """Returns the names of all triggers that a database of this program has."""
    numbers = frozenset(migration.number for migration in known_migrations())
    return frozenset(part.name for part in expected_schema(numbers) if part.kind == "trigger")


@cache
def expected_schema(applied: frozenset[int]) -> tuple[SchemaObject, ...]:
    """Returns what these migrations make of an empty file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        for migration in known_migrations():
            if migration.number in applied:
                for statement in statements(migration.sql):
                    connection.execute(statement)
        return tuple(read_schema(connection).values())


def read_schema(connection: sqlite3.Connection) -> dict[tuple[str, str], SchemaObject]:
    """Returns what a file holds, by kind and name, without what SQLite made by itself. Raises
    sqlite3.Error."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master "
        "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    )
    parts = {}
    for row in rows.fetchall():
        columns = _columns(connection, row["name"]) if row["type"] == "table" else frozenset()
        part = SchemaObject(row["type"], row["name"], row["tbl_name"], row["sql"], columns)
        parts[part.kind, part.name] = part
    return parts


def _columns(connection: sqlite3.Connection, table: str) -> frozenset[str]:
    rows = connection.execute("SELECT name FROM pragma_table_xinfo(?)", (table,))
    return frozenset(str(row[0]) for row in rows)


@dataclass(frozen=True, slots=True)
class SchemaDifferences:
    """What is missing or other than expected."""

    tables: list[SchemaObject]
    derived: list[SchemaObject]
    """Missing tables that are made of the texts."""
    columns: list[str]
    indexes: list[SchemaObject]
    triggers: list[SchemaObject]
    strange_triggers: list[str]


def differences(connection: sqlite3.Connection, applied: frozenset[int]) -> SchemaDifferences:
    """Returns how the schema of a file that has seen these migrations differs from what they make. Raises
    sqlite3.Error."""
    there = read_schema(connection)
    expected = expected_schema(applied)
    missing = [part for part in expected if not _stands(part, there.get((part.kind, part.name)))]
    names = {part.name for part in expected if part.kind == "trigger"}
    return SchemaDifferences(
        [part for part in missing if part.kind == "table" and part.name not in DERIVED],
        [part for part in missing if part.kind == "table" and part.name in DERIVED - SHADOWS],
        [f"{part.name}.{column}" for part in expected for column in _missing_columns(part, there)],
        [part for part in missing if part.kind == "index"],
        [part for part in missing if part.kind == "trigger"],
        sorted(name for kind, name in there if kind == "trigger" and name not in names),
    )


def _stands(part: SchemaObject, found: SchemaObject | None) -> bool:
    """Returns whether an object of the file is the expected one.

    Tables are compared by name here: releases of SQLite write down an added column in their own ways.
    """
    if found is None:
        return False
    return part.kind == "table" or (found.table == part.table and _words(found.sql) == _words(part.sql))


def _missing_columns(part: SchemaObject, there: dict[tuple[str, str], SchemaObject]) -> list[str]:
    found = there.get((part.kind, part.name))
    return [] if found is None else sorted(part.columns - found.columns)


def _words(sql: str) -> list[str]:
    return sql.replace('"', "").split()


def check_schema(context: CheckContext) -> Iterator[Finding]:
    """Yields which tables, columns, indexes and triggers are missing; the triggers keep records from being
    changed."""
    applied = frozenset(applied_numbers(context))
    with context.snapshot() as connection:
        found = differences(connection, applied)
    wrong: list[str] = []
    remedies: set[Remedy] = set()
    lost = [*(part.name for part in found.tables), *found.columns]
    if lost:
        wrong.append(f"少了 {'、'.join(lost)}。{context.way_back}")
    if found.derived:
        names = "、".join(part.name for part in found.derived)
        wrong.append(f"检索用的 {names} 不见了。{MEND} 重建它们。")
        remedies |= {Remedy.SCHEMA, Remedy.INDEX}
    if found.triggers:
        names = "、".join(sorted(part.name for part in found.triggers))
        # While a trigger was gone, anybody could change the records that it protects.
        wrong.append(f"记录不再受保护（少了 {names}）。{MEND} 重新加上；再拿备份核对，看记录有没有被改过。")
        remedies.add(Remedy.SCHEMA)
    if found.indexes:
        names = "、".join(sorted(part.name for part in found.indexes))
        wrong.append(f"少了索引 {names}。{MEND} 重新加上。")
        remedies.add(Remedy.SCHEMA)
    if found.strange_triggers:
        names = "、".join(found.strange_triggers)
        wrong.append(f"多了不是机器人建的触发器 {names}，它们会改动数据。请问清是谁加的；{context.way_back}")
    yield Finding("数据库结构", tuple(wrong), "表、索引和保护记录的触发器都在", frozenset(remedies))
