"""Decides who may have a trial, and gives it: some days of membership, or one full text (docs/rules.md, Trials).

A trial is for a friend who never was a member, once a person for ever. What is decided here is decided in the
transaction that records the trial, so that of two messages at once one finds the trial of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum

import aiosqlite

from jianggao.access import trial_store
from jianggao.clock import CLOCK_TOLERANCE
from jianggao.membership import administration, friends, ledger_store
from jianggao.membership.administration import Act, MembershipChange
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import GIVING, LedgerEntry, MemberState, fold_all, undone_by
from jianggao.membership.ledger_transfers import joined_accounts


class TrialObstacle(Enum):
    """What speaks against a trial; the first of these that does is told."""

    SUSPENDED = "suspended"
    MEMBER = "member"
    """Time is running, or was given for later: perhaps by a trial."""
    HAD_TRIAL = "had_trial"
    WAS_MEMBER = "was_member"
    TOO_NEW = "too_new"
    """Not a friend for long enough."""


@dataclass(frozen=True, slots=True)
class TrialRefusal:
    """Why somebody may not have a trial."""

    obstacle: TrialObstacle
    valid_until: date | None = None
    """The last day of a member's time."""
    is_trial: bool = False
    """Of a member: whether all that was ever given was for trial."""
    allowed_at: datetime | None = None
    """When somebody who is TOO_NEW may have it."""


@dataclass(frozen=True, slots=True)
class TrialApplicant:
    """All of a person that the decision may depend on."""

    account: str
    entries: Sequence[LedgerEntry]
    """Those of all accounts that are joined to this one by transfers: they are one person."""
    had_text: bool
    """Whether one of these accounts received a full text for trial."""
    friend_since: datetime | None


@dataclass(frozen=True, slots=True)
class TrialText:
    """What the trial of one full text means for one person."""

    received: int | None = None
    """The number of the speech that the person received for trial."""
    may_have: bool = False
    """Whether the person may have a full text for trial now."""


def judge(applicant: TrialApplicant, now: datetime, zone: tzinfo, wait: timedelta) -> TrialRefusal | None:
    """Returns why the person may not have a trial now; None for who may.

    An undone entry gave nothing, so a grant to the wrong account forbids no trial; but a trial that was
    undone has been had.
    """
    states = fold_all(applicant.entries, zone)
    own = states.get(applicant.account, MemberState())
    undone = undone_by(applicant.entries)
    given = [entry for entry in applicant.entries if entry.kind in GIVING and entry.number not in undone]
    if any(state.suspended for state in states.values()):
        return TrialRefusal(TrialObstacle.SUSPENDED)
    if own.spans and own.spans[-1].end > now:
        only_trials = all(entry.is_trial for entry in given)
        return TrialRefusal(TrialObstacle.MEMBER, own.valid_until, only_trials)
    if applicant.had_text or any(entry.is_trial for entry in applicant.entries):
        return TrialRefusal(TrialObstacle.HAD_TRIAL)
    if given:
        return TrialRefusal(TrialObstacle.WAS_MEMBER)
    since = applicant.friend_since
    if since is None or since > now + CLOCK_TOLERANCE:  # noted by a clock that was ahead
        since = now
    allowed_at = since + wait
    return TrialRefusal(TrialObstacle.TOO_NEW, allowed_at=allowed_at) if now < allowed_at else None


async def refusal(
    connection: aiosqlite.Connection, account: str, now: datetime, zone: tzinfo, wait: timedelta
) -> TrialRefusal | None:
    """Returns why the account may not have a trial now, by what is stored; None if it may."""
    accounts, entries = await _persons_entries(connection, account)
    had_text = await trial_store.has_received_text(connection, accounts)
    since = await friends.friend_since(connection, account)
    return judge(TrialApplicant(account, entries, had_text, since), now, zone, wait)


async def lasting_refusal(
    connection: aiosqlite.Connection, account: str, now: datetime, zone: tzinfo
) -> TrialRefusal | None:
    """Returns why the account may have no trial however long it waits as a friend; None where one may be
    offered to it. Whatever tells people of the trial asks this, so that none is offered and then refused."""
    return await refusal(connection, account, now, zone, timedelta())


async def had_trial(connection: aiosqlite.Connection, account: str) -> bool:
    """Returns whether the account, or one that is joined to it by transfers, has had a trial."""
    accounts, entries = await _persons_entries(connection, account)
    return any(entry.is_trial for entry in entries) or await trial_store.has_received_text(
        connection, accounts
    )


async def _persons_entries(
    connection: aiosqlite.Connection, account: str
) -> tuple[frozenset[str], list[LedgerEntry]]:
    """Returns the accounts of the person, and their entries. Whom a subscription was moved to by mistake has
    nothing to do with it once that is undone."""
    related = await ledger_store.related_entries(connection, account)
    accounts = joined_accounts(related, account)
    return accounts, [entry for entry in related if entry.member in accounts]


async def give_days(
    connection: aiosqlite.Connection, account: str, days: int, act: Act, wait: timedelta
) -> MembershipChange | TrialRefusal:
    """Gives so many days of membership for trial, or returns why not. Raises AlreadyProcessed if the message
    has acted before."""
    refused = await refusal(connection, account, act.at, act.zone, wait)
    if refused is not None:
        return refused
    return await administration.grant(connection, account, Duration(days=days), act, is_trial=True)
