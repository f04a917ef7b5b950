"""Damages a live database in the ways in which it may be found when an operator restores a backup over it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

Damage = Callable[[Path, random.Random], None]


def _truncated(database: Path, rng: random.Random) -> None:
    content = database.read_bytes()
    database.write_bytes(content[: rng.randint(5_000, len(content) // 2)])


def _zeroed_header(database: Path, rng: random.Random) -> None:
    database.write_bytes(b"\0" * 100 + database.read_bytes()[100:])


def _random_bytes(database: Path, rng: random.Random) -> None:
    database.write_bytes(rng.randbytes(50_000))


def _random_pages(database: Path, rng: random.Random) -> None:
    """Damages pages; the header still looks well."""
    content = bytearray(database.read_bytes())
    for at in range(4_096, len(content), 8_192):
        content[at : at + 4_096] = rng.randbytes(4_096)
    database.write_bytes(content)


def _text_file(database: Path, rng: random.Random) -> None:
    database.write_text("这是一个文本文件。\n" * 100, "utf-8")


def _empty(database: Path, rng: random.Random) -> None:
    database.write_bytes(b"")


def _directory(database: Path, rng: random.Random) -> None:
    database.unlink()
    database.mkdir()
    (database / "kept.txt").write_text("里面的东西", "utf-8")


def _foreign_database(database: Path, rng: random.Random) -> None:
    database.unlink()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
        connection.execute("INSERT INTO songs VALUES ('别人的数据')")
        connection.commit()


def _missing(database: Path, rng: random.Random) -> None:
    database.unlink()


def _foreign_wal(database: Path, rng: random.Random) -> None:
    """Puts a -wal of another database beside it."""
    other = database.with_name("other.db")
    connection = sqlite3.connect(other)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("INSERT INTO t VALUES (zeroblob(20000))")
    connection.commit()
    shutil.copy(other.with_name("other.db-wal"), database.with_name(database.name + "-wal"))
    connection.close()
    other.unlink()


def _unreadable_link(database: Path, rng: random.Random) -> None:
    """Makes it a link to what is not there any more, as of a disk that was unplugged."""
    database.unlink()
    database.symlink_to(database.with_name("unplugged") / "bot.db")


DAMAGES: dict[str, Damage] = {
    "truncated": _truncated,
    "header of zeros": _zeroed_header,
    "random bytes": _random_bytes,
    "every other page random": _random_pages,
    "a text file": _text_file,
    "empty": _empty,
    "a folder": _directory,
    "somebody else's database": _foreign_database,
    "missing": _missing,
    "another's -wal": _foreign_wal,
    "a link that leads nowhere": _unreadable_link,
}


def contents(path: Path) -> object:
    """Returns what is at a path, to be compared later: bytes, a folder's files, where a link leads; None for
    nothing."""
    if path.is_symlink():
        return f"link to {path.readlink()}"
    if path.is_dir():
        return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}
    return path.read_bytes() if path.exists() else None
