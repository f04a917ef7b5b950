"""Imports memberships: a dry run is stored, and carried out as a whole when it is confirmed, if it still
holds then."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta, tzinfo

import aiosqlite

from jianggao.bulk_membership import import_store
from jianggao.bulk_membership.dry_run import LedgerMoment, LineEffect, judge
from jianggao.bulk_membership.import_store import ImportState, PendingImport
from jianggao.bulk_membership.member_rows import ImportLine, ReadLines
from jianggao.errors import NotFound, WrongUse
from jianggao.membership import ledger_store
from jianggao.membership.administration import Act, successor_of
from jianggao.membership.ledger import EntryKind, LedgerEntry, fold_all

VALID_FOR = timedelta(hours=24)
"""How long a dry run can be confirmed."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """A stored dry run. `number` is None where no line can be imported, so that nothing was stored."""

    number: int | None
    effects: tuple[LineEffect, ...]
    read: ReadLines | None = None
    """What the table says; None for a dry run that was made anew."""
    imported_before: int | None = None
    """The import in which the same file was confirmed."""


@dataclass(frozen=True, slots=True)
class ChangedEffect:
    """A line whose effect isn't what the dry run said."""

    was: LineEffect
    now: LineEffect


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A confirmed dry run that doesn't hold any more: nothing was imported, and a new one takes its place."""

    number: int
    changed: tuple[ChangedEffect, ...]
    anew: DryRun


@dataclass(frozen=True, slots=True)
class DoneImport:
    """An import that was carried out."""

    number: int
    effects: tuple[LineEffect, ...]
    """Of the lines that were imported."""
    first_entry: int
    last_entry: int


def note_begins(number: int) -> str:
    """Returns the word that the notes of an import's entries begin with."""
    return f"导入{number}"


def digest_of(content: bytes) -> str:
    """Returns what a file is told by."""
    return hashlib.sha256(content).hexdigest()


async def propose(connection: aiosqlite.Connection, read: ReadLines, digest: str, act: Act) -> DryRun:
    """Stores a dry run of the lines and returns it. Dry runs that are too old are dropped."""
    await import_store.drop_older(connection, act.at - VALID_FOR, act.at)
    effects = await _judged(connection, read.lines, act)
    dry_run = await _stored(connection, effects, digest, act)
    return replace(dry_run, read=read, imported_before=await import_store.done_with(connection, digest))


async def confirm(connection: aiosqlite.Connection, number: int, act: Act) -> DoneImport | Overtaken:
    """Carries an import out, each line by an entry of its own, or makes a new dry run where the ledger has
    changed so that the old one doesn't hold.

    Raises NotFound if there is none, WrongUse if it was decided already or is too old, AlreadyProcessed if
    the message has confirmed one before. Whatever it raises,
    nothing of the import stays: it belongs into one transaction.
    """
    proposed = await _open_import(connection, number, act)
    if act.at - proposed.at > VALID_FOR:
        raise WrongUse(f"第 {number} 份预演已超过 24 小时，没有导入。请发“导入会员”重新预演。")
    lines = [effect.line for effect in proposed.effects]
    effects = await _judged(connection, lines, act)
    changed = tuple(
        ChangedEffect(was, now) for was, now in zip(proposed.effects, effects, strict=True) if was != now
    )
    if changed:
        await import_store.decide(connection, number, ImportState.DROPPED, act.at)
        return Overtaken(number, changed, await _stored(connection, effects, proposed.digest, act))
    given = tuple(effect for effect in effects if not effect.is_refused)
    entries = await _give(connection, number, given, act)
    await import_store.decide(connection, number, ImportState.DONE, act.at)
    return DoneImport(number, given, entries[0].number, entries[-1].number)


async def drop(connection: aiosqlite.Connection, number: int, act: Act) -> None:
    """Drops an import that waits to be confirmed. Raises NotFound, WrongUse."""
    await _open_import(connection, number, act)
    await import_store.decide(connection, number, ImportState.DROPPED, act.at)


async def _stored(
    connection: aiosqlite.Connection, effects: tuple[LineEffect, ...], digest: str, act: Act
) -> DryRun:
    if all(effect.is_refused for effect in effects):
        return DryRun(None, effects)
    number = await import_store.add(connection, by=act.by, at=act.at, digest=digest, effects=effects)
    return DryRun(number, effects)


async def _judged(
    connection: aiosqlite.Connection, lines: Sequence[ImportLine], act: Act
) -> tuple[LineEffect, ...]:
    """Returns what the lines would do to the ledger as it is in this transaction."""
    entries = await ledger_store.all_entries(connection)
    orders = await import_store.granted_orders(connection, {order for line in lines for order in line.orders})

    moved = await _moved(connection, entries, {line.account for line in lines}, act.zone)

    def judged() -> tuple[LineEffect, ...]:
        return judge(lines, LedgerMoment(fold_all(entries, act.zone), orders, act.at, act.zone, moved))

    return await asyncio.to_thread(judged)  # thousands of lines take a second


async def _moved(
    connection: aiosqlite.Connection, entries: Iterable[LedgerEntry], accounts: Collection[str], zone: tzinfo
) -> dict[str, str]:
    """Returns those of the accounts whose subscription was transferred, each with the account that has it."""
    left = {
        entry.member for entry in entries if entry.kind is EntryKind.TRANSFER and entry.member in accounts
    }
    found = {account: await successor_of(connection, account, zone) for account in left}
    return {account: successor for account, successor in found.items() if successor is not None}


async def _give(
    connection: aiosqlite.Connection, number: int, effects: Sequence[LineEffect], act: Act
) -> list[LedgerEntry]:
    """Writes an entry for each line and returns them.

    All are written by one call: others wait for this transaction. That the ledger then says what the dry run
    said is looked at before it is committed; RuntimeError is raised if it doesn't.
    """
    last = await ledger_store.count(connection)
    entries = [
        _entry(last + place, f"{act.message}#{place}", number, effect, act)
        for place, effect in enumerate(effects, 1)
    ]
    await ledger_store.require_unused(connection, entries[0].message)
    await ledger_store.append_all(connection, entries)
    pairs = zip(effects, entries, strict=True)
    await import_store.add_orders(
        connection, [(order, entry.number) for effect, entry in pairs for order in effect.line.orders]
    )
    states = await asyncio.to_thread(fold_all, await ledger_store.all_entries(connection), act.zone)
    promised = {effect.line.account: effect.valid_until for effect in effects}
    if any(states[account].valid_until != valid_until for account, valid_until in promised.items()):
        raise RuntimeError(f"import {number} would not do what its dry run said")
    return entries


def _entry(entry_number: int, message: str, number: int, effect: LineEffect, act: Act) -> LedgerEntry:
    """Returns the entry of a line of import `number`."""
    line = effect.line
    words = (note_begins(number), f"订单{line.order}" if line.order else "", line.note)
    return LedgerEntry(
        number=entry_number,
        kind=EntryKind.GRANT,
        member=line.account,
        by=act.by,
        at=act.at,
        duration=effect.duration,
        note=" ".join(filter(None, words)),
        target=None,
        message=message,
        starts_on=line.starts_on,
    )


async def _open_import(connection: aiosqlite.Connection, number: int, act: Act) -> PendingImport:
    """Returns an import that waits to be confirmed. Raises NotFound, WrongUse."""
    found = await import_store.pending(connection, number)
    if found is None:
        waiting = "、".join(str(each) for each in await import_store.open_numbers(connection))
        existing = f"等着确认的有：{waiting}" if waiting else "现在没有等着确认的"
        raise NotFound(f"没有第 {number} 份导入（{existing}）。要导入请发“导入会员”。")
    if found.decided_at is not None:
        day = found.decided_at.astimezone(act.zone)
        done = "确认导入过" if found.state is ImportState.DONE else "作废"
        raise WrongUse(f"第 {number} 份已在 {day:%Y-%m-%d %H:%M} {done}，这次什么也没做。")
    return found
