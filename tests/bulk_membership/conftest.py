"""A database, and imports into its ledger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from import_desk import ImportDesk

from jianggao.database import Database


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[ImportDesk]:
    database = await Database.open(tmp_path / "bot.db")
    yield ImportDesk(database)
    await database.close()
