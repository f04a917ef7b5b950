"""Which database a backup is of, told by the ids of keys: no two databases have one in common, and they are never renewed
all at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from jianggao.database.inspection import open_at_rest
from jianggao.database.key_files import keys_beside, named_keys


def read_key_ids(database_file: Path) -> frozenset[str]:
    """The ids of a database's keys: those that it names, or, where it is gone or can't be read, those of the files beside
    its place. Empty where nothing tells. Nothing is changed, not even a -wal: it isn't read, and what it holds of keys
    lies beside the file too."""
    return _named_in(database_file) or frozenset(keys_beside(database_file))


def _named_in(database_file: Path) -> frozenset[str]:
    """The ids that a database names; empty where there is none, or none that can be read."""
    try:
        if not database_file.is_file():
            return frozenset()
        with open_at_rest(database_file) as connection:
            named = named_keys(connection)
    except (sqlite3.Error, OSError, ValueError):
        # A backup is asked for just because the file is damaged or another's: whose place it is the keys beside it tell.
        return frozenset()
    return frozenset([*named.current.values(), *named.retired]) if named.current else frozenset()


def are_of_another(own: frozenset[str], ids: Iterable[str]) -> bool:
    """Whether what has these keys is plainly of another database than the one with `own`."""
    others = frozenset(ids)
    return bool(own and others) and own.isdisjoint(others)
