"""Stores who came into which group, so that everybody is welcomed there once."""

from __future__ import annotations

from collections.abc import Iterable

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.database.statements import change_row
from jianggao.joining.newcomers import Newcomer, WelcomeRound


async def add(connection: aiosqlite.Connection, newcomer: Newcomer) -> None:
    """Stores somebody who came into a group. Does nothing for somebody who was welcomed there or waits for it;
    who left before, or came while it was too late, and comes again is stored anew."""
    await connection.execute(
        """
        DELETE FROM newcomers
        WHERE group_id = ? AND account = ? AND (state = 'left' AND at <= ? OR state = 'late' AND at < ?)
        """,
        (newcomer.group, newcomer.account, *[to_text(newcomer.at)] * 2),
    )
    await connection.execute(
        "INSERT OR IGNORE INTO newcomers (group_id, account, self_id, at, state) VALUES (?, ?, ?, ?, 'waiting')",
        (newcomer.group, newcomer.account, newcomer.self_id, to_text(newcomer.at)),
    )


async def waiting(connection: aiosqlite.Connection) -> list[Newcomer]:
    """Returns all who haven't been welcomed, the earliest first."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM newcomers WHERE state = 'waiting' ORDER BY at, account"
    )
    return [Newcomer(row["group_id"], row["account"], row["self_id"], from_text(row["at"])) for row in rows]


async def take(connection: aiosqlite.Connection, found: WelcomeRound) -> tuple[str, ...]:
    """Notes that these are welcomed, before that is sent. Returns those of them who still wait."""
    taken = [await _mark(connection, found.group, account, "welcomed") for account in found.accounts]
    return tuple(account for account, was_waiting in zip(found.accounts, taken, strict=True) if was_waiting)


async def mark_late(connection: aiosqlite.Connection, newcomers: Iterable[Newcomer]) -> None:
    """Notes that it is too late to welcome these."""
    for newcomer in newcomers:
        await _mark(connection, newcomer.group, newcomer.account, "late")


async def mark_left(connection: aiosqlite.Connection, group: str, account: str) -> None:
    """Notes that somebody has left before being welcomed."""
    await _mark(connection, group, account, "left")


async def _mark(connection: aiosqlite.Connection, group: str, account: str, state: str) -> bool:
    return await change_row(
        connection,
        "UPDATE newcomers SET state = ? WHERE group_id = ? AND account = ? AND state = 'waiting'",
        (state, group, account),
    )
