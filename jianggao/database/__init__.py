"""One SQLite file: connections, migrations, keys, backup and restore."""

from jianggao.database.backup import back_up, check_integrity, restore
from jianggao.database.connection import Database
from jianggao.database.keys import Keys

__all__ = ["Database", "Keys", "back_up", "check_integrity", "restore"]
