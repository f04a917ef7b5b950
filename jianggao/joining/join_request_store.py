"""Stores requests to join a group with what was decided, and what became of the answer.

Each is stored before it is answered, so that one which is seen again, or was being answered when the bot
ended, acts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from sqlite3 import Row

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.database.statements import change_row, fetch_rows, insert_row
from jianggao.joining.join_requests import Grounds, JoinDecision, JoinRequest

MOST_A_DAY = 20
"""Requests of one person to one group that are answered in a day; more are left to people."""
KEPT = timedelta(days=90)
"""How long requests are kept: as long as an implementation may list one as open."""
_A_DAY = timedelta(days=1)
_SAME_TIME = timedelta(minutes=10)
"""How far apart two accounts may hear of one request."""


class RequestState(Enum):
    """How far the answer to a request has come."""

    DECIDED = "decided"
    """It is to be given."""
    ANSWERED = "answered"
    """QQ took it. Whoever was approved isn't seen in the group yet."""
    FAILED = "failed"
    """QQ refused it: somebody has to do it by hand."""
    UNKNOWN = "unknown"
    """It may have been given."""
    JOINED = "joined"
    """The person came into the group."""
    MISSING = "missing"
    """It was approved, and the person isn't in the group."""


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """A request as it is stored."""

    id: int
    request: JoinRequest
    at: datetime
    approve: bool
    grounds: Grounds
    reason: str
    """What the asker reads; empty if approved."""
    state: RequestState
    attempts: int
    """How often the answer was begun."""


async def is_to_be_judged(connection: aiosqlite.Connection, request: JoinRequest, now: datetime) -> bool:
    """Returns whether the request is a new one, and the person hasn't made too many today."""
    rows = await fetch_rows(
        connection,
        "SELECT self_id, flag, asked_at, at, settled_at FROM join_requests WHERE group_id = ? AND account = ?",
        (request.group, request.account),
    )
    if any(_is_of(row, request, now) for row in rows):
        return False
    return sum(from_text(row["at"]) > now - _A_DAY for row in rows) < MOST_A_DAY


def _is_of(row: Row, request: JoinRequest, now: datetime) -> bool:
    """Returns whether a row is that of a request, also of one that another account of the bot has heard."""
    if row["self_id"] != request.self_id:
        return request.is_heard_twice(_moment(row["asked_at"]), from_text(row["at"]), now)
    if not request.is_same(row["flag"]):
        return False
    return not request.is_later(_moment(row["asked_at"]), _moment(row["settled_at"]))


async def begin_trying(connection: aiosqlite.Connection) -> None:
    """Begins what `end_trying` may take back, within the caller's transaction."""
    await connection.execute("SAVEPOINT code_in_comment")


async def end_trying(connection: aiosqlite.Connection, *, keep: bool) -> None:
    """Ends what was begun; without `keep`, all that was written since is taken back."""
    if not keep:
        await connection.execute("ROLLBACK TO code_in_comment")
    await connection.execute("RELEASE code_in_comment")


async def add(
    connection: aiosqlite.Connection, request: JoinRequest, decision: JoinDecision, reason: str, now: datetime
) -> StoredRequest:
    """Stores a request with its decision, and deletes those that are older than `KEPT`."""
    number = await insert_row(
        connection,
        """
        INSERT INTO join_requests
            (self_id, flag, group_id, account, asked_at, at, approve, grounds, reason, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'decided')
        """,
        (
            request.self_id,
            request.flag,
            request.group,
            request.account,
            to_text(request.asked_at) if request.asked_at else None,
            to_text(now),
            decision.approve,
            decision.grounds.value,
            reason,
        ),
    )
    await connection.execute("DELETE FROM join_requests WHERE at < ?", (to_text(now - KEPT),))
    return StoredRequest(
        number, request, now, decision.approve, decision.grounds, reason, RequestState.DECIDED, 0
    )


async def begin(connection: aiosqlite.Connection, number: int) -> bool:
    """Records that the answer is about to be given. Returns False if it has been given already."""
    return await change_row(
        connection,
        "UPDATE join_requests SET attempts = attempts + 1 WHERE id = ? AND state = 'decided'",
        (number,),
    )


async def settle(connection: aiosqlite.Connection, number: int, state: RequestState, now: datetime) -> None:
    """Records what became of the answer. That somebody has joined stands."""
    await connection.execute(
        "UPDATE join_requests SET state = ?, settled_at = ? WHERE id = ? AND state <> 'joined'",
        (state.value, to_text(now), number),
    )


async def mark_joined(connection: aiosqlite.Connection, group: str, account: str, now: datetime) -> None:
    """Records that a person is in the group: all approvals of him have succeeded, whatever QQ said."""
    await connection.execute(
        """
        UPDATE join_requests SET state = 'joined', settled_at = ?
        WHERE group_id = ? AND account = ? AND approve = 1 AND state <> 'joined'
        """,
        (to_text(now), group, account),
    )


async def mark_told(connection: aiosqlite.Connection, numbers: Iterable[int]) -> None:
    """Records that superusers have read of these."""
    await connection.executemany(
        "UPDATE join_requests SET told = 1 WHERE id = ?", [(number,) for number in numbers]
    )


async def is_answered_by_another(connection: aiosqlite.Connection, stored: StoredRequest) -> bool:
    """Returns whether another account of the bot gave the same answer to this person at the same time: QQ lets
    a request be answered once, by whichever account."""
    rows = await fetch_rows(
        connection,
        """
        SELECT at FROM join_requests
        WHERE group_id = ? AND account = ? AND self_id <> ? AND approve = ?
            AND state IN ('answered', 'joined', 'missing')
        """,
        (stored.request.group, stored.request.account, stored.request.self_id, stored.approve),
    )
    return any(abs(from_text(row["at"]) - stored.at) <= _SAME_TIME for row in rows)


async def unanswered(connection: aiosqlite.Connection) -> list[StoredRequest]:
    """Returns the requests whose answers are to be given, oldest first."""
    return await _requests(connection, "state = 'decided'")


async def unconfirmed(connection: aiosqlite.Connection, before: datetime) -> list[StoredRequest]:
    """Returns those who were approved before that moment and haven't been seen in the group."""
    condition = "approve = 1 AND state IN ('answered', 'unknown') AND settled_at <= ?"
    return await _requests(connection, condition, (to_text(before),))


async def untold(connection: aiosqlite.Connection) -> list[StoredRequest]:
    """Returns the requests that somebody has to look after, of which superusers haven't read yet."""
    return await _requests(
        connection, "state IN ('failed', 'missing') OR (state = 'unknown' AND approve = 0)"
    )


async def _requests(
    connection: aiosqlite.Connection, condition: str, parameters: Sequence[object] = ()
) -> list[StoredRequest]:
    rows = await fetch_rows(
        connection,
        f"SELECT * FROM join_requests WHERE told = 0 AND state <> 'joined' AND ({condition}) ORDER BY id",
        parameters,
    )
    return [_stored(row) for row in rows]


def _stored(row: Row) -> StoredRequest:
    return StoredRequest(
        id=row["id"],
        request=JoinRequest(
            row["self_id"], row["flag"], row["group_id"], row["account"], _moment(row["asked_at"])
        ),
        at=from_text(row["at"]),
        approve=bool(row["approve"]),
        grounds=Grounds(row["grounds"]),
        reason=row["reason"],
        state=RequestState(row["state"]),
        attempts=row["attempts"],
    )


def _moment(text: str | None) -> datetime | None:
    return from_text(text) if text else None
