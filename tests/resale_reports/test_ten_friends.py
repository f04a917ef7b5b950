"""However ten friends report each other, by rule they are paid for a named seller, once a seller, once in 365
days."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from report_desk import LONG_AGO, NOTHING_FOUND, Desk, complaint, strong, uncertain

from jianggao.database import Database
from jianggao.errors import JianggaoError
from jianggao.membership import ledger_store as ledger
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, undone_by
from jianggao.resale_reports.case_decisions import NotPaid, Payment, Upheld
from jianggao.resale_reports.model import Piece, PieceKind, TraceFinding

FRIENDS = [str(30_000 + number) for number in range(10)]
YEAR = timedelta(days=365)

friends = st.sampled_from(FRIENDS)
filings = st.tuples(
    st.just("file"),
    friends,
    st.none() | friends,
    st.none() | friends,
    st.booleans(),
)
decisions = st.tuples(
    st.sampled_from(["uphold", "uphold", "uphold", "in spite", "reject", "reopen"]), st.integers(1, 12)
)
pauses = st.tuples(st.just("wait"), st.sampled_from([1, 8, 100, 364, 365, 366]))
steps = st.lists(filings | filings | decisions | pauses, max_size=40)


@dataclass
class Friends:
    """What they do, and a record of it kept beside the program."""

    desk: Desk
    found: dict[int, TraceFinding] = field(default_factory=dict)
    paid_for: dict[int, str] = field(default_factory=dict)
    """The seller of each reward by rule, by its entry."""
    filed: int = 0

    async def do(self, step: tuple[object, ...]) -> None:
        try:
            if step[0] == "file":
                await self._file(*step[1:])  # type: ignore[arg-type]
            elif step[0] == "wait":
                self.desk.now += timedelta(days=int(str(step[1])))
            elif step[0] == "reject":
                await self.desk.reject(int(str(step[1])))
            elif step[0] == "reopen":
                await self.desk.reopen(int(str(step[1])))
            else:
                await self._uphold(int(str(step[1])), in_spite=step[0] == "in spite")
        except JianggaoError:
            pass  # refused: nothing may have come of it, which is looked at below

    async def _file(self, reporter: str, accused: str | None, named: str | None, sure: bool) -> None:
        self.filed += 1
        self.desk.finding = NOTHING_FOUND if named is None else strong(named)
        if not sure:
            self.desk.finding = uncertain(self.desk.finding)
        report = await self.desk.file(
            complaint(accused, Piece(PieceKind.TEXT, text=f"第 {self.filed} 件")), reporter
        )
        await self.desk.look(report.case)
        self.found[report.case] = self.desk.finding

    async def _uphold(self, number: int, *, in_spite: bool) -> None:
        before = await self.standing()
        done = await self.desk.uphold(number, Payment.IN_SPITE if in_spite else Payment.BY_RULE, "坚持")
        if isinstance(done, NotPaid):
            assert await self.standing() == before
            return
        assert isinstance(done, Upheld) and done.reward is not None
        if not in_spite:
            self._is_due(done, before)

    def _is_due(self, done: Upheld, before: list[LedgerEntry]) -> None:
        assert done.reward is not None
        reporter, found = done.case.first.reporter, self.found[done.case.number]
        assert found.named is not None and found.named != reporter != done.case.accused
        earlier = [entry.at for entry in before if entry.member == reporter]
        assert all(self.desk.now - at >= YEAR for at in earlier)
        standing = {entry.number for entry in before}
        assert all(seller != found.named for entry, seller in self.paid_for.items() if entry in standing)
        self.paid_for[done.reward.entry.number] = found.named

    async def standing(self) -> list[LedgerEntry]:
        """The rewards that count, by the ledger alone."""
        async with self.desk.database.read() as connection:
            entries = await ledger.all_entries(connection)
        undone = undone_by(entries)
        return [entry for entry in entries if entry.kind is EntryKind.REWARD and entry.number not in undone]


async def live(todo: list[tuple[object, ...]]) -> tuple[Friends, list[LedgerEntry]]:
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(Path(folder) / "bot.db")
        try:
            friends = Friends(Desk(database))
            for number, friend in enumerate(FRIENDS):  # of long standing, and not of one week
                await friends.desk.bought(friend, Duration(years=1), LONG_AGO - timedelta(days=30 * number))
            for step in todo:
                await friends.do(step)
            return friends, await friends.standing()
        finally:
            await database.close()


@settings(max_examples=60)
@given(steps)
def test_ten_friends_cannot_live_on_rewards(todo: list[tuple[object, ...]]) -> None:
    friends, standing = asyncio.run(live(todo))
    by_rule = [entry for entry in standing if entry.number in friends.paid_for]
    sellers = [friends.paid_for[entry.number] for entry in by_rule]
    assert len(set(sellers)) == len(sellers)
    last: dict[str, datetime] = {}
    for entry in by_rule:
        assert entry.member not in last or entry.at - last[entry.member] >= YEAR
        last[entry.member] = entry.at


def test_all_report_all_for_years_and_each_seller_is_paid_for_once() -> None:
    todo: list[tuple[object, ...]] = []
    number = 0
    for _ in range(3):
        for reporter, accused in zip(FRIENDS, [*FRIENDS[1:], FRIENDS[0]], strict=True):
            number += 1
            todo += [("file", reporter, accused, accused, True), ("uphold", number)]
        todo.append(("wait", 366))
    _, standing = asyncio.run(live(todo))
    assert len(standing) == len(FRIENDS)
    assert {entry.member for entry in standing} == set(FRIENDS)
