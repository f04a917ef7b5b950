"""Changes people's subscriptions for operators, and answers what they ask about them.

Each changing function writes one ledger entry (docs/rules.md, Membership and Commands). It takes the
connection of `database.write()`, so that the entry and the record of the processed message share a
transaction; a refused change writes nothing.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Generic, TypeVar

import aiosqlite

from jianggao.errors import NotFound, WrongUse
from jianggao.membership import ledger_store
from jianggao.membership.durations import Duration, add
from jianggao.membership.ledger import (
    EntitlementWindow,
    EntryKind,
    LedgerEntry,
    MemberState,
    Standing,
    fold,
    undone_by,
)

MAX_YEARS_AHEAD = 50
MAX_NOTE = 200
MAX_EXPIRING_DAYS = 3_660
PAGE_SIZE = 20

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Act:
    """Who changes something, when, and by which message."""

    by: str
    """The account."""
    message: str
    """The key of the processed message; unique in the ledger."""
    at: datetime
    zone: tzinfo
    """TIMEZONE, which decides the day that `at` lies in."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MembershipChange:
    """A written entry, and the member's state before and after; `after.valid_until` is the new `有效期至`."""

    entry: LedgerEntry
    before: MemberState
    after: MemberState


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


@dataclass(frozen=True, slots=True)
class LedgerPage(Generic[T]):
    """A page of a list; page 1 of an empty list is empty."""

    items: tuple[T, ...]
    number: int
    pages: int
    total: int


async def grant(
    connection: aiosqlite.Connection, member: str, duration: Duration, act: Act
) -> MembershipChange:
    """Gives time from now on, or from the end of a running subscription: 开通.

    Raises WrongUse for a `有效期至` too far ahead; as all changes do, WrongUse for a note too long, and
    AlreadyProcessed if the message has acted before.
    """
    return await _give_time(connection, EntryKind.GRANT, member, duration, act)


async def renew(
    connection: aiosqlite.Connection, member: str, duration: Duration, act: Act
) -> MembershipChange:
    """Does the same as `grant` under another name; where nothing is running the new time starts now: 续期."""
    return await _give_time(connection, EntryKind.RENEW, member, duration, act)


async def reward(
    connection: aiosqlite.Connection, member: str, duration: Duration, act: Act
) -> MembershipChange:
    """Does the same as `grant` for a resale report that was upheld."""
    return await _give_time(connection, EntryKind.REWARD, member, duration, act)


async def suspend(connection: aiosqlite.Connection, member: str, act: Act) -> MembershipChange:
    """Locks what the person could read, while time goes on: 停用.

    Raises WrongUse if the person is suspended already, NotFound for somebody who never was a member.
    """
    before = await _begin(connection, member, act)
    if before.suspended:
        raise WrongUse(f"{member} 已经停用了。要恢复请发“恢复 {member}”。")
    if not before.spans:
        raise NotFound(f"{member} 不是会员，不用停用。发“会员查询 {member}”查看。")
    return await _write(connection, EntryKind.SUSPEND, member, act, before)


async def resume(connection: aiosqlite.Connection, member: str, act: Act) -> MembershipChange:
    """Ends a suspension: 恢复. Raises WrongUse for somebody who isn't suspended."""
    before = await _begin(connection, member, act)
    if not before.suspended:
        raise WrongUse(f"{member} 没有被停用，不用恢复。发“会员查询 {member}”查看。")
    return await _write(connection, EntryKind.RESUME, member, act, before)


async def undo(connection: aiosqlite.Connection, number: int, act: Act) -> MembershipChange:
    """Takes an entry out of the fold: 撤销 N. An undo can be undone.

    Raises NotFound if there is no such entry, WrongUse if it is undone already.
    """
    await _check(connection, act)
    target = await _entry(connection, number)
    if target is None:
        last = await ledger_store.count(connection)
        existing = f"现有 1–{last} 号" if last else "现在还没有记录"
        raise NotFound(f"没有第 {number} 号记录（{existing}）。发“操作记录”查看。")
    entries = await ledger_store.entries_of(connection, target.member)
    earlier = undone_by(entries).get(number)
    if earlier is not None:
        raise WrongUse(f"第 {number} 号已由第 {earlier} 号撤销。要让它重新生效，请发“撤销 {earlier}”。")
    before = fold(entries, act.zone)
    return await _write(connection, EntryKind.UNDO, target.member, act, before, target=number)


async def state_of(connection: aiosqlite.Connection, member: str, zone: tzinfo) -> MemberState:
    """Returns the fold of the person's entries."""
    return fold(await ledger_store.entries_of(connection, member), zone)


async def member_report(
    connection: aiosqlite.Connection, member: str, now: datetime, zone: tzinfo
) -> MemberReport:
    """Returns what 会员查询 and 我的会员 show."""
    entries = await ledger_store.entries_of(connection, member)
    state = fold(entries, zone)
    standing = state.standing(now)
    window = state.window(now) if standing is Standing.ACTIVE else None
    return MemberReport(member, state, standing, window, _log_lines(entries[::-1], entries))


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


async def log(
    connection: aiosqlite.Connection, page: int, member: str | None = None, size: int = PAGE_SIZE
) -> LedgerPage[LogLine]:
    """Returns a page of 操作记录, of one person or of all, newest first. Raises NotFound for a page that
    doesn't exist."""
    total = await ledger_store.count(connection, member)
    skip, pages = bounds(page, total, size)
    entries = await ledger_store.page(connection, limit=size, skip=skip, member=member)
    return LedgerPage(_log_lines(entries, await ledger_store.undo_entries(connection)), page, pages, total)


async def _give_time(
    connection: aiosqlite.Connection, kind: EntryKind, member: str, duration: Duration, act: Act
) -> MembershipChange:
    before = await _begin(connection, member, act)
    today = act.at.astimezone(act.zone).date()
    base = max(today, before.valid_until or today)
    if add(base, duration) > add(today, Duration(years=MAX_YEARS_AHEAD)):
        raise WrongUse(f"有效期最多到 {MAX_YEARS_AHEAD} 年后，{member} 已到 {base}。请写短一些的时长。")
    return await _write(connection, kind, member, act, before, duration=duration)


async def _begin(connection: aiosqlite.Connection, member: str, act: Act) -> MemberState:
    """Checks an act and returns the person's state before it."""
    await _check(connection, act)
    return await state_of(connection, member, act.zone)


async def _check(connection: aiosqlite.Connection, act: Act) -> None:
    """Raises AlreadyProcessed, WrongUse. The former first: a message that has acted is met with silence,
    whatever else would be wrong with it now."""
    await ledger_store.require_unused(connection, act.message)
    if len(act.note) > MAX_NOTE:
        raise WrongUse(f"备注最多 {MAX_NOTE} 字，这条有 {len(act.note)} 字。请写短一些。")


async def _write(
    connection: aiosqlite.Connection,
    kind: EntryKind,
    member: str,
    act: Act,
    before: MemberState,
    *,
    duration: Duration | None = None,
    target: int | None = None,
) -> MembershipChange:
    """Appends an entry to the ledger, and returns it with the member's state before and after."""
    entry = await ledger_store.append(
        connection,
        kind=kind,
        member=member,
        by=act.by,
        at=act.at,
        message=act.message,
        duration=duration,
        note=act.note,
        target=target,
    )
    return MembershipChange(entry, before, await state_of(connection, member, act.zone))


async def _entry(connection: aiosqlite.Connection, number: int) -> LedgerEntry | None:
    """Returns the entry of that number. A number that SQLite can't hold is one that doesn't exist."""
    return await ledger_store.entry(connection, number) if 0 < number < 2**63 else None


async def _everyone(connection: aiosqlite.Connection, now: datetime, zone: tzinfo) -> list[MemberLine]:
    # In a thread: the fold of all members takes as long as they are many.
    return await asyncio.to_thread(_lines, await ledger_store.all_entries(connection), now, zone)


def _lines(ledger: Iterable[LedgerEntry], now: datetime, zone: tzinfo) -> list[MemberLine]:
    entries: defaultdict[str, list[LedgerEntry]] = defaultdict(list)
    for entry in ledger:
        entries[entry.member].append(entry)
    today = now.astimezone(zone).date()
    lines = []
    for member, own in entries.items():
        state = fold(own, zone)
        days_left = (state.valid_until - today).days if state.valid_until else None
        lines.append(MemberLine(member, state.standing(now), state.valid_until, days_left))
    return lines


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
