"""Answers 统计: the figures of the business in a month."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import aiosqlite

from jianggao.access import deliveries, trial_store
from jianggao.access.deliveries import DeliveryCounts
from jianggao.access.group_bindings import bindings
from jianggao.access.verdicts import PlaceKind
from jianggao.membership import ledger_store
from jianggao.membership.ledger import end_of_day
from jianggao.membership.months import Month
from jianggao.membership.statistics import LedgerCounts, count_ledger


@dataclass(frozen=True, slots=True)
class BusinessFigures:
    """What 统计 shows of a month."""

    ledger: LedgerCounts
    in_month: DeliveryCounts
    today: DeliveryCounts | None
    """None of a month that has ended."""
    member_groups: int
    """Groups that are bound now."""
    free_groups: int


async def business_figures(
    connection: aiosqlite.Connection, month: Month, now: datetime, zone: tzinfo
) -> BusinessFigures:
    """Returns the figures of a month by what is stored now."""
    begin, end = month.moments(zone)
    entries = await ledger_store.all_entries(connection)
    first = min(Month(month.year, 1), month.before)
    texts = await trial_store.texts_between(
        connection, first.moments(zone)[0], Month(month.year, 12).moments(zone)[1]
    )
    # In a thread: the fold of all members takes as long as they are many.
    counted = await asyncio.to_thread(count_ledger, entries, texts, month, now, zone)
    day = now.astimezone(zone).date()
    today = None
    if day in month:
        midnight = end_of_day(day - timedelta(days=1), zone)
        today = await deliveries.count_between(connection, midnight, end_of_day(day, zone))
    groups = Counter(binding.kind for binding in (await bindings(connection)).values())
    return BusinessFigures(
        counted,
        await deliveries.count_between(connection, begin, end),
        today,
        groups[PlaceKind.MEMBER_GROUP],
        groups[PlaceKind.FREE_GROUP],
    )
