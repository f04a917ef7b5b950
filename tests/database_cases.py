"""Databases with ledger entries, and what may happen to their files: deleted, emptied, copied over."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

import pytest
from project_root import ROOT

from jianggao.access import deliveries
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.database import Database, Keys
from jianggao.errors import (
    CannotWrite,
    DatabaseOverwritten,
)
from jianggao.membership import ledger_store
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind

AT = datetime(2026, 3, 18, tzinfo=timezone.utc)


KILLED = """
import asyncio, os, sys
from datetime import datetime, timezone
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from jianggao.database import Database
from database_cases import granted

async def work():
    database = await Database.open(Path(sys.argv[1]))
    for number in range(5):
        await granted(database, str(20001 + number))
    os._exit(9)

asyncio.run(work())
"""


async def granted(database: Database, member: str) -> int:
    async with database.write() as connection:
        entry = await ledger_store.append(
            connection,
            kind=EntryKind.GRANT,
            member=member,
            by="90001",
            at=AT,
            message=f"message for {member}",
            duration=Duration(years=1),
        )
    return entry.number


async def delivered(database: Database) -> None:
    async with database.write() as connection:
        place = Place(PlaceKind.PRIVATE, "20001")
        await deliveries.record_delivery(
            connection, account="20001", version=1, section=None, place=place, form="text", at=AT
        )


def killed_after_five_entries(path: Path) -> None:
    root = ROOT
    ran = subprocess.run([sys.executable, "-c", KILLED, path, root, root / "tests"], check=False)
    assert ran.returncode == 9


def entries(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT member FROM ledger ORDER BY number")]


def emptied(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(0)


def cut_in_half(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def copied_over(source: Path, file: Path) -> None:
    """As `cp` does it: the file keeps its inode."""
    content = source.read_bytes()
    with file.open("r+b") as opened:
        opened.truncate(0)
        opened.write(content)


async def checkpointed(database: Database, kind: str = "TRUNCATE") -> None:
    await database.writer._connection.execute_fetchall(f"PRAGMA wal_checkpoint({kind})")


def checkpoint_of_another(path: Path, kind: str) -> None:
    program = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute(f'PRAGMA wal_checkpoint({sys.argv[2]})')"
    )
    subprocess.run([sys.executable, "-c", program, str(path), kind], check=True)


async def copy_of_another(folder: Path, entries: int = 1) -> Path:
    database = await Database.open(folder / "bot.db")
    await Keys.open(database)
    for number in range(entries):
        await granted(database, str(40001 + number))
    await database.close()
    return database.path


async def refuses(database: Database) -> DatabaseOverwritten:
    """Nothing is acknowledged from now on, and it is noticed by a look too; gives what is told."""
    await database.writer.check_files()
    trouble = database.writer.trouble
    assert isinstance(trouble, DatabaseOverwritten)
    with pytest.raises(CannotWrite, match="数据库文件被改写"):
        await granted(database, "30001")
    assert not await database.writer.try_to_write()
    return trouble


def by_another_process(path: Path, statement: str) -> None:
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "c.execute(sys.argv[2]).fetchall(); c.close()"
    )
    subprocess.run([sys.executable, "-c", program, path, statement], check=True)
