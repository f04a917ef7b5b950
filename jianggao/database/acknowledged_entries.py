"""Notes beside the database which entries were acknowledged (answered after they were stored), so that a
later loss of entries is noticed.

Somebody who deletes a -wal file, or puts an older file back, leaves a database that is whole for SQLite and
yet lacks entries. So `bot.db.last-entry` lies beside `bot.db`: the number and a digest of the ledger's newest
entry, and the newest numbers of reports, their decisions and deliveries. It is written after each commit that
added to the ledger or to the reports, before anybody is answered, and every few seconds where there were
deliveries. At the start the database must hold all that the note names.

`delete_note` is to be called where the database is replaced on purpose (a restore): the next start notes what
it finds.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import aiosqlite

from jianggao.database.foreign_files import require_no_foreign_file
from jianggao.database.inspection import RESTORE, explaining_errors
from jianggao.database.ownership import owned
from jianggao.database.private_files import private_file
from jianggao.errors import EntriesLost, NotFound
from jianggao.install_paths import COMMAND

_TABLES = {
    "ledger": ("number", "会员记录"),
    "reports": ("number", "举报"),
    "report_decisions": ("number", "举报的处理"),
    "deliveries": ("id", "发送记录"),
}
"""The tables that are noted: the column with their numbers, and what an operator calls their rows."""
_NEWEST = "SELECT " + ", ".join(
    f"(SELECT coalesce(max({column}), 0) FROM {table}) AS {table}" for table, (column, _) in _TABLES.items()
)
_ENTRY = "SELECT kind, member, at, duration, target, message FROM ledger WHERE number = ?"


@dataclass(frozen=True, slots=True)
class AcknowledgementNote:
    """The newest number in each of the tables; 0 where a table is empty."""

    ledger: int = 0
    reports: int = 0
    report_decisions: int = 0
    deliveries: int = 0
    entry: str = ""
    """A digest of the ledger's newest entry; empty where there is none."""

    def is_behind(self, now: AcknowledgementNote) -> bool:
        """Returns whether `now` has rows that must be noted before anybody is answered.

        Deliveries aren't among them: there are many, so they are noted every few seconds.
        """
        return any(
            getattr(self, name) != getattr(now, name) for name in ("ledger", "reports", "report_decisions")
        )


def note_file(database_file: Path) -> Path:
    """Returns the path of the note of a database."""
    return database_file.with_name(database_file.name + ".last-entry")


async def read_newest(connection: aiosqlite.Connection, before: AcknowledgementNote) -> AcknowledgementNote:
    """Returns the newest numbers in the database, uncommitted rows of this connection included.

    `before` is the note so far: where the ledger hasn't grown since, its digest is taken over and no entry is
    read.
    """
    rows = list(await connection.execute_fetchall(_NEWEST))
    numbers = dict(rows[0])
    if numbers["ledger"] == before.ledger:
        return AcknowledgementNote(**numbers, entry=before.entry)
    entries = list(await connection.execute_fetchall(_ENTRY, (numbers["ledger"],)))
    return AcknowledgementNote(**numbers, entry=_digest(entries))


def read_note(database_file: Path) -> AcknowledgementNote | None:
    """Returns the note of a database; None where there is none, or where it makes no sense.

    Raises OSError where the note can't be read just now: then nobody knows what it says, and it isn't made
    anew.
    """
    try:
        fields: dict[str, Any] = json.loads(note_file(database_file).read_text("utf-8"))
        found = AcknowledgementNote(**fields)
    # A folder in its place, half of a JSON text, or fields of another release are no note.
    except (FileNotFoundError, IsADirectoryError, ValueError, TypeError):
        return None
    whole = all(isinstance(getattr(found, name), int) for name in _TABLES) and isinstance(found.entry, str)
    return found if whole else None


def is_unreadable(database_file: Path) -> bool:
    """Returns whether there is a note that makes no sense. Raises OSError where it can't be read just now."""
    return os.path.lexists(note_file(database_file)) and read_note(database_file) is None


def describe_unreadable_note(database_file: Path) -> str:
    """Returns the Chinese line on a note that makes no sense; empty where it makes sense, or where there is
    none.

    Raises OSError where it can't be read just now.
    """
    if not is_unreadable(database_file):
        return ""
    return f"{note_file(database_file)} 读不懂，没法核对确认过的记录还在不在。请对照自己的账看一遍"


def write_note(database_file: Path, now: AcknowledgementNote) -> None:
    """Writes the note; it is on the disk when this returns. Killed meanwhile, the earlier note or this one
    stands. Raises OSError."""
    path = note_file(database_file)
    new = path.with_name(path.name + ".new")
    # A kill may have left it, with whatever modes it got.
    new.unlink(missing_ok=True)
    private_file(new)
    with new.open("w", encoding="utf-8") as file:
        json.dump(asdict(now), file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def delete_note(database_file: Path) -> None:
    """Deletes the note, since the database is being replaced on purpose and the note says nothing of the
    new one."""
    note_file(database_file).unlink(missing_ok=True)


def find_missing(database_file: Path) -> list[str]:
    """Returns a Chinese line for each table of which acknowledged rows are missing. Raises sqlite3.Error,
    OSError."""
    note = read_note(database_file)
    if note is None:
        return []
    with closing(sqlite3.connect(f"{database_file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return _missing(note, connection)


def _missing(note: AcknowledgementNote, connection: sqlite3.Connection) -> list[str]:
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    missing = []
    for table, (column, what) in _TABLES.items():
        held = 0
        # An older file may have been written by a release that had no such table.
        if table in there:
            held = connection.execute(f"SELECT coalesce(max({column}), 0) FROM {table}").fetchone()[0]
        if held < getattr(note, table):
            missing.append(f"{what}确认过的到第 {getattr(note, table)} 条，库里只到第 {held} 条")
    # As many entries as noted may still be another history: the file of a second bot, copied over this one.
    if not missing and note.entry:
        entries = connection.execute(_ENTRY, (note.ledger,)).fetchall()
        if _digest(entries) != note.entry:
            missing.append(f"第 {note.ledger} 条会员记录和确认过的不是同一条")
    return missing


def require_all_entries(database_file: Path) -> None:
    """Raises EntriesLost if acknowledged entries are missing in the database."""
    _raise_lost(find_missing(database_file), database_file)


def require_entries_in_copy(
    copy: sqlite3.Connection, note: AcknowledgementNote | None, database_file: Path
) -> None:
    """Raises EntriesLost if the copy of a database lacks entries that `note`, noted before the copy was made,
    names.

    Such a copy would take the place of an earlier backup that has them all.
    """
    if note is not None:
        _raise_lost(_missing(note, copy), database_file, "没有备份：")


def _raise_lost(missing: list[str], database_file: Path, what: str = "") -> None:
    if missing:
        raise EntriesLost(
            f"{what}数据库 {database_file} 缺了记录：{'；'.join(missing)}。多半是 -wal 文件被删过，或放回了旧文件。"
            f"请把原来的文件放回来；找不回来、要就这样用，运行：{COMMAND} accept-loss"
        )


def accept_loss(database_file: Path) -> list[str]:
    """Accepts the database as complete from now on, as it is. Returns the lines on what is lost. Raises
    NotFound, DatabaseInUse."""
    if not database_file.is_file():
        raise NotFound(
            f"没有数据库 {database_file}。请把它放回来，或者用备份恢复：{COMMAND} restore 备份文件"
        )
    require_no_foreign_file(database_file)
    with owned(database_file, "运行"):
        with explaining_errors(database_file, RESTORE):
            missing = find_missing(database_file)
        if is_unreadable(database_file):
            missing = [f"{note_file(database_file).name} 读不懂，里面记的不再算数"]
        delete_note(database_file)
    return missing


def _digest(entries: list[Any]) -> str:
    """Returns a digest of an entry that tells entries apart and from which nothing can be read."""
    if not entries:
        return ""
    return hashlib.sha256(json.dumps([*entries[0]], ensure_ascii=False).encode()).hexdigest()[:32]
