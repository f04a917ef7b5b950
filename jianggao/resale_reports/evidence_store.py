"""Stores pieces of evidence with their bytes, which are never changed or deleted, and counts how much there
is."""

from __future__ import annotations

import hashlib

import aiosqlite

from jianggao.database.statements import fetch_rows, insert_row
from jianggao.resale_reports.model import Piece, PieceKind
from jianggao.resale_reports.store import LAST_DECISION

_BYTES = "coalesce(sum(coalesce(length(content), length(CAST(text AS BLOB)))), 0)"
"""SQL for the bytes of pieces of evidence; SQLite knows the length of a BLOB without reading it."""


async def add_evidence(
    connection: aiosqlite.Connection, report: int, piece: Piece, likeness: str | None
) -> None:
    """Stores a piece of evidence as it was sent, with its SHA-256."""
    is_text = piece.kind is PieceKind.TEXT
    content = piece.text.encode("utf-8") if is_text else piece.content
    await insert_row(
        connection,
        """
        INSERT INTO report_evidence (report, kind, name, text, content, sha256, likeness)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        (
            report,
            piece.kind.value,
            piece.name,
            piece.text if is_text else None,
            None if is_text else content,
            hashlib.sha256(content).hexdigest(),
            likeness,
        ),
    )


async def content(connection: aiosqlite.Connection, evidence: int) -> bytes:
    """Returns the bytes of a picture or file."""
    records = await fetch_rows(connection, "SELECT content FROM report_evidence WHERE id = ?", (evidence,))
    return bytes(records[0]["content"])


async def extent_of(connection: aiosqlite.Connection, case: int) -> tuple[int, int]:
    """Returns how many pieces of evidence a case has, and their bytes."""
    records = await fetch_rows(
        connection,
        f"SELECT count(*), {_BYTES} FROM report_evidence WHERE report IN "
        "(SELECT number FROM reports WHERE case_number = ?)",
        (case,),
    )
    return int(records[0][0]), int(records[0][1])


async def bytes_filed(connection: aiosqlite.Connection) -> int:
    """Returns the bytes of all evidence."""
    records = await fetch_rows(connection, f"SELECT {_BYTES} FROM report_evidence")
    return int(records[0][0])


async def bytes_waiting(connection: aiosqlite.Connection, reporter: str) -> int:
    """Returns the bytes of the person's evidence in cases that weren't upheld."""
    records = await fetch_rows(
        connection,
        f"""
        SELECT {_BYTES} FROM report_evidence WHERE report IN (
            SELECT number FROM reports WHERE reporter = ? AND coalesce({LAST_DECISION}, '') <> 'uphold'
        )
        """,
        (reporter,),
    )
    return int(records[0][0])
