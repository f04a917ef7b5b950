"""What was committed stays in a -wal until it begins anew; anything else there is noticed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
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
from jianggao.database.wal_end import LOG_HEADER, WalEnd


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
    """Neither rounds of the -wal by this or another process nor long transactions that are rolled back are an
    alarm."""
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
        await database.writer.check_files()
        assert database.writer.trouble is None
    assert len(entries(path)) == 12


STAMPS = "PRAGMA user_version = {}"


def committed(connection: sqlite3.Connection, stamp: int) -> None:
    """A transaction that leaves a stamp, as the writer's do."""
    connection.execute("BEGIN")
    connection.execute("INSERT INTO notes VALUES ('x')")
    connection.execute(STAMPS.format(stamp))
    connection.execute("COMMIT")


@pytest.fixture
def noting(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a database in WAL mode."""
    with closing(sqlite3.connect(tmp_path / "notes.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE notes (text)")
        yield connection


def test_the_end_moves_on_with_each_transaction(noting: sqlite3.Connection, tmp_path: Path) -> None:
    end = WalEnd()
    with (tmp_path / "notes.db-wal").open("rb", buffering=0) as log:
        places = []
        for stamp in (11, 12, 13):
            committed(noting, stamp)
            end.follow(log, stamp)
            places.append(end._at)
            assert not end.is_gone(log)
        assert places == sorted(set(places))


def test_a_frame_that_was_written_over_is_gone(noting: sqlite3.Connection, tmp_path: Path) -> None:
    end = WalEnd()
    path = tmp_path / "notes.db-wal"
    with path.open("rb", buffering=0) as log:
        committed(noting, 11)
        end.follow(log, 11)
        content = bytearray(path.read_bytes())
        content[end._at] ^= 1
        path.write_bytes(bytes(content))
        assert end.is_gone(log)


def test_a_wal_that_begins_anew_takes_nothing_away(noting: sqlite3.Connection, tmp_path: Path) -> None:
    end = WalEnd()
    with (tmp_path / "notes.db-wal").open("rb", buffering=0) as log:
        for stamp in range(11, 16):
            committed(noting, stamp)
            end.follow(log, stamp)
        noting.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
        committed(noting, 21)  # over the first frames, by another header
        assert not end.is_gone(log)
        end.follow(log, 21)
        assert end._at == LOG_HEADER or end._at < 3 * 4096
        assert not end.is_gone(log)


def test_without_a_commit_nothing_can_be_gone(noting: sqlite3.Connection, tmp_path: Path) -> None:
    with (tmp_path / "notes.db-wal").open("rb", buffering=0) as log:
        assert not WalEnd().is_gone(log)
