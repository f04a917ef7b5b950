"""Stores answers to commands that changed something (the outbox), each in the transaction of its change.

A kill between the change and its answer loses no answer: what waits is sent after the restart, or listed to
superusers if that comes too late. What had begun to leave is never sent again, since it may have arrived.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from sqlite3 import Row

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.database.statements import change_row, fetch_rows, insert_row
from jianggao.text.characters import replace_lone_surrogates

FRESH = timedelta(minutes=10)
"""How long after the change its answer is still sent; later it is listed."""
CLOCK_JITTER = timedelta(minutes=1)
"""How far a clock may go back for what was noted before still to count as recent. What is noted further in
the future comes from a clock that was ahead, and could be of any age."""
KEPT = timedelta(hours=48)
"""How long settled answers are kept: as long as the records of processed messages."""

_SETTLED = "('delivered', 'listed', 'dropped')"
NOT_GIVEN = "state IN ('waiting', 'sending', 'refused', 'unknown')"
"""SQL condition: neither given nor listed to superusers yet."""


class AnswerState(Enum):
    """How far an answer has come."""

    WAITING = "waiting"
    """Nothing of it has left."""
    SENDING = "sending"
    """It is leaving; what is found so at a start may have arrived."""
    DELIVERED = "delivered"
    REFUSED = "refused"
    """It certainly didn't arrive, and won't. To be listed."""
    UNKNOWN = "unknown"
    """It may have arrived. To be listed."""
    LISTED = "listed"
    """Superusers have got a list with it."""
    DROPPED = "dropped"
    """It isn't needed any more."""


@dataclass(frozen=True, slots=True)
class OutboxAnswer:
    """An answer as it is to leave."""

    at: datetime
    message: str
    command: str
    asker: str
    self_id: str
    group: str | None
    """The group it goes to; None for the private chat of `person`."""
    person: str
    reply_to: str | None
    text: str
    also_if_unbound: bool = False
    """Whether it is sent to the group even if that isn't bound any more; stored as `heard_unbound`."""
    is_notice: bool = False
    """Whether it is for somebody else than the asker, as the notice of a decision is for the reporter."""


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer in the outbox."""

    id: int
    answer: OutboxAnswer
    state: AnswerState
    delivery: int | None
    """The id of the delivery record of a full text: the answer is sent only if that text was never sent."""


async def add(connection: aiosqlite.Connection, answer: OutboxAnswer, delivery: int | None = None) -> int:
    """Stores an answer in the transaction of what it answers, and deletes settled ones older than `KEPT`.
    Returns its id."""
    number = await insert_row(
        connection,
        """
        INSERT INTO outbox (at, message, command, asker, self_id, kind, chat, reply_to, text, heard_unbound, is_notice,
                            delivery, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')
        """,
        (
            to_text(answer.at),
            answer.message,
            answer.command,
            answer.asker,
            answer.self_id,
            "private" if answer.group is None else "group",
            answer.person if answer.group is None else answer.group,
            answer.reply_to,
            replace_lone_surrogates(answer.text),
            answer.also_if_unbound,
            answer.is_notice,
            delivery,
        ),
    )
    await delete_old(connection, answer.at)
    return number


async def has_old(connection: aiosqlite.Connection, now: datetime) -> bool:
    """Returns whether there are settled answers older than `KEPT`."""
    sql = f"SELECT 1 FROM outbox WHERE state IN {_SETTLED} AND at < ? LIMIT 1"
    return bool(await fetch_rows(connection, sql, (to_text(now - KEPT),)))


async def delete_old(connection: aiosqlite.Connection, now: datetime) -> None:
    """Deletes settled answers older than `KEPT`."""
    await connection.execute(
        f"DELETE FROM outbox WHERE state IN {_SETTLED} AND at < ?", (to_text(now - KEPT),)
    )


async def begin(connection: aiosqlite.Connection, number: int, text: str | None = None) -> bool:
    """Records that an answer is about to leave, before its first byte. Returns False if it has begun, is
    settled, or doesn't say `text` any more."""
    return await change_row(
        connection,
        "UPDATE outbox SET state = 'sending' WHERE id = ? AND state = 'waiting' AND text = coalesce(?, text)",
        (number, None if text is None else replace_lone_surrogates(text)),
    )


async def settle(connection: aiosqlite.Connection, number: int, state: AnswerState) -> None:
    """Records what became of an answer. WAITING is for what certainly didn't leave, and is to be tried
    again. The words of what is given are needed no longer: they may be about people."""
    await connection.execute(
        f"""UPDATE outbox SET state = ?1, text = CASE WHEN ?1 IN {_SETTLED} THEN '' ELSE text END
            WHERE id = ?2 AND state IN ('waiting', 'sending')""",
        (state.value, number),
    )


async def rewrite(
    connection: aiosqlite.Connection, number: int, text: str, at: datetime | None = None
) -> None:
    """Changes the words of an answer that still waits: the work that it answers is done now, or was done
    `at`."""
    await connection.execute(
        "UPDATE outbox SET text = ?, at = coalesce(?, at) WHERE id = ? AND state = 'waiting'",
        (replace_lone_surrogates(text), None if at is None else to_text(at), number),
    )


async def release_delivery(connection: aiosqlite.Connection, number: int) -> None:
    """Makes an answer leave like others: the full text that it waited for is settled as not sent."""
    await connection.execute("UPDATE outbox SET delivery = NULL WHERE id = ?", (number,))


async def find_answer(connection: aiosqlite.Connection, number: int) -> StoredAnswer | None:
    """Returns the answer of this id."""
    rows = await fetch_rows(connection, "SELECT * FROM outbox WHERE id = ?", (number,))
    return _stored(rows[0]) if rows else None


async def in_state(connection: aiosqlite.Connection, *states: AnswerState) -> list[StoredAnswer]:
    """Returns all answers in these states, oldest first."""
    places = ", ".join("?" for _ in states)
    rows = await fetch_rows(
        connection,
        f"SELECT * FROM outbox WHERE state IN ({places}) ORDER BY id",
        [state.value for state in states],
    )
    return [_stored(row) for row in rows]


async def waiting_answers(connection: aiosqlite.Connection) -> int:
    """Returns how many answers are neither given nor listed yet: for `doctor` and the state of health."""
    rows = await fetch_rows(
        connection,
        f"SELECT count(*) FROM outbox WHERE {NOT_GIVEN}",
    )
    return int(rows[0][0])


async def mark_listed(connection: aiosqlite.Connection, numbers: Iterable[int]) -> None:
    """Records that superusers have been told of these; their words are needed no longer."""
    await connection.executemany(
        "UPDATE outbox SET state = 'listed', text = '' WHERE id = ? AND state <> 'delivered'",
        [(number,) for number in numbers],
    )


def is_fresh(answer: OutboxAnswer, now: datetime) -> bool:
    """Returns whether an answer is still sent: within ten minutes of the change, by a clock that may have
    gone back a little. If it was set back further, nobody knows how old the answer is."""
    return -CLOCK_JITTER <= now - answer.at <= FRESH


def _stored(row: Row) -> StoredAnswer:
    in_group = row["kind"] == "group"
    answer = OutboxAnswer(
        at=from_text(row["at"]),
        message=row["message"],
        command=row["command"],
        asker=row["asker"],
        self_id=row["self_id"],
        group=row["chat"] if in_group else None,
        person=row["asker"] if in_group else row["chat"],
        reply_to=row["reply_to"],
        text=row["text"],
        also_if_unbound=bool(row["heard_unbound"]),
        is_notice=bool(row["is_notice"]),
    )
    return StoredAnswer(row["id"], answer, AnswerState(row["state"]), row["delivery"])
