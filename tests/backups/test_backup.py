"""A backup holds what was committed and acknowledged, all of it and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from foreign_lock import held_by_another
from older_journal import cut_off, older_mode
from small_disks import not_to_be_written

from jianggao.backups import back_up
from jianggao.database.acknowledged_entries import AcknowledgementNote, write_note
from jianggao.database.inspection import read_live
from jianggao.errors import DatabaseLocked, EntriesLost


@pytest.fixture
async def live(tmp_path: Path) -> Path:
    return await older_mode(tmp_path)


def halves_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(
            connection.execute("SELECT count(*) FROM filling WHERE content LIKE 'half%'").fetchone()[0]
        )


async def test_half_a_change_is_never_in_a_backup(live: Path, tmp_path: Path) -> None:
    cut_off(live)
    assert live.with_name("bot.db-journal").exists()
    await back_up(live, tmp_path / "copy.db")
    assert halves_in(tmp_path / "copy.db") == 0


async def test_what_another_program_is_writing_is_told_as_its_lock(
    live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    with held_by_another(live):
        with pytest.raises(DatabaseLocked):
            await back_up(live, target)
        with pytest.raises(DatabaseLocked), read_live(live):
            pass
    assert not target.exists()
    await back_up(live, target)


async def test_a_database_in_a_folder_that_cannot_be_written_is_read_as_it_stands(
    live: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(live)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    with not_to_be_written(live.parent):
        await back_up(live, tmp_path / "copy.db")
    assert halves_in(tmp_path / "copy.db") == 0


async def test_a_database_that_lost_acknowledged_entries_takes_no_good_backups_place(
    live: Path, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    await back_up(live, target)
    good = target.read_bytes()
    write_note(live, AcknowledgementNote(ledger=3, entry="0" * 32))
    with pytest.raises(EntriesLost, match=r"没有备份.*accept-loss"):
        await back_up(live, target)
    assert target.read_bytes() == good
