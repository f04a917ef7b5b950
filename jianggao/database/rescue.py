"""Copies a database whose file has gone from its path while it is still open: with the process its data
would be gone."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import aiosqlite

from jianggao.database.acknowledged_entries import AcknowledgementNote, require_entries_in_copy
from jianggao.database.inspection import check_open_database, open_at_rest
from jianggao.database.private_files import private_file, private_folder
from jianggao.errors import CannotStart

logger = logging.getLogger(__name__)


async def rescue_copy(connection: aiosqlite.Connection, path: Path) -> Path | None:
    """Copies all that `connection` sees to a new file beside `path`, and returns its path; None where that
    isn't possible."""
    target = None
    try:
        private_folder(path.parent)
        target = _free(_names(path))
        private_file(target)
        with closing(sqlite3.connect(target, check_same_thread=False)) as copy:
            await connection.backup(copy)
    except (sqlite3.Error, OSError) as error:
        logger.warning("what was open could not be saved elsewhere (%s)", type(error).__name__)
        if target is not None:
            with suppress(OSError):  # it isn't there, or the disk doesn't take anything
                target.unlink()
        return None
    return target


async def rescue_overwritten(
    connection: aiosqlite.Connection, path: Path, newest: AcknowledgementNote
) -> tuple[Path | None, bool]:
    """Does as `rescue_copy` for a file that was itself written over; returns the copy and whether it is
    sound.

    SQLite still has much of what stood in the file in memory and in the -wal. The copy is sound if it passes
    SQLite's check and has the entries of `newest`; if not, it gets another name.
    """
    target = await rescue_copy(connection, path)
    # The copy may be whole for SQLite and yet lack what was acknowledged: both are checked.
    if target is None or await asyncio.to_thread(_is_sound, target, newest):
        return target, target is not None
    try:
        return target.replace(_free(_numbered(f"{path.name}.incomplete", path))), False
    except OSError as error:
        logger.warning("what could be saved could not be renamed (%s)", type(error).__name__)
        return None, False


def move_log_aside(path: Path) -> None:
    """Renames the -wal: the next program that opens `path` would bring it into another file than its own."""
    log = path.with_name(path.name + "-wal")
    try:
        if log.exists():
            log.replace(_free(_numbered(f"{path.name}.old-wal", path)))
    except OSError as error:
        logger.warning("the -wal could not be moved aside (%s)", type(error).__name__)


def _is_sound(copy: Path, newest: AcknowledgementNote) -> bool:
    try:
        with open_at_rest(copy) as connection:
            check_open_database(connection, copy)
            require_entries_in_copy(connection, newest, copy)
    except (sqlite3.Error, OSError, UnicodeDecodeError, CannotStart) as error:
        logger.warning("what could be saved isn't sound (%s)", type(error).__name__)
        return False
    return True


def rescued_files(path: Path) -> list[Path]:
    """Returns the copies that `rescue_copy` made, the newest last."""
    return list(itertools.takewhile(Path.exists, _names(path)))


def _names(path: Path) -> Iterator[Path]:
    return _numbered(f"{path.name}.rescued", path)


def _numbered(name: str, path: Path) -> Iterator[Path]:
    """Yields paths beside `path`: the name with -1, -2 and so on behind it."""
    return (path.with_name(f"{name}-{number}") for number in itertools.count(1))


def _free(names: Iterator[Path]) -> Path:
    """Returns the first of the paths at which nothing stands."""
    return next(file for file in names if not os.path.lexists(file))
