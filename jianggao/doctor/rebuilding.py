"""Makes parts of the file anew: tables that are made of the texts, indexes, triggers.

A damaged table can't be dropped (SQLite walks its pages to free them), so its name is taken out of the schema
and VACUUM writes the file anew from all the other tables:
https://www.sqlite.org/pragma.html#pragma_writable_schema
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from jianggao.database.disk import SPARE, format_size, free_bytes
from jianggao.database.private_files import private_file
from jianggao.doctor import bigram_tables, damage, schema
from jianggao.doctor.damage import DERIVED
from jianggao.doctor.finding import CheckContext, open_to_read
from jianggao.errors import DiskFull
from jianggao.install_paths import COMMAND
from jianggao.library.index import GRAM_TABLES


def open_to_write(path: Path) -> sqlite3.Connection:
    """Returns a connection outside any transaction. Raises sqlite3.Error."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA busy_timeout = 10000")
    return connection


def complete_schema(connection: sqlite3.Connection) -> list[str]:
    """Creates the missing tables that are made of the texts, indexes and triggers, as the migrations do;
    returns their names.

    What stands stays. Raises sqlite3.Error for a unique index that the rows don't allow any more.
    """
    applied = frozenset(row[0] for row in connection.execute("SELECT number FROM migrations"))
    found = schema.differences(connection, applied)
    there = {name for _, name in schema.read_schema(connection)}
    made = []
    for part in [*found.derived, *found.indexes, *found.triggers]:
        # Something else stands there under its name: a trigger that does nothing any more, for one.
        if part.name in there and part.kind != "table":
            connection.execute(f"DROP {part.kind.upper()} {part.name}")
        connection.execute(part.sql)
        made.append(part.name)
    return made


def remake_damaged(context: CheckContext) -> list[str]:
    """Makes the damaged parts anew that can be; returns Chinese lines on what was done.

    Nothing is touched where a table is damaged that only a backup has. Raises sqlite3.Error, OSError; then
    the file is what it was.
    """
    with closing(open_to_read(context.path)) as connection:
        found = damage.find_damage(connection, quick=False)
        if found is None:
            tables = [table.name for table in bigram_tables.compare(connection) if table.cannot_be_read]
            found = damage.Damage("", derived=tables) if tables else None
    if found is None or found.lost:
        return []
    _require_room(context.path)
    kept = _copied_aside(context)
    try:
        _take_out(context.path, found.derived, found.indexes)
        with closing(open_to_write(context.path)) as connection:
            made = complete_schema(connection)
            whole = damage.find_damage(connection, quick=False) is None
        # What SQLite found broken was something else: the copy goes back.
        if not whole:
            raise sqlite3.DatabaseError("database disk image is malformed")
    except (sqlite3.Error, OSError, ValueError):
        _put_back(context.path, kept)
        # The file is what it was: a copy of it would only fill the disk, once for each try.
        _delete(kept)
        raise
    return [
        f"整理了数据库文件；原来的留在 {kept}，确认没问题后可以删",
        *(f"重新加上了 {name}" for name in made),
    ]


def _require_room(path: Path) -> None:
    """Raises DiskFull unless there is room for a copy, and for the file's new form and its journal."""
    size = sum(file.stat().st_size for file in (path, path.with_name(path.name + "-wal")) if file.exists())
    if free_bytes(path) < 3 * size + SPARE:
        raise DiskFull(
            f"要 {format_size(3 * size + SPARE)}，磁盘只剩 {format_size(free_bytes(path))}。什么也没有动。"
            f"请腾出空间，再运行 {COMMAND} doctor --mend。"
        )


def _copied_aside(context: CheckContext) -> Path:
    """Copies the file, with its -wal, under a name of its own; returns the copy, which is complete or not
    there. Raises OSError."""
    at = context.now.astimezone(context.settings.timezone)
    kept = context.path.with_name(f"{context.path.name}.before-mend-{at:%Y%m%d-%H%M%S}")
    try:
        for suffix in ("", "-wal"):
            source = context.path.with_name(context.path.name + suffix)
            if source.exists():
                target = kept.with_name(kept.name + suffix)
                private_file(target)
                shutil.copyfile(source, target)
    except BaseException:
        _delete(kept)
        raise
    return kept


def _delete(kept: Path) -> None:
    for suffix in ("", "-wal"):
        kept.with_name(kept.name + suffix).unlink(missing_ok=True)


def _put_back(path: Path, kept: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(kept, path)
    wal = kept.with_name(kept.name + "-wal")
    if wal.exists():
        shutil.copyfile(wal, path.with_name(path.name + "-wal"))


def _take_out(path: Path, tables: Iterable[str], indexes: Iterable[str]) -> None:
    """Takes the tables that are made of the texts, and these indexes, out of the schema, and writes the rest
    anew."""
    names = set(indexes)
    for table in tables:
        grams = next((name for name in GRAM_TABLES if table == name or table.startswith(f"{name}_")), table)
        names |= {grams, *(name for name in DERIVED if name.startswith(f"{grams}_"))}
    with closing(open_to_write(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "DELETE FROM sqlite_master WHERE name = ?1 OR (tbl_name = ?1 AND ?2)",
            [(name, name in DERIVED) for name in names],
        )
        connection.execute("COMMIT")
    with closing(open_to_write(path)) as connection:
        connection.execute("VACUUM")
