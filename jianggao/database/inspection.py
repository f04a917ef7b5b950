"""Opens database files of any origin for reading, without changing them or what lies beside them, and
checks them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from jianggao.database.disk import mounted_read_only
from jianggao.database.failures import UNREADABLE_NAME, explain_error
from jianggao.database.migrations import known_migrations
from jianggao.errors import CannotStart, DatabaseDamaged, DatabaseTooNew
from jianggao.install_paths import COMMAND

_HEADER = b"SQLite format 3\0"
_WAL = b"\x02"
"""The bytes 18 and 19 of a file in WAL mode, each. Only beside such a file has a `-wal` a meaning."""
_STEPS = 100_000
"""Steps of SQLite between two questions whether to stop."""
ANOTHER = "请换一个备份文件。"
"""The advice for a backup that can't be used."""
RESTORE = f"请用备份恢复：{COMMAND} restore 备份文件"
"""The advice for a live database that can't be used."""


def beside(path: Path, suffix: str) -> Path:
    """Returns the path of a file that SQLite keeps beside a database; `suffix` is `-wal`, `-shm` or
    `-journal`."""
    return path.with_name(path.name + suffix)


def is_sqlite(path: Path) -> bool:
    """Returns whether a file begins as SQLite's files do. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def needs_wal(path: Path) -> bool:
    """Returns whether a part of the database stands in the `-wal` beside it, as in a copy of a running
    bot's file."""
    wal = beside(path, "-wal")
    if not wal.is_file() or not wal.stat().st_size:
        return False
    with path.open("rb") as file:
        return file.read(20)[18:] == _WAL * 2


@contextmanager
def open_at_rest(path: Path, *, with_wal: bool = False) -> Iterator[sqlite3.Connection]:
    """Yields a connection to a file that nobody writes, such as a backup.

    With `with_wal`, the file and its `-wal` are read in a private copy, since SQLite would make files beside
    the original. Raises sqlite3.Error, OSError.
    """
    if not with_wal:
        with closing(_read_only(path, "&immutable=1")) as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory(prefix="jianggao-") as folder:
        copy = Path(folder) / "copy.db"
        shutil.copyfile(path, copy)
        shutil.copyfile(beside(path, "-wal"), beside(copy, "-wal"))
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            yield connection


@contextmanager
def open_live(path: Path) -> Iterator[sqlite3.Connection]:
    """Yields a connection to one state of a database that a bot, or another program, may be writing.

    A database at rest is read without a file being made beside it. Raises sqlite3.Error.
    """
    with closing(
        _begun(_read_only(path, "&immutable=1")) if _is_at_rest(path) else open_snapshot(path)
    ) as connection:
        yield connection


def _is_at_rest(path: Path) -> bool:
    """Returns whether the file is in WAL mode and has no -wal, since whoever opens such a file makes one.

    A journal beside the file may mean that half a change stands in it.
    """
    if beside(path, "-wal").exists() or beside(path, "-journal").exists():
        return False
    try:
        with path.open("rb") as file:
            return file.read(20)[18:] == _WAL * 2
    except OSError:
        return False


def open_snapshot(path: Path) -> sqlite3.Connection:
    """Returns a connection to one state of a database that may be written at any moment; the caller closes
    it.

    Locks are heeded, and SQLite rolls back a change that was cut off. Where nothing can be written, SQLite
    can't make its files beside the database; nobody else writes it there either, so it is read as it stands,
    but never past a journal or a -wal. Raises sqlite3.Error.
    """
    try:
        return _begun(_connected(path, f"mode={mode_to_read(path)}"))
    except sqlite3.OperationalError:
        if not _is_still(path):
            raise
        return _begun(_connected(path, "mode=ro&immutable=1"))


def mode_to_read(path: Path) -> str:
    """Returns the mode of a URI to read a live file: "ro", or "rw" if a journal lies beside it.

    A journal that a killed program left means that half a change stands in the file, and only who may write
    can roll it back.
    """
    return "rw" if beside(path, "-journal").exists() else "ro"


def _is_still(path: Path) -> bool:
    """Returns whether nobody can write the file, and no journal or -wal holds a part of it."""
    # A part of the database may stand in them, which a reader that takes no lock would miss.
    others = any(beside(path, suffix).exists() for suffix in ("-wal", "-journal"))
    return not others and (mounted_read_only(path.parent) or not os.access(path.parent, os.W_OK))


def _begun(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("BEGIN")
        # BEGIN alone takes no snapshot; the first reading does.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _read_only(path: Path, options: str) -> sqlite3.Connection:
    return _connected(path, f"mode=ro{options}")


def _connected(path: Path, options: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?{options}", uri=True, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    return connection


def check_integrity(path: Path) -> None:
    """Raises DatabaseDamaged unless `path` is a complete database of the bot, DatabaseTooNew if a later
    release wrote it.

    Raises what `explain_error` returns if the file can't be read.
    """
    with explaining_errors(path, RESTORE), closing(_read_only(path, "")) as connection:
        check_open_database(connection, path, RESTORE)


def check_open_database(
    connection: sqlite3.Connection,
    path: Path,
    advice: str = ANOTHER,
    is_stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Does as `check_integrity`, on an open connection; `advice` ends the error's line.

    Raises sqlite3.OperationalError if `is_stopped` says so meanwhile.
    """
    connection.set_progress_handler(is_stopped, _STEPS)
    try:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        numbers = {row[0] for row in connection.execute("SELECT number FROM migrations")}
    finally:
        connection.set_progress_handler(None, 0)
    if verdict != "ok":
        raise DatabaseDamaged(f"{path} 已损坏（{verdict}）。{advice}")
    if numbers - {migration.number for migration in known_migrations()}:
        raise DatabaseTooNew(f"{path} 由更新的版本写成。请先升级程序，再试。")


@contextmanager
def read_live(path: Path, advice: str = ANOTHER) -> Iterator[sqlite3.Connection]:
    """Does as `open_live`, with errors explained as `explaining_errors` does. Raises CannotStart and its
    children."""
    with explaining_errors(path, advice), open_live(path) as connection:
        yield connection


@contextmanager
def explaining_errors(path: Path, advice: str = ANOTHER) -> Iterator[None]:
    """Turns errors of the file and the disk, raised in the block, into expected errors.

    A file that isn't the bot's, or is broken, becomes DatabaseDamaged with `advice`.
    """
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _of(error, path, advice) from error
    except OSError as error:
        expected = explain_error(error, path)
        if expected is None:
            raise
        raise expected from error


def _of(error: sqlite3.Error | UnicodeDecodeError, path: Path, advice: str) -> CannotStart:
    expected = explain_error(error, path)
    # The general line would advise to restore a backup, which is no help where the file is a backup itself.
    if expected is None or isinstance(expected, DatabaseDamaged):
        what = UNREADABLE_NAME if isinstance(error, UnicodeDecodeError) else str(error)
        return DatabaseDamaged(f"{path} 不是完好的讲稿机器人数据库（{what}）。{advice}")
    return expected
