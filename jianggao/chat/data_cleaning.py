"""Cleans away, while the bot runs, what is about people and has been kept as long as it is needed: imports that
nobody confirmed, answers that were given, and what the -wal still holds of data that were deleted."""

from __future__ import annotations

import asyncio
from datetime import datetime

from jianggao.application import Application
from jianggao.bulk_membership import import_store
from jianggao.bulk_membership.imports import VALID_FOR
from jianggao.chat.repeated_work import Rest, repeat
from jianggao.chat.services import ChatServices
from jianggao.outbound import outbox_store

CLEANED_EVERY = 5.0
"""Seconds between two looks."""
_NEXT_DELETION = 60.0
"""Seconds between two deletions of what has become too old."""
_WHILE_ANSWERS_WAIT = 60.0
"""Seconds until the -wal is emptied again where answers waited: their words go when they are given."""


async def clean_data(services: ChatServices, rest: Rest = asyncio.sleep) -> None:
    """Cleans for as long as the bot runs. A failure is followed by the next try."""
    await repeat(
        DataCleaning(services.application).check,
        rest,
        every=CLEANED_EVERY,
        warnings=services.warnings,
        not_done="old data are not cleaned away for now",
    )


class DataCleaning:
    """What is remembered from one look to the next."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._writer = application.database.writer
        self._next_deletion = float("-inf")
        self._next_emptying = float("-inf")

    async def check(self) -> None:
        """Deletes what is too old, and empties the -wal after a deletion. Does nothing while the database can't
        be written."""
        if self._writer.trouble is not None:
            return
        if self._application.monotonic() >= self._next_deletion:
            await self._delete_old(self._application.clock())
            self._next_deletion = self._application.monotonic() + _NEXT_DELETION
        if self._writer.keeps_deleted and self._application.monotonic() >= self._next_emptying:
            await self._empty_log()

    async def _delete_old(self, now: datetime) -> None:
        # Looked at first: a foreign lock is no trouble as long as nothing is to be written.
        async with self._application.database.read() as connection:
            is_due = await import_store.has_older(connection, now - VALID_FOR) or await outbox_store.has_old(
                connection, now
            )
        if not is_due:
            return
        async with self._application.database.write() as connection:
            await import_store.drop_older(connection, now - VALID_FOR, now)
            await outbox_store.delete_old(connection, now)
        self._writer.keeps_deleted = True

    async def _empty_log(self) -> None:
        """Empties the -wal if nobody is reading: what was deleted before stands in it no longer."""
        async with self._application.database.read() as connection:
            waiting = await outbox_store.waiting_answers(connection)
        self._writer.keeps_deleted = False  # what is deleted from here on needs another turn
        if not await self._writer.empty_log() or waiting:
            self._writer.keeps_deleted = True
        if waiting:
            self._next_emptying = self._application.monotonic() + _WHILE_ANSWERS_WAIT
