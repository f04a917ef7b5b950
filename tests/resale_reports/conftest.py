"""A desk of resale reports on a real SQLite file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from report_desk import SELLER, Desk

from jianggao.database import Database
from jianggao.membership.durations import Duration

SELLERS = (SELLER, "20002")
"""Members who subscribed long ago, for a year: nothing makes them doubtful."""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database = await Database.open(tmp_path / "bot.db")
    one = Desk(database)
    for seller in SELLERS:
        await one.bought(seller, Duration(years=1))
    yield one
    await database.close()
