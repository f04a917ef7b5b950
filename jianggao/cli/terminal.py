"""What the verbs of the terminal share: where they work, and how their errors become exit codes.

Exit codes: 0, 1 (found wanting), 2 (wrong use).
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
from jianggao.home import furnish
from jianggao.settings import Settings, load_settings, read_environment

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Terminal:
    """What every verb of the terminal is given."""

    home: Path
    """The folder that relative paths of the settings start at; its `.env` is read."""

    @property
    def settings(self) -> Settings:
        """The settings of `.env` and the environment, defaults where there are none. Raises CannotStart."""
        return load_settings(read_environment(self.env_file, os.environ), self.home)

    @property
    def env_file(self) -> Path:
        """The file of settings, whether or not it exists."""
        return self.home / ".env"

    @asynccontextmanager
    async def application(self, workers: int = 0) -> AsyncIterator[Application]:
        """The opened application, closed at the end. Raises CannotStart."""
        if notice := furnish(self.home, self.settings):
            click.echo(notice, err=True)
        application = await Application.open(self.settings, workers=workers)
        try:
            yield application
        finally:
            await application.close()


def replace_what_cannot_be_shown() -> None:
    """What the terminal's encoding can't hold (✓ in GBK, a Chinese name where the locale is C) becomes a question mark
    instead of ending the verb."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def run_verb(work: Callable[[], Awaitable[T]]) -> T:
    """Run a verb; an expected error is one line and its exit code."""
    try:
        return asyncio.run(_awaited(work))
    except (CannotWrite, CannotRead) as error:
        _end(str(error.explanation), 1)
    except JianggaoError as error:
        _end(str(error), 1 if isinstance(error, (NotFound, CannotStart)) else 2)
    except (sqlite3.Error, OSError) as error:
        settings = _terminal().settings
        told = explain_error(error, settings.database_file, further=settings.logs_and_backups)
        if told is None:
            raise
        _end(str(told), 1)


def _terminal() -> Terminal:
    terminal = click.get_current_context().find_object(Terminal)
    assert terminal is not None
    return terminal


def _end(line: str, code: int) -> NoReturn:
    click.echo(line, err=True)
    sys.exit(code)


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()
