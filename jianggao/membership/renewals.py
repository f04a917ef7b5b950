"""Finds what was given last to each account, be it moved there by a transfer, and so for how long people renew."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence

import aiosqlite

from jianggao.membership import ledger_store
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import GIVING, EntryKind, LedgerEntry, undone_by

A_YEAR = Duration(years=1)
"""What is proposed to whom no product was ever given."""


_A_MONTH = 28
"""Days; what is given for fewer is a gift or makes up for something, where there is a longer subscription."""
_IMPORTED = re.compile("导入[0-9]")
"""How 导入会员 begins the notes of its entries."""


async def usual_durations(connection: aiosqlite.Connection) -> dict[str, Duration]:
    """Returns, by account, for how long time was given last. Trials don't count, nor the odd days that were
    left until an imported 到期日, nor a few days beside a longer subscription. Accounts that got no other time are
    missing."""
    entries = await ledger_store.all_entries(connection)
    # In a thread: it takes as long as the ledger is.
    return await asyncio.to_thread(usual_among, entries)


def usual_among(entries: Sequence[LedgerEntry]) -> dict[str, Duration]:
    """Returns what `usual_durations` does, of these entries."""
    given = last_given(entries, products=True)
    usual = {account: entry.duration for account, entry in given.items() if entry.duration is not None}
    # Who has a subscription got the few days beside it for some reason, and won't renew for them.
    longer = last_given([entry for entry in entries if not _is_short(entry.duration)], trials=False)
    for account, duration in usual.items():
        if _is_short(duration) and account in longer:
            entry = longer[account]
            usual[account] = entry.duration if entry.duration and is_product(entry) else A_YEAR
    return usual


def _is_short(duration: Duration | None) -> bool:
    if duration is None:
        return False
    return not (duration.years or duration.months) and duration.weeks * 7 + duration.days < _A_MONTH


def is_product(entry: LedgerEntry) -> bool:
    """Returns whether an entry gives what somebody may renew for: no trial, and no odd days of an import."""
    duration = entry.duration
    if duration is None or entry.is_trial:
        return False
    return not (duration.weeks or duration.days) or _IMPORTED.match(entry.note) is None


def last_given(
    entries: Iterable[LedgerEntry], *, trials: bool = True, products: bool = False
) -> dict[str, LedgerEntry]:
    """Returns, by account, the newest entry that gave it time and counts; without those that gave time for
    trial if not `trials`, and only what `is_product` if `products`. Accounts without such an entry are
    missing. The entries come in whatever order."""
    ordered = sorted(entries, key=lambda entry: entry.number)
    undone = undone_by(ordered)
    given: dict[str, LedgerEntry] = {}
    for entry in ordered:
        if entry.number in undone:
            continue
        if entry.kind in GIVING and (trials or not entry.is_trial) and (not products or is_product(entry)):
            given[entry.member] = entry
        elif entry.kind is EntryKind.TRANSFER and entry.successor is not None:
            moved = given.pop(entry.member, None)
            own = given.get(entry.successor)
            if moved is not None and (own is None or own.number < moved.number):
                given[entry.successor] = moved
    return given
