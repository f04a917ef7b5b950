"""A database of an earlier release waits for its upgrade, and gives no alarm until then."""

from __future__ import annotations

import sqlite3

import pytest
from doctor_cases import NOW, Installation

from jianggao.database.migrations import known_migrations
from jianggao.doctor.finding import CheckContext
from jianggao.doctor.migrations import applied_numbers, is_of_the_schema, pending_migrations


async def test_a_database_of_an_earlier_release_waits_for_its_upgrade(installation: Installation) -> None:
    installation.edit(
        "DELETE FROM migrations WHERE number > 6", "DROP TABLE slow_questions", "DROP TABLE text_runs"
    )
    findings = {finding.what: finding for finding in await installation.examine()}
    assert "下次启动时做" in findings["升级"].noted
    assert "升级后才能查" in findings["超时的查询"].noted
    assert findings["超时的查询"].wrong == ()


def test_what_the_next_start_will_do_is_known(installation: Installation) -> None:
    context = CheckContext(installation.settings, NOW)
    assert pending_migrations(context) == []
    newest = known_migrations()[-1]
    installation.edit(f"DELETE FROM migrations WHERE number = {newest.number}")
    assert [migration.number for migration in pending_migrations(context)] == [newest.number]
    assert newest.number not in applied_numbers(context)
    context.close()


def test_where_migrations_cannot_be_read_none_are_pending(installation: Installation) -> None:
    installation.edit("DROP TABLE migrations")
    context = CheckContext(installation.settings, NOW)
    assert pending_migrations(context) == []
    context.close()


@pytest.mark.parametrize(
    ("error", "is_schema"),
    [
        (sqlite3.OperationalError("no such table: outbox"), True),
        (sqlite3.OperationalError("no such column: audience"), True),
        (sqlite3.OperationalError("database is locked"), False),
        (sqlite3.DatabaseError("no such luck"), False),
        (ValueError("no such table"), False),
    ],
)
def test_errors_of_the_schema_are_told_from_others(error: Exception, is_schema: bool) -> None:
    assert is_of_the_schema(error) is is_schema
