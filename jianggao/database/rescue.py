"""A copy of a database whose file has gone from its path while it is still open: with the process it would be gone."""

from __future__ import annotations

import itertools
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import aiosqlite

from jianggao.database.private_files import private_file, private_folder

logger = logging.getLogger(__name__)


async def rescue(connection: aiosqlite.Connection, path: Path) -> Path | None:
    """Copy all that `connection` sees to a new file beside `path`; gives where, or None where that isn't possible."""
    try:
        private_folder(path.parent)
        target = next(file for file in _names(path) if not file.exists())
        private_file(target)
        with closing(sqlite3.connect(target, check_same_thread=False)) as copy:
            await connection.backup(copy)
    except (sqlite3.Error, OSError) as error:
        logger.warning("what was open could not be saved elsewhere (%s)", type(error).__name__)
        return None
    return target


def rescued_files(path: Path) -> list[Path]:
    """The copies that were made so, the newest last."""
    return list(itertools.takewhile(Path.exists, _names(path)))


def _names(path: Path) -> itertools.chain[Path]:
    return itertools.chain(path.with_name(f"{path.name}.rescued-{number}") for number in itertools.count(1))
