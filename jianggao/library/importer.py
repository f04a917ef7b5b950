"""Imports the source files: brings the database in step with them (docs/rules.md, Library).

Files are read and prepared in worker processes; the database is written in short transactions of whole texts,
and a file is recorded as read in the transaction of its last text: killed at any point, the next run
finishes. Source files are never written.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import aiosqlite

from jianggao.clock import Clock, ClockWatch
from jianggao.database import Database
from jianggao.errors import NotFound
from jianggao.library import (
    edge_lines,
    import_report_store,
    reading_note_store,
    source_store,
    speech_store,
)
from jianggao.library.earlier_public_text import narrow_public_text
from jianggao.library.file_storing import FileStoring
from jianggao.library.file_texts import FileTexts
from jianggao.library.folder_changes import (
    Progress,
    are_too_many,
    files_to_read,
    gone_files,
    known_and_found,
    parts_of,
    report_unreadable,
    shifted,
)
from jianggao.library.import_clock import FileTimes, ImportClock
from jianggao.library.import_report import ImportReport
from jianggao.library.index_maintenance import merge_index, refresh_index
from jianggao.library.learned_notices import learn, lines_to_learn
from jianggao.library.paced_writing import PacedWriter
from jianggao.library.preparation_workers import prepared_ahead
from jianggao.library.public_part import ChoosePublicPart
from jianggao.library.reconcile import Reconciler
from jianggao.library.scan import (
    FoundFile,
    Scanned,
    is_there,
    scope_in,
    shown_name,
)
from jianggao.library.staging import Staging
from jianggao.parsing.parser import VERSION as PARSER_VERSION

logger = logging.getLogger(__name__)


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
        self._storing = FileStoring(database, self._writer, self._reconciler, self._staging)
        self._workers = workers
        self._running = asyncio.Lock()

    async def run(
        self,
        *,
        confirmed: bool = False,
        clock_is_right: bool = False,
        under: Path | None = None,
        progress: Progress | None = None,
        before_rereading: Callable[[int], Awaitable[None]] | None = None,
    ) -> ImportReport:
        """Imports what is new or changed, withdraws what is gone, stores the report and returns it.

        `under` restricts the run to a file or folder inside the root (nothing is withdrawn then); `confirmed`
        withdraws even if much is gone; `clock_is_right` ends any doubt about the clock. `before_rereading` is
        called with the number of unchanged files that a new parser has to read again, if there are any.
        Raises WrongUse if `under` lies outside of the root, NotFound if it isn't there.
        """
        async with self._running:
            scope = scope_in(self._root, under)
            report = ImportReport()
            self._reconciler.is_confirmed = confirmed
            async with self._database.read() as connection:
                self._reconciler.run = await import_report_store.latest_id(connection) + 1
            known, found = await known_and_found(self._database, self._root)
            doubt = await self._clock.judge(
                self._database, found.files if found is not None else (), trusted=clock_is_right
            )
            await narrow_public_text(self._database, self._choose_public_part)
            await self._staging.clear_hidden()
            await refresh_index(self._database, self._writer)
            if found is None:
                report.root_missing = True
            else:
                changed = self._files_to_read(known, found, scope, report)
                if report.reread and before_rereading is not None:
                    await before_rereading(report.reread)
                await self._import_in_parts(known, found, changed, report, progress)
                # A run on one folder says nothing of what lies elsewhere.
                if scope is None:
                    await self._withdraw_gone(gone_files(found, known), len(known), confirmed, report)
                await self._staging.clear_hidden()
                if changed:
                    await merge_index(self._writer)
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

    def _files_to_read(
        self,
        known: Mapping[str, source_store.KnownFile],
        found: Scanned,
        scope: str | None,
        report: ImportReport,
    ) -> list[FoundFile]:
        """Returns the files in the scope to read, and reports what can't be looked into. Raises NotFound."""
        if scope is not None and not found.has(scope) and not is_there(self._root / scope):
            raise NotFound(f"资料文件夹里没有 {shown_name(scope)}。")
        report_unreadable(found, known, scope, report)
        return files_to_read(found, known, scope, PARSER_VERSION, report)

    async def _import_in_parts(
        self,
        known: Mapping[str, source_store.KnownFile],
        found: Scanned,
        files: Sequence[FoundFile],
        report: ImportReport,
        progress: Progress | None,
    ) -> None:
        """Reads files and stores their texts, and learns notices behind each part of them."""
        self._reconciler.forget_rereading()
        await self._reconciler.expect_rereading(self._database, known, files)
        begun = 0
        for part in parts_of(files):
            await self._import(known, found, part, report, shifted(progress, begun, len(files)))
            await self._learn(found, report)
            begun += len(part)

    async def _import(
        self,
        known: Mapping[str, source_store.KnownFile],
        found: Scanned,
        files: Sequence[FoundFile],
        report: ImportReport,
        progress: Progress | None = None,
    ) -> None:
        """Reads files and stores their texts."""
        self._reconciler.gone_files = frozenset(gone_files(found, known))
        self._reconciler.claims.forget_all()
        async with self._database.read() as connection:
            notices = await edge_lines.known_notices(connection)
        done = 0
        today = self._clock.today()
        async with prepared_ahead(self._root, files, today, self._workers, notices) as batches:
            async for batch in batches:
                waiting = [FileTexts(file, texts) for file, texts in batch]
                async for stored in self._storing.store(waiting, report, PARSER_VERSION):
                    done += stored
                    if progress is not None:
                        progress(done, len(files))

    # --- lines that are notices -----------------------------------------------------------------------------

    async def read_again(
        self, change: Callable[[aiosqlite.Connection], Awaitable[Collection[str]]]
    ) -> ImportReport:
        """Makes a change that concerns how texts are read, and reads again the files whose paths it returns.

        The change is one transaction; killed behind it, the next import reads these files. The report is
        returned and not stored. Waits for an import that runs.
        """
        async with self._running:
            report = ImportReport()
            self._reconciler.is_confirmed = False
            async with self._database.write() as connection:
                paths = await change(connection)
                await source_store.read_again(connection, paths)
                self._reconciler.run = max(1, await import_report_store.latest_id(connection))
            known, found = await known_and_found(self._database, self._root)
            if found is None:
                report.root_missing = True
                return report
            files = [file for file in found.files if file.path in paths]
            self._reconciler.forget_rereading()
            await self._reconciler.expect_rereading(self._database, known, files)
            await self._import(known, found, files, report)
            await self._learn(found, report)
            await self._staging.clear_hidden()
            return report

    async def _learn(self, found: Scanned, report: ImportReport) -> None:
        """Learns notices, and reads the files again that hold them: without one line, the next one may stand
        at the edge of the text. It ends, since each round learns lines that weren't known."""
        while True:
            async with self._database.read() as connection:
                lines = await lines_to_learn(connection, self._reconciler.gone_files)
                known = await source_store.known_files(connection)
            if not lines:
                return
            async with self._database.write() as connection:
                learned = await learn(connection, lines, self._clock.now())
            again = ImportReport(learned=[(line.number, line.written) for line in learned.lines])
            files = [file for file in found.files if file.path in learned.files]
            await self._reconciler.expect_rereading(self._database, known, files)
            await self._import(known, found, files, again)
            report.fold(again)

    # --- what is gone ---------------------------------------------------------------------------------------

    async def _withdraw_gone(
        self, gone: Sequence[str], known: int, confirmed: bool, report: ImportReport
    ) -> None:
        """Withdraws the speeches of files that are gone; only counts them in the report where so many are
        gone that somebody must confirm it first."""
        if are_too_many(len(gone), known) and not confirmed:
            report.held_back += len(gone)
            return
        await self._reconciler.drop_files(self._database, gone, report)

    async def _finish(self, report: ImportReport) -> ImportReport:
        async with self._database.write() as connection:
            report.speeches, report.sections = await speech_store.count_listed(connection)
            urgent = (await reading_note_store.count_notes(connection)).urgent
            report.urgent_before = urgent - sum(note.urgency > 0 for note in report.notes)
            await import_report_store.add_report(connection, self._clock.now(), report.to_json())
        logger.info("import finished: %d speeches, %d sections", report.speeches, report.sections)
        return report
