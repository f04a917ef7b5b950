"""Stores which of the bot's accounts QQ has limited: they push nothing for an hour, also after a restart."""

from __future__ import annotations

from datetime import datetime, timedelta

import aiosqlite

from jianggao.clock import from_text, to_text

RESTS_FOR = timedelta(hours=1)
"""How long an account pushes nothing after QQ said that it is limited: to go on may cost the account."""
_NAME = "limited account "
"""What the name of a fact begins with; the account follows. Its value is when QQ said so."""


async def note(connection: aiosqlite.Connection, account: str, now: datetime) -> None:
    """Records that QQ has limited an account."""
    await connection.execute(
        "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", (_NAME + account, to_text(now))
    )


async def resting(connection: aiosqlite.Connection, now: datetime) -> frozenset[str]:
    """Returns the accounts that push nothing at `now`."""
    rows = await connection.execute_fetchall(
        "SELECT name, value FROM facts WHERE name LIKE ?", (_NAME + "%",)
    )
    return frozenset(
        name.removeprefix(_NAME)
        for name, noted_at in rows
        # A time that is to come was noted by a clock that was ahead: it says nothing.
        if timedelta(0) <= now - from_text(noted_at) < RESTS_FOR
    )
