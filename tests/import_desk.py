"""Imports into a real SQLite file, as an operator would have them done."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from jianggao.bulk_membership import imports
from jianggao.bulk_membership.import_undoing import UndoneImport, undo_import
from jianggao.bulk_membership.imports import DoneImport, DryRun, Overtaken, digest_of
from jianggao.bulk_membership.member_rows import read_lines
from jianggao.database import Database
from jianggao.membership import administration, ledger_store
from jianggao.membership.administration import Act, MembershipChange
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import LedgerEntry, MemberState
from jianggao.spreadsheets.reading import read_table

ZONE = ZoneInfo("Asia/Shanghai")
OPERATOR = "90001"


class ImportDesk:
    """An operator, with a clock that is moved by hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
        self._messages = itertools.count(1)

    def act(self, message: str = "") -> Act:
        return Act(OPERATOR, message or f"m{next(self._messages)}", self.now, ZONE)

    def pass_time(self, **span: float) -> None:
        self.now += timedelta(**span)

    async def propose(self, content: bytes) -> DryRun:
        read = read_lines(read_table(content), self.now.astimezone(ZONE).date())
        async with self.database.write() as connection:
            return await imports.propose(connection, read, digest_of(content), self.act())

    async def confirm(self, number: int, message: str = "") -> DoneImport | Overtaken:
        async with self.database.write() as connection:
            return await imports.confirm(connection, number, self.act(message))

    async def take_back(self, number: int, message: str = "") -> UndoneImport:
        async with self.database.write() as connection:
            return await undo_import(connection, number, self.act(message))

    async def drop(self, number: int) -> None:
        async with self.database.write() as connection:
            await imports.drop(connection, number, self.act())

    async def grant(self, account: str, duration: Duration) -> MembershipChange:
        async with self.database.write() as connection:
            return await administration.grant(connection, account, duration, self.act())

    async def suspend(self, account: str) -> MembershipChange:
        async with self.database.write() as connection:
            return await administration.suspend(connection, account, self.act())

    async def undo(self, number: int) -> MembershipChange:
        async with self.database.write() as connection:
            return await administration.undo(connection, number, self.act())

    async def ledger(self) -> list[LedgerEntry]:
        async with self.database.read() as connection:
            return await ledger_store.all_entries(connection)

    async def state(self, account: str) -> MemberState:
        async with self.database.read() as connection:
            return await administration.state_of(connection, account, ZONE)
