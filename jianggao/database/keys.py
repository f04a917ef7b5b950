"""Makes, loads and renews the three independent random keys beside the database (docs/rules.md, Membership).

Each key lies in a file of its own, mode 600, and has an id (a hash of it) that is stored in the database.
Only a database that names no key yet makes keys; one that names a key whose file is missing refuses to start.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jianggao.database.connection import Database
from jianggao.database.key_files import PURPOSES, key_file, key_files, key_id, read_key, retired_file
from jianggao.database.private_files import copy_privately, fsync
from jianggao.errors import KeyMissing

KEY_BYTES = 32

__all__ = ["KEY_BYTES", "PURPOSES", "Keys", "key_file", "key_files", "key_id", "retired_file"]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a database, 32 bytes each."""

    previews: bytes
    """Decides which sections are previews."""
    codes: bytes
    """Hashes redeem codes, and seals the ledger and the manifests of backups."""
    marks: bytes
    """Marks the copies that leave."""
    retired_marks: Mapping[str, bytes] = field(default_factory=dict)
    """Earlier marks keys by id: copies that left under them are read with them."""

    @property
    def marks_id(self) -> str:
        """Returns the id of the current marks key, as delivery records name it."""
        return key_id(self.marks)

    def marks_key(self, named: str) -> bytes:
        """Returns the marks key with an id, the current one or a retired one. Raises KeyMissing."""
        found = {self.marks_id: self.marks, **self.retired_marks}.get(named)
        if found is None:
            raise KeyMissing(f"缺少标记密钥 {named} 的文件，认不出那时发出的副本。请从备份里放回来。")
        return found

    @classmethod
    async def open(cls, database: Database, random_bytes: Callable[[int], bytes] = os.urandom) -> Keys:
        """Returns the keys of this database, made now if it names none. Raises KeyMissing, naming the file
        to bring."""
        async with database.read() as connection:
            rows = await connection.execute_fetchall("SELECT purpose, key_id FROM keys")
        named = {row["purpose"]: row["key_id"] for row in rows}
        if not named:
            named = await _make(database, random_bytes)
        _undo_broken_renewal(database.path, named["marks"])
        keys = {purpose: load_key(database.path, purpose, named[purpose]) for purpose in PURPOSES}
        return cls(**keys, retired_marks=await _retired(database))

    @classmethod
    async def renew_marks(
        cls, database: Database, at: str, random_bytes: Callable[[int], bytes] = os.urandom
    ) -> Path:
        """Makes a new marks key, keeps the old one under its id, and returns the old key's path.

        Killed between any two steps, the next start finds the old key in force, or the new one.
        """
        keys = await cls.open(database)
        path = key_file(database.path, "marks")
        kept = retired_file(database.path, keys.marks_id)
        copy_privately(path, kept)
        fsync(kept)
        new = random_bytes(KEY_BYTES)
        waiting = path.with_name(path.name + ".new")
        _write(waiting, new)
        # The file takes its place inside the transaction: killed before the commit, the next start undoes it.
        async with database.write() as connection:
            await connection.execute(
                "INSERT INTO retired_mark_keys (key_id, retired_at) VALUES (?, ?)", (keys.marks_id, at)
            )
            await connection.execute("UPDATE keys SET key_id = ? WHERE purpose = 'marks'", (key_id(new),))
            waiting.replace(path)
        return kept


async def _make(database: Database, random_bytes: Callable[[int], bytes]) -> dict[str, str]:
    """Writes the key files first, then names them in the database: killed in between, the next start takes
    the files that it finds."""
    keys = {purpose: _load_or_create(key_file(database.path, purpose), random_bytes) for purpose in PURPOSES}
    named = {purpose: key_id(key) for purpose, key in keys.items()}
    async with database.write() as connection:
        await connection.executemany("INSERT INTO keys (purpose, key_id) VALUES (?, ?)", named.items())
    return named


def _undo_broken_renewal(database_file: Path, named: str) -> None:
    """Puts the old marks key back in its place if a renewal ended before its commit.

    Such a renewal leaves the key in force as a retired one, and in its place a key that marked nothing yet.
    """
    place, kept = key_file(database_file, "marks"), retired_file(database_file, named)
    if key_id(read_key(place)) != named and key_id(read_key(kept)) == named:
        kept.replace(place)


def _load_or_create(path: Path, random_bytes: Callable[[int], bytes]) -> bytes:
    """Returns the key in the file; makes the file with a new key if there is none. Raises KeyMissing for a
    file that holds none."""
    # A start that was killed before it named its keys has left this file.
    if path.exists():
        key = read_key(path)
        if len(key) == KEY_BYTES:
            return key
        raise KeyMissing(f"{path} 里不是密钥。请把它移到别处；有它的备份就把同名文件放回来，再启动。")
    key = random_bytes(KEY_BYTES)
    temporary = path.with_name(path.name + ".new")
    _write(temporary, key)
    temporary.replace(path)
    return key


def _write(path: Path, key: bytes) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


async def _retired(database: Database) -> dict[str, bytes]:
    """Returns the retired marks keys whose files are there; a missing or damaged one is asked for only
    when it is needed."""
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT key_id FROM retired_mark_keys")
    found = {}
    for row in rows:
        path = retired_file(database.path, row["key_id"])
        key = read_key(path)
        if key_id(key) == row["key_id"]:
            found[row["key_id"]] = key
    return found


def load_key(database_file: Path, purpose: str, named: str) -> bytes:
    """Returns the key for `purpose` with the id `named`. Raises KeyMissing, naming the file to bring."""
    path = key_file(database_file, purpose)
    key = read_key(path)
    if key_id(key) != named:
        raise KeyMissing(
            f"缺少密钥文件 {path}（编号 {named}），或它不是这个数据库的。请把备份里的同名文件放回数据库旁边再启动。"
        )
    return key
