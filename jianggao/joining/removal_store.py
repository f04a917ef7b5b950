"""Stores whom the bot is to remove from a group, and what became of it.

Each removal is recorded before it is tried, and is tried once: what is found under way at a start may have
happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from enum import Enum
from sqlite3 import Row

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.database.statements import change_row, fetch_rows
from jianggao.joining.removals import ANNOUNCEMENT_LASTS, MOST_A_DAY, SPARED_FOR, RemovalCandidate, Spared

_TRIED = "state IN ('removing', 'removed', 'failed', 'unknown')"


class RemovalState(Enum):
    """How far a removal has come."""

    ANNOUNCED = "announced"
    REMOVING = "removing"
    """It is under way; what is found so at a start may have happened."""
    REMOVED = "removed"
    FAILED = "failed"
    """QQ refused it."""
    UNKNOWN = "unknown"
    """It may have happened. Never tried again."""
    SPARED = "spared"
    """Somebody who was announced stays after all."""


@dataclass(frozen=True, slots=True)
class StoredRemoval:
    """A removal as it is stored."""

    id: int
    candidate: RemovalCandidate
    announced_at: datetime
    waited: timedelta
    """How long the bot has run since the announcement."""
    state: RemovalState
    why: Spared | None
    """Why somebody was spared."""


async def announce(
    connection: aiosqlite.Connection, candidates: Iterable[RemovalCandidate], now: datetime
) -> None:
    """Records that superusers were told whom the bot will remove. An announcement that wasn't acted upon in
    time is made anew; so is one of somebody who was spared, in the place of that record."""
    for candidate in candidates:
        key = candidate.group, candidate.account, candidate.valid_until.isoformat()
        await connection.execute(
            """
            DELETE FROM removals
            WHERE group_id = ? AND account = ? AND valid_until = ? AND state = 'spared' AND reported = 1
            """,
            key,
        )
        await connection.execute(
            """
            INSERT INTO removals (group_id, account, valid_until, announced_at, state)
            VALUES (?, ?, ?, ?, 'announced')
            ON CONFLICT (group_id, account, valid_until) DO UPDATE SET announced_at = excluded.announced_at,
                waited_seconds = 0
            WHERE state = 'announced'
            """,
            (*key, to_text(now)),
        )


async def note_unreminded(
    connection: aiosqlite.Connection, candidates: Iterable[RemovalCandidate], now: datetime
) -> None:
    """Records who isn't removed since no reminder of the end has reached them, for the next report. Does
    nothing for who is recorded already."""
    await connection.executemany(
        """
        INSERT INTO removals (group_id, account, valid_until, announced_at, state, at, why)
        VALUES (?, ?, ?, ?, 'spared', ?, ?)
        ON CONFLICT DO NOTHING
        """,
        [
            (
                candidate.group,
                candidate.account,
                candidate.valid_until.isoformat(),
                to_text(now),
                to_text(now),
                Spared.NOT_REMINDED.value,
            )
            for candidate in candidates
        ],
    )


async def count_wait(connection: aiosqlite.Connection, passed: timedelta) -> None:
    """Adds the time that the bot has run since this was last called to the wait of all who were announced."""
    await connection.execute(
        "UPDATE removals SET waited_seconds = waited_seconds + ? WHERE state = 'announced'",
        (passed.total_seconds(),),
    )


async def announced(connection: aiosqlite.Connection) -> list[StoredRemoval]:
    """Returns those who were announced and not removed or spared since, in the order of their end."""
    return await _removals(connection, "state = 'announced'")


async def known(connection: aiosqlite.Connection, now: datetime) -> frozenset[RemovalCandidate]:
    """Returns all who needn't be announced: those who were lately, or were spared lately, or of whom superusers
    haven't read yet, and those whose removal was tried."""
    rows = await _removals(
        connection,
        f"""{_TRIED} OR (state = 'announced' AND announced_at >= ?)
        OR (state = 'spared' AND (reported = 0 OR (at >= ? AND why <> ?)))""",
        (to_text(now - ANNOUNCEMENT_LASTS), to_text(now - SPARED_FOR), Spared.NOT_REMINDED.value),
    )
    return frozenset(row.candidate for row in rows)


async def last_announcement(connection: aiosqlite.Connection) -> datetime | None:
    """Returns when superusers were last told beforehand; None if they never were."""
    rows = await fetch_rows(
        connection, "SELECT max(announced_at) FROM removals WHERE why <> ?", (Spared.NOT_REMINDED.value,)
    )
    return from_text(rows[0][0]) if rows[0][0] else None


async def left_today(connection: aiosqlite.Connection, now: datetime, zone: tzinfo) -> int:
    """Returns how many people may still be removed on this day."""
    midnight = datetime.combine(now.astimezone(zone).date(), time.min, zone).astimezone(timezone.utc)
    rows = await fetch_rows(
        connection,
        f"SELECT count(*) FROM removals WHERE {_TRIED} AND at >= ? AND at < ?",
        (to_text(midnight), to_text(midnight + timedelta(days=1))),
    )
    return max(0, MOST_A_DAY - int(rows[0][0]))


async def begin(connection: aiosqlite.Connection, number: int, now: datetime, zone: tzinfo) -> bool:
    """Records that somebody is about to be removed. Returns False if that was tried or settled before, or if
    enough people were removed today."""
    if not await left_today(connection, now, zone):
        return False
    return await change_row(
        connection,
        "UPDATE removals SET state = 'removing', at = ? WHERE id = ? AND state = 'announced'",
        (to_text(now), number),
    )


async def settle(connection: aiosqlite.Connection, number: int, state: RemovalState, now: datetime) -> None:
    """Records what became of a removal that had begun."""
    await connection.execute(
        "UPDATE removals SET state = ?, at = ? WHERE id = ? AND state = 'removing'",
        (state.value, to_text(now), number),
    )


async def spare(connection: aiosqlite.Connection, number: int, why: Spared, now: datetime) -> None:
    """Records that somebody who was announced stays."""
    await connection.execute(
        "UPDATE removals SET state = 'spared', at = ?, why = ? WHERE id = ? AND state = 'announced'",
        (to_text(now), why.value, number),
    )


async def take_over(connection: aiosqlite.Connection) -> None:
    """Notes at a start that what was under way may have happened."""
    await connection.execute("UPDATE removals SET state = 'unknown' WHERE state = 'removing'")


async def unreported(connection: aiosqlite.Connection) -> list[StoredRemoval]:
    """Returns what was settled and superusers haven't read of."""
    return await _removals(connection, "reported = 0 AND state IN ('removed', 'failed', 'unknown', 'spared')")


async def mark_reported(connection: aiosqlite.Connection, numbers: Iterable[int]) -> None:
    """Records that superusers have read what became of these."""
    await connection.executemany(
        "UPDATE removals SET reported = 1 WHERE id = ?", [(number,) for number in numbers]
    )


async def _removals(
    connection: aiosqlite.Connection, condition: str, parameters: Sequence[object] = ()
) -> list[StoredRemoval]:
    rows = await fetch_rows(
        connection, f"SELECT * FROM removals WHERE {condition} ORDER BY valid_until, account", parameters
    )
    return [_stored(row) for row in rows]


def _stored(row: Row) -> StoredRemoval:
    return StoredRemoval(
        id=row["id"],
        candidate=RemovalCandidate(row["group_id"], row["account"], date.fromisoformat(row["valid_until"])),
        announced_at=from_text(row["announced_at"]),
        waited=timedelta(seconds=row["waited_seconds"]),
        state=RemovalState(row["state"]),
        why=Spared(row["why"]) if row["why"] else None,
    )
