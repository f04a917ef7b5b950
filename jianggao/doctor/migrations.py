"""Finds the migrations that the next start will apply."""

from __future__ import annotations

import sqlite3

from jianggao.database.migrations import Migration, known_migrations
from jianggao.doctor.finding import CheckContext

AFTER_THE_UPGRADE = "数据库要等下次启动升级后才能查"
"""What a check says if it needs what a later migration makes."""


def is_of_the_schema(error: Exception) -> bool:
    """Returns whether an error says that a table or a column doesn't exist."""
    return isinstance(error, sqlite3.OperationalError) and "no such" in str(error)


def applied_numbers(context: CheckContext) -> set[int]:
    """Returns the numbers of the migrations that the file has seen. Raises sqlite3.Error."""
    return {row[0] for row in context.rows("SELECT number FROM migrations")}


def pending_migrations(context: CheckContext) -> list[Migration]:
    """Returns the migrations that the file hasn't seen; none where that can't be read."""
    try:
        applied = applied_numbers(context)
    except sqlite3.Error:
        return []
    return [migration for migration in known_migrations() if migration.number not in applied]
