"""Nothing is acknowledged that is gone with the process: files that are deleted, replaced or emptied during a
write."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from database_cases import (
    emptied,
    entries,
    granted,
)

from jianggao.database import Database
from jianggao.errors import (
    CannotWrite,
    DatabaseGone,
)


async def test_a_deleted_database_acknowledges_nothing(database: Database, path: Path) -> None:
    await granted(database, "20001")
    path.unlink()
    with pytest.raises(CannotWrite, match="数据库文件不见了"):
        await granted(database, "20002")
    assert isinstance(database.writer.trouble, DatabaseGone)


async def test_a_replaced_database_acknowledges_nothing(
    database: Database, path: Path, tmp_path: Path
) -> None:
    await granted(database, "20001")
    other = tmp_path / "other.db"
    shutil.copy(path, other)
    other.replace(path)
    with pytest.raises(CannotWrite, match="数据库文件不见了"):
        await granted(database, "20002")


async def test_a_commit_into_a_file_that_went_meanwhile_is_not_acknowledged(
    database: Database, path: Path
) -> None:
    with pytest.raises(CannotWrite, match="可能没有存下"):
        async with database.write() as connection:
            await connection.execute("INSERT INTO facts VALUES ('a', 'b')")
            path.unlink()


async def test_it_is_noticed_without_a_write(database: Database, path: Path) -> None:
    await database.writer.check_files()
    assert database.writer.trouble is None
    path.unlink()
    await database.writer.check_files()
    assert isinstance(database.writer.trouble, DatabaseGone)
    assert not await database.writer.try_to_write()


async def test_a_file_that_is_put_back_is_used_again(database: Database, path: Path) -> None:
    aside = path.with_name("aside")
    path.rename(aside)
    await database.writer.check_files()
    aside.rename(path)
    assert await database.writer.try_to_write()
    assert await granted(database, "20001") == 1


async def test_what_stands_in_a_deleted_log_is_saved_at_once(database: Database, path: Path) -> None:
    await granted(database, "20001")
    path.with_name("bot.db-wal").unlink()
    await database.writer.check_files()
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)  # as a kill -9 would leave it
    assert entries(copy) == ["20001"]
    with pytest.raises(CannotWrite, match="什么也没有改"):
        await granted(database, "20002")


async def test_a_log_deleted_within_a_transaction_loses_nothing_acknowledged(
    database: Database, path: Path
) -> None:
    async with database.write() as connection:
        await connection.execute("INSERT INTO facts VALUES ('a', 'b')")
        path.with_name("bot.db-wal").unlink()
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    with closing(sqlite3.connect(copy)) as looked_at:
        assert looked_at.execute("SELECT value FROM facts WHERE name = 'a'").fetchall() == [("b",)]


async def test_a_transaction_taken_back_is_refused_though_the_file_looks_well_again(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a copy that is on its way makes it look: empty, then whole."""
    looks = iter([False, True])
    monkeypatch.setattr(
        "jianggao.database.file_identity.OpenedFiles.is_overwritten", lambda files: next(looks, False)
    )
    with pytest.raises(CannotWrite, match="什么也没有改"):
        await granted(database, "20001")
    assert entries(path) == []
    await granted(database, "20002")
    assert entries(path) == ["20002"]


async def test_a_transaction_into_a_file_that_was_emptied_meanwhile_is_taken_back(
    database: Database, path: Path
) -> None:
    with pytest.raises(CannotWrite, match="什么也没有改"):
        async with database.write() as connection:
            await connection.execute("INSERT INTO facts VALUES ('a', 'b')")
            emptied(path)
    assert path.stat().st_size == 0


async def test_a_commit_into_a_file_that_is_emptied_by_then_may_be_lost(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = database.writer._connection.commit

    async def and_emptied() -> None:
        await commit()
        emptied(path)

    monkeypatch.setattr(database.writer._connection, "commit", and_emptied)
    with pytest.raises(CannotWrite, match="数据库文件被改写，刚才的改动可能没有存下"):
        await granted(database, "20001")
