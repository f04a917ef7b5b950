"""A desk of resale reports on a real SQLite file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from report_desk import Desk

from jianggao.database import Database


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database = await Database.open(tmp_path / "bot.db")
    yield Desk(database)
    await database.close()
