"""Finds what makes a reward doubtful: a seller who hardly paid, or who appeared together with the reporter.

One person with two accounts buys a week on the one, passes a copy on, reports himself with the other and has
earned a year. No account proves whose it is, so this is shown as a doubt, and an operator's 仍奖励 with a
reason overrules it. A reporter whom the program never saw before is no doubt: honest reporters are often
strangers.
"""

from __future__ import annotations

from datetime import timedelta, tzinfo

import aiosqlite

from jianggao.membership import ledger_store as ledger
from jianggao.membership.durations import add
from jianggao.membership.ledger import EntryKind, LedgerEntry, undone_by
from jianggao.resale_reports import store
from jianggao.resale_reports.model import Against, Case, Objection

PAID_DAYS = 90
"""Who has paid for fewer days than this earns a year more cheaply by being reported than by subscribing."""
TOGETHER = timedelta(days=7)
"""Two accounts that were first seen no further apart may be one person's."""
_PAID = frozenset({EntryKind.GRANT, EntryKind.RENEW, EntryKind.REDEEM})


async def doubts(connection: aiosqlite.Connection, case: Case, zone: tzinfo) -> tuple[Objection, ...]:
    """Returns what makes a reward for the case doubtful, besides that the reporter may be the seller. Nothing
    if tracing points to nobody and the reporters name nobody that was ever seen here."""
    traced = None if case.finding is None else case.finding.finding.accused
    # Whom the marks name counts before whom the reporter names.
    seller = traced or case.accused
    if seller is None or seller == case.first.reporter:
        return ()
    first = await store.first_seen(connection, seller)
    # An account that nothing here knows can't be a member who bought a week to be reported.
    if first is None and traced is None:
        return ()
    objections = []
    days = paid_days(await ledger.related_entries(connection, seller), zone)
    if days < PAID_DAYS:
        objections.append(Objection(Against.SELLER_HARDLY_PAID, seller=seller, days=days))
    other = await store.first_seen(connection, case.first.reporter)
    if first is not None and other is not None and abs(first - other) <= TOGETHER:
        objections.append(Objection(Against.APPEARED_TOGETHER, seller=seller, at=first, reporter_at=other))
    return tuple(objections)


def paid_days(entries: list[LedgerEntry], zone: tzinfo) -> int:
    """Returns how many days a person was given for money: by ledger entries that stand, without rewards and
    trials. Days count whether they are used up or not, since nobody gets money back."""
    undone = undone_by(entries)
    total = 0
    for entry in entries:
        if entry.is_trial or entry.kind not in _PAID or entry.number in undone:
            continue
        if entry.duration is not None:
            day = entry.at.astimezone(zone).date()
            total += (add(day, entry.duration) - day).days
    return total
