"""A database in SQLite's older journal mode, and a change of it that another program left half done."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from jianggao.database import Database, Keys

_CUT_OFF = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN EXCLUSIVE")
connection.execute("UPDATE filling SET content = 'half' || content")
os._exit(9)
"""


async def older_mode(folder: Path) -> Path:
    """Returns a database in SQLite's older mode, as another program may have left it."""
    database = await Database.open(folder / "data" / "bot.db")
    await Keys.open(database)
    async with database.write() as connection:
        await connection.execute("CREATE TABLE filling (content)")
        await connection.executemany("INSERT INTO filling VALUES (?)", [("x" * 3_000,)] * 300)
    await database.close()
    with closing(sqlite3.connect(database.path)) as plain:
        plain.execute("PRAGMA journal_mode = DELETE")
    return database.path


def cut_off(path: Path) -> None:
    """Another program's change, killed when a part of it is in the file."""
    subprocess.run([sys.executable, "-c", _CUT_OFF, path])
