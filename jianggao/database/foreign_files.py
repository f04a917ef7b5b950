"""Refuses files of other programs in the database's place: a mistyped DATABASE_FILE must change nothing of
theirs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from jianggao.database.failure_messages import not_a_database
from jianggao.database.inspection import beside, is_sqlite, open_at_rest, open_snapshot
from jianggao.database.restore_exchange import is_unfinished
from jianggao.database.unusable_places import require_usable
from jianggao.errors import NotADatabase


def require_no_foreign_file(path: Path) -> None:
    """Raises NotADatabase if another program's file stands at `path`, FolderUnusable if no file can stand
    there.

    The file is only read: no mode, no journal and no lock beside it is changed. A file that is damaged,
    locked or empty passes, since the next steps have a better message for it. Raises OSError.
    """
    require_usable(path)
    if not path.exists() or not path.stat().st_size or is_unfinished(path):
        return  # in the middle of a restore what stands there is on its way out
    if not is_sqlite(path):
        raise not_a_database(path)
    tables = _tables(path)
    if tables and "migrations" not in tables:
        raise NotADatabase(f"{path} 是别的程序的数据库。请检查 DATABASE_FILE，换一个文件名。")


def _tables(path: Path) -> set[str]:
    """Returns the names of the file's tables; none where they can't be read."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
    try:
        with open_at_rest(path) as connection:
            tables = {str(row[0]) for row in connection.execute(sql)}
        if "migrations" in tables or not (beside(path, "-wal").exists() or beside(path, "-journal").exists()):
            return tables
        with closing(open_snapshot(path)) as connection:  # what was made last may be in the -wal alone
            return {str(row[0]) for row in connection.execute(sql)}
    except (sqlite3.Error, ValueError):
        return set()
