"""Stores the prepared texts of files, a few in each short transaction.

One text never ends an import; a database that can't be written does, as it would refuse every other one.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import aiosqlite

from jianggao.database import Database
from jianggao.errors import CannotRead, CannotStart, CannotWrite
from jianggao.library import source_store
from jianggao.library.destinations import NoDay
from jianggao.library.file_texts import FileTexts
from jianggao.library.import_report import ImportReport
from jianggao.library.paced_writing import TRANSACTION_SECONDS, PacedWriter, part_of_transaction
from jianggao.library.preparation import PreparedSource, failed
from jianggao.library.reconcile import Reconciler
from jianggao.library.scan import FoundFile
from jianggao.library.staging import Staging

logger = logging.getLogger(__name__)

_DATABASE_FAILS = (sqlite3.OperationalError, CannotWrite, CannotRead, CannotStart)
"""Errors that are no fault of the text that is being stored: they would refuse every other text too."""
_TOLD_EVERY = 3.0
"""Seconds between two lines of the log on how far a file is."""


class FileStoring:
    """Stores what was prepared of files, and records each file as read with its last text."""

    def __init__(
        self, database: Database, writer: PacedWriter, reconciler: Reconciler, staging: Staging
    ) -> None:
        self._database = database
        self._writer = writer
        self._reconciler = reconciler
        self._staging = staging
        self._told = time.perf_counter()

    async def store(self, batch: list[FileTexts], report: ImportReport, parser: str) -> AsyncIterator[int]:
        """Stores a batch, read by this version of the parser, in short transactions.

        Yields the number of files that each one finished.
        """
        while batch:
            finished = 0
            if batch[0].texts:
                async with self._database.read() as connection:
                    await self._reconciler.claims.decide(
                        connection,
                        batch[0].file.path,
                        batch[0].texts,
                        self._reconciler.gone_files,
                        self._reconciler.rereading,
                    )
                batch[0].texts[0] = await self._staged_or_failed(batch[0])
            async with self._writer.transaction() as connection:
                started = time.perf_counter()
                while batch and time.perf_counter() - started < TRANSACTION_SECONDS:
                    if not await self._store_some(connection, batch[0], report, started, parser):
                        break
                    batch.pop(0)
                    finished += 1
            self._tell(batch[:1])
            yield finished

    def _tell(self, waiting: list[FileTexts]) -> None:
        """Logs from time to time how far a file is that holds many texts."""
        now = time.perf_counter()
        for prepared in waiting:
            stored, left = len(prepared.kept), len(prepared.texts)
            if stored and left and now - self._told >= _TOLD_EVERY:
                self._told = now
                logger.info("%s：第 %d 篇，共 %d 篇", prepared.file.path, stored, stored + left)

    async def _staged_or_failed(self, prepared: FileTexts) -> PreparedSource:
        """Returns the first text of a file, its sections stored if it is a long one; the refusal if that
        fails."""
        text = prepared.texts[0]
        if not self._staging.is_due(text):
            return text
        try:
            await self._staging.stage(prepared.file, text)
        except _DATABASE_FAILS:
            raise
        except Exception as error:
            return failed(text.path, error)
        return text

    async def _store_some(
        self,
        connection: aiosqlite.Connection,
        prepared: FileTexts,
        report: ImportReport,
        started: float,
        parser: str,
    ) -> bool:
        """Stores texts of a file while there is time.

        Returns whether the file is finished, and recorded as read by this version of the parser.
        """
        # The parts of a thick volume take long to match: that is done before the transaction, too.
        if await self._reconciler.claims.are_due(connection, prepared.file.path, prepared.texts):
            return False
        while prepared.texts and time.perf_counter() - started < TRANSACTION_SECONDS:
            # Staging has transactions of its own: this one ends first.
            if self._staging.is_due(prepared.texts[0]):
                return False
            text = prepared.texts.pop(0)
            prepared.note(text, await self._store_or_refuse(connection, prepared.file, text, report))
        if prepared.texts:
            return False
        file = prepared.file
        is_done = await self._reconciler.drop_texts(
            connection, file.path, prepared.kept, report, prepared.refused
        )
        # What somebody must confirm is looked at again at the next import.
        by = parser if is_done and not prepared.passing else source_store.READ_AGAIN
        await source_store.remember_file(connection, file, by)
        return True

    async def _store_or_refuse(
        self, connection: aiosqlite.Connection, file: FoundFile, text: PreparedSource, report: ImportReport
    ) -> PreparedSource:
        """Stores a text, or the refusal if that fails, and returns what was stored.

        One text never ends an import; a database that can't be written does, as it would refuse every other
        one.
        """
        if text.other_kind:  # what was read of it before stays
            report.unread.append(text.path)
            return text
        changes = ImportReport()
        try:
            async with part_of_transaction(connection, fatal=_DATABASE_FAILS):
                await self._reconciler.store_text(connection, file, text, self._staging.staged(text), changes)
        except _DATABASE_FAILS:
            raise
        except NoDay:
            changes = ImportReport(waiting=[text.path])
            text = replace(text, speech=None, passing=True)
        except Exception as error:
            changes = ImportReport()
            text = failed(text.path, error)
            await self._reconciler.store_text(connection, file, text, None, changes)
        if text.failure:
            logger.error("a source text could not be read:\n%s", text.failure)
        report.add(changes)
        return text
