"""Looks at cases: pages of the list, one case, and what tracing says of its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from jianggao.database import Database
from jianggao.errors import NotFound
from jianggao.membership.overviews import PAGE_SIZE, LedgerPage, bounds
from jianggao.resale_reports import decision_store, evidence_store, store
from jianggao.resale_reports.model import Case, CaseLine, Evidence, PieceKind, Trace


@dataclass(frozen=True, slots=True)
class CaseList:
    """A page of 举报列表, and how many cases are open in all."""

    page: LedgerPage[CaseLine]
    open: int


async def cases(connection: aiosqlite.Connection, page: int, size: int = PAGE_SIZE) -> CaseList:
    """Returns a page of cases, open ones first. Raises NotFound for a page beyond the last."""
    total, open_cases = await store.count(connection)
    skip, pages = bounds(page, total, size)
    lines = await store.page(connection, limit=size, skip=skip)
    return CaseList(LedgerPage(tuple(lines), page, pages, total), open_cases)


async def case_of(connection: aiosqlite.Connection, number: int) -> Case:
    """Returns the case that the report of this number belongs to. Raises NotFound."""
    # Beyond SQLite's integers there is no report, and asking for one would fail.
    found = await store.case(connection, number) if 0 < number < 2**63 else None
    if found is None:
        raise NotFound(f"没有编号 {number} 的举报。发“举报列表”查看。")
    return found


def accounts_in(case: Case) -> frozenset[str]:
    """Returns the accounts that a case names: reporters, and whom they and tracing accuse."""
    traced_to = None if case.finding is None else case.finding.finding.accused
    accused = (account for account in (case.accused, traced_to) if account is not None)
    return frozenset({*accused, *(report.reporter for report in case.reports)})


async def traced(database: Database, number: int, trace: Trace, now: datetime) -> Case:
    """Returns the case with a finding of all its evidence. Raises NotFound.

    Evidence that has been traced isn't traced again: the decision has to rest on what the operator has read.
    New evidence is traced together with the old.
    """
    async with database.read() as connection:
        case = await case_of(connection, number)
        if case.is_traced:
            return case
        files = [
            (file.name, await evidence_store.content(connection, file.id))
            for file in _of_kind(case, PieceKind.FILE)
        ]
    finding = await trace([piece.text for piece in _of_kind(case, PieceKind.TEXT)], files)
    async with database.write() as connection:
        await decision_store.add_finding(
            connection, case.number, finding, last_evidence=case.last_evidence, at=now
        )
    async with database.read() as connection:
        return await case_of(connection, number)


def _of_kind(case: Case, kind: PieceKind) -> list[Evidence]:
    return [piece for piece in case.evidence if piece.kind is kind]
