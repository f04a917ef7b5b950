"""Imports the source files: brings the database in step with them (docs/rules.md, Library).

Files are read and prepared in worker processes; the database is written in short transactions of whole texts,
and a file is recorded as read in the transaction of its last text: killed at any point, the next run
finishes. Source files are never written.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import aiosqlite

from jianggao.clock import Clock, ClockWatch
from jianggao.database import Database
from jianggao.errors import CannotRead, CannotStart, CannotWrite, NotFound
from jianggao.library import import_report_store, source_store, speech_store
from jianggao.library.earlier_public_text import narrow_public_text
from jianggao.library.import_clock import FileTimes, ImportClock
from jianggao.library.import_report import ImportReport
from jianggao.library.index_maintenance import merge_index, refresh_index
from jianggao.library.paced_writing import TRANSACTION_SECONDS, PacedWriter, part_of_transaction
from jianggao.library.preparation import PreparedSource, failed
from jianggao.library.preparation_workers import prepared_ahead
from jianggao.library.public_part import ChoosePublicPart
from jianggao.library.reconcile import NoDay, Reconciler
from jianggao.library.scan import (
    FoundFile,
    Scanned,
    is_folder,
    is_in_scope,
    is_there,
    is_within,
    scan,
    scope_in,
    shown_name,
)
from jianggao.library.staging import Staging
from jianggao.parsing.parser import VERSION as PARSER_VERSION

logger = logging.getLogger(__name__)

GONE_SHARE = 0.20
GONE_COUNT = 5
"""How many of the known files, and what share of them. If more than both are missing, nothing is withdrawn
until someone confirms: a drive that isn't mounted, or a folder that was renamed, looks like this, while a
thinned-out folder misses a few at a time."""
_DATABASE_FAILS = (sqlite3.OperationalError, CannotWrite, CannotRead, CannotStart)
"""Errors that are no fault of the text that is being stored: they would refuse every other text too."""
READ_AGAIN = ""
"""Stored in place of the parser's version where a file couldn't be read for a reason that may pass (too
little memory, a clock in doubt): the next import reads it though it hasn't changed."""


@dataclass(slots=True)
class _Prepared:
    """A file and those of its texts that wait to be stored."""

    file: FoundFile
    texts: list[PreparedSource]
    kept: set[str] = field(default_factory=set)
    """The paths of the texts that the file holds."""
    refused: set[str] = field(default_factory=set)
    """The texts of which nothing could be read."""
    passing: bool = False
    """Whether some of it must be read again though the file stays as it is."""

    def note(self, text: PreparedSource, stored: PreparedSource) -> None:
        """Records that this text was stored, as it is or as a refusal."""
        self.kept.add(text.path)
        self.passing |= stored.passing
        if stored.speech is None:
            self.refused.add(text.path)


Progress = Callable[[int, int], None]
"""Called with (files done, files to do)."""


class Importer:
    """Imports a library folder into a database, one run at a time.

    For each second of writing it rests `rest` seconds: a bot that answers meanwhile comes first.
    """

    def __init__(
        self,
        database: Database,
        root: Path,
        choose_public_part: ChoosePublicPart,
        shuffle: Callable[[int, int], int],
        *,
        clock: Clock,
        today: Callable[[], date],
        watch: ClockWatch | None = None,
        file_times: FileTimes | None = None,
        newest_at_start: datetime | None = None,
        workers: int = 1,
        rest: float = 0.0,
    ) -> None:
        self._database = database
        self._root = root
        self._choose_public_part = choose_public_part
        self._clock = ImportClock(clock, today, watch, file_times=file_times, newest_at_start=newest_at_start)
        self._writer = PacedWriter(database, rest)
        self._reconciler = Reconciler(choose_public_part, shuffle, self._clock)
        self._staging = Staging(
            database, self._writer, self._reconciler, choose_public_part, shuffle, self._clock
        )
        self._workers = workers
        self._running = asyncio.Lock()

    async def run(
        self,
        *,
        confirmed: bool = False,
        clock_is_right: bool = False,
        under: Path | None = None,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Imports what is new or changed, withdraws what is gone, stores the report and returns it.

        `under` restricts the run to a file or folder inside the root (nothing is withdrawn then); `confirmed`
        withdraws even if much is gone; `clock_is_right` ends any doubt about the clock.
        Raises WrongUse if `under` lies outside of the root, NotFound if it isn't there.
        """
        async with self._running:
            scope = scope_in(self._root, under)
            report = ImportReport()
            known, found = await self._known_and_found()
            doubt = await self._clock.judge(
                self._database, found.files if found is not None else (), trusted=clock_is_right
            )
            await narrow_public_text(self._database, self._choose_public_part)
            await self._staging.clear_hidden()
            await refresh_index(self._database, self._writer)
            if found is None:
                report.root_missing = True
            else:
                await self._import(known, found, scope, confirmed, report, progress)
            if self._clock.notifies_superusers or report.waiting:
                report.clock_doubt = doubt
            report.import_day, report.days_at_rest = self._clock.today().isoformat(), self._clock.days_at_rest
            return await self._finish(report)

    async def prepare_to_list(self, number: int) -> None:
        """Indexes a long speech that was taken down, hidden, in short transactions: the one that lists it is
        short then.

        Nothing changes of what anybody finds, and nothing happens if the speech isn't a long one.
        """
        await self._staging.put_in(number)

    async def _known_and_found(self) -> tuple[Mapping[str, source_store.KnownFile], Scanned | None]:
        """Returns the files that were read before, by path, and what lies in the folder.

        The latter is None if there is no folder.
        """
        async with self._database.read() as connection:
            known = await source_store.known_files(connection)
        if not await asyncio.to_thread(is_folder, self._root):
            return known, None
        stored_names = {known_file.file.location: path for path, known_file in known.items()}
        return known, await asyncio.to_thread(scan, self._root, stored_names)

    async def _import(
        self,
        known: Mapping[str, source_store.KnownFile],
        found: Scanned,
        scope: str | None,
        confirmed: bool,
        report: ImportReport,
        progress: Progress | None,
    ) -> None:
        """Imports the changed files in the scope, and withdraws what is gone unless the scope is a part of
        the library."""
        if scope is not None and not found.has(scope) and not is_there(self._root / scope):
            raise NotFound(f"资料文件夹里没有 {shown_name(scope)}。")
        in_scope = [file for file in found.files if scope is None or is_in_scope(file, scope)]
        _report_unreadable(found, known, scope, report)
        # Another version of the parser reads every file again, though none has changed.
        changed = [
            file for file in in_scope if known.get(file.path) != source_store.KnownFile(file, PARSER_VERSION)
        ]
        report.unchanged_files = len(in_scope) - len(changed)
        gone = _gone(found, known)
        self._reconciler.gone_files = frozenset(gone)
        self._reconciler.claims.forget_all()
        done = 0
        async with prepared_ahead(self._root, changed, self._clock.today(), self._workers) as batches:
            async for batch in batches:
                waiting = [_Prepared(file, texts) for file, texts in batch]
                async for stored in self._store(waiting, report):
                    done += stored
                    if progress is not None:
                        progress(done, len(changed))
        # A run on one folder says nothing of what lies elsewhere.
        if scope is None:
            await self._withdraw_gone(gone, len(known), confirmed, report)
        await self._staging.clear_hidden()
        if changed:
            await merge_index(self._writer)

    # --- storing --------------------------------------------------------------------------------------------

    async def _store(self, batch: list[_Prepared], report: ImportReport) -> AsyncIterator[int]:
        """Stores a batch in short transactions; yields the number of files that each one finished."""
        while batch:
            finished = 0
            if batch[0].texts:
                async with self._database.read() as connection:
                    await self._reconciler.claims.decide(
                        connection, batch[0].file.path, batch[0].texts, self._reconciler.gone_files
                    )
                batch[0].texts[0] = await self._staged_or_failed(batch[0])
            async with self._writer.transaction() as connection:
                started = time.perf_counter()
                while batch and time.perf_counter() - started < TRANSACTION_SECONDS:
                    if not await self._store_some(connection, batch[0], report, started):
                        break
                    batch.pop(0)
                    finished += 1
            yield finished

    async def _staged_or_failed(self, prepared: _Prepared) -> PreparedSource:
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
        self, connection: aiosqlite.Connection, prepared: _Prepared, report: ImportReport, started: float
    ) -> bool:
        """Stores texts of a file while there is time.

        Returns whether the file is finished, and recorded as read.
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
        await self._reconciler.drop_texts(connection, file.path, prepared.kept, report, prepared.refused)
        parser = READ_AGAIN if prepared.passing else PARSER_VERSION
        await source_store.remember_file(connection, file, parser)
        return True

    async def _store_or_refuse(
        self, connection: aiosqlite.Connection, file: FoundFile, text: PreparedSource, report: ImportReport
    ) -> PreparedSource:
        """Stores a text, or the refusal if that fails, and returns what was stored.

        One text never ends an import; a database that can't be written does, as it would refuse every other
        one.
        """
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

    # --- what is gone ---------------------------------------------------------------------------------------

    async def _withdraw_gone(
        self, gone: Sequence[str], known: int, confirmed: bool, report: ImportReport
    ) -> None:
        """Withdraws the speeches of files that are gone; only counts them in the report where so many are
        gone that somebody must confirm it first."""
        if len(gone) > GONE_COUNT and len(gone) > GONE_SHARE * known and not confirmed:
            report.held_back = len(gone)
            return
        for path in gone:
            # One transaction a file: after a kill the next run finds the others still gone.
            async with self._database.write() as connection:
                for source in await source_store.sources_of_file(connection, path):
                    await self._reconciler.drop_source(connection, source, report)
                await source_store.forget_file(connection, path)

    async def _finish(self, report: ImportReport) -> ImportReport:
        async with self._database.write() as connection:
            report.speeches, report.sections = await speech_store.count_listed(connection)
            await import_report_store.add_report(connection, self._clock.now(), report.to_json())
        logger.info("import finished: %d speeches, %d sections", report.speeches, report.sections)
        return report


def _gone(found: Scanned, known: Mapping[str, source_store.KnownFile]) -> list[str]:
    """Returns the paths of files that were read and aren't there any more.

    A file in a folder that can't be read isn't gone.
    """
    present = {file.path for file in found.files}
    return [
        path for path in sorted(known) if path not in present and not found.hides(known[path].file.location)
    ]


def _report_unreadable(
    found: Scanned, known: Mapping[str, source_store.KnownFile], scope: str | None, report: ImportReport
) -> None:
    """Reports what couldn't be read in the scope, with how many known files in it stay as they are."""
    for entry in found.unreadable:
        location = entry.location
        if scope is not None and not is_within(location, scope) and not is_within(scope, location):
            continue
        kept = sum(is_within(file.file.location, location) for file in known.values())
        stays = f"；里面的 {kept} 个文件照旧" if entry.is_folder and kept else ""
        report.refused.append(f"{entry.path}：{entry.reason}{stays}")
