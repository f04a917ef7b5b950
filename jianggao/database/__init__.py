"""One SQLite file: connections, migrations, keys, backup and restore."""

from jianggao.database.backup import back_up
from jianggao.database.connection import Database
from jianggao.database.inspection import check_integrity
from jianggao.database.keys import Keys
from jianggao.database.restoration import restore

__all__ = ["Database", "Keys", "back_up", "check_integrity", "restore"]
