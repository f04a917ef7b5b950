"""What a case says of itself: its status, whom it names, whether it is traced, and who hears of a
decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from jianggao.resale_reports.model import (
    Case,
    Decision,
    DecisionKind,
    DraftFile,
    Evidence,
    Piece,
    PieceKind,
    Report,
    Status,
    StoredFinding,
    TraceFinding,
    status_after,
)
from jianggao.tracing.accusations import Confidence

AT = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
FIRST = Report(3, 3, "30001", None, "闲鱼上的店", AT)
LATER = replace(FIRST, number=5, reporter="30002", accused="20001")
EVIDENCE = (
    Evidence(7, 3, PieceKind.TEXT, "", "原文", 2, "x"),
    Evidence(9, 5, PieceKind.FILE, "讲话.docx", "", 2_000, "y"),
)
FOUND = StoredFinding(1, AT, 9, TraceFinding(Confidence.STRONG, "20001", False, "强线索"))
CASE = Case((FIRST, LATER), EVIDENCE, (), FOUND)


def decided(*kinds: DecisionKind) -> Case:
    decisions = tuple(
        Decision(number, kind, "90001", AT, "", None, None) for number, kind in enumerate(kinds, 1)
    )
    return replace(CASE, decisions=decisions)


@pytest.mark.parametrize(
    ("last", "status"),
    [
        (None, Status.OPEN),
        (DecisionKind.UPHOLD, Status.UPHELD),
        (DecisionKind.REJECT, Status.REJECTED),
        (DecisionKind.REOPEN, Status.OPEN),
    ],
)
def test_the_last_decision_says_how_a_case_stands(last: DecisionKind | None, status: Status) -> None:
    assert status_after(last) is status
    assert decided(*([DecisionKind.UPHOLD, last] if last else [])).status is status


def test_a_case_is_its_first_report_and_names_whom_any_report_names() -> None:
    assert (CASE.number, CASE.first, CASE.accused, CASE.last_evidence) == (3, FIRST, "20001", 9)
    alone = replace(CASE, reports=(FIRST,), evidence=())
    assert (alone.accused, alone.last_evidence) == (None, 0)


@pytest.mark.parametrize(
    ("finding", "traced"),
    [
        (FOUND, True),
        (None, False),
        (replace(FOUND, last_evidence=7), False),  # a piece joined since
        (replace(FOUND, is_outdated=True), False),
    ],
)
def test_a_case_is_traced_by_a_finding_of_all_its_evidence(
    finding: StoredFinding | None, traced: bool
) -> None:
    assert replace(CASE, finding=finding).is_traced is traced


@pytest.mark.parametrize(
    ("confidence", "by_hash", "named"),
    [
        (Confidence.STRONG, False, "20001"),
        (Confidence.LEAD, False, None),
        (Confidence.LEAD, True, None),
        (Confidence.CANNOT_TELL, True, None),
    ],
)
def test_only_a_strong_finding_names(confidence: Confidence, by_hash: bool, named: str | None) -> None:
    assert TraceFinding(confidence, "20001", by_hash, "").named == named


def test_each_reporter_hears_once_with_his_first_report() -> None:
    again = replace(LATER, number=6)
    assert replace(CASE, reports=(FIRST, LATER, again)).to_tell() == [FIRST, LATER]


def test_the_accused_who_joined_the_report_on_himself_does_not_hear() -> None:
    himself = replace(LATER, number=6, reporter="20001")
    assert replace(CASE, reports=(FIRST, LATER, himself)).to_tell() == [FIRST, LATER]
    other = replace(LATER, accused=None)
    case = Case((FIRST, other), EVIDENCE, (), None)
    assert case.to_tell(named="30002") == [FIRST]


def test_an_accused_who_was_first_does_hear() -> None:
    himself = replace(FIRST, reporter="20001")
    assert replace(CASE, reports=(himself, LATER)).to_tell() == [himself, LATER]


def test_a_piece_on_the_disk_is_loaded_when_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "00000001"
    path.write_bytes(b"a picture")
    piece = Piece(PieceKind.PICTURE, "截图.jpg", file=DraftFile(path, 9, "x"))
    assert (piece.size, piece.content) == (9, b"")
    loaded = piece.loaded()
    assert (loaded.size, loaded.content, loaded.file) == (9, b"a picture", None)
    assert loaded.loaded() is loaded
    assert Piece(PieceKind.TEXT, text="原文").size == 0
