"""How much a person may receive a day: SECTIONS_PER_DAY and FULL_TEXTS_PER_DAY (docs/rules.md, Access and Settings).

Counted from the delivery records of the day in the timezone, so that nothing can be counted and not recorded
or the other way round. What was definitely refused by QQ doesn't count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import aiosqlite

from jianggao.access import deliveries
from jianggao.access.verdicts import Place
from jianggao.membership.ledger import end_of_day


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a person has received and may still receive today, in distinct sections and full texts."""

    sections_used: int
    sections_limit: int
    full_texts_used: int
    full_texts_limit: int

    @property
    def sections_left(self) -> int:
        """Never below 0, also when the limit was lowered meanwhile."""
        return max(0, self.sections_limit - self.sections_used)

    @property
    def full_texts_left(self) -> int:
        """Never below 0, also when the limit was lowered meanwhile."""
        return max(0, self.full_texts_limit - self.full_texts_used)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A section that may leave now; `delivery` is the id of its record, to be settled with the outcome."""

    delivery: int
    version: int
    section: int


async def allowance(
    connection: aiosqlite.Connection,
    account: str,
    now: datetime,
    zone: tzinfo,
    *,
    sections_limit: int,
    full_texts_limit: int,
) -> Allowance:
    """The person's allowance of the day that `now` lies in."""
    start, end = _day(now, zone)
    sections = await deliveries.sections_between(connection, account, start, end)
    full_texts = await deliveries.full_texts_between(connection, account, start, end)
    return Allowance(len(sections), sections_limit, len(full_texts), full_texts_limit)


async def record_sections(
    connection: aiosqlite.Connection,
    account: str,
    sections: Sequence[tuple[int, int]],
    place: Place,
    form: str,
    now: datetime,
    zone: tzinfo,
    limit: int,
    marked: Mapping[int, deliveries.Marked] | None = None,
) -> list[Recorded]:
    """Record and give the (version, section id) pairs that may leave, in their order; no others.

    Call it inside `database.write()` and send only after its commit. A section that was already received
    today, and one that stands in `sections` twice, is free; each that leaves has a record of its own.
    """
    received = set(await deliveries.sections_between(connection, account, *_day(now, zone)))
    recorded = []
    for version, section in dict.fromkeys(sections):
        if section not in received and len(received) >= limit:
            continue
        received.add(section)
        delivery = await deliveries.record(
            connection,
            account=account,
            version=version,
            section=section,
            place=place,
            form=form,
            at=now,
            marked=(marked or {}).get(section),
        )
        recorded.append(Recorded(delivery, version, section))
    return recorded


async def record_full_text(
    connection: aiosqlite.Connection,
    account: str,
    version: int,
    place: Place,
    form: str,
    now: datetime,
    zone: tzinfo,
    limit: int,
    marked: deliveries.Marked | None = None,
    sha256: str | None = None,
    keyed_bits: int | None = None,
) -> int | None:
    """Record a full text that is about to leave; gives the record's id, None when the allowance is spent.

    Call it inside `database.write()` and send only after its commit. The same version again on the same day
    is free.
    """
    received = await deliveries.full_texts_between(connection, account, *_day(now, zone))
    if version not in received and len(received) >= limit:
        return None
    return await deliveries.record(
        connection,
        account=account,
        version=version,
        section=None,
        place=place,
        form=form,
        at=now,
        marked=marked,
        sha256=sha256,
        keyed_bits=keyed_bits,
    )


def _day(now: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first moment of the day of `now` in `zone`, and the first after it."""
    today = now.astimezone(zone).date()
    return end_of_day(today - timedelta(days=1), zone), end_of_day(today, zone)
