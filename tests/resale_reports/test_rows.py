"""Rows of the reports' tables as objects."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timezone

import pytest

from jianggao.resale_reports import rows
from jianggao.resale_reports.model import (
    CaseLine,
    Decision,
    DecisionKind,
    Evidence,
    PieceKind,
    Report,
    Reward,
    Status,
    TraceFinding,
)
from jianggao.tracing.accusations import Confidence

AT = "2026-03-18T04:00:00.000000+00:00"
WHEN = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
REPORT = {"number": 5, "case_number": 3, "reporter": "30001", "accused": None, "told": "网店", "at": AT}
FINDING = {
    "id": 2,
    "at": AT,
    "last_evidence": 9,
    "verdict": "lead",
    "accused": "20001",
    "unique_hash": 0,
    "report": "线索",
    "reckoning": 2,
    "first_names": 1,
}


def row(**fields: object) -> sqlite3.Row:
    """A row with these columns."""
    with sqlite3.connect(":memory:") as connection:
        connection.row_factory = sqlite3.Row
        columns = ", ".join(f"? AS {name}" for name in fields)
        found: sqlite3.Row = connection.execute(f"SELECT {columns}", tuple(fields.values())).fetchone()
    connection.close()
    return found


def test_a_report_knows_its_case() -> None:
    assert rows.report(row(**REPORT)) == Report(5, 3, "30001", None, "网店", WHEN)


def test_evidence_comes_without_its_bytes() -> None:
    found = rows.evidence(row(id=7, report=5, kind="file", name="a.docx", text="", size=2_000, sha256="x"))
    assert found == Evidence(7, 5, PieceKind.FILE, "a.docx", "", 2_000, "x")


def test_a_decision_has_what_it_rests_on() -> None:
    found = rows.decision(
        row(number=1, kind="uphold", by_account="90001", at=AT, reason="", finding=2, entry=8)
    )
    assert found == Decision(1, DecisionKind.UPHOLD, "90001", WHEN, "", 2, 8)


def test_a_finding_is_read_back() -> None:
    found = rows.finding(row(**FINDING))
    assert (found.id, found.at, found.last_evidence, found.is_outdated) == (2, WHEN, 9, False)
    assert found.finding == TraceFinding(Confidence.LEAD, "20001", False, "线索")


@pytest.mark.parametrize(
    ("unique_hash", "reckoning", "outdated"), [(1, None, True), (0, None, False), (1, 2, False)]
)
def test_only_findings_by_a_file_of_the_first_reckoning_are_outdated(
    unique_hash: int, reckoning: int | None, outdated: bool
) -> None:
    found = rows.finding(row(**FINDING | {"unique_hash": unique_hash, "reckoning": reckoning}))
    assert found.is_outdated is outdated


@pytest.mark.parametrize(("stored", "first_names"), [(1, True), (None, True), (0, False)])
def test_findings_of_before_say_nothing_against_the_first_reporter(
    stored: int | None, first_names: bool
) -> None:
    assert rows.finding(row(**FINDING | {"first_names": stored})).finding.first_names is first_names


@pytest.mark.parametrize(
    ("seller", "accused", "accounts"),
    [
        ("20001", "20002", {"20001", "20002"}),
        ("20001", None, {"20001"}),
        (None, "20002", {"20002"}),
        (None, None, set()),
    ],
)
def test_a_reward_is_for_whoever_was_named_or_reported(
    seller: str | None, accused: str | None, accounts: set[str]
) -> None:
    found = rows.reward(row(entry=8, case_number=3, seller=seller, accused=accused, taken_back=None))
    assert found == Reward(8, 3, frozenset(accounts), None)


@pytest.mark.parametrize(
    ("last", "status"), [(None, Status.OPEN), ("reopen", Status.OPEN), ("reject", Status.REJECTED)]
)
def test_a_line_of_the_list_stands_as_the_last_decision_says(last: str | None, status: Status) -> None:
    found = rows.case_line(row(**REPORT, last=last, named="20001", reporters=2, evidence=4))
    assert found == CaseLine(rows.report(row(**REPORT)), "20001", status, 2, 4)
