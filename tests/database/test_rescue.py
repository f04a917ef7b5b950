"""What is saved of a database whose file has gone or was written over while it is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from database_cases import (
    copy_of_another,
    emptied,
    granted,
    refuses,
)

from jianggao.database import Database, Keys
from jianggao.errors import (
    CannotWrite,
    DatabaseGone,
    DatabaseMissing,
)


async def test_what_was_open_is_saved_beside_the_place_and_can_be_used(
    database: Database, path: Path
) -> None:
    await granted(database, "20001")
    path.unlink()
    await database.writer.check_files()
    with pytest.raises(CannotWrite):
        await granted(database, "20002")
    assert "bot.db.rescued-1" in str(database.writer.trouble)
    assert not path.with_name("bot.db.rescued-2").exists()
    await database.close()
    with pytest.raises(DatabaseMissing, match=r"bot\.db\.rescued-1"):
        await Database.open(path)
    rescued = path.with_name("bot.db.rescued-1")
    assert rescued.stat().st_mode & 0o077 == 0
    rescued.rename(path)
    again = await Database.open(path)
    await Keys.open(again)
    assert await granted(again, "20002") == 2
    await again.close()


async def test_where_nothing_can_be_saved_the_rest_goes_on(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jianggao.database.rescue.private_file", full)
    path.unlink()
    await database.writer.check_files()
    assert isinstance(database.writer.trouble, DatabaseGone)


async def test_what_is_left_goes_under_another_name_where_it_is_not_whole(
    path: Path, database: Database
) -> None:
    await granted(database, "20001")
    await database.close()
    again = await Database.open(path)  # it has read little yet
    try:
        await granted(again, "20002")
        emptied(path)
        trouble = await refuses(again)
    finally:
        await again.close()
    assert "不完整" in str(trouble) and "restore" in str(trouble)
    assert not path.with_name("bot.db.rescued-1").exists()
    assert path.with_name("bot.db.incomplete-1").exists()
    with pytest.raises(DatabaseMissing, match="是空的"):
        await Database.open(path)


async def test_the_log_of_a_replaced_file_is_not_brought_into_its_replacement(
    database: Database, path: Path, tmp_path: Path
) -> None:
    other = await copy_of_another(tmp_path / "other")
    content = other.read_bytes()
    await granted(database, "20001")
    other.replace(path)
    await database.writer.check_files()
    assert not path.with_name("bot.db-wal").exists()
    await database.close()
    assert path.read_bytes() == content
