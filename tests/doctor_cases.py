"""An installation in order for the doctor's tests: made once, copied for each test that damages it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

from speech_texts import write_library

from jianggao.application import Application
from jianggao.doctor import Finding, examine, mend
from jianggao.doctor.mending import MendResult
from jianggao.settings import Settings, load_settings

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
_LEDGER = """INSERT INTO ledger (kind, member, by_account, at, duration, note, target, message)
             VALUES ('grant', ?, '90001', '2026-01-01T00:00:00.000000+00:00', 'P1Y0M0W0D', '', NULL, ?)"""
_DELIVERY = """INSERT INTO deliveries (at, account, version, place, chat, form, outcome)
               VALUES ('2026-02-01T00:00:00.000000+00:00', ?, 1, 'private', ?, 'text', 'delivered')"""


RESTORE = "python bot.py restore"
MEND = "doctor --mend"


class Installation:
    """A database, its keys and its library in a folder of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "data" / "bot.db"
        self.library = folder / "library"

    @property
    def settings(self) -> Settings:
        return load_settings({"LIBRARY_DIR": str(self.library), "DATABASE_FILE": str(self.database)})

    def edit(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql).fetchall()

    async def examine(self, *, quick: bool = False) -> list[Finding]:
        return await examine(self.settings, quick=quick, now=lambda: NOW)

    async def wrong(self, *, quick: bool = False) -> list[str]:
        return wrong_in(await self.examine(quick=quick))

    async def mend(self, *, rebuild: bool = False) -> MendResult:
        return await mend(self.settings, rebuild=rebuild, now=lambda: NOW)


def wrong_in(findings: Iterable[Finding]) -> list[str]:
    """All that is wrong, line by line."""
    return [line for finding in findings for line in finding.wrong]


async def open_application(installation: Installation) -> Application:
    """The opened application, as on the day of these tests."""
    return await Application.open(
        installation.settings,
        clock=lambda: NOW,
        rng=random.Random(1),
        random_bytes=random.Random(1).randbytes,
        workers=0,
    )


async def import_all(installation: Installation) -> None:
    """Bring the database in step with the library."""
    application = await open_application(installation)
    try:
        await application.importer.run()
    finally:
        await application.close()


async def make_installation(folder: Path) -> Installation:
    """A small library, members and deliveries, all in order."""
    installation = Installation(folder)
    write_library(installation.library)
    await import_all(installation)
    with closing(sqlite3.connect(installation.database)) as connection:
        for at in range(40):
            connection.execute(_LEDGER, (str(20_000 + at % 7), f"m{at}"))
            connection.execute(_DELIVERY, (str(20_000 + at % 7),) * 2)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return installation


def copy_of(installation: Installation, folder: Path) -> Installation:
    """The same in another folder."""
    shutil.copytree(installation.folder, folder)
    return Installation(folder)


async def assert_told(installation: Installation, statement: str, said: str, way: str) -> None:
    """Damage the database by `statement`: a line then says what is wrong (`said`) and what to do (`way`)."""
    installation.edit(statement)
    wrong = await installation.wrong()
    assert [line for line in wrong if said in line and way in line], wrong


PAGE = 4096


LEDGER = "SELECT * FROM ledger ORDER BY number"


DELIVERIES = "SELECT * FROM deliveries ORDER BY id"


def pages_of(installation: Installation, name: str) -> list[int]:
    with closing(sqlite3.connect(installation.database)) as connection:
        return [row[0] for row in connection.execute("SELECT pageno FROM dbstat WHERE name = ?", (name,))]


def wipe(installation: Installation, name: str) -> None:
    """Fill each page of a table or index with bytes that are none of SQLite's."""
    content = bytearray(installation.database.read_bytes())
    for page in pages_of(installation, name):
        content[(page - 1) * PAGE : page * PAGE] = b"\xa5" * PAGE
    installation.database.write_bytes(bytes(content))
