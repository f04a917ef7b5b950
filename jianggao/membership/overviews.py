"""Answers what operators and members ask about subscriptions: one person's, all of them, and the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Generic, TypeVar

import aiosqlite

from jianggao.errors import NotFound, WrongUse
from jianggao.membership import ledger_store
from jianggao.membership.ledger import (
    EntitlementWindow,
    LedgerEntry,
    MemberState,
    Standing,
    fold_all,
    undone_by,
)
from jianggao.membership.ledger_transfers import TransferStep, moved_by
from jianggao.membership.persons import trying

MAX_EXPIRING_DAYS = 3_660
PAGE_SIZE = 20

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LogLine:
    """A ledger entry as 操作记录 shows it."""

    entry: LedgerEntry
    undone_by: int | None
    """The undo that took it out, if one did."""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One person in a list."""

    member: str
    standing: Standing
    valid_until: date | None
    days_left: int | None
    """From today to `valid_until`: 0 on the last day, negative when it is over."""
    is_trial: bool = False
    """Whether all time that the person has or had was for trial."""
    gap: tuple[date, date] | None = None
    """As `MemberReport.gap`."""


@dataclass(frozen=True, slots=True)
class MemberReport:
    """All that 会员查询 shows; somebody unknown has standing NEVER and no log."""

    member: str
    state: MemberState
    standing: Standing
    window: EntitlementWindow | None
    """What the person may read; None also while suspended."""
    log: tuple[LogLine, ...]
    """Newest first."""
    went: tuple[TransferStep, ...] = ()
    """Where the subscription went, if it was transferred (`ledger_transfers.moved_by`)."""
    is_trial: bool = False
    """Whether all time that the person has or had was for trial."""
    begins_on: date | None = None
    """The first day of a subscription that is to come, where none runs."""
    gap: tuple[date, date] | None = None
    """The first and last day that nothing covers before time that begins later, where one runs."""

    @property
    def accounts(self) -> frozenset[str]:
        """The person's account, and those that its entries name."""
        return frozenset({self.member, *accounts_in(line.entry for line in self.log)})


@dataclass(frozen=True, slots=True)
class LedgerPage(Generic[T]):
    """A page of a list; page 1 of an empty list is empty."""

    items: tuple[T, ...]
    number: int
    pages: int
    total: int


async def member_report(
    connection: aiosqlite.Connection, member: str, now: datetime, zone: tzinfo
) -> MemberReport:
    """Returns what 会员查询 and 我的会员 show."""
    entries = await ledger_store.related_entries(connection, member)
    state = fold_all(entries, zone).get(member, MemberState())
    standing = state.standing(now)
    window = state.window(now) if standing is Standing.ACTIVE else None
    own = [entry for entry in reversed(entries) if entry.concerns(member)]
    return MemberReport(
        member,
        state,
        standing,
        window,
        _log_lines(own, entries),
        moved_by(entries, member, zone),
        is_trial=member in trying(entries),
        begins_on=state.begins_on(now),
        gap=state.gap(now),
    )


def accounts_in(entries: Iterable[LedgerEntry]) -> frozenset[str]:
    """Returns the accounts that the entries are about."""
    return frozenset(
        account for entry in entries for account in (entry.member, entry.successor) if account is not None
    )


async def members(
    connection: aiosqlite.Connection, page: int, now: datetime, zone: tzinfo, size: int = PAGE_SIZE
) -> LedgerPage[MemberLine]:
    """Returns a page of 会员列表: active members by their last day, then suspended, then expired ones.

    Raises NotFound for a page that doesn't exist.
    """
    lines = [line for line in await _everyone(connection, now, zone) if line.standing is not Standing.NEVER]
    order = (Standing.ACTIVE, Standing.SUSPENDED, Standing.EXPIRED)
    lines.sort(key=lambda line: (order.index(line.standing), line.valid_until or date.min, line.member))
    skip, pages = bounds(page, len(lines), size)
    return LedgerPage(tuple(lines[skip : skip + size]), page, pages, len(lines))


async def expiring(
    connection: aiosqlite.Connection, days: int, now: datetime, zone: tzinfo
) -> list[MemberLine]:
    """Returns who stands in 到期清单: members whose subscription ends within `days` days, suspended ones too,
    the soonest first. Raises WrongUse for days that make no sense."""
    if not 0 <= days <= MAX_EXPIRING_DAYS:
        raise WrongUse(f"天数请写 1 到 {MAX_EXPIRING_DAYS} 之间的整数，例如“到期清单 30”。")
    soon = [
        line
        for line in await _everyone(connection, now, zone)
        if line.days_left is not None and 0 <= line.days_left <= days
    ]
    return sorted(soon, key=lambda line: (line.valid_until or date.min, line.member))


async def lines_of(
    connection: aiosqlite.Connection, accounts: Iterable[str], now: datetime, zone: tzinfo
) -> list[MemberLine]:
    """Returns how these accounts stand, in their order; those unknown to the ledger as NEVER."""
    today = now.astimezone(zone).date()
    lines = []
    for account in accounts:
        report = await member_report(connection, account, now, zone)
        until = _end(report.state, now)
        days_left = (until - today).days if until else None
        lines.append(MemberLine(account, report.standing, until, days_left, report.is_trial, report.gap))
    return lines


async def log(
    connection: aiosqlite.Connection, page: int, member: str | None = None, size: int = PAGE_SIZE
) -> LedgerPage[LogLine]:
    """Returns a page of 操作记录, of one person or of all, newest first. Raises NotFound for a page that
    doesn't exist."""
    total = await ledger_store.count(connection, member)
    skip, pages = bounds(page, total, size)
    entries = await ledger_store.page(connection, limit=size, skip=skip, member=member)
    return LedgerPage(_log_lines(entries, await ledger_store.undo_entries(connection)), page, pages, total)


async def _everyone(connection: aiosqlite.Connection, now: datetime, zone: tzinfo) -> list[MemberLine]:
    # In a thread: the fold of all members takes as long as they are many.
    return await asyncio.to_thread(_lines, await ledger_store.all_entries(connection), now, zone)


def _lines(ledger: Sequence[LedgerEntry], now: datetime, zone: tzinfo) -> list[MemberLine]:
    today, on_trial = now.astimezone(zone).date(), trying(ledger)
    lines = []
    for member, state in fold_all(ledger, zone).items():
        until, standing = _end(state, now), state.standing(now)
        days_left = (until - today).days if until else None
        lines.append(MemberLine(member, standing, until, days_left, member in on_trial, state.gap(now)))
    return lines


def _end(state: MemberState, now: datetime) -> date | None:
    """Returns the last day of the time that runs, or ran last; of one that begins later where none did."""
    return state.ends_on(now) or state.valid_until


def _log_lines(entries: Iterable[LedgerEntry], undos: Sequence[LedgerEntry]) -> tuple[LogLine, ...]:
    undone = undone_by(undos)
    return tuple(LogLine(entry, undone.get(entry.number)) for entry in entries)


def bounds(page: int, total: int, size: int) -> tuple[int, int]:
    """Returns how many items to skip for a page, and how many pages there are. Raises NotFound for a page
    that doesn't exist."""
    pages = max(1, -(-total // size))
    if not 1 <= page <= pages:
        raise NotFound(f"没有第 {page} 页（共 {pages} 页）。")
    return (page - 1) * size, pages
