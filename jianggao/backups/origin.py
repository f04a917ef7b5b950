"""Finds out which database a backup belongs to, by the ids of keys.

No two databases have a key in common, and their keys are never all renewed at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from jianggao.database.inspection import open_at_rest
from jianggao.database.key_files import keys_beside, named_keys


def read_key_ids(database_file: Path) -> frozenset[str]:
    """Returns the ids of a database's keys: those that it names, or those of the files beside its place if it
    can't be read.

    Empty if neither can be found. Nothing is changed, not even a -wal: it isn't read, and the keys that it
    names lie beside the file too.
    """
    return _named_in(database_file) or frozenset(keys_beside(database_file))


def _named_in(database_file: Path) -> frozenset[str]:
    """Returns the ids that a database names; empty where there is none, or none that can be read."""
    try:
        if not database_file.is_file():
            return frozenset()
        with open_at_rest(database_file) as connection:
            named = named_keys(connection)
    except (sqlite3.Error, OSError, ValueError):
        # Whoever restores a backup mostly has a damaged database: the keys beside it still say which it was.
        return frozenset()
    return frozenset([*named.current.values(), *named.retired]) if named.current else frozenset()


def are_of_another(own: frozenset[str], ids: Iterable[str]) -> bool:
    """Returns whether `ids` plainly belong to another database than the keys in `own`. No, where one of
    them is empty."""
    others = frozenset(ids)
    return bool(own and others) and own.isdisjoint(others)
