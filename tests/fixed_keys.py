"""A database that is still empty, beside keys that are the same in each run: keys alone are the trace of a
lost one."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from jianggao.database.keys import key_file


def begin_with_keys(database_file: Path, keys: Mapping[str, bytes]) -> None:
    """As a first start that was killed before it named its keys leaves it."""
    database_file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(database_file)) as connection:
        connection.execute("CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
    for purpose, key in keys.items():
        key_file(database_file, purpose).write_text(key.hex() + "\n", "ascii")
