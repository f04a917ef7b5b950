"""Limits how many sections and full texts a person receives a day: SECTIONS_PER_DAY and FULL_TEXTS_PER_DAY.

Counted from the delivery records of the day in the bot's timezone, so that nothing can be counted and not
recorded or the other way round (docs/rules.md, Access and Settings). What QQ definitely refused doesn't
count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

import aiosqlite

from jianggao.access import deliveries
from jianggao.access.verdicts import Place
from jianggao.membership.ledger import end_of_day

_UNLIMITED = 1_000_000
"""More distinct texts than any library holds: the quota of superusers."""


@dataclass(frozen=True, slots=True)
class DailyQuotas:
    """How many distinct sections and full texts a person may receive a day, and the zone whose days count."""

    sections: int
    full_texts: int
    zone: tzinfo

    def unlimited(self) -> DailyQuotas:
        """Returns the quotas of a superuser, whose deliveries are recorded like all others but never run
        out."""
        return replace(self, sections=_UNLIMITED, full_texts=_UNLIMITED)

    def day_of(self, now: datetime) -> tuple[datetime, datetime]:
        """Returns the first moment of the day that `now` lies in, and the first moment after it."""
        today = now.astimezone(self.zone).date()
        return end_of_day(today - timedelta(days=1), self.zone), end_of_day(today, self.zone)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a person has received and may still receive today, in distinct sections and full texts."""

    sections_used: int
    full_texts_used: int
    quotas: DailyQuotas

    @property
    def sections_left(self) -> int:
        """Never below 0, also when the quota was lowered meanwhile."""
        return max(0, self.quotas.sections - self.sections_used)

    @property
    def full_texts_left(self) -> int:
        """Never below 0, also when the quota was lowered meanwhile."""
        return max(0, self.quotas.full_texts - self.full_texts_used)


@dataclass(frozen=True, slots=True)
class RecordedSection:
    """A section that may leave now; `delivery` is the id of its record, to be settled with the outcome of the
    send."""

    delivery: int
    version: int
    section: int


async def allowance(
    connection: aiosqlite.Connection, account: str, now: datetime, quotas: DailyQuotas
) -> Allowance:
    """Returns the person's allowance of the day that `now` lies in."""
    start, end = quotas.day_of(now)
    sections = await deliveries.sections_between(connection, account, start, end)
    full_texts = await deliveries.full_texts_between(connection, account, start, end)
    return Allowance(len(sections), len(full_texts), quotas)


async def record_sections(
    connection: aiosqlite.Connection,
    account: str,
    sections: Sequence[tuple[int, int]],
    place: Place,
    form: str,
    now: datetime,
    quotas: DailyQuotas,
    marks: Mapping[int, deliveries.CopyMark] | None = None,
) -> list[RecordedSection]:
    """Records those of the (version, section id) pairs that may leave, and returns them in their order.

    Call it inside `database.write()` and send only after its commit. A section that was already received
    today is free, and so is one that stands in `sections` twice; each that leaves has a record of its own.
    `marks` are by section id.
    """
    received = set(await deliveries.sections_between(connection, account, *quotas.day_of(now)))
    recorded = []
    for version, section in dict.fromkeys(sections):
        # Not `break`: after the quota is spent, a later section of the list may be one that was received
        # today.
        if section not in received and len(received) >= quotas.sections:
            continue
        received.add(section)
        delivery = await deliveries.record_delivery(
            connection,
            account=account,
            version=version,
            section=section,
            place=place,
            form=form,
            at=now,
            mark=(marks or {}).get(section),
        )
        recorded.append(RecordedSection(delivery, version, section))
    return recorded


async def record_full_text(
    connection: aiosqlite.Connection,
    account: str,
    version: int,
    place: Place,
    form: str,
    now: datetime,
    quotas: DailyQuotas,
    mark: deliveries.CopyMark | None = None,
    sha256: str | None = None,
    keyed_bits: int | None = None,
) -> int | None:
    """Records a full text that is about to leave; returns the record's id, None when the day's quota is
    spent.

    Call it inside `database.write()` and send only after its commit. The same version again on the same day
    is free.
    """
    received = await deliveries.full_texts_between(connection, account, *quotas.day_of(now))
    if version not in received and len(received) >= quotas.full_texts:
        return None
    return await deliveries.record_delivery(
        connection,
        account=account,
        version=version,
        section=None,
        place=place,
        form=form,
        at=now,
        mark=mark,
        sha256=sha256,
        keyed_bits=keyed_bits,
    )
