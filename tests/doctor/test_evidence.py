"""Evidence of resale reports is what was filed, byte for byte."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing

import pytest
from doctor_cases import RESTORE, Installation

REPORT = (
    "INSERT INTO reports (number, reporter, told, at, message) VALUES (?, '66001', '某群', '2026-03-01', ?)"
)
EVIDENCE = "INSERT INTO report_evidence (report, kind, name, text, content, sha256) VALUES (?, ?, ?, ?, ?, ?)"


@pytest.fixture
def reported(installation: Installation) -> Installation:
    """Three reports: a text, a picture, and a file."""
    pieces = [("text", "今天有人在卖讲稿", None), ("picture", None, b"\x89PNG"), ("file", None, b"")]
    with closing(sqlite3.connect(installation.database)) as connection, connection:
        for number, (kind, text, content) in enumerate(pieces, 1):
            digest = hashlib.sha256(text.encode() if text else content or b"").hexdigest()
            connection.execute(REPORT, (number, f"r{number}"))
            connection.execute(EVIDENCE, (number, kind, f"{kind}.bin", text, content, digest))
    return installation


def unguarded(installation: Installation, *statements: str) -> None:
    """Change what the triggers guard, as somebody with another program would."""
    triggers = installation.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    guards = [(str(name), str(sql)) for name, sql in triggers if "report_evidence" in str(sql)]
    installation.edit(
        *(f"DROP TRIGGER {name}" for name, _ in guards), *statements, *(sql for _, sql in guards)
    )


async def noted(installation: Installation, *, quick: bool) -> str:
    findings = await installation.examine(quick=quick)
    return next(finding.noted for finding in findings if finding.what == "举报")


async def test_whole_evidence_is_counted(reported: Installation) -> None:
    assert await reported.wrong() == []
    assert await noted(reported, quick=False) == "3 件材料完好"
    assert await noted(reported, quick=True) == "3 件材料（没有逐件核对）"


@pytest.mark.parametrize(
    ("report", "statement"),
    [
        (1, "UPDATE report_evidence SET text = '今天没有人在卖讲稿' WHERE report = 1"),
        (2, "UPDATE report_evidence SET content = x'00' WHERE report = 2"),
        (3, "UPDATE report_evidence SET sha256 = 'x' WHERE report = 3"),
    ],
)
async def test_a_changed_piece_is_told_with_its_report(
    reported: Installation, report: int, statement: str
) -> None:
    unguarded(reported, statement)
    wrong = await reported.wrong()
    assert len(wrong) == 1 and f"第 {report} 件举报的材料被改动过" in wrong[0] and RESTORE in wrong[0]
    assert await reported.wrong(quick=True) == []
