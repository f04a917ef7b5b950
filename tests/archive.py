"""An archive for the tests of tracing: the sample library, and what thirty members have received of it."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from fixed_keys import begin_with_keys
from traced_texts import LIBRARY

from jianggao.access import deliveries
from jianggao.access.quotas import DailyQuotas, record_full_text
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.documents.copies import Copies, Copy
from jianggao.library import speech_store as library_store
from jianggao.reading.reader import TEXT
from jianggao.settings import load_settings
from jianggao.tracing import store as tracing_store
from jianggao.tracing.examination import Examination, LeakedFile
from jianggao.tracing.mark_plan import Strength, build_plan

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=timezone.utc)
DELIVERED = NOW - timedelta(days=30)
MEMBERS = [str(20_001 + at) for at in range(30)]
GUILTY = "20017"
GOVERNANCE, VILLAGES, SAFETY, BUSINESS = "党建引领基层治理", "和美乡村", "冬季安全生产", "优化营商环境"
LONG = (GOVERNANCE, VILLAGES, SAFETY, BUSINESS)
TRIGGERS = ("deliveries_only_settled", "deliveries_settled_alone")
"""What keeps a test from writing the records of another world."""
SHORT, UNSENT = "古城保护", "春耕备耕"
"""A text whose stored light plan has six places, and one that nobody received."""


@dataclass
class Archive:
    """An application with what its members have received."""

    application: Application

    async def version(self, title: str) -> int:
        async with self.application.database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT id FROM versions WHERE title LIKE ? ORDER BY id DESC", (f"%{title}%",)
            )
        return int(next(iter(rows))[0])

    @property
    def lightly(self) -> Copies:
        """Copies by the other strength."""
        return Copies(
            self.application.database, self.application.keys, Strength.LIGHT, self.application.clock
        )

    async def copy(self, account: str, title: str, copies: Copies | None = None) -> Copy:
        return await (copies or self.application.copies).of(account, await self.version(title))

    async def deliver(
        self,
        account: str,
        title: str,
        *,
        at: datetime = DELIVERED,
        copies: Copies | None = None,
        outcome: deliveries.DeliveryOutcome = deliveries.DeliveryOutcome.DELIVERED,
    ) -> Copy:
        """A full text as a .txt, recorded as 全文 does."""
        copy = await self.copy(account, title, copies)
        async with self.application.database.write() as connection:
            record = await record_full_text(
                connection,
                account,
                copy.speech.version,
                Place(PlaceKind.PRIVATE, account),
                TEXT,
                at,
                DailyQuotas(1_000, 1_000, self.application.settings.timezone),
                copy,
                hashlib.sha256(copy.as_text()).hexdigest(),
            )
            assert record is not None
            await deliveries.settle(connection, [record], outcome)
        return copy

    async def examine(
        self, *texts: str, files: Iterable[LeakedFile] = (), now: datetime = NOW
    ) -> Examination:
        return await self.application.examiner.examine(texts, list(files), by="90001", now=now)

    async def keep_few_places(self, title: str, count: int = 6) -> None:
        """A stored light plan with so few places that copies chance to be the same."""
        version = await self.version(title)
        async with self.application.database.write() as connection:
            plan = build_plan(await library_store.version_text(connection, version), Strength.LIGHT)
            few = replace(plan, carriers=plan.carriers[:count])
            await tracing_store.keep_plan(connection, version, few, DELIVERED)

    async def with_text(self, title: str, text: str, first: int) -> str:
        """The first account from `first` on whose light copy chances to be `text`."""
        copies = self.lightly
        for account in map(str, range(first, first + 2_000)):
            if (await self.copy(account, title, copies)).text == text:
                return account
        raise AssertionError("nobody's is")

    async def logged(self) -> list[dict[str, Any]]:
        async with self.application.database.read() as connection:
            return [dict(row) for row in await connection.execute_fetchall("SELECT * FROM looks ORDER BY id")]


async def open_application(folder: Path, library: Path = LIBRARY, strength: str = "strong") -> Application:
    settings = load_settings(
        {
            "LIBRARY_DIR": str(library),
            "DATABASE_FILE": str(folder / "bot.db"),
            "SUPERUSERS": "90001",
            "MARK_STRENGTH": strength,
        }
    )
    return await Application.open(settings, clock=lambda: NOW, rng=random.Random(1), workers=0)


def fixed_keys(folder: Path) -> None:
    """The same keys in each run: what a test finds doesn't hang on throws of coins."""
    keys = {purpose: bytes([at + 1] * 32) for at, purpose in enumerate(("previews", "codes", "marks"))}
    begin_with_keys(folder / "bot.db", keys)


def third(text: str) -> str:
    """The middle one."""
    return text[len(text) // 3 : 2 * len(text) // 3]


def half_third(text: str) -> str:
    return text[len(text) // 3 : len(text) // 2]


def flat(text: str) -> str:
    return "".join(text.split())


def names(found: Examination) -> list[str]:
    return [one.account for one in found.named]
