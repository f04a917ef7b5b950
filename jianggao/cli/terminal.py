"""Gives the verbs what they share: the folder they work in, and how errors become exit codes.

Exit codes: 0 (all well), 1 (something is wrong or missing), 2 (wrong use).
"""

from __future__ import annotations

import asyncio
import io
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from jianggao.application import Application
from jianggao.database.failures import explain_error
from jianggao.errors import CannotRead, CannotStart, CannotWrite, JianggaoError, NotFound
from jianggao.home_folder import furnish
from jianggao.settings import Settings, load_settings, read_environment

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Terminal:
    """What every verb gets from the command line."""

    home: Path
    """The folder that relative paths of the settings start at; its `.env` is read."""

    @property
    def settings(self) -> Settings:
        """Returns the settings of `.env` and the environment, defaults where there are none. Raises
        CannotStart."""
        return load_settings(read_environment(self.env_file, os.environ), self.home)

    @property
    def env_file(self) -> Path:
        """Returns the path of the file of settings, which may not exist."""
        return self.home / ".env"

    @asynccontextmanager
    async def application(self, workers: int = 0) -> AsyncIterator[Application]:
        """Yields the opened application, which is closed at the end. Raises CannotStart."""
        if notice := furnish(self.home, self.settings):
            click.echo(notice, err=True)
        application = await Application.open(self.settings, workers=workers)
        try:
            yield application
        finally:
            await application.close()


def replace_what_cannot_be_shown() -> None:
    """Writes a question mark for what the terminal's encoding can't hold (✓ in GBK, a Chinese name where the
    locale is C).

    Otherwise the character would end the verb.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def run_verb(work: Callable[[], Awaitable[T]]) -> T:
    """Returns the result of a verb; ends the process with one line and an exit code for an expected error."""
    try:
        return asyncio.run(_awaited(work))
    except (CannotWrite, CannotRead) as error:
        _end(str(error.explanation), 1)
    except JianggaoError as error:
        _end(str(error), 1 if isinstance(error, (NotFound, CannotStart)) else 2)
    except (sqlite3.Error, OSError) as error:
        settings = _terminal().settings
        expected = explain_error(error, settings.database_file, deletable_folders=settings.logs_and_backups)
        if expected is None:
            raise
        _end(str(expected), 1)


def _terminal() -> Terminal:
    terminal = click.get_current_context().find_object(Terminal)
    assert terminal is not None
    return terminal


def _end(line: str, code: int) -> NoReturn:
    click.echo(line, err=True)
    sys.exit(code)


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()
