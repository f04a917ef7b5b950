"""Redeems a code: at most once, in one transaction with the ledger entry that it pays for.

What a guesser learns is the same of every code that can't be redeemed, and costs the same: `Rejected`. Only
who has used a code is told so. The caller brings the transaction of `database.write()`, stores its own record
in it, and commits it whatever the outcome, since wrong tries are counted in it too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import aiosqlite

from jianggao.access import trials
from jianggao.access.trials import TrialObstacle
from jianggao.errors import NotAllowed, WrongUse
from jianggao.membership import administration, ledger_store
from jianggao.membership.administration import MAX_NOTE, Act, MembershipChange
from jianggao.membership.ledger import undone_by
from jianggao.redeem_codes import attempts, code_store
from jianggao.redeem_codes.code_form import hash_of
from jianggao.redeem_codes.code_store import CodeTerms, StoredCode, UsedCode


@dataclass(frozen=True, slots=True)
class Redeemed:
    """The code was redeemed: what it gave, and the entry that it wrote."""

    terms: CodeTerms
    change: MembershipChange


@dataclass(frozen=True, slots=True)
class Rejected:
    """There is no such code for this person: unknown, used by somebody else, revoked, or past its last
    day."""


@dataclass(frozen=True, slots=True)
class UsedByYou:
    """The same person has redeemed it before."""

    at: datetime
    entry: int
    is_undone: bool = False
    """Whether the entry was taken back since. The code stays used."""


@dataclass(frozen=True, slots=True)
class LockedOut:
    """Too many wrong tries: nothing was looked up."""

    minutes: int


@dataclass(frozen=True, slots=True)
class TrialTaken:
    """It is a trial, and the person had one. The code is unused."""


@dataclass(frozen=True, slots=True)
class NotForMembers:
    """It is a trial, and the person is a member or was one. The code is unused."""


@dataclass(frozen=True, slots=True)
class Suspended:
    """The person is suspended; nothing was looked up."""


RedemptionOutcome = Redeemed | Rejected | UsedByYou | LockedOut | TrialTaken | NotForMembers | Suspended


async def redeem(
    connection: aiosqlite.Connection, account: str, code: str, act: Act, key: bytes
) -> RedemptionOutcome:
    """Redeems a code for an account, and returns what came of it.

    `code` is what `code_form.find_codes` or `characters_of` returned, right or wrong; `key` that of
    `key_of_hashes`; the note of `act` is replaced by one that names the batch. Raises AlreadyProcessed if the
    message has written an entry before, and NotAllowed, with the code unused, for a subscription that would
    end too far ahead.
    """
    minutes = await attempts.locked_for(connection, account, act.at)
    if minutes:
        return LockedOut(minutes)
    if (await administration.state_of(connection, account, act.zone)).suspended:
        return Suspended()
    today = act.at.astimezone(act.zone).date()
    found = await code_store.find_code_for(connection, hash_of(code, key), account, today)
    if found is None:
        await attempts.note_wrong(connection, account, act.at)
        return Rejected()
    if found.used is not None:
        undone = undone_by(await ledger_store.undo_entries(connection))
        return UsedByYou(found.used.at, found.used.entry, found.used.entry in undone)
    refused = await _trial_refused(connection, account, act) if found.terms.is_trial else None
    if refused is not None:
        return refused
    return await _redeemed(connection, account, found, act)


async def _trial_refused(
    connection: aiosqlite.Connection, account: str, act: Act
) -> TrialTaken | NotForMembers | None:
    """Returns why the person can't have time for trial, by the rule of 试用, but for the wait of new friends:
    an operator gave the code away. A trial that was undone has been had."""
    refused = await trials.refusal(connection, account, act.at, act.zone, timedelta(0))
    if refused is None:
        return None
    is_taken = refused.obstacle is TrialObstacle.HAD_TRIAL or refused.is_trial
    return TrialTaken() if is_taken else NotForMembers()


async def _redeemed(connection: aiosqlite.Connection, account: str, code: StoredCode, act: Act) -> Redeemed:
    note = f"卡密第 {code.batch} 批 {code.terms.note}".strip()[:MAX_NOTE]
    try:
        change = await administration.redeem(
            connection, account, code.terms.duration, replace(act, note=note), is_trial=code.terms.is_trial
        )
    except WrongUse:
        raise NotAllowed("你的有效期已经很远了，加不上去。这个卡密没有用掉，请联系群主。") from None
    used = UsedCode(change.entry.number, account, act.at)
    if not await code_store.mark_used(connection, code.hash, used):
        raise AssertionError("a redeemable code was used within the same transaction")
    await attempts.forget(connection, account)
    return Redeemed(code.terms, change)
