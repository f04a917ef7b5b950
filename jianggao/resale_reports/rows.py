"""Turns rows of the reports' tables into the objects of `model`."""

from __future__ import annotations

from sqlite3 import Row

from jianggao.clock import from_text
from jianggao.resale_reports.model import (
    CaseLine,
    Decision,
    DecisionKind,
    Evidence,
    PieceKind,
    Report,
    Reward,
    StoredFinding,
    TraceFinding,
    status_after,
)
from jianggao.tracing.accusations import Confidence


def report(row: Row) -> Report:
    """Returns a report from a row of `reports`."""
    return Report(
        row["number"],
        row["case_number"],
        row["reporter"],
        row["accused"],
        row["told"],
        from_text(row["at"]),
    )


def evidence(row: Row) -> Evidence:
    """Returns a piece of evidence from a row of `report_evidence`, with `size` in place of the content."""
    return Evidence(
        row["id"],
        row["report"],
        PieceKind(row["kind"]),
        row["name"],
        row["text"],
        row["size"],
        row["sha256"],
    )


def decision(row: Row) -> Decision:
    """Returns a decision from a row of `report_decisions`."""
    return Decision(
        row["number"],
        DecisionKind(row["kind"]),
        row["by_account"],
        from_text(row["at"]),
        row["reason"],
        row["finding"],
        row["entry"],
    )


def finding(row: Row) -> StoredFinding:
    """Returns a finding from a row of `report_findings`."""
    found = TraceFinding(
        Confidence(row["verdict"]),
        row["accused"],
        bool(row["unique_hash"]),
        row["report"],
        first_names=row["first_names"] != 0,
    )
    # Findings without a reckoning are of when a file's bytes named their holder however short the text was.
    is_outdated = found.unique_hash and row["reckoning"] is None
    return StoredFinding(row["id"], from_text(row["at"]), row["last_evidence"], found, is_outdated)


def reward(row: Row) -> Reward:
    """Returns a reward from a row of `report_rewards`, with the account that the reporters named as
    `accused`."""
    accounts = frozenset({row["seller"], row["accused"]} - {None})
    return Reward(row["entry"], row["case_number"], accounts, row["taken_back"])


def case_line(row: Row) -> CaseLine:
    """Returns a line of the list from the first report of a case, with what `store.page` counts beside it."""
    status = status_after(DecisionKind(row["last"]) if row["last"] else None)
    return CaseLine(report(row), row["named"], status, row["reporters"], row["evidence"])
