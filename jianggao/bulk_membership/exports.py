"""Gathers what 导出会员 and 导出操作记录 write down: every member, and the ledger of a year."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

import aiosqlite

from jianggao.membership import ledger_store
from jianggao.membership.ledger import (
    EntitlementWindow,
    LedgerEntry,
    MemberState,
    Standing,
    fold_all,
    undone_by,
)
from jianggao.membership.overviews import LogLine
from jianggao.membership.renewals import last_given


@dataclass(frozen=True, slots=True)
class ExportedMember:
    """Somebody who was ever given time, or is suspended."""

    account: str
    standing: Standing
    valid_until: date | None
    window: EntitlementWindow | None
    """What the person may read; None where nothing is running, and while suspended."""
    first_day: date | None
    """The first day of the first subscription."""
    last_gift: LedgerEntry | None
    """The newest entry that gave time and counts, be it to the account that the subscription came from."""
    days: int
    """Days of all subscriptions together, from their first to their last."""
    has_only_tried: bool = False
    """Whether all that was given was for trial."""


async def exported_members(
    connection: aiosqlite.Connection, now: datetime, zone: tzinfo
) -> list[ExportedMember]:
    """Returns all members: active ones by their last day, then suspended, then expired ones."""
    entries = await ledger_store.all_entries(connection)
    return await asyncio.to_thread(_members, entries, now, zone)


async def ledger_of_year(connection: aiosqlite.Connection, year: int, zone: tzinfo) -> list[LogLine]:
    """Returns the entries of a year in `zone`, oldest first, each with the undo that took it out, whenever
    that was."""
    entries = await ledger_store.all_entries(connection)
    return await asyncio.to_thread(_year, entries, year, zone)


def _members(entries: Sequence[LedgerEntry], now: datetime, zone: tzinfo) -> list[ExportedMember]:
    gifts = last_given(entries)
    tried = gifts.keys() - last_given(entries, trials=False).keys()
    order = (Standing.ACTIVE, Standing.SUSPENDED, Standing.EXPIRED, Standing.NEVER)
    members = [
        replace(_member(account, state, gifts.get(account), now), has_only_tried=account in tried)
        for account, state in fold_all(entries, zone).items()
        if state.spans or state.suspended
    ]
    return sorted(
        members,
        key=lambda each: (
            order.index(each.standing),
            each.valid_until or date.min,
            len(each.account),
            each.account,
        ),
    )


def _member(account: str, state: MemberState, last_gift: LedgerEntry | None, now: datetime) -> ExportedMember:
    standing = state.standing(now)
    return ExportedMember(
        account,
        standing,
        state.valid_until,
        state.window(now) if standing is Standing.ACTIVE else None,
        state.spans[0].first_day if state.spans else None,
        last_gift,
        sum((span.valid_until - span.first_day + timedelta(days=1)).days for span in state.spans),
    )


def _year(entries: Iterable[LedgerEntry], year: int, zone: tzinfo) -> list[LogLine]:
    entries = list(entries)
    undone = undone_by(entries)
    return [
        LogLine(entry, undone.get(entry.number))
        for entry in entries
        if entry.at.astimezone(zone).year == year
    ]
