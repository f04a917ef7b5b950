"""Files of any origin are read without a change, and never half a change."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from older_journal import cut_off, older_mode

from jianggao.database.inspection import (
    check_integrity,
    check_open_database,
    explaining_errors,
    is_sqlite,
    mode_to_read,
    needs_wal,
    open_at_rest,
    open_live,
    read_live,
)
from jianggao.errors import CannotStart, DatabaseDamaged, DatabaseLocked, DatabaseTooNew, DiskFailing


@pytest.fixture
async def live(tmp_path: Path) -> Path:
    return await older_mode(tmp_path)


async def test_half_a_change_is_never_looked_at(live: Path) -> None:
    cut_off(live)
    with read_live(live) as connection:
        found = connection.execute("SELECT count(*) FROM filling WHERE content LIKE 'half%'").fetchone()
    assert found[0] == 0


def plain(path: Path, journal: str = "WAL") -> Path:
    """A small database of the bot at rest."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("CREATE TABLE migrations (number INTEGER PRIMARY KEY, name)")
        connection.execute("INSERT INTO migrations VALUES (1, 'library')")
    return path


def with_wal(folder: Path) -> Path:
    """A copy by hand of a database that somebody has open: its newest row stands in the -wal alone."""
    path = plain(folder / "bot.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO migrations VALUES (2, 'membership')")
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{folder / 'copy.db'}{suffix}")
    return folder / "copy.db"


def numbers(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT number FROM migrations ORDER BY number")]


def test_a_file_of_sqlite_is_known_by_its_beginning(tmp_path: Path) -> None:
    assert is_sqlite(plain(tmp_path / "bot.db"))
    (tmp_path / "text").write_text("SQLite format 4")
    (tmp_path / "empty").touch()
    assert not is_sqlite(tmp_path / "text") and not is_sqlite(tmp_path / "empty")
    with pytest.raises(FileNotFoundError):
        is_sqlite(tmp_path / "none")


def test_a_wal_means_something_only_beside_a_file_in_wal_mode(tmp_path: Path) -> None:
    assert needs_wal(with_wal(tmp_path))
    assert not needs_wal(plain(tmp_path / "rest.db"))
    older = plain(tmp_path / "older.db", "DELETE")
    older.with_name("older.db-wal").write_bytes(b"left behind")
    assert not needs_wal(older)


def test_a_file_at_rest_is_read_with_or_without_its_wal_and_stays_as_it_is(tmp_path: Path) -> None:
    path = with_wal(tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with open_at_rest(path) as connection:
        assert numbers(connection) == [1]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM migrations")
    with open_at_rest(path, with_wal=True) as connection:
        assert numbers(connection) == [1, 2]
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_live_database_is_read_as_one_state(tmp_path: Path) -> None:
    path = plain(tmp_path / "bot.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as writing:
        writing.execute("INSERT INTO migrations VALUES (2, 'membership')")
        with open_live(path) as connection:
            assert numbers(connection) == [1, 2]
            writing.execute("INSERT INTO migrations VALUES (3, 'reports')")
            assert numbers(connection) == [1, 2]


def test_a_database_at_rest_is_read_without_a_file_beside_it(tmp_path: Path) -> None:
    path = plain(tmp_path / "bot.db")
    with open_live(path) as connection:
        assert numbers(connection) == [1]
        assert [file.name for file in tmp_path.iterdir()] == ["bot.db"]


def test_a_journal_is_rolled_back_by_who_may_write(tmp_path: Path) -> None:
    path = plain(tmp_path / "bot.db", "DELETE")
    assert mode_to_read(path) == "ro"
    path.with_name("bot.db-journal").touch()
    assert mode_to_read(path) == "rw"


def test_a_whole_database_passes_and_one_of_a_later_release_does_not(tmp_path: Path) -> None:
    path = plain(tmp_path / "bot.db")
    check_integrity(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO migrations VALUES (9999, 'later')")
    with pytest.raises(DatabaseTooNew):
        check_integrity(path)


def test_a_check_can_be_stopped(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "large.db")) as connection:
        connection.execute("CREATE TABLE migrations (number)")
        connection.execute(
            "INSERT INTO migrations WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000)"
            " SELECT i FROM n"
        )
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            check_open_database(connection, tmp_path / "large.db", is_stopped=lambda: True)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (sqlite3.DatabaseError("file is not a database"), DatabaseDamaged),
        (sqlite3.DatabaseError("database disk image is malformed"), DatabaseDamaged),
        (sqlite3.OperationalError("no such table: ledger"), DatabaseDamaged),
        (sqlite3.OperationalError("database is locked"), DatabaseLocked),
        (sqlite3.OperationalError("disk I/O error"), DiskFailing),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), DatabaseDamaged),
        (OSError(errno.EIO, "x"), DiskFailing),
    ],
)
def test_errors_in_a_block_become_the_expected_ones(
    tmp_path: Path, error: Exception, kind: type[CannotStart]
) -> None:
    path = plain(tmp_path / "bot.db")
    with pytest.raises(kind) as raised, explaining_errors(path, "请换一个备份文件。"):
        raise error
    assert ("请换一个备份文件。" in str(raised.value)) is (kind is DatabaseDamaged)


def test_an_error_of_the_program_stays_what_it_is(tmp_path: Path) -> None:
    error = OSError(errno.ECONNRESET, "reset")
    with pytest.raises(OSError) as raised, explaining_errors(tmp_path / "bot.db"):
        raise error
    assert raised.value is error
