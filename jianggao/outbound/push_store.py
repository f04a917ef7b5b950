"""Stores pushes: messages that nobody asked for, each kept from when it is ordered until it has left.

A push says one thing to one chat, named by its subject, and no subject is pushed twice, whatever happens in
between. What had begun to leave and has no outcome may have arrived: it is never sent again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from sqlite3 import Row

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.database.statements import change_row, fetch_rows, insert_row
from jianggao.text.characters import replace_lone_surrogates

TEXT_KEPT = timedelta(hours=48)
"""How long the text of a settled push is kept: as long as settled answers are."""
KEPT = timedelta(days=400)
"""How long the record of a settled push is kept. Subjects carry days, so that none comes again after a
year."""


class PushState(Enum):
    """How far a push has come."""

    WAITING = "waiting"
    """Nothing of it has left."""
    SENDING = "sending"
    """It is leaving; what is found so at a start may have arrived."""
    DELIVERED = "delivered"
    REFUSED = "refused"
    """It certainly didn't arrive, and won't."""
    UNKNOWN = "unknown"
    """It may have arrived. Never sent again."""
    DROPPED = "dropped"
    """It never left, and isn't to be sent any more: it isn't true. Ordered anew it waits again."""
    EXPIRED = "expired"
    """It never left, and its time is over."""


@dataclass(frozen=True, slots=True)
class Push:
    """A message as it is ordered."""

    kind: str
    """Who words it when it leaves (`PushDelivery`)."""
    subject: str
    """What it says to whom, as `reminder:20001:2027-03-18:week`; never pushed twice."""
    chat: str
    """The person's account, or the group's number."""
    text: str
    not_before: datetime
    expires_at: datetime
    """From this moment on it isn't sent any more."""
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class StoredPush:
    """A push in the store."""

    id: int
    push: Push
    state: PushState


async def order(connection: aiosqlite.Connection, push: Push, now: datetime) -> int | None:
    """Stores a push in the transaction of what it tells. Returns its id; None if its subject was pushed
    before, or waits already. One that was dropped before it left waits again."""
    found = await fetch_rows(connection, "SELECT id, state FROM pushes WHERE subject = ?", (push.subject,))
    values = (
        to_text(now),
        push.kind,
        "group" if push.in_group else "private",
        push.chat,
        replace_lone_surrogates(push.text),
        to_text(push.not_before),
        to_text(push.expires_at),
        push.subject,
    )
    if found:
        if found[0]["state"] != PushState.DROPPED.value:
            return None
        await connection.execute(
            """
            UPDATE pushes SET at = ?, kind = ?, place = ?, chat = ?, text = ?, not_before = ?, expires_at = ?,
                              state = 'waiting', settled_at = NULL
            WHERE subject = ?
            """,
            values,
        )
        return int(found[0]["id"])
    return await insert_row(
        connection,
        """
        INSERT INTO pushes (at, kind, place, chat, text, not_before, expires_at, subject, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')
        """,
        values,
    )


async def next_due(connection: aiosqlite.Connection, now: datetime) -> StoredPush | None:
    """Returns the push whose turn it is at `now`, expired or not: the one that may leave longest, then the
    one that was ordered first. None if none is due."""
    rows = await fetch_rows(
        connection,
        "SELECT * FROM pushes WHERE state = 'waiting' AND not_before <= ? ORDER BY not_before, id LIMIT 1",
        (to_text(now),),
    )
    return _stored(rows[0]) if rows else None


async def begin(connection: aiosqlite.Connection, number: int, text: str) -> bool:
    """Records that a push is about to leave with this text, before its first byte. Returns False if it has
    begun or is settled."""
    return await change_row(
        connection,
        "UPDATE pushes SET state = 'sending', text = ? WHERE id = ? AND state = 'waiting'",
        (replace_lone_surrogates(text), number),
    )


async def settle(connection: aiosqlite.Connection, number: int, state: PushState, now: datetime) -> None:
    """Records what became of a push."""
    await connection.execute(
        "UPDATE pushes SET state = ?, settled_at = ? WHERE id = ? AND state IN ('waiting', 'sending')",
        (state.value, to_text(now), number),
    )


async def wait_again(
    connection: aiosqlite.Connection, number: int, not_before: datetime | None = None
) -> None:
    """Records that a push certainly didn't leave and is tried again, from `not_before` on."""
    await connection.execute(
        """
        UPDATE pushes SET state = 'waiting', not_before = coalesce(?, not_before)
        WHERE id = ? AND state IN ('waiting', 'sending')
        """,
        (None if not_before is None else to_text(not_before), number),
    )


async def take_over(connection: aiosqlite.Connection, now: datetime) -> None:
    """Records, at the start, that what an ended bot was sending may have arrived."""
    await connection.execute(
        "UPDATE pushes SET state = 'unknown', settled_at = ? WHERE state = 'sending'", (to_text(now),)
    )


async def clear(connection: aiosqlite.Connection, now: datetime) -> None:
    """Empties the texts of pushes that were settled longer than `TEXT_KEPT` ago, and deletes records older
    than `KEPT`."""
    await connection.execute(
        "UPDATE pushes SET text = '' WHERE settled_at < ? AND text <> ''", (to_text(now - TEXT_KEPT),)
    )
    await connection.execute("DELETE FROM pushes WHERE settled_at < ?", (to_text(now - KEPT),))


async def count_waiting(
    connection: aiosqlite.Connection, kind: str | None = None, since: datetime | None = None
) -> int:
    """Returns how many pushes wait or are leaving, of one kind or of all; with `since` only those that were
    ordered later."""
    rows = await fetch_rows(
        connection,
        """
        SELECT count(*) FROM pushes
        WHERE state IN ('waiting', 'sending') AND kind = coalesce(?, kind) AND at > coalesce(?, '')
        """,
        (kind, None if since is None else to_text(since)),
    )
    return int(rows[0][0])


def _stored(row: Row) -> StoredPush:
    push = Push(
        kind=row["kind"],
        subject=row["subject"],
        chat=row["chat"],
        text=row["text"],
        not_before=from_text(row["not_before"]),
        expires_at=from_text(row["expires_at"]),
        in_group=row["place"] == "group",
    )
    return StoredPush(row["id"], push, PushState(row["state"]))
