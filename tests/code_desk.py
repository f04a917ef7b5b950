"""Batches of redeem codes in a database of a test's own."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from jianggao.database import Database
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration
from jianggao.redeem_codes import code_store, issuing, redemption
from jianggao.redeem_codes.code_form import characters_of
from jianggao.redeem_codes.code_store import CodeTerms

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
KEY = b"k" * 32
YEAR = CodeTerms(Duration(years=1), note="淘宝")
TRIAL = CodeTerms(Duration(days=3), is_trial=True)


@dataclass
class CodeDesk:
    """Makes and redeems codes, each act in a transaction of its own."""

    database: Database
    now: datetime = NOW
    messages: Any = field(default_factory=lambda: itertools.count(1))

    async def make(self, count: int = 1, terms: CodeTerms = YEAR, *, active: bool = True) -> list[str]:
        async with self.database.write() as connection:
            batch = await issuing.make_by_chat(connection, count, terms, "90001", self.now, ZONE, KEY)
            if active:
                await code_store.activate(connection, batch.number, self.now)
        return [characters_of(code) for code in batch.codes]

    def act(self, account: str) -> Act:
        return Act(account, f"desk{next(self.messages)}", self.now, ZONE)

    async def redeem(self, code: str, account: str = "20001") -> redemption.RedemptionOutcome:
        async with self.database.write() as connection:
            return await redemption.redeem(connection, account, code, self.act(account), KEY)

    async def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        async with self.database.read() as connection:
            return [tuple(row) for row in await connection.execute_fetchall(sql, values)]
