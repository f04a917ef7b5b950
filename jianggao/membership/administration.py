"""Changes people's subscriptions.

Each changing function writes one ledger entry (docs/rules.md, Membership and Commands). It takes the
connection of `database.write()`, so that the entry and the record of the processed message share a
transaction; a refused change writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

import aiosqlite

from jianggao.errors import NotFound, WrongUse
from jianggao.membership import ledger_store
from jianggao.membership.durations import Duration, add
from jianggao.membership.ledger import EntryKind, LedgerEntry, MemberState, fold_all, joined, undone_by
from jianggao.membership.ledger_transfers import freed, moved_by

MAX_YEARS_AHEAD = 50
MAX_NOTE = 200


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
class AccountChange:
    """An account's state before and after an entry that concerns other accounts too."""

    account: str
    before: MemberState
    after: MemberState


@dataclass(frozen=True, slots=True)
class MembershipChange:
    """A written entry, and the member's state before and after; `after.valid_until` is the new `有效期至`."""

    entry: LedgerEntry
    before: MemberState
    after: MemberState
    successor: str | None = None
    """The account that a subscription moved to, or from which an undone transfer moved it back."""
    successor_before: MemberState | None = None
    successor_after: MemberState | None = None
    """The states of that account; None where there is none."""
    others: tuple[AccountChange, ...] = ()
    """Of an undo: all other accounts whose state it changed, however many transfers away, and `successor`."""


async def grant(
    connection: aiosqlite.Connection,
    member: str,
    duration: Duration,
    act: Act,
    *,
    starts_on: date | None = None,
    is_trial: bool = False,
) -> MembershipChange:
    """Gives time from now on, or from the day `starts_on`, but never before the end of a subscription that
    the person has: 开通.

    Raises WrongUse for a `有效期至` too far ahead, and NotFound for an account whose subscription was
    transferred; as all changes do, WrongUse for a note too long, and AlreadyProcessed if the message has acted
    before.
    """
    return await _give_time(
        connection, EntryKind.GRANT, member, duration, act, starts_on=starts_on, is_trial=is_trial
    )


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


async def redeem(
    connection: aiosqlite.Connection, member: str, duration: Duration, act: Act, *, is_trial: bool = False
) -> MembershipChange:
    """Does the same as `grant` for a redeem code, which the same transaction marks as used: 兑换. It is the
    person's own act: an account whose subscription was transferred begins anew by it."""
    return await _give_time(connection, EntryKind.REDEEM, member, duration, act, is_trial=is_trial)


async def transfer(connection: aiosqlite.Connection, old: str, new: str, act: Act) -> MembershipChange:
    """Moves what is left of a subscription, with its past, to another account: 转移.

    Raises WrongUse if both are one account, either is suspended, or `有效期至` would be too far ahead;
    NotFound if the old one has no time left.
    """
    before = await _begin(connection, old, act)
    if old == new:
        raise WrongUse("旧号和新号是同一个号，不用转移。")
    successor_before = await state_of(connection, new, act.zone)
    for account, state in ((old, before), (new, successor_before)):
        if state.suspended:
            raise WrongUse(f"{account} 停用着，不能转移。先发“恢复 {account}”，或不转。")
    if not before.spans or before.spans[-1].end <= act.at:
        raise NotFound(f"{old} 没有还没到期的会员，不用转移。发“会员查询 {old}”查看。")
    # Time that is moved adds up: without this check one account could be given more than dates can say.
    until = joined(successor_before, before, act.at, act.zone).valid_until or date.min
    if until > _latest(act.at.astimezone(act.zone).date()):
        raise WrongUse(
            f"两个号的时间加起来到 {until}，超过了 {MAX_YEARS_AHEAD} 年。请先核对“会员查询 {new}”。"
        )
    written = await _write(connection, EntryKind.TRANSFER, old, act, before, successor=new)
    return await _with_successor(connection, written, new, successor_before, act.zone)


async def suspend(connection: aiosqlite.Connection, member: str, act: Act) -> MembershipChange:
    """Locks what the person could read, while time goes on: 停用.

    Raises WrongUse if the person is suspended already, NotFound for somebody who never was a member.
    """
    before = await _begin(connection, member, act)
    if before.suspended:
        raise WrongUse(f"{member} 已经停用了。要恢复请发“恢复 {member}”。")
    if not before.spans:
        raise NotFound(await _not_to_suspend(connection, member, act.zone))
    return await _write(connection, EntryKind.SUSPEND, member, act, before)


async def resume(connection: aiosqlite.Connection, member: str, act: Act) -> MembershipChange:
    """Ends a suspension: 恢复. Raises WrongUse for somebody who isn't suspended."""
    before = await _begin(connection, member, act)
    if not before.suspended:
        raise WrongUse(f"{member} 没有被停用，不用恢复。发“会员查询 {member}”查看。")
    return await _write(connection, EntryKind.RESUME, member, act, before)


async def undo(connection: aiosqlite.Connection, number: int, act: Act) -> MembershipChange:
    """Takes an entry out of the fold: 撤销 N. An undo can be undone.

    Raises NotFound if there is no such entry, WrongUse if it is undone already, or if a subscription would go
    from a suspended account to one that isn't: its suspension would end with that.
    """
    await _check(connection, act)
    target = await _entry(connection, number)
    if target is None:
        last = await ledger_store.count(connection)
        existing = f"现有 1–{last} 号" if last else "现在还没有记录"
        raise NotFound(f"没有第 {number} 号记录（{existing}）。发“操作记录”查看。")
    entries = await ledger_store.related_entries(connection, target.member)
    earlier = undone_by(entries).get(number)
    if earlier is not None:
        raise WrongUse(f"第 {number} 号已由第 {earlier} 号撤销。要让它重新生效，请发“撤销 {earlier}”。")
    states = fold_all(entries, act.zone)
    _require_nobody_freed(states, entries, target, act)
    written = await _write(
        connection, EntryKind.UNDO, target.member, act, states[target.member], target=number
    )
    successor = _successor_of(target, entries)
    after = fold_all(await ledger_store.related_entries(connection, target.member), act.zone)
    others = tuple(
        AccountChange(account, state, after[account])
        for account, state in states.items()
        if account != target.member and (account == successor or after[account] != state)
    )
    written = replace(written, others=others)
    if successor is None:
        return written
    return replace(
        written,
        successor=successor,
        successor_before=states[successor],
        successor_after=after[successor],
    )


async def state_of(connection: aiosqlite.Connection, member: str, zone: tzinfo) -> MemberState:
    """Returns the fold of the person's entries, and of those of the accounts that transferred to it."""
    return fold_all(await ledger_store.related_entries(connection, member), zone).get(member, MemberState())


async def successor_of(connection: aiosqlite.Connection, member: str, zone: tzinfo) -> str | None:
    """Returns the account that has the subscription which was transferred from this one; None if none was."""
    steps = moved_by(await ledger_store.related_entries(connection, member), member, zone)
    return steps[-1].new if steps and steps[-1].new != member else None


def require_not_too_far(
    member: str, before: MemberState, duration: Duration, today: date, starts_on: date | None = None
) -> None:
    """Raises WrongUse if time that is given today would end too far ahead."""
    base = max(starts_on or today, before.valid_until or date.min)
    if add(base, duration) > _latest(today):
        raise WrongUse(f"有效期最多到 {MAX_YEARS_AHEAD} 年后，{member} 已到 {base}。请写短一些的时长。")


async def _give_time(
    connection: aiosqlite.Connection,
    kind: EntryKind,
    member: str,
    duration: Duration,
    act: Act,
    *,
    starts_on: date | None = None,
    is_trial: bool = False,
) -> MembershipChange:
    before = await _begin(connection, member, act)
    # A code and a trial are the person's own act.
    if kind is not EntryKind.REDEEM and not is_trial and not before.spans:
        moved_to = await successor_of(connection, member, act.zone)
        if moved_to is not None:
            raise NotFound(_not_given(kind, member, moved_to))
    require_not_too_far(member, before, duration, act.at.astimezone(act.zone).date(), starts_on)
    return await _write(
        connection, kind, member, act, before, duration=duration, starts_on=starts_on, is_trial=is_trial
    )


def _latest(today: date) -> date:
    """Returns the latest day that a subscription may last until."""
    return add(today, Duration(years=MAX_YEARS_AHEAD))


def _successor_of(entry: LedgerEntry, entries: Sequence[LedgerEntry]) -> str | None:
    """Returns the account that the transfer which an entry is or undoes, be it over several undos, moves to;
    None if that is no transfer."""
    by_number = {each.number: each for each in entries}
    while entry.target is not None and entry.target in by_number:
        entry = by_number[entry.target]
    return entry.successor


async def _with_successor(
    connection: aiosqlite.Connection,
    written: MembershipChange,
    successor: str,
    before: MemberState,
    zone: tzinfo,
) -> MembershipChange:
    after = await state_of(connection, successor, zone)
    return replace(written, successor=successor, successor_before=before, successor_after=after)


async def _not_to_suspend(connection: aiosqlite.Connection, member: str, zone: tzinfo) -> str:
    """Returns why somebody without a subscription isn't suspended. Old copies name the account that a
    subscription was moved from: the answer names the one that has it."""
    moved_to = await successor_of(connection, member, zone)
    if moved_to is None:
        return f"{member} 不是会员，不用停用。发“会员查询 {member}”查看。"
    return f"{member} 的会员已转移到 {moved_to}，没有停用谁。要停用，请发“停用 {moved_to} 原因”。"


def _not_given(kind: EntryKind, member: str, moved_to: str) -> str:
    """Returns why no time is given to an account whose subscription was transferred: lists that were made
    before name it, and whoever paid is on the other one."""
    was = f"{member} 的会员已转移到 {moved_to}，没有"
    if kind is EntryKind.REWARD:
        return f"{was}奖励谁。请用“不奖励”通过，再发“开通 {moved_to} 1年 举报奖励”。"
    done = "续期" if kind is EntryKind.RENEW else "开通"
    return f"{was}{done}谁。要给新号，请发“{done} {moved_to} 时长”；旧号要另开一份，请发卡密让它自己兑换。"


def _require_nobody_freed(
    states: dict[str, MemberState], entries: Sequence[LedgerEntry], target: LedgerEntry, act: Act
) -> None:
    undo = LedgerEntry(
        number=max(entry.number for entry in entries) + 1,
        kind=EntryKind.UNDO,
        member=target.member,
        by=act.by,
        at=act.at,
        duration=None,
        note="",
        target=target.number,
        message=act.message,
    )
    found = freed(states, fold_all([*entries, undo], act.zone), act.at)
    if found is not None:
        suspended, other = found
        raise WrongUse(
            f"{suspended} 停用着，撤销第 {target.number} 号会把时间还给没停用的 {other}，没有撤销。"
            f"请先发“恢复 {suspended}”再撤销；还要停用的，撤销以后发“停用 {other} 原因”。"
        )


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
    successor: str | None = None,
    starts_on: date | None = None,
    is_trial: bool = False,
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
        successor=successor,
        starts_on=starts_on,
        is_trial=is_trial,
    )
    return MembershipChange(entry, before, await state_of(connection, member, act.zone))


async def _entry(connection: aiosqlite.Connection, number: int) -> LedgerEntry | None:
    """Returns the entry of that number. A number that SQLite can't hold is one that doesn't exist."""
    return await ledger_store.entry(connection, number) if 0 < number < 2**63 else None
