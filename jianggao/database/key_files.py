"""Finds key files: where they lie, which keys a database names, and which file holds which key.

Keys are recognised by id, whatever their files are called. This module reads only, with plain connections:
backups and restores look at files that aren't the running bot's.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from glob import escape
from pathlib import Path

PURPOSES = ("previews", "codes", "marks")
"""What the three keys are for; a database has all of them or none."""


def key_file(database_file: Path, purpose: str) -> Path:
    """Returns the path of the key for `purpose`: `bot.db` has `bot.previews.key`."""
    return database_file.with_name(f"{database_file.stem}.{purpose}.key")


def retired_file(database_file: Path, named: str) -> Path:
    """Returns the path of a retired marks key with the id `named`: `bot.marks.<id>.key`."""
    return key_file(database_file, f"marks.{named}")


def key_files(database_file: Path) -> list[Path]:
    """Returns all key files that exist beside a database, retired ones too: what a backup must hold."""
    current = [key_file(database_file, purpose) for purpose in PURPOSES]
    retired = sorted(database_file.parent.glob(f"{escape(database_file.stem)}.marks.*.key"))
    return [path for path in [*current, *retired] if path.exists()]


def key_id(key: bytes) -> str:
    """Returns 16 hexadecimal digits that tell keys apart without giving them away."""
    return hashlib.sha256(b"jianggao key id\0" + key).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class NamedKeys:
    """The ids of the keys that a database names."""

    current: Mapping[str, str]
    """Ids by purpose. Empty while the database has made no keys yet."""
    retired: tuple[str, ...] = ()
    """Ids of earlier marks keys. The bot runs without their files, but doesn't recognise copies that were
    made under them."""

    def files(self, database_file: Path) -> Iterator[tuple[str, Path]]:
        """Yields each id with the path of its key beside `database_file`, current keys first."""
        for purpose in PURPOSES:
            if purpose in self.current:
                yield self.current[purpose], key_file(database_file, purpose)
        for named in self.retired:
            yield named, retired_file(database_file, named)


def named_keys(connection: sqlite3.Connection) -> NamedKeys:
    """Returns the keys that a database names. Raises sqlite3.Error."""
    current = dict(connection.execute("SELECT purpose, key_id FROM keys"))
    retired: list[str] = []
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'retired_mark_keys'").fetchone():
        retired = [
            row[0] for row in connection.execute("SELECT key_id FROM retired_mark_keys ORDER BY retired_at")
        ]
    return NamedKeys(current, tuple(retired))


def keys_beside(database_file: Path) -> dict[str, Path]:
    """Returns the key files beside a database, or beside a backup, by the ids of the keys in them."""
    return {key_id(key): path for path in key_files(database_file) if (key := read_key(path))}


def read_key(path: Path) -> bytes:
    """Returns the key in a file; empty where there is none."""
    try:
        return bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError):
        return b""
