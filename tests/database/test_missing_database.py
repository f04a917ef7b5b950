"""A start without a database, beside files that say that there was one."""

from __future__ import annotations

from pathlib import Path

import pytest
from database_cases import (
    granted,
)

from jianggao.database import Database, Keys
from jianggao.database.keys import PURPOSES
from jianggao.database.missing_database import find_traces
from jianggao.errors import (
    DatabaseMissing,
)


async def test_a_missing_database_beside_its_keys_is_refused(database: Database, path: Path) -> None:
    await database.close()
    path.unlink()
    with pytest.raises(DatabaseMissing, match=r"bot\.previews\.key.*restore"):
        await Database.open(path)
    assert not path.exists()


async def test_an_emptied_database_beside_its_keys_is_refused(database: Database, path: Path) -> None:
    await database.close()
    path.write_bytes(b"")
    with pytest.raises(DatabaseMissing, match="是空的"):
        await Database.open(path)


async def test_a_new_start_is_possible_where_the_traces_were_moved(database: Database, path: Path) -> None:
    await database.close()
    path.unlink()
    for trace in find_traces(path):
        trace.unlink()
    again = await Database.open(path)
    await Keys.open(again)
    assert await granted(again, "20001") == 1
    await again.close()


def test_all_keys_are_traces(path: Path) -> None:
    path.parent.mkdir()
    for purpose in PURPOSES:
        path.with_name(f"bot.{purpose}.key").write_text("x")
    assert len(find_traces(path)) == len(PURPOSES)
