"""Writes down what became of texts that left, when the outcome of their send is known."""

from __future__ import annotations

import logging
from collections.abc import Collection

import aiosqlite

from jianggao.access import deliveries
from jianggao.access.deliveries import DeliveryOutcome
from jianggao.database import Database
from jianggao.errors import CannotWrite
from jianggao.outbound.send_outcomes import Delivered, Refused, SendOutcome
from jianggao.reading.session import Effect

logger = logging.getLogger(__name__)


def outcome_of(sent: SendOutcome) -> DeliveryOutcome:
    """Returns what a delivery record says after this outcome: REFUSED only if nothing of the text left.

    A long text goes in several messages: where the first one arrived and QQ refused the second, the text has
    left as far as anybody can tell.
    """
    if isinstance(sent, Delivered):
        return DeliveryOutcome.DELIVERED
    if isinstance(sent, Refused) and not sent.after_a_part:
        return DeliveryOutcome.REFUSED
    return DeliveryOutcome.UNKNOWN


async def settle(
    database: Database, records: Collection[int], sent: SendOutcome, also: Effect | None = None
) -> None:
    """Writes down what became of recorded deliveries, with `also` in the same transaction.

    That is done when the database can be written: while it can't, the work waits in memory, since the send
    has happened and can't be refused any more. Where no more may wait, or the bot ends first, the records
    stay unsettled, and the next start settles them as UNKNOWN: they count as received.
    """

    async def write_down(connection: aiosqlite.Connection) -> None:
        await deliveries.settle(connection, records, outcome_of(sent))
        if also is not None:
            await also(connection)

    try:
        await database.writer.write_or_later(write_down, happened=True)
    except CannotWrite as error:
        logger.warning(
            "what became of a text is not stored: too much waits already (%s)", error.explanation.cause
        )
