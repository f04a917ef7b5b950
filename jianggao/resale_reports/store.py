"""Stores and reads resale reports. Rows are only added, never changed or deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.database.statements import fetch_rows, insert_row
from jianggao.errors import AlreadyProcessed
from jianggao.resale_reports import rows
from jianggao.resale_reports.model import (
    Case,
    CaseLine,
    Complaint,
    Report,
)

LAST_DECISION = """(
    SELECT kind FROM report_decisions
    WHERE report_decisions.case_number = reports.case_number ORDER BY number DESC LIMIT 1
)"""
_IS_OPEN = f"coalesce({LAST_DECISION}, 'reopen') = 'reopen'"


async def require_unused(connection: aiosqlite.Connection, message: str) -> None:
    """Raises AlreadyProcessed if `message` has filed or decided something already."""
    records = await fetch_rows(
        connection,
        "SELECT 1 FROM reports WHERE message = ? UNION ALL SELECT 1 FROM report_decisions WHERE message = ?",
        (message, message),
    )
    if records:
        raise AlreadyProcessed("这条消息已经办过了。")


async def is_filed(connection: aiosqlite.Connection, message: str) -> bool:
    """Returns whether the message has filed a report."""
    return bool(await fetch_rows(connection, "SELECT 1 FROM reports WHERE message = ?", (message,)))


async def add_report(
    connection: aiosqlite.Connection,
    complaint: Complaint,
    *,
    reporter: str,
    at: datetime,
    message: str,
    joined_to: int | None,
) -> Report:
    """Stores a report without its evidence."""
    number = await insert_row(
        connection,
        "INSERT INTO reports (joined_to, reporter, accused, told, at, message) VALUES (?, ?, ?, ?, ?, ?)",
        (joined_to, reporter, complaint.accused, complaint.about, to_text(at), message),
    )
    return Report(number, joined_to or number, reporter, complaint.accused, complaint.about, at)


async def case(connection: aiosqlite.Connection, number: int) -> Case | None:
    """Returns the case that the report of this number belongs to."""
    records = await fetch_rows(connection, "SELECT case_number FROM reports WHERE number = ?", (number,))
    if not records:
        return None
    first = (records[0]["case_number"],)
    reports = await fetch_rows(
        connection, "SELECT * FROM reports WHERE case_number = ? ORDER BY number", first
    )
    evidence = await fetch_rows(
        connection,
        """
        SELECT id, report, kind, name, coalesce(text, '') AS text, sha256,
            length(coalesce(content, text)) AS size
        FROM report_evidence WHERE report IN (SELECT number FROM reports WHERE case_number = ?) ORDER BY id
        """,
        first,
    )
    decisions = await fetch_rows(
        connection, "SELECT * FROM report_decisions WHERE case_number = ? ORDER BY number", first
    )
    findings = await fetch_rows(
        connection, "SELECT * FROM report_findings WHERE case_number = ? ORDER BY id DESC LIMIT 1", first
    )
    return Case(
        tuple(rows.report(row) for row in reports),
        tuple(rows.evidence(row) for row in evidence),
        tuple(rows.decision(row) for row in decisions),
        rows.finding(findings[0]) if findings else None,
    )


async def open_cases_against(connection: aiosqlite.Connection, accused: str) -> list[int]:
    """Returns the open cases where this account is named, oldest first."""
    records = await fetch_rows(
        connection,
        f"SELECT DISTINCT case_number FROM reports WHERE accused = ? AND {_IS_OPEN} ORDER BY case_number",
        (accused,),
    )
    return [row["case_number"] for row in records]


async def open_cases_with(connection: aiosqlite.Connection, likenesses: Iterable[str]) -> list[int]:
    """Returns the open cases that hold one of these pieces of evidence, oldest first."""
    wanted = sorted(set(likenesses))
    records = await fetch_rows(
        connection,
        f"""
        SELECT DISTINCT case_number FROM reports WHERE {_IS_OPEN} AND number IN (
            SELECT report FROM report_evidence WHERE likeness IN ({", ".join("?" * len(wanted))})
        ) ORDER BY case_number
        """,
        wanted,
    )
    return [row["case_number"] for row in records]


async def related(connection: aiosqlite.Connection, case: int) -> list[int]:
    """Returns the other cases that name the same account or hold the same evidence, oldest first."""
    records = await fetch_rows(
        connection,
        """
        WITH mine AS (SELECT * FROM reports WHERE case_number = :case)
        SELECT DISTINCT case_number FROM reports WHERE case_number <> :case AND (
            accused IN (SELECT accused FROM mine WHERE accused IS NOT NULL)
            OR number IN (SELECT report FROM report_evidence WHERE likeness IN (
                SELECT likeness FROM report_evidence WHERE report IN (SELECT number FROM mine)
            ))
        ) ORDER BY case_number
        """,
        {"case": case},
    )
    return [row["case_number"] for row in records]


async def open_reports_of(connection: aiosqlite.Connection, reporter: str) -> int:
    """Returns how many of the person's reports are in open cases."""
    records = await fetch_rows(
        connection, f"SELECT count(*) FROM reports WHERE reporter = ? AND {_IS_OPEN}", (reporter,)
    )
    return int(records[0][0])


async def rejections_of(connection: aiosqlite.Connection, reporter: str) -> list[datetime]:
    """Returns when each case that the person had reported, and that stands rejected, was rejected; oldest
    first."""
    records = await fetch_rows(
        connection,
        f"""
        SELECT max(report_decisions.at) AS at FROM report_decisions
        WHERE kind = 'reject' AND case_number IN (
            SELECT case_number FROM reports WHERE reporter = ? AND {LAST_DECISION} = 'reject'
        ) GROUP BY case_number ORDER BY at
        """,
        (reporter,),
    )
    return [from_text(row["at"]) for row in records]


async def first_seen(connection: aiosqlite.Connection, account: str) -> datetime | None:
    """Returns when the account first stood in anything that is kept for good: the ledger, a delivery, a
    report that it made. What visitors search for is kept nowhere, so that who only searched counts as
    unseen."""
    records = await fetch_rows(
        connection,
        """
        SELECT min(at) FROM (
            SELECT min(at) AS at FROM ledger WHERE member = :account
            UNION ALL SELECT min(at) FROM deliveries WHERE account = :account
            UNION ALL SELECT min(at) FROM reports WHERE reporter = :account
        )
        """,
        {"account": account},
    )
    return None if records[0][0] is None else from_text(records[0][0])


async def count(connection: aiosqlite.Connection) -> tuple[int, int]:
    """Returns how many cases there are, and how many of them are open."""
    records = await fetch_rows(
        connection,
        f"SELECT count(*), coalesce(sum({_IS_OPEN}), 0) FROM reports WHERE joined_to IS NULL",
    )
    return int(records[0][0]), int(records[0][1])


async def page(connection: aiosqlite.Connection, *, limit: int, skip: int) -> list[CaseLine]:
    """Returns cases: the open ones, oldest first, then the decided ones, newest first."""
    records = await fetch_rows(
        connection,
        f"""
        SELECT reports.*, {LAST_DECISION} AS last,
            (SELECT accused FROM reports AS all_of_it WHERE all_of_it.case_number = reports.number
             AND accused IS NOT NULL LIMIT 1) AS named,
            (SELECT count(DISTINCT reporter) FROM reports AS all_of_it
             WHERE all_of_it.case_number = reports.number) AS reporters,
            (SELECT count(*) FROM report_evidence WHERE report IN (
                SELECT number FROM reports AS all_of_it WHERE all_of_it.case_number = reports.number
            )) AS evidence
        FROM reports WHERE joined_to IS NULL
        ORDER BY {_IS_OPEN} DESC, CASE WHEN {_IS_OPEN} THEN number ELSE -number END LIMIT ? OFFSET ?
        """,
        (limit, skip),
    )
    return [rows.case_line(row) for row in records]
