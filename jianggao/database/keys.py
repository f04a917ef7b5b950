"""Three independent random keys beside the database (docs/rules.md, Membership).

Each lies in a file of its own, mode 600, and has an id (a hash of it) stored in the database. Only a database
that names no key yet makes keys; one that names a key whose file is missing refuses to start.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jianggao.database.connection import Database
from jianggao.errors import KeyMissing

KEY_BYTES = 32
PURPOSES = ("previews", "codes", "marks")


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys, 32 bytes each: which sections are previews, hashes of redeem codes, marks in copies."""

    previews: bytes
    codes: bytes
    marks: bytes

    @classmethod
    async def open(cls, database: Database, random_bytes: Callable[[int], bytes] = os.urandom) -> Keys:
        """The keys of this database; made now if it names none. Raises KeyMissing, naming the file to bring."""
        async with database.read() as connection:
            rows = await connection.execute_fetchall("SELECT purpose, key_id FROM keys")
        named = {row["purpose"]: row["key_id"] for row in rows}
        if not named:
            named = await _make(database, random_bytes)
        return cls(**{purpose: _load(database.path, purpose, named[purpose]) for purpose in PURPOSES})


def key_file(database_file: Path, purpose: str) -> Path:
    """Where the key for `purpose` lies: `bot.db` has `bot.previews.key`."""
    return database_file.with_name(f"{database_file.stem}.{purpose}.key")


def key_id(key: bytes) -> str:
    """Tells keys apart without giving them away."""
    return hashlib.sha256(b"jianggao key id\0" + key).hexdigest()[:16]


async def _make(database: Database, random_bytes: Callable[[int], bytes]) -> dict[str, str]:
    """Write the files first, then name them: killed between, the next start takes the files it finds."""
    keys = {purpose: _load_or_create(key_file(database.path, purpose), random_bytes) for purpose in PURPOSES}
    named = {purpose: key_id(key) for purpose, key in keys.items()}
    async with database.write() as connection:
        await connection.executemany("INSERT INTO keys (purpose, key_id) VALUES (?, ?)", named.items())
    return named


def _load_or_create(path: Path, random_bytes: Callable[[int], bytes]) -> bytes:
    if path.exists():
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        if len(key) == KEY_BYTES:
            return key
    key = random_bytes(KEY_BYTES)
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    return key


def _load(database_file: Path, purpose: str, named: str) -> bytes:
    path = key_file(database_file, purpose)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if key_id(key) != named:
        raise KeyMissing(
            f"缺少密钥文件 {path}（编号 {named}），或它不是这个数据库的。请把备份里的同名文件放回数据库旁边再启动。"
        )
    return key
