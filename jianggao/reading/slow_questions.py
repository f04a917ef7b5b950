"""The SQL of questions that ran out of their time: how often, by kind; never what was asked."""

from __future__ import annotations

import aiosqlite


async def count_slow_questions(connection: aiosqlite.Connection) -> int:
    """How many questions ever ran out of their time."""
    rows = await connection.execute_fetchall("SELECT coalesce(sum(count), 0) FROM slow_questions")
    return int(next(iter(rows))[0])
