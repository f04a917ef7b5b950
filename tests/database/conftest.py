from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from small_disks import small_disk_at

from jianggao.database import Database, Keys


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    with small_disk_at(tmp_path / "small", "4m") as folder:
        yield folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database will be."""
    return tmp_path / "data" / "bot.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    """An open database with its keys."""
    database = await Database.open(path)
    await Keys.open(database)
    yield database
    await database.close()
