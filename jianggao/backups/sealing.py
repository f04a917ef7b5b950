"""Seals the live ledger: at the start, at the end, and with each daily backup."""

from __future__ import annotations

import logging
import sqlite3
from datetime import datetime
from pathlib import Path

from jianggao.backups import ledger_seals
from jianggao.clock import to_text
from jianggao.database import Database, Keys
from jianggao.database.foreign_files import require_no_foreign_file
from jianggao.database.inspection import RESTORE, read_live
from jianggao.database.key_files import named_keys
from jianggao.database.keys import load_key
from jianggao.errors import JianggaoError

_log = logging.getLogger(__name__)


async def seal_ledger(database: Database, keys: Keys, at: datetime) -> None:
    """Seals the ledger up to its last row, if that isn't sealed yet.

    What keeps the seal from being written is logged: the next time seals these rows too.
    """
    key = ledger_seals.key_of_seals(keys.codes)
    try:
        due = await database.run_in_snapshot(lambda snapshot: ledger_seals.due_seal(snapshot.connection, key))
        if due is not None:
            async with database.write() as connection:
                await connection.execute(ledger_seals.INSERT_SEAL, (to_text(at), *due, 0))
    except (sqlite3.Error, OSError, JianggaoError) as error:
        _log.warning("the ledger could not be sealed: %s", type(error).__name__)


def require_keys(database_file: Path) -> None:
    """Raises KeyMissing if a current key isn't beside the database. Does nothing where there is no
    database."""
    if not database_file.is_file():
        return
    require_no_foreign_file(database_file)
    with read_live(database_file, RESTORE) as connection:
        current = named_keys(connection).current
    for purpose, named in current.items():
        load_key(database_file, purpose, named)


async def accept_ledger(database: Database, keys: Keys, at: datetime) -> int:
    """Seals the ledger as it stands, so that earlier seals don't count any more; returns the number of its
    last entry.

    Call it when the operator has changed the ledger on purpose. Raises sqlite3.Error.
    """
    key = ledger_seals.key_of_seals(keys.codes)

    async with database.write() as connection:
        # Read by another connection, whose snapshot is the same: this transaction adds nothing to the ledger.
        last = await database.run_in_snapshot(lambda snapshot: ledger_seals.last_number(snapshot.connection))
        seal = await database.run_in_snapshot(
            lambda snapshot: ledger_seals.seals_at(snapshot.connection, key, [last])[last]
        )
        await connection.execute(ledger_seals.INSERT_SEAL, (to_text(at), last, seal, 1))
    return last
