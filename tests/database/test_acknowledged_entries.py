"""A database that lacks acknowledged entries is noticed at the start, by the note beside it."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest
from database_cases import (
    delivered,
    entries,
    granted,
    killed_after_five_entries,
)

from jianggao.backups import back_up, restore
from jianggao.database import Database, Keys, acknowledged_entries
from jianggao.database.acknowledged_entries import is_unreadable, note_file
from jianggao.errors import (
    DiskFailing,
    EntriesLost,
    NotFound,
)


@pytest.fixture
async def live(tmp_path: Path) -> Path:
    database = await Database.open(tmp_path / "data" / "bot.db")
    await Keys.open(database)
    await database.close()
    return database.path


async def test_a_log_removed_after_a_kill_is_told_with_what_is_missing(path: Path) -> None:
    killed_after_five_entries(path)
    path.with_name("bot.db-wal").unlink()
    path.with_name("bot.db-shm").unlink(missing_ok=True)
    with pytest.raises(EntriesLost, match=r"会员记录确认过的到第 5 条，库里只到第 0 条.*accept-loss"):
        await Database.open(path)


async def test_a_kill_alone_loses_nothing(path: Path) -> None:
    killed_after_five_entries(path)
    again = await Database.open(path)
    await again.close()
    assert len(entries(path)) == 5


async def test_an_older_file_put_back_is_told(database: Database, path: Path, tmp_path: Path) -> None:
    await granted(database, "20001")
    await database.close()
    older = tmp_path / "older.db"
    shutil.copy(path, older)
    newer = await Database.open(path)
    await granted(newer, "20002")
    await newer.close()
    shutil.copy(older, path)
    with pytest.raises(EntriesLost, match="到第 2 条，库里只到第 1 条"):
        await Database.open(path)


async def test_another_history_of_the_same_length_is_told(
    database: Database, path: Path, tmp_path: Path
) -> None:
    other = await Database.open(tmp_path / "other" / "bot.db")
    await granted(other, "30001")
    await other.close()
    await granted(database, "20001")
    await database.close()
    shutil.copy(tmp_path / "other" / "bot.db", path)
    with pytest.raises(EntriesLost, match="不是同一条"):
        await Database.open(path)


async def test_deliveries_are_noted_every_few_seconds(database: Database, path: Path) -> None:
    await delivered(database)
    await database.writer.check_files()
    noted = acknowledged_entries.read_note(path)
    assert noted is not None
    assert noted.deliveries == 1


async def test_an_entry_is_noted_before_anybody_hears_of_it(database: Database, path: Path) -> None:
    for number in range(1, 4):
        assert await granted(database, str(20000 + number)) == number
        noted = acknowledged_entries.read_note(path)
        assert noted is not None
        assert noted.ledger == number


async def test_a_note_that_cannot_be_read_or_written_stops_nothing_and_is_told(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(acknowledged_entries, "write_note", full)
        assert await granted(database, "20001") == 1
        await database.close()
    for content in ("", "{", "[]", '{"ledger": "x"}', '{"ledger": 1e999}', '{"other": 1}'):
        acknowledged_entries.note_file(path).write_text(content)
        caplog.clear()
        again = await Database.open(path)
        await again.close()
        assert "bot.db.last-entry 读不懂" in caplog.text
        noted = acknowledged_entries.read_note(path)
        assert noted is not None and noted.ledger == 1


async def test_a_note_that_cannot_be_read_just_now_is_not_made_anew(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a moment without free file handles, or a disk that hesitates, would forget what was
    acknowledged."""
    await granted(database, "20001")
    await database.close()
    before = acknowledged_entries.note_file(path).read_bytes()
    read_text = Path.read_text

    def hesitates(self: Path, *args: Any, **options: Any) -> str:
        if self == acknowledged_entries.note_file(path):
            raise OSError(errno.EIO, "Input/output error", str(self))
        return read_text(self, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", hesitates)
        with pytest.raises(DiskFailing):
            await Database.open(path)
    assert acknowledged_entries.note_file(path).read_bytes() == before


async def test_a_loss_can_be_accepted_and_is_told_then(
    database: Database, path: Path, tmp_path: Path
) -> None:
    older = tmp_path / "older.db"
    await database.close()
    shutil.copy(path, older)
    newer = await Database.open(path)
    await granted(newer, "20001")
    await newer.close()
    shutil.copy(older, path)
    assert acknowledged_entries.accept_loss(path) == ["会员记录确认过的到第 1 条，库里只到第 0 条"]
    assert acknowledged_entries.accept_loss(path) == []
    again = await Database.open(path)
    assert await granted(again, "20002") == 1
    await again.close()


def test_no_loss_is_accepted_where_there_is_no_database(path: Path) -> None:
    with pytest.raises(NotFound):
        acknowledged_entries.accept_loss(path)


async def test_a_restored_older_backup_starts(database: Database, path: Path, tmp_path: Path) -> None:
    await granted(database, "20001")
    await back_up(path, tmp_path / "kept" / "copy.db")
    await granted(database, "20002")
    await database.close()
    await restore(tmp_path / "kept" / "copy.db", path)
    again = await Database.open(path)
    await again.close()
    assert entries(path) == ["20001"]


def test_a_note_of_which_nothing_can_be_made_is_known(live: Path) -> None:
    note_file(live).write_text("{")
    assert is_unreadable(live)
    note_file(live).unlink()
    assert not is_unreadable(live)
