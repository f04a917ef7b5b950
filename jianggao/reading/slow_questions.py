"""Counts the questions that ran out of their time: how often, by kind; never what was asked."""

from __future__ import annotations

from datetime import datetime

import aiosqlite

from jianggao.clock import to_text


async def count_slow_question(connection: aiosqlite.Connection, kind: str, at: datetime) -> None:
    """Adds one to the questions of this kind (the command's word, as 检索) that ran out of their time."""
    await connection.execute(
        """INSERT INTO slow_questions (kind, count, last_at) VALUES (?, 1, ?)
           ON CONFLICT (kind) DO UPDATE SET count = count + 1, last_at = excluded.last_at""",
        (kind, to_text(at)),
    )


async def count_slow_questions(connection: aiosqlite.Connection) -> int:
    """Returns how many questions of all kinds ever ran out of their time."""
    rows = await connection.execute_fetchall("SELECT coalesce(sum(count), 0) FROM slow_questions")
    return int(next(iter(rows))[0])
