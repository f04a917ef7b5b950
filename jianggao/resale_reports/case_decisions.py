"""Decides cases: upholds one and pays its reward, rejects it, or opens it again.

Each function takes the connection of `database.write()`: decision, ledger and the record of the processed
message share a transaction, so that a kill leaves all of it or nothing, and two clicks pay once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import Enum

import aiosqlite

from jianggao.errors import WrongUse
from jianggao.membership import administration
from jianggao.membership import ledger_store as ledger
from jianggao.membership.administration import Act, MembershipChange
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, undone_by
from jianggao.membership.ledger_transfers import joined_accounts
from jianggao.resale_reports import decision_store, store
from jianggao.resale_reports.case_views import case_of
from jianggao.resale_reports.model import (
    Against,
    Case,
    DecisionKind,
    Objection,
    Reward,
    Status,
    StoredFinding,
)
from jianggao.resale_reports.reward_doubts import doubts

REWARD = Duration(years=1)
BETWEEN_REWARDS = timedelta(days=365)
"""Nobody is rewarded by rule twice within this: a year a year is a membership for nothing."""
LONGEST_REASON = 150


class Payment(Enum):
    """What upholding a case pays."""

    BY_RULE = "by rule"
    """A year, if nothing stands against it."""
    IN_SPITE = "in spite"
    """仍奖励: a year, whatever stands against it. The reason goes into the ledger."""
    NOTHING = "nothing"
    """不奖励."""


@dataclass(frozen=True, slots=True)
class Upheld:
    """A case that holds, as it was before, and the reward where one was paid."""

    case: Case
    named: str | None
    """The member named by a unique hash or a strong mark."""
    reward: MembershipChange | None
    in_spite: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class NotPaid:
    """What stands against a reward by rule; nothing was changed."""

    case: Case
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class ReopenedCase:
    """A case that is open again, as it was before, and the undo of its reward where one stood."""

    case: Case
    taken_back: MembershipChange | None


async def uphold(
    connection: aiosqlite.Connection, number: int, act: Act, payment: Payment = Payment.BY_RULE
) -> Upheld | NotPaid:
    """通过举报: upholds a case and pays the first reporter's year. `act.note` is the operator's reason.

    The case must have been traced with all its evidence (`case_views.traced`). Raises NotFound, WrongUse for
    a case that is decided, for evidence newer than the finding and for a reason too long, and
    AlreadyProcessed.
    """
    case = await _begin(connection, number, act)
    _require_open(case)
    finding = _require_traced(case)
    await _require_unpaid(connection, case)
    objections = await _objections(connection, case, finding, act.at, act.zone)
    if payment is Payment.BY_RULE and objections:
        return NotPaid(case, objections)
    change = None
    if payment is not Payment.NOTHING:
        change = await _pay(connection, case, finding, act, in_spite=payment is Payment.IN_SPITE)
    await _decide(connection, case, DecisionKind.UPHOLD, act, finding=finding.id, change=change)
    in_spite = objections if payment is Payment.IN_SPITE else ()
    return Upheld(case, finding.finding.named, change, in_spite)


async def reject(connection: aiosqlite.Connection, number: int, act: Act) -> Case:
    """驳回举报: rejects a case. `act.note` is the reason that the reporters are told. Returns the case as it
    is now.

    Raises NotFound, WrongUse for a case that is decided and for a reason missing or too long, and
    AlreadyProcessed.
    """
    case = await _begin(connection, number, act)
    _require_open(case)
    if not act.note:
        raise WrongUse(f"请写原因，会转告举报人。例如：驳回举报 {number} 截图里看不出是谁发的")
    await _decide(connection, case, DecisionKind.REJECT, act)
    return await case_of(connection, number)


async def reopen(connection: aiosqlite.Connection, number: int, act: Act) -> ReopenedCase:
    """重审: opens a decided case again, and takes back a reward that stands by an undo in the ledger.

    Raises NotFound, WrongUse for a case that is open, and AlreadyProcessed.
    """
    case = await _begin(connection, number, act)
    if case.status is Status.OPEN:
        raise WrongUse(f"举报 {case.number} 还没有结论，不用重审。发“查看举报 {case.number}”查看。")
    # An undo, not a deletion: the ledger keeps what was paid and why it was taken back.
    change = None
    for reward in await _standing_rewards(connection):
        if reward.case == case.number:
            note = f"重审举报 {case.number}" + (f"：{act.note}" if act.note else "")
            change = await administration.undo(connection, reward.entry, replace(act, note=note))
            await decision_store.mark_taken_back(connection, reward.entry, change.entry.number)
    await _decide(connection, case, DecisionKind.REOPEN, act, change=change)
    return ReopenedCase(case, change)


async def _begin(connection: aiosqlite.Connection, number: int, act: Act) -> Case:
    await store.require_unused(connection, act.message)
    if len(act.note) > LONGEST_REASON:
        raise WrongUse(f"原因最多 {LONGEST_REASON} 字，这条有 {len(act.note)} 字。请写短一些。")
    return await case_of(connection, number)


def _require_open(case: Case) -> None:
    if case.status is not Status.OPEN:
        done = "通过" if case.status is Status.UPHELD else "驳回"
        raise WrongUse(f"举报 {case.number} 已经{done}了。要改结论，请先发“重审 {case.number}”。")


def _require_traced(case: Case) -> StoredFinding:
    """Returns the finding that the operator could read. Raises WrongUse if evidence joined since: that must
    be looked at first."""
    if case.finding is None or not case.is_traced:
        raise WrongUse(f"举报 {case.number} 有新的材料。请先发“查看举报 {case.number}”，再决定。")
    return case.finding


async def _require_unpaid(connection: aiosqlite.Connection, case: Case) -> None:
    """Raises WrongUse if a reward of the case stands: once a case, whoever insists. An open case has a
    standing reward only if an operator undid its undo."""
    for reward in await _standing_rewards(connection):
        if reward.case == case.number:
            raise WrongUse(
                f"举报 {case.number} 的奖励还有效（记录号 {reward.entry}），不能再奖励一次。"
                f"请先发“撤销 {reward.entry}”。"
            )


async def _objections(
    connection: aiosqlite.Connection, case: Case, finding: StoredFinding, now: datetime, zone: tzinfo
) -> tuple[Objection, ...]:
    """Returns what stands against a reward by rule: what tracing and earlier rewards say, then the doubts."""
    reporter = case.first.reporter
    # Who moves his subscription to another account stays the same person.
    sellers: set[str] = set()
    for seller in (case.accused, finding.finding.accused):
        sellers |= frozenset() if seller is None else await _accounts_of(connection, seller)
    against = []
    if finding.finding.named is None:
        against.append(Objection(Against.NOBODY_NAMED))
    elif not finding.finding.first_names:
        against.append(Objection(Against.FIRST_NAMES_NOBODY))
    if reporter in sellers:
        against.append(Objection(Against.REPORTER_IS_ACCUSED))
    # By every account that the seller was known by, in any case: he may have been reported under another.
    paid = [reward for reward in await _standing_rewards(connection) if sellers & reward.accounts]
    if paid:
        against.append(Objection(Against.SELLER_PAID_FOR, case=paid[0].case))
    last = await _last_reward(connection, reporter)
    if last is not None and now - last < BETWEEN_REWARDS:
        against.append(Objection(Against.REWARDED_LATELY, at=last))
    return (*against, *await doubts(connection, case, zone))


async def _standing_rewards(connection: aiosqlite.Connection) -> list[Reward]:
    """Returns the rewards that stand by the ledger, which alone decides: an operator may have undone one by
    hand. Such ones are marked as taken back, so that they free their case and seller."""
    undone = undone_by(await ledger.undo_entries(connection))
    standing = []
    for reward in await decision_store.rewards(connection):
        undo = undone.get(reward.entry)
        if undo is None:
            standing.append(reward)
        elif reward.taken_back is None:
            await decision_store.mark_taken_back(connection, reward.entry, undo)
    return standing


async def _last_reward(connection: aiosqlite.Connection, reporter: str) -> datetime | None:
    """Returns when the person was last given a reward that stands, on whichever account."""
    entries = await ledger.related_entries(connection, reporter)
    accounts, undone = joined_accounts(entries, reporter), undone_by(entries)
    return max(
        (
            entry.at
            for entry in entries
            if entry.kind is EntryKind.REWARD and entry.member in accounts and entry.number not in undone
        ),
        default=None,
    )


async def _accounts_of(connection: aiosqlite.Connection, account: str) -> frozenset[str]:
    return joined_accounts(await ledger.related_entries(connection, account), account)


async def _pay(
    connection: aiosqlite.Connection, case: Case, finding: StoredFinding, act: Act, *, in_spite: bool
) -> MembershipChange:
    """Gives the first reporter the year by a ledger entry, and stores the reward."""
    note = f"举报 {case.number}" + (f"，仍奖励：{act.note}" if in_spite else "")
    change = await administration.reward(connection, case.first.reporter, REWARD, replace(act, note=note))
    await decision_store.add_reward(
        connection,
        entry=change.entry.number,
        case=case.number,
        seller=finding.finding.named or case.accused,
        in_spite=in_spite,
    )
    return change


async def _decide(
    connection: aiosqlite.Connection,
    case: Case,
    kind: DecisionKind,
    act: Act,
    *,
    finding: int | None = None,
    change: MembershipChange | None = None,
) -> None:
    """Stores the decision, with the ledger entry of the reward where one was paid."""
    await decision_store.add_decision(
        connection,
        case.number,
        kind,
        by=act.by,
        at=act.at,
        message=act.message,
        reason=act.note,
        finding=finding,
        entry=None if change is None else change.entry.number,
    )
