"""Resale reports on a real SQLite file, with a tracing that says what a test tells it to."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from jianggao.database import Database
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import MemberState
from jianggao.resale_reports import case_decisions, case_views, filing
from jianggao.resale_reports.case_decisions import NotPaid, Payment, ReopenedCase, Upheld
from jianggao.resale_reports.model import Case, Complaint, Piece, PieceKind, Report, TraceFinding
from jianggao.tracing.accusations import Confidence

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
LONG_AGO = START - timedelta(days=500)
OPERATOR = "90001"
REPORTER, OTHER, SELLER = "30001", "30002", "20001"
LEAK = "会场里挂着旧地图，图上的渡口早就没有船了，可是摆渡人的后代还住在岸边。"


def complaint(
    accused: str | None = SELLER, *pieces: Piece, about: str = "闲鱼上的店", text: str = LEAK
) -> Complaint:
    return Complaint(accused or about, accused, pieces or (Piece(PieceKind.TEXT, text=text),))


def strong(accused: str | None) -> TraceFinding:
    return TraceFinding(Confidence.STRONG, accused, False, f"强线索：{accused}")


NOTHING_FOUND = TraceFinding(Confidence.CANNOT_TELL, None, False, "看不出是谁的副本。")


@dataclass
class Desk:
    """Reports in one database; `finding` is what tracing says of anything, `traced` what it was given."""

    database: Database
    now: datetime = START
    finding: TraceFinding = field(default_factory=lambda: strong(SELLER))
    traced: list[tuple[list[str], list[tuple[str, bytes]]]] = field(default_factory=list)
    _messages: itertools.count[int] = field(default_factory=itertools.count)

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)

    def act(self, note: str = "") -> Act:
        return Act(OPERATOR, f"message {next(self._messages)}", self.now, ZONE, note)

    async def trace(self, texts: Sequence[str], files: Sequence[tuple[str, bytes]]) -> TraceFinding:
        self.traced.append((list(texts), list(files)))
        return self.finding

    async def file(self, filed: Complaint, reporter: str = REPORTER) -> Report:
        message = self.act().message
        async with self.database.write() as connection:
            return await filing.file(
                connection, filed, reporter=reporter, at=self.now, message=message, zone=ZONE
            )

    async def look(self, number: int) -> Case:
        return await case_views.traced(self.database, number, self.trace, self.now)

    async def uphold(
        self, number: int, payment: Payment = Payment.BY_RULE, note: str = ""
    ) -> Upheld | NotPaid:
        await self.look(number)
        async with self.database.write() as connection:
            return await case_decisions.uphold(connection, number, self.act(note), payment)

    async def paid(self, number: int, payment: Payment = Payment.BY_RULE, note: str = "") -> Upheld:
        done = await self.uphold(number, payment, note)
        assert isinstance(done, Upheld), done
        return done

    async def reject(self, number: int, reason: str = "看不出是谁发的") -> Case:
        async with self.database.write() as connection:
            return await case_decisions.reject(connection, number, self.act(reason))

    async def reopen(self, number: int, note: str = "") -> ReopenedCase:
        async with self.database.write() as connection:
            return await case_decisions.reopen(connection, number, self.act(note))

    async def bought(self, member: str, duration: Duration, at: datetime = LONG_AGO) -> None:
        """The member paid for so long at that time."""
        async with self.database.write() as connection:
            await administration.grant(connection, member, duration, replace(self.act(), at=at))

    async def undo(self, entry: int) -> None:
        async with self.database.write() as connection:
            await administration.undo(connection, entry, self.act())

    async def case(self, number: int) -> Case:
        async with self.database.read() as connection:
            return await case_views.case_of(connection, number)

    async def state(self, member: str) -> MemberState:
        async with self.database.read() as connection:
            return await administration.state_of(connection, member, ZONE)

    async def rows(self, sql: str) -> list[tuple[object, ...]]:
        async with self.database.read() as connection:
            return [tuple(row) for row in await connection.execute_fetchall(sql)]

    async def everything(self) -> list[list[tuple[object, ...]]]:
        """All that is stored of reports and members."""
        tables = (
            "reports",
            "report_evidence",
            "report_findings",
            "report_decisions",
            "report_rewards",
            "ledger",
        )
        return [await self.rows(f"SELECT * FROM {table}") for table in tables]


def uncertain(finding: TraceFinding) -> TraceFinding:
    return replace(finding, confidence=Confidence.LEAD)
