"""Stores findings, decisions and rewards. Nothing is changed or deleted, except that a reward is marked as
taken back."""

from __future__ import annotations

from datetime import datetime

import aiosqlite

from jianggao.clock import to_text
from jianggao.database.statements import fetch_rows, insert_row
from jianggao.resale_reports import rows
from jianggao.resale_reports.model import DecisionKind, Reward, TraceFinding

RECKONING = 2
"""How findings are made: since 2 the bytes of a file count with the chance that somebody guessed them."""


async def add_finding(
    connection: aiosqlite.Connection, case: int, finding: TraceFinding, *, last_evidence: int, at: datetime
) -> None:
    """Stores what tracing said of a case whose newest piece of evidence is `last_evidence`."""
    await insert_row(
        connection,
        """
        INSERT INTO report_findings (case_number, at, last_evidence, verdict, accused, unique_hash, report,
                                     reckoning, first_names)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            case,
            to_text(at),
            last_evidence,
            finding.confidence.value,
            finding.accused,
            int(finding.unique_hash),
            finding.report,
            RECKONING,
            int(finding.first_names),
        ),
    )


async def add_decision(
    connection: aiosqlite.Connection,
    case: int,
    kind: DecisionKind,
    *,
    by: str,
    at: datetime,
    message: str,
    reason: str,
    finding: int | None = None,
    entry: int | None = None,
) -> None:
    """Stores what was decided about a case."""
    await insert_row(
        connection,
        """
        INSERT INTO report_decisions (case_number, kind, by_account, at, reason, finding, entry, message)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (case, kind.value, by, to_text(at), reason, finding, entry, message),
    )


async def add_reward(
    connection: aiosqlite.Connection, *, entry: int, case: int, seller: str | None, in_spite: bool
) -> None:
    """Stores that the ledger's `entry` is the reward of a case."""
    await insert_row(
        connection,
        "INSERT INTO report_rewards (entry, case_number, seller, in_spite) VALUES (?, ?, ?, ?)",
        (entry, case, seller, int(in_spite)),
    )


async def mark_taken_back(connection: aiosqlite.Connection, entry: int, undo: int) -> None:
    """Stores that the ledger's `undo` took a reward back."""
    await connection.execute(
        "UPDATE report_rewards SET taken_back = ? WHERE entry = ? AND taken_back IS NULL", (undo, entry)
    )


async def rewards(connection: aiosqlite.Connection) -> list[Reward]:
    """Returns all rewards ever given, oldest first."""
    records = await fetch_rows(
        connection,
        """
        SELECT report_rewards.*, (
            SELECT accused FROM reports
            WHERE reports.case_number = report_rewards.case_number AND accused IS NOT NULL LIMIT 1
        ) AS accused
        FROM report_rewards ORDER BY entry
        """,
    )
    return [rows.reward(row) for row in records]
