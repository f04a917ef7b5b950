"""Takes back an import as a whole: every entry of it that still stands, each by an undo of its own."""

from __future__ import annotations

from dataclasses import dataclass

import aiosqlite

from jianggao.bulk_membership import import_store
from jianggao.bulk_membership.import_store import ImportState, PendingImport
from jianggao.bulk_membership.imports import note_begins
from jianggao.errors import NotFound, WrongUse
from jianggao.membership import ledger_store
from jianggao.membership.administration import Act
from jianggao.membership.ledger import EntryKind, LedgerEntry, undone_by


@dataclass(frozen=True, slots=True)
class UndoneImport:
    """An import that was taken back."""

    number: int
    undone: tuple[int, ...]
    """The numbers of the entries that were taken out."""
    before: int
    """How many had been undone before, each by itself."""
    first_undo: int
    last_undo: int
    has_orders: bool
    """Whether orders of a shop were among them: these aren't imported again."""


async def undo_import(connection: aiosqlite.Connection, number: int, act: Act) -> UndoneImport:
    """Undoes all entries of an import that still stand.

    Raises NotFound if there is none of that number, WrongUse if it was never carried out or nothing of it
    stands any more, AlreadyProcessed if the message has acted before. It belongs into one transaction.
    """
    await ledger_store.require_unused(connection, f"{act.message}#1")
    done = await import_store.pending(connection, number)
    if done is None:
        raise NotFound(f"没有第 {number} 份导入。发“操作记录”查看，备注里的“导入”后面是第几份。")
    if done.state is not ImportState.DONE:
        why = "还没有确认" if done.state is ImportState.OPEN else "已作废，没有导入过"
        raise WrongUse(f"第 {number} 份{why}，没有什么要撤销。")
    ledger = await ledger_store.all_entries(connection)
    undone = undone_by(ledger)
    given = [entry for entry in ledger if _is_of(entry, done)]
    standing = [entry for entry in given if entry.number not in undone]
    if not standing:
        raise WrongUse(f"第 {number} 份导入的 {len(given)} 行都已撤销过，这次什么也没做。")
    undos = [
        _undo(len(ledger) + place, f"{act.message}#{place}", entry, act)
        for place, entry in enumerate(standing, 1)
    ]
    await ledger_store.append_all(connection, undos)
    numbers = tuple(entry.number for entry in standing)
    return UndoneImport(
        number,
        numbers,
        len(given) - len(standing),
        undos[0].number,
        undos[-1].number,
        await import_store.has_orders(connection, numbers),
    )


def _is_of(entry: LedgerEntry, done: PendingImport) -> bool:
    """Returns whether an import wrote an entry. Somebody may type such a note, but not at that moment and not
    as one of several entries of a message."""
    return (
        entry.kind is EntryKind.GRANT
        and entry.at == done.decided_at
        and "#" in entry.message
        and entry.note.partition(" ")[0] == note_begins(done.number)
    )


def _undo(number: int, message: str, target: LedgerEntry, act: Act) -> LedgerEntry:
    return LedgerEntry(
        number=number,
        kind=EntryKind.UNDO,
        member=target.member,
        by=act.by,
        at=act.at,
        duration=None,
        note=act.note,
        target=target.number,
        message=message,
    )
