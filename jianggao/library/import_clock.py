"""Decides whether the machine's clock can be relied on to date new texts.

New texts without a date get the day of their import, and keep it for ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta, timezone

from jianggao.clock import (
    CLOCK_TOLERANCE,
    EARLIEST_POSSIBLE_TIME,
    LONGEST_REST,
    Clock,
    ClockWatch,
    from_text,
    to_text,
)
from jianggao.database import Database
from jianggao.database.clock_notes import ClockNotes, clock_notes, doubt_clock, newest_time, trust_clock
from jianggao.library.scan import FoundFile
from jianggao.text.quoting import visible

FileTimes = Callable[[], Iterable[int]]
"""Returns when files of the program and around it were written, in nanoseconds since 1970."""
_JUST_WRITTEN = timedelta(days=7)
"""A file that is younger may have got its time from this very clock, and is no evidence for it."""
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_LONGEST_NAMED = 60


class ImportClock:
    """Moments and days of imports, and whether the days can be relied on.

    `file_times` is None if the clock isn't the machine's: times of files say nothing of it then.
    """

    def __init__(
        self,
        clock: Clock,
        local_day: Callable[[], date],
        watch: ClockWatch | None = None,
        *,
        file_times: FileTimes | None = None,
        newest_at_start: datetime | None = None,
    ) -> None:
        self._clock = clock
        self._local_day = local_day
        self._watch = watch
        self._file_times = file_times
        self._newest_at_start = newest_at_start
        self._started = clock()
        self._was_judged = self._was_right = False
        # A clock that starts behind may be put right before the first import looks at it.
        self._doubted_from_start = self._started < EARLIEST_POSSIBLE_TIME or (
            newest_at_start is not None and newest_at_start - self._started > CLOCK_TOLERANCE
        )
        self._days_ahead = timedelta(0)
        self.is_doubted = False
        """Whether the day may be a wrong one: texts that need it wait."""
        self.notifies_superusers = True
        """Whether superusers read of the doubt without asking. If it rests on a file's time alone they do
        only where a text waits: such a time can be wrong by itself."""
        self.days_at_rest = 0
        """For how many days nothing was stored, if more than one."""

    def now(self) -> str:
        """Returns the moment, as the database keeps it."""
        return to_text(self._clock())

    def today(self) -> date:
        """Returns the day, but none before the newest that is stored if the clock is behind."""
        return self._local_day() + self._days_ahead

    async def judge(self, database: Database, files: Sequence[FoundFile], *, trusted: bool) -> str:
        """Decides whether the day can be relied on; returns what speaks against it, in Chinese, or "".

        A clock that is behind what was stored or written, or far ahead of it, or was moved while the program
        runs, would give texts without a date a wrong one for ever. `trusted` ends any doubt: the operator
        said that the clock is right.
        """
        now = self._clock()
        self.notifies_superusers, self.days_at_rest = True, 0
        if trusted:
            await self._trust(database, now, files)
        async with database.read() as connection:
            newest = await newest_time(connection)
            notes = await clock_notes(connection)
        since = from_text(notes.ahead_since) if notes.ahead_since else None
        doubt = self._behind(now, newest, self._newest_file(files, notes))
        if trusted:
            doubt = ""
        else:
            if not doubt and not self._doubted_from_start:
                doubt = await self._moved(database, now)
            if not doubt and not notes.covers(now):
                still = since if since is not None and since <= now else None
                doubt = await self._ahead(database, now, newest, still, files)
        if not doubt and since is not None:
            # The clock was ahead and is right again: what was stored or written meanwhile doesn't count.
            await self._trust(database, now, files)
        elif not doubt and self._doubted_from_start:
            # It was set right since the start: that it was moved is no reason for doubt.
            self._trust_watch()
        self._doubted_from_start = bool(doubt) and (self._doubted_from_start or not self._was_judged)
        self._was_judged, self._was_right = True, not doubt
        self.is_doubted = bool(doubt)
        return doubt

    # --- why the clock is doubted ---------------------------------------------------------------------------

    def _behind(self, now: datetime, newest: datetime | None, newest_file: FoundFile | None) -> str:
        """Returns, in Chinese, how far something that is there already lies in the clock's future; "" if
        nothing does.

        Dates up to what was stored aren't in the future, whatever the clock says.
        """
        written = _moment(newest_file) if newest_file is not None else None
        latest = max(EARLIEST_POSSIBLE_TIME, newest or EARLIEST_POSSIBLE_TIME)
        self._days_ahead = timedelta(days=(latest - now).days if latest - now > CLOCK_TOLERANCE else 0)
        if newest is not None and newest - now > CLOCK_TOLERANCE:
            return f"比数据库里最新的记录早了 {(newest - now).days} 天"
        if now < EARLIEST_POSSIBLE_TIME:
            return f"是 {self._local_day().isoformat()}，那时还没有这个程序"
        if newest_file is not None and written is not None and written - now > CLOCK_TOLERANCE:
            self.notifies_superusers = False
            name = visible(newest_file.path, _LONGEST_NAMED)
            return f"比源文件 {name} 的修改时间早了 {(written - now).days} 天"
        return ""

    async def _ahead(
        self,
        database: Database,
        now: datetime,
        newest: datetime | None,
        doubted_since: datetime | None,
        files: Sequence[FoundFile],
    ) -> str:
        """Returns, in Chinese, how far the clock is ahead of all that was stored and written; "" if it isn't
        far.

        A program that was at rest for some weeks finds its clock ahead too: that is reported
        (`days_at_rest`), and no doubt. Moments that were stored since the clock is doubted are no evidence.
        """
        if not self._was_judged and self._newest_at_start is not None and newest is not None:
            # What this process has stored since it started has its time from the clock in question.
            newest = min(newest, self._newest_at_start)
        if doubted_since is not None:
            return f"比最新的可信记录晚了 {(now - (newest or doubted_since)).days} 天"
        if newest is None or now - newest <= CLOCK_TOLERANCE:
            return ""
        self.days_at_rest = (now - newest).days
        if self._was_right and self._watch is not None:
            # It was right when this process looked last, and did not jump since: little was stored, that is
            # all.
            return ""
        if now - newest <= LONGEST_REST or now - await self._latest_trace(now, newest, files) <= LONGEST_REST:
            return ""
        async with database.write() as connection:
            await doubt_clock(connection, self._started if self._started - newest > CLOCK_TOLERANCE else now)
        return f"比最新的可信记录晚了 {(now - newest).days} 天"

    async def _latest_trace(self, now: datetime, newest: datetime, files: Sequence[FoundFile]) -> datetime:
        """Returns the newest moment at which anything was stored or written, but for this clock's last
        days."""
        if self._file_times is None:
            return newest
        around = await asyncio.to_thread(lambda get: list(get()), self._file_times)
        written = [_at(nanoseconds) for nanoseconds in (*around, *(file.modified_ns for file in files))]
        return max([newest, *(moment for moment in written if moment < now - _JUST_WRITTEN)])

    async def _moved(self, database: Database, now: datetime) -> str:
        """Returns, in Chinese, how many days the clock was moved while the program runs; "" if not by one."""
        moved = self._watch.moved() if self._watch is not None else timedelta(0)
        if abs(moved) <= CLOCK_TOLERANCE:
            return ""
        if moved > LONGEST_REST:
            async with database.write() as connection:
                await doubt_clock(connection, now - moved + CLOCK_TOLERANCE)
        way = "前" if moved > timedelta(0) else "后"
        return f"在运行中向{way}跳了 {abs(moved).days} 天"

    # --- what ends a doubt ----------------------------------------------------------------------------------

    async def _trust(self, database: Database, now: datetime, files: Sequence[FoundFile]) -> None:
        newest_file = max(map(_moment, files), default=None) if self._file_times is not None else None
        async with database.write() as connection:
            await trust_clock(connection, now, newest_file)
        self._trust_watch()

    def _trust_watch(self) -> None:
        self._doubted_from_start = False
        if self._watch is not None:
            self._watch.trust()

    def _newest_file(self, files: Sequence[FoundFile], notes: ClockNotes) -> FoundFile | None:
        """Returns the source file that was written last, by a clock that isn't known to have been wrong."""
        if self._file_times is None:
            return None
        return max(
            (file for file in files if notes.counts_file(_moment(file))),
            key=lambda file: file.modified_ns,
            default=None,
        )


def _moment(file: FoundFile) -> datetime:
    return _at(file.modified_ns)


def _at(nanoseconds: int) -> datetime:
    """Returns a file's time; the nearest that can be written if the file system holds one beyond."""
    try:
        return _EPOCH + timedelta(microseconds=nanoseconds // 1_000)
    except OverflowError:
        return _EPOCH if nanoseconds < 0 else datetime.max.replace(tzinfo=timezone.utc)
