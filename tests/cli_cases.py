"""Runs the verbs of the command line against a library and a database of the test's own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner, Result

import bot

_GRANT = """INSERT INTO ledger (kind, member, by_account, at, duration, note, message)
            VALUES ('grant', ?, '90001', '2026-03-01T00:00:00.000000+00:00', ?, ?, ?)"""


class CommandLine:
    """Types verbs; an unexpected error would come out of `run`."""

    def __init__(self, library: Path, database: Path, **settings: str) -> None:
        self.library, self.database, self.settings = library, database, settings

    def run(self, *words: str, stdin: str = "") -> Result:
        environ = {
            "LIBRARY_DIR": str(self.library),
            "DATABASE_FILE": str(self.database),
            **self.settings,
        }
        return CliRunner(env=environ).invoke(
            bot.command_line, list(words), input=stdin, catch_exceptions=False
        )

    def edit(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    def grant(self, member: str, duration: str = "P1Y0M0W0D", note: str = "") -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute(_GRANT, (member, duration, note, f"{member}{duration}{note}"))

    def key(self, purpose: str) -> Path:
        return self.database.with_name(f"bot.{purpose}.key")
