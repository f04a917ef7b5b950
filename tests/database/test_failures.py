"""Each trouble of the file, the folder and the disk is one Chinese line by its cause."""

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from foreign_lock import held_by_another
from small_disks import fill
from told_failures import error_of, told

from jianggao.backups.backup import unfinished_folder
from jianggao.database.failures import explain_error
from jianggao.errors import (
    CannotStart,
    DatabaseDamaged,
    DatabaseGone,
    DatabaseLocked,
    DatabaseReadOnly,
    DiskFailing,
    DiskFull,
    FolderUnusable,
    NotADatabase,
)

FILL = """
import sqlite3, sys
from pathlib import Path
from jianggao.database.failures import explain_error
path = Path(sys.argv[1])
if sys.argv[2] != "0":
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
connection = sqlite3.connect(path, isolation_level=None)
connection.execute("PRAGMA journal_mode = " + sys.argv[3])
connection.execute("CREATE TABLE notes (text)")
try:
    for _ in range(10_000):
        connection.execute("INSERT INTO notes VALUES (randomblob(10000))")
except sqlite3.Error as error:
    told = explain_error(error, path)
    print(type(told).__name__, told)
"""


def made(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (text TEXT)")
        connection.commit()
    return path


def filled(path: Path, limit: int, journal: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", FILL, path, str(limit), journal], capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_limit_on_the_size_of_files_is_told_as_such(tmp_path: Path, journal: str) -> None:
    line = filled(tmp_path / "bot.db", 500_000, journal)
    assert line.startswith("DiskFull ")
    assert "500 KB" in line and "ulimit" in line
    assert "restore" not in line


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_full_disk_says_how_much_is_left_and_what_can_go(small_disk: Path, journal: str) -> None:
    part = unfinished_folder(small_disk / "copy.db.20260101120000", small_disk / "bot.db")
    part.mkdir()
    (part / "copy.db").write_bytes(bytes(5000))
    kept = [small_disk / f"bot.db.before-restore-2026010{day}-120000" for day in (1, 2)]
    for day, folder in enumerate(kept):
        folder.mkdir()
        (folder / "bot.db").write_bytes(bytes(1000))
        os.utime(folder, (day, day))
    (small_disk / "film.mkv.part").write_bytes(bytes(5000))
    (small_disk / "other.db").write_bytes(bytes(5000))
    line = filled(small_disk / "bot.db", 0, journal)
    assert line.startswith("DiskFull ")
    assert "还剩" in line and "KB" in line
    assert f"没写完的备份 {part}（5 KB）" in line
    assert f"{kept[0]} 等 2 个（2 KB）" in line
    assert "film" not in line and "other.db" not in line
    assert "bot.py restore" not in line


def test_no_room_for_a_new_file_is_a_full_disk(small_disk: Path) -> None:
    fill(small_disk)
    path = small_disk / "bot.db"
    assert "bot.db 写不进去" in told(error_of(path, "CREATE TABLE notes (text)"), path, DiskFull)


def test_a_lock_says_whose_it_is_and_that_nothing_is_broken(tmp_path: Path) -> None:
    path = made(tmp_path / "bot.db")
    with held_by_another(path) as holder:
        line = told(error_of(path), path, DatabaseLocked)
    assert "没有坏" in line and "restore" not in line
    if sys.platform.startswith("linux"):
        assert f"进程 {holder}" in line


def test_a_lock_of_this_process_names_no_other(tmp_path: Path) -> None:
    path = made(tmp_path / "bot.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as own:
        own.execute("BEGIN EXCLUSIVE")
        assert "进程" not in told(error_of(path), path, DatabaseLocked)


def test_what_can_only_be_read_is_told_as_such(tmp_path: Path) -> None:
    path = made(tmp_path / "bot.db")
    line = told(error_of(f"{path.as_uri()}?mode=ro", uri=True), path, DatabaseReadOnly)
    assert "只能读" in line and "restore" not in line


def test_a_disk_mounted_for_reading_alone_is_told_as_such(small_disk: Path) -> None:
    path = made(small_disk / "bot.db")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    line = told(error_of(path), path, DatabaseReadOnly)
    assert "磁盘是只读的" in line


def test_a_text_in_the_databases_place_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_text("这不是数据库。" * 1000, encoding="utf-8")
    assert "DATABASE_FILE" in told(error_of(path), path, NotADatabase)


def test_a_broken_page_is_damage(tmp_path: Path) -> None:
    path = made(tmp_path / "bot.db")
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    assert "restore" in told(error_of(path), path, DatabaseDamaged)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, DatabaseReadOnly),
        (errno.EIO, DiskFailing),
        (errno.EACCES, FolderUnusable),
        (errno.EPERM, FolderUnusable),
        (errno.ENAMETOOLONG, FolderUnusable),
    ],
)
def test_errors_of_the_system_by_their_number(tmp_path: Path, number: int, kind: type[CannotStart]) -> None:
    path = tmp_path / "bot.db"
    assert str(path) in told(OSError(number, os.strerror(number), str(path)), path, kind) or kind is DiskFull


def test_a_missing_folder_above_is_told_and_another_missing_file_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "data" / "bot.db"
    told(FileNotFoundError(errno.ENOENT, "", str(path.parent)), path, FolderUnusable)
    assert explain_error(FileNotFoundError(errno.ENOENT, "", str(tmp_path / "other")), path) is None


def test_an_error_of_the_disk_asks_for_the_disk_and_not_for_a_restore(tmp_path: Path) -> None:
    line = told(sqlite3.OperationalError("disk I/O error"), tmp_path / "bot.db", DiskFailing)
    assert "dmesg" in line and "restore" not in line


@pytest.mark.parametrize(
    ("message", "kind", "words"),
    [
        ("database or disk is full", DiskFull, "磁盘满了"),
        ("database is locked", DatabaseLocked, "被别的程序锁住了"),
        ("attempt to write a readonly database", DatabaseReadOnly, "只能读"),
        ("file is not a database", NotADatabase, "不是数据库文件"),
        ("database disk image is malformed", DatabaseDamaged, "坏了"),
        ("malformed database schema (notes)", DatabaseDamaged, "坏了"),
        ("unable to open database file", FolderUnusable, "打不开"),
    ],
)
def test_without_sqlites_own_name_the_message_tells(
    tmp_path: Path, message: str, kind: type[CannotStart], words: str
) -> None:
    """Python 3.10 gives no more than the message."""
    path = made(tmp_path / "bot.db")
    assert words in told(sqlite3.OperationalError(message), path, kind)


def test_a_moved_file_is_gone(tmp_path: Path) -> None:
    path = made(tmp_path / "bot.db")
    error = sqlite3.OperationalError("attempt to write a readonly database")
    error.sqlite_errorname = "SQLITE_READONLY_DBMOVED"  # type: ignore[misc]
    assert "另一个文件" in told(error, path, DatabaseGone)
    path.unlink()
    assert "不见了" in told(error, path, DatabaseGone)


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("no such table: notes"),
        sqlite3.IntegrityError("UNIQUE constraint failed"),
        sqlite3.OperationalError("interrupted"),
        sqlite3.OperationalError("database table is locked"),
        ConnectionResetError(errno.ECONNRESET, "reset"),
        ValueError("x"),
    ],
)
def test_other_errors_are_not_explained(tmp_path: Path, error: Exception) -> None:
    assert explain_error(error, tmp_path / "bot.db") is None


MOST = """
import os, resource, sys
from pathlib import Path
import aiosqlite, asyncio
from jianggao.database import Database
from jianggao.errors import JianggaoError
async def many(path):
    opened = []
    for _ in range(100):
        opened.append(await Database.open(path.with_name(f"{len(opened)}.db")))
try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[2]), int(sys.argv[2])))
    asyncio.run(many(Path(sys.argv[1])))
except JianggaoError as error:
    print(type(error).__name__, error, flush=True)
    os._exit(0)  # the threads of the databases that were opened don't end by themselves
"""


@pytest.mark.parametrize("most", [10, 12, 15, 60])
def test_too_many_open_files_are_told_as_such(tmp_path: Path, most: int) -> None:
    """SQLite says that it can't open the file, as where it may not."""
    ended = subprocess.run(
        [sys.executable, "-c", MOST, tmp_path / "bot.db", str(most)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.stdout.startswith("TooManyOpenFiles 打开的文件太多") and f"最多 {most} 个" in ended.stdout
    assert "权限" not in ended.stdout


def test_an_explained_error_stays_as_it_is(tmp_path: Path) -> None:
    error = DatabaseDamaged("x")
    assert explain_error(error, tmp_path / "bot.db") is error
