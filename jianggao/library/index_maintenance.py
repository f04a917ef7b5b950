"""Makes the index anew where another version made it, and merges it after many small transactions."""

from __future__ import annotations

import time

from jianggao.database import Database
from jianggao.library import import_report_store, index, listing
from jianggao.library.paced_writing import TRANSACTION_SECONDS, PacedWriter


async def refresh_index(database: Database, writer: PacedWriter) -> None:
    """Makes the index anew if it was made with another normal form or segmentation."""
    async with database.read() as connection:
        made_with = await import_report_store.fact(connection, "index version")
    if made_with == index.VERSION:
        return
    if made_with is not None:
        await _rebuild_index(database, writer)
    async with database.write() as connection:
        await import_report_store.set_fact(connection, "index version", index.VERSION)


async def _rebuild_index(database: Database, writer: PacedWriter) -> None:
    """Makes the index anew, speech by speech in short transactions, as answers wait for the writer.

    After a kill the next run begins anew: the database still names the old version.
    """
    async with database.write() as connection:
        await index.empty(connection)
        waiting = [(number, listing.rebuild_speech) for number in await listing.listed_numbers(connection)]
        # A speech that is withdrawn or taken down is out of the index, but may come back as it is stored.
        waiting += [
            (number, listing.renew_quotables) for number in await listing.unlisted_numbers(connection)
        ]
    while waiting:
        async with writer.transaction() as connection:
            started = time.perf_counter()
            while waiting and time.perf_counter() - started < TRANSACTION_SECONDS:
                number, renew = waiting.pop(0)
                await renew(connection, number)
    await merge_index(writer)


async def merge_index(writer: PacedWriter) -> None:
    """Merges what was indexed in many transactions into one segment a table, in short steps."""
    for table in index.GRAM_TABLES:
        first, more = True, True
        while more:
            async with writer.transaction() as connection:
                more = await index.merge_some(connection, table, first=first)
            first = False
