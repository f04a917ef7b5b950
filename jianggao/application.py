"""Opens all that the bot runs on together, and closes it together: database, keys, library, readers."""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from jianggao.access import trials
from jianggao.access.previews import public_part
from jianggao.access.quotas import DailyQuotas
from jianggao.access.trials import TrialObstacle
from jianggao.access.verdicts import Asker, Place, PlaceKind
from jianggao.backups import seal_ledger
from jianggao.backups.orphaned_backups import require_no_orphaned_backups
from jianggao.clock import Clock, ClockWatch, seconds_since_boot, system_clock
from jianggao.database import Database, Keys
from jianggao.database.clock_notes import newest_time
from jianggao.database.failures import explain_error
from jianggao.deadline import TimeLimit
from jianggao.documents.copies import Copies
from jianggao.errors import CannotRead, CannotStart, CannotWrite
from jianggao.library.importer import Importer
from jianggao.library.public_part import ChoosePublicPart, PublicPart, ShownBefore, VersionText
from jianggao.membership import administration
from jianggao.membership.account_history import Histories, histories
from jianggao.membership.ledger import MemberState
from jianggao.reading.reader import Reader
from jianggao.reading.session import ReadingSession, WordCursors
from jianggao.recent_values import recent_values
from jianggao.resale_reports import evidence_store
from jianggao.resale_reports.drafts import MEGABYTE, DraftFolder
from jianggao.search import SynonymBook
from jianggao.settings import Settings
from jianggao.sources.isolated_reader import IsolatedReader
from jianggao.spreadsheets.sheet_reader import SheetReader
from jianggao.text.word_vectors import load_vectors
from jianggao.tracing.examiner import Examiner
from jianggao.tracing.leak_inquiry import LeakInquiry
from jianggao.tracing.mark_plan import Strength

logger = logging.getLogger(__name__)

_SHUFFLE_BITS = 62
_MOST_COLLECTED = 600 * MEGABYTE
"""Bytes of what operators collect: ten at once, each within what one person may have in drafts."""


@dataclass(frozen=True, slots=True, repr=False)
class Application:
    """What commands and offline verbs work with. Opened by `Application.open`, and closed at the end."""

    settings: Settings
    clock: Clock
    rng: random.Random
    monotonic: Callable[[], float]
    database: Database
    keys: Keys
    importer: Importer
    copies: Copies
    examiner: Examiner
    synonyms: SynonymBook
    drafts: DraftFolder
    """Files of unfinished reports (举报)."""
    collected: DraftFolder
    """Files that operators collect for 溯源."""
    daily_quotas: DailyQuotas
    """The daily quotas of everybody but superusers."""
    word_cursors: WordCursors
    time_limit: TimeLimit = TimeLimit()  # noqa: RUF009  # a frozen value
    people_files: IsolatedReader = field(default_factory=IsolatedReader, repr=False)
    """Reads the files that people send."""
    sent_tables: SheetReader = field(default_factory=SheetReader, repr=False)
    """Reads the tables that operators send."""

    @classmethod
    async def open(
        cls,
        settings: Settings,
        *,
        clock: Clock = system_clock,
        rng: random.Random | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        workers: int = 1,
        rest: float = 0.0,
        time_limit: TimeLimit = TimeLimit(),  # noqa: B008  # a frozen value
        random_bytes: Callable[[int], bytes] = os.urandom,
    ) -> Application:
        """Opens the database and its keys; `workers` and `rest` are the importer's, `time_limit` each
        question's. A new database's keys are made by `random_bytes`. Raises CannotStart and its children."""
        load_vectors()  # first: with a broken installation an import would take every file for unreadable
        require_no_orphaned_backups(settings)
        database = await Database.open(settings.database_file, deletable_folders=settings.logs_and_backups)
        try:
            newest_at_start = await _newest_at_start(database)
            keys = await Keys.open(database, random_bytes)
            drafts = await _drafts(database, settings)
            collected = DraftFolder.open(database.path, limit=_MOST_COLLECTED, filed=0, suffix=".collected")
            await seal_ledger(database, keys, clock())
        except BaseException as error:
            await database.close()
            explanation = _unusable(error, settings)
            if explanation is not None:
                raise explanation from error
            raise
        importer = _importer(
            database, settings, keys, clock, monotonic, newest_at_start, workers=workers, rest=rest
        )
        quotas = DailyQuotas(settings.sections_per_day, settings.full_texts_per_day, settings.timezone)
        return cls(
            settings=settings,
            clock=clock,
            rng=rng or random.Random(),
            monotonic=monotonic,
            database=database,
            keys=keys,
            importer=importer,
            copies=Copies(database, keys, Strength(settings.mark_strength), clock),
            examiner=Examiner(database, keys),
            synonyms=SynonymBook(settings.own_word_lists),
            drafts=drafts,
            collected=collected,
            daily_quotas=quotas,
            word_cursors=recent_values(monotonic),
            time_limit=time_limit,
        )

    async def close(self) -> None:
        """Seals the ledger and closes the database. Unfinished reports stay for the next start. Files that
        were just being taken into one are deleted, by the next start if the disk doesn't allow it now."""
        for drafts in (self.drafts, self.collected):
            try:
                drafts.tidy()
            except OSError as error:
                why = error.strerror or type(error).__name__
                logger.warning("%s could not be tidied: %s", drafts.folder.name, why)
        await seal_ledger(self.database, self.keys, self.clock())
        await self.database.close()

    @property
    def today(self) -> date:
        """The present day in the bot's timezone."""
        return self.clock().astimezone(self.settings.timezone).date()

    async def reader(self, account: str, place: Place, *, trial_of: int | None = None) -> Reader:
        """Returns a reader for this person in this place, by the ledger as it stands now. `trial_of` is the
        speech whose full text is asked for by 试用."""
        async with self.database.read() as connection:
            state = await administration.state_of(connection, account, self.settings.timezone)
            # Where there are no trials nobody is offered one.
            refused = None
            if self.settings.trial is not None:
                refused = await trials.lasting_refusal(
                    connection, account, self.clock(), self.settings.timezone
                )
        superuser = account in self.settings.superusers
        had_trial = refused is not None and refused.obstacle is TrialObstacle.HAD_TRIAL
        asker = Asker(account, superuser, state, trial_of, had_trial, no_trial=refused is not None)
        return self.reader_for(asker, place)

    def reader_for(self, asker: Asker, place: Place) -> Reader:
        """Returns a reader for an asker whose membership is known."""
        return Reader(self._session(asker, place))

    def leak_inquiry(self, operator: str, now: datetime, *, with_names: bool = False) -> LeakInquiry:
        """Returns what examines leaks for an operator who asks at `now`. `with_names`: the answers have names
        and transfers of the accounts; those of resale reports, which are stored for good, must not."""
        return LeakInquiry(
            self.examiner,
            self.people_files,
            by=operator,
            now=now,
            zone=self.settings.timezone,
            monotonic=self.monotonic,
            histories_of=self._histories_of if with_names else None,
        )

    async def _histories_of(self, accounts: Iterable[str]) -> Histories:
        async with self.database.read() as connection:
            return await histories(connection, accounts)

    def local_reader(self, *, reads_all: bool) -> Reader:
        """Returns a reader for the offline verbs, at the operator's own terminal: of everything, or of public
        text alone."""
        asker, place = Asker("", reads_all, MemberState()), Place(PlaceKind.PRIVATE, "")
        return Reader(replace(self._session(asker, place), records=False))

    def _session(self, asker: Asker, place: Place) -> ReadingSession:
        now, synonyms = self.clock(), self.synonyms.current
        return ReadingSession.of(
            self.copies, asker, place, now, self.daily_quotas, synonyms, self.time_limit, self.word_cursors
        )


def _importer(
    database: Database,
    settings: Settings,
    keys: Keys,
    clock: Clock,
    monotonic: Callable[[], float],
    newest_at_start: datetime | None,
    *,
    workers: int,
    rest: float,
) -> Importer:
    # Only the machine's own clocks can be compared with other evidence of the time, such as the times of
    # files.
    return Importer(
        database,
        settings.library_dir,
        _choice_of_public_part(settings, keys),
        lambda number, ordinal: shuffle_place(keys.previews, number, ordinal),
        clock=clock,
        today=lambda: clock().astimezone(settings.timezone).date(),
        watch=ClockWatch(clock, seconds_since_boot if monotonic is time.monotonic else monotonic),
        file_times=(lambda: _file_times(settings)) if clock is system_clock else None,
        newest_at_start=newest_at_start,
        workers=workers,
        rest=rest,
    )


def _file_times(settings: Settings) -> Iterator[int]:
    """Yields when the program's files, and those beside its database, were written, in nanoseconds since
    1970."""
    for folder in (Path(__file__).parent, settings.database_file.parent, *settings.logs_and_backups):
        try:
            with os.scandir(folder) as listing:
                for entry in listing:
                    yield entry.stat().st_mtime_ns
        except OSError:
            # The clock is judged by the folders that can be read. Whoever needs another one reports it.
            continue


def _unusable(error: BaseException, settings: Settings) -> CannotStart | None:
    """Returns why the database or a folder beside it can't be used; None if something else went wrong."""
    if isinstance(error, (CannotWrite, CannotRead)):
        return error.explanation
    if not isinstance(error, (sqlite3.Error, OSError)):
        return None
    return explain_error(error, settings.database_file, deletable_folders=settings.logs_and_backups)


async def _newest_at_start(database: Database) -> datetime | None:
    """Returns the newest stored moment; None if there is none, or if it can't be read."""
    try:
        async with database.read() as connection:
            return await newest_time(connection)
    except (sqlite3.Error, CannotRead):
        # Whoever needs a damaged table reports it; an import reads this moment again, others do without.
        return None


async def _drafts(database: Database, settings: Settings) -> DraftFolder:
    async with database.read() as connection:
        filed = await evidence_store.bytes_filed(connection)
    return DraftFolder.open(database.path, limit=settings.evidence_mb * MEGABYTE, filed=filed)


def _choice_of_public_part(settings: Settings, keys: Keys) -> ChoosePublicPart:
    def choose(number: int, version: VersionText, before: ShownBefore) -> PublicPart:
        return public_part(
            version,
            number,
            keys.previews,
            preview_share=settings.preview_share,
            group_share=settings.member_group_share,
            before=before,
        )

    return choose


def shuffle_place(key: bytes, number: int, ordinal: int) -> int:
    """Returns a section's place in the order of 随机, of 62 bits: keyed, and no function of its text."""
    digest = hmac.digest(key, f"shuffle\0{number}\0{ordinal}".encode(), hashlib.sha256)
    return int.from_bytes(digest[:8], "big") >> (64 - _SHUFFLE_BITS)
