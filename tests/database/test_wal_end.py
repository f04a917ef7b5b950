"""What was committed stays in a -wal until it begins anew; anything else there is noticed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from database_cases import (
    checkpoint_of_another,
    checkpointed,
    copied_over,
    entries,
    granted,
    refuses,
)

from jianggao.database import Database


@pytest.mark.parametrize(
    "names", [["bot.db-wal"], ["bot.db", "bot.db-wal"], ["bot.db", "bot.db-wal", "bot.db-shm"]]
)
async def test_a_copy_of_the_same_log_is_noticed_though_it_has_its_beginning_and_size(
    database: Database, path: Path, tmp_path: Path, names: list[str]
) -> None:
    """A -wal that began anew keeps the size that it had."""
    for number in range(20):
        await granted(database, str(20001 + number))
    await checkpointed(database, "FULL")
    await granted(database, "20101")
    log = path.with_name("bot.db-wal")
    older = {name: shutil.copy(path.with_name(name), tmp_path / f"{name}.older") for name in names}
    before = log.read_bytes()
    await granted(database, "20102")
    assert (log.read_bytes()[:32], log.stat().st_size) == (before[:32], len(before))
    for name in names:
        copied_over(Path(older[name]), path.with_name(name))
    await refuses(database)
    await database.close()


async def test_a_log_may_begin_anew_and_hold_what_was_taken_back(database: Database, path: Path) -> None:
    """Neither rounds of the -wal by this or another process nor long transactions that are rolled back are an alarm."""
    for number in range(12):
        await granted(database, str(20001 + number))
        with pytest.raises(KeyError):
            async with database.write() as connection:
                await connection.execute("PRAGMA cache_spill = 1")
                await connection.execute("PRAGMA cache_size = 10")
                for some in range(300):
                    await connection.execute("INSERT INTO facts VALUES (?, ?)", (f"{some}", "x" * 3_000))
                raise KeyError
        if number % 3 == 1:
            checkpoint_of_another(path, ("PASSIVE", "RESTART", "TRUNCATE", "FULL")[number // 3])
        await database.writer.look_after()
        assert database.writer.trouble is None
    assert len(entries(path)) == 12
