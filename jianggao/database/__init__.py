"""Keeps one SQLite file: connections, migrations, keys, and the errors of the file and the disk below it."""

from jianggao.database.connection import Database
from jianggao.database.inspection import check_integrity
from jianggao.database.keys import Keys

__all__ = ["Database", "Keys", "check_integrity"]
