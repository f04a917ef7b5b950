"""Stores batches of redeem codes, the keyed hashes of the codes, and who has used which. Triggers refuse that a
used or revoked code becomes anything else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from sqlite3 import Row

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.database.statements import change_row, fetch_rows, insert_row
from jianggao.membership.durations import Duration


class BatchState(Enum):
    """How far a batch is. The codes of a PENDING one haven't been handed over, and can't be redeemed."""

    PENDING = "pending"
    ACTIVE = "active"
    REVOKED = "revoked"


class RevocationReason(Enum):
    """Why a code can't be redeemed any more."""

    ORDERED = "ordered"
    """An operator said so."""
    EXPOSED = "exposed"
    """It was typed in a group."""
    NOT_HANDED_OVER = "not handed over"
    """Whether the operator got it is unknown, or certainly not."""


@dataclass(frozen=True, slots=True)
class CodeTerms:
    """What the codes of a batch give."""

    duration: Duration
    is_trial: bool = False
    note: str = ""
    last_day: date | None = None
    """The last day on which they can be redeemed, in TIMEZONE; None for no end."""

    def __str__(self) -> str:
        return f"{'试用' if self.is_trial else ''}{self.duration}"


@dataclass(frozen=True, slots=True)
class CodeBatch:
    """A batch of codes, and how many of them are in which state."""

    number: int
    by: str
    """The account that made it; empty where it was made at the terminal."""
    at: datetime
    size: int
    terms: CodeTerms
    state: BatchState
    was_active: bool
    """Whether its codes were ever handed over."""
    used: int = 0
    revoked: int = 0

    @property
    def unused(self) -> int:
        """Returns how many codes are neither used nor revoked."""
        return self.size - self.used - self.revoked


@dataclass(frozen=True, slots=True)
class UsedCode:
    """A code that was redeemed: which ledger entry it wrote, for whom, and when."""

    entry: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredCode:
    """A code as it is stored, with what its batch says."""

    hash: bytes
    batch: int
    batch_state: BatchState
    terms: CodeTerms
    used: UsedCode | None
    is_revoked: bool


_BATCHES = """
    SELECT code_batches.*,
           (SELECT count(entry) FROM redeem_codes WHERE batch = number) AS used,
           (SELECT count(revoked_at) FROM redeem_codes WHERE batch = number) AS revoked
    FROM code_batches
"""
_CODES = """
    SELECT redeem_codes.*, duration, is_trial, note, last_day, state
    FROM redeem_codes JOIN code_batches ON number = batch
"""
_UNSPENT = "entry IS NULL AND revoked_at IS NULL"


async def add_batch(
    connection: aiosqlite.Connection,
    by: str,
    at: datetime,
    terms: CodeTerms,
    hashes: Sequence[bytes],
) -> int:
    """Stores a pending batch with the hashes of its codes, and returns its number."""
    number = await insert_row(
        connection,
        """
        INSERT INTO code_batches (by_account, at, size, duration, is_trial, note, last_day, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, 'pending')
        """,
        (
            by,
            to_text(at),
            len(hashes),
            terms.duration.to_stored(),
            int(terms.is_trial),
            terms.note,
            terms.last_day and terms.last_day.isoformat(),
        ),
    )
    await connection.executemany(
        "INSERT INTO redeem_codes (hash, batch) VALUES (?, ?)", [(one, number) for one in hashes]
    )
    return number


async def activate(connection: aiosqlite.Connection, number: int, at: datetime) -> None:
    """Lets the codes of a pending batch be redeemed; a revoked one stays revoked."""
    await connection.execute(
        "UPDATE code_batches SET state = 'active', activated_at = ? WHERE number = ? AND state = 'pending'",
        (to_text(at), number),
    )


async def revoke_batch(
    connection: aiosqlite.Connection, number: int, at: datetime, why: RevocationReason
) -> int:
    """Revokes the unused codes of a batch. Returns how many those were."""
    await connection.execute("UPDATE code_batches SET state = 'revoked' WHERE number = ?", (number,))
    cursor = await connection.execute(
        f"UPDATE redeem_codes SET revoked_at = ?, revoked_why = ? WHERE batch = ? AND {_UNSPENT}",
        (to_text(at), why.value, number),
    )
    revoked = cursor.rowcount
    await cursor.close()
    return revoked


async def revoke_code(
    connection: aiosqlite.Connection, code: bytes, at: datetime, why: RevocationReason
) -> bool:
    """Revokes the code with this hash. Returns False if there is none, or if it is used or revoked."""
    return await change_row(
        connection,
        f"UPDATE redeem_codes SET revoked_at = ?, revoked_why = ? WHERE hash = ? AND {_UNSPENT}",
        (to_text(at), why.value, code),
    )


async def was_exposed_since(connection: aiosqlite.Connection, code: bytes, since: datetime) -> bool:
    """Returns whether the code with this hash was revoked since a moment because it was typed in a group."""
    rows = await fetch_rows(
        connection,
        "SELECT 1 FROM redeem_codes WHERE hash = ? AND revoked_why = ? AND revoked_at >= ?",
        (code, RevocationReason.EXPOSED.value, to_text(since)),
    )
    return bool(rows)


async def mark_used(connection: aiosqlite.Connection, code: bytes, used: UsedCode) -> bool:
    """Notes that the code with this hash was redeemed. Returns False if it is used or revoked already."""
    return await change_row(
        connection,
        f"UPDATE redeem_codes SET entry = ?, used_by = ?, used_at = ? WHERE hash = ? AND {_UNSPENT}",
        (used.entry, used.by, to_text(used.at), code),
    )


async def find_code(connection: aiosqlite.Connection, code: bytes) -> StoredCode | None:
    """Returns the code with this hash; None if there is none."""
    rows = await fetch_rows(connection, f"{_CODES} WHERE hash = ?", (code,))
    return _code(rows[0]) if rows else None


async def find_code_for(
    connection: aiosqlite.Connection, code: bytes, account: str, today: date
) -> StoredCode | None:
    """Returns the code with this hash if the account can redeem it today, or has redeemed it. Of every other
    code the answer is None and costs the same, so that a guesser doesn't learn by the time which codes there
    are."""
    rows = await fetch_rows(
        connection,
        f"""
        {_CODES} WHERE hash = ? AND (
            used_by = ?
            OR {_UNSPENT} AND state = 'active' AND (last_day IS NULL OR last_day >= ?)
        )
        """,
        (code, account, today.isoformat()),
    )
    return _code(rows[0]) if rows else None


async def find_batch(connection: aiosqlite.Connection, number: int) -> CodeBatch | None:
    """Returns the batch of this number; None if there is none."""
    rows = await fetch_rows(connection, f"{_BATCHES} WHERE number = ?", (number,))
    return _batch(rows[0]) if rows else None


async def batches(connection: aiosqlite.Connection, *, limit: int, skip: int) -> list[CodeBatch]:
    """Returns up to `limit` batches behind the first `skip`, newest first."""
    rows = await fetch_rows(connection, f"{_BATCHES} ORDER BY number DESC LIMIT ? OFFSET ?", (limit, skip))
    return [_batch(row) for row in rows]


async def last_batch(connection: aiosqlite.Connection) -> int:
    """Returns the number of the newest batch, which is how many there are; 0 if there is none."""
    rows = await fetch_rows(connection, "SELECT coalesce(max(number), 0) FROM code_batches")
    return int(rows[0][0])


async def pending_batches(connection: aiosqlite.Connection) -> list[CodeBatch]:
    """Returns the batches that were not handed over yet."""
    rows = await fetch_rows(connection, f"{_BATCHES} WHERE state = 'pending' ORDER BY number")
    return [_batch(row) for row in rows]


async def used_codes(
    connection: aiosqlite.Connection, batch: int, *, limit: int, skip: int
) -> list[UsedCode]:
    """Returns up to `limit` used codes of a batch behind the first `skip`, newest first."""
    rows = await fetch_rows(
        connection,
        """
        SELECT entry, used_by, used_at FROM redeem_codes
        WHERE batch = ? AND entry IS NOT NULL ORDER BY entry DESC LIMIT ? OFFSET ?
        """,
        (batch, limit, skip),
    )
    return [_used(row) for row in rows]


async def made_by_chat(connection: aiosqlite.Connection, since: datetime) -> int:
    """Returns how many codes superusers made by chat since a moment, without those that were never handed
    over."""
    rows = await fetch_rows(
        connection,
        """
        SELECT coalesce(sum(size), 0) FROM code_batches
        WHERE at >= ? AND by_account <> '' AND (state <> 'revoked' OR activated_at IS NOT NULL)
        """,
        (to_text(since),),
    )
    return int(rows[0][0])


async def find_codes_of(connection: aiosqlite.Connection, hashes: Iterable[bytes]) -> list[StoredCode]:
    """Returns those of the codes with these hashes that exist, in this order."""
    found = [await find_code(connection, one) for one in hashes]
    return [code for code in found if code is not None]


def _batch(row: Row) -> CodeBatch:
    return CodeBatch(
        row["number"],
        row["by_account"],
        from_text(row["at"]),
        row["size"],
        _terms(row),
        BatchState(row["state"]),
        row["activated_at"] is not None,
        row["used"],
        row["revoked"],
    )


def _code(row: Row) -> StoredCode:
    return StoredCode(
        row["hash"],
        row["batch"],
        BatchState(row["state"]),
        _terms(row),
        _used(row) if row["entry"] is not None else None,
        row["revoked_at"] is not None,
    )


def _terms(row: Row) -> CodeTerms:
    last_day = row["last_day"]
    return CodeTerms(
        Duration.from_stored(row["duration"]),
        bool(row["is_trial"]),
        row["note"],
        date.fromisoformat(last_day) if last_day else None,
    )


def _used(row: Row) -> UsedCode:
    return UsedCode(row["entry"], row["used_by"], from_text(row["used_at"]))
