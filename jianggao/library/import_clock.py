"""The clock of imports: new texts without a date get the day that it gives, for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from jianggao.clock import A_DAY, Clock, ClockWatch, to_text
from jianggao.database import Database
from jianggao.database.newest_time import newest_time, trust_clock


class ImportClock:
    """Moments and days of imports; `is_doubted` says whether the day may be a wrong one, in which case texts that need it
    wait."""

    def __init__(self, clock: Clock, local_day: Callable[[], date], watch: ClockWatch | None = None) -> None:
        self._clock = clock
        self._local_day = local_day
        self._watch = watch
        self._days_ahead = timedelta(0)
        self.is_doubted = False

    def now(self) -> str:
        """The moment, as the database keeps it."""
        return to_text(self._clock())

    def today(self) -> date:
        """The day, but none before the newest that is stored where the clock is behind."""
        return self._local_day() + self._days_ahead

    async def judge(self, database: Database, *, trusted: bool) -> str:
        """See whether the day can be relied on; what speaks against it, in words, or nothing. A clock that is behind what
        was stored, or was moved while the program runs, would give texts without a date a wrong one for ever."""
        now = self._clock()
        if trusted:
            async with database.write() as connection:
                await trust_clock(connection, now)
            if self._watch is not None:
                self._watch.trust()
        async with database.read() as connection:
            newest = await newest_time(connection)
        behind = newest - now if newest is not None else timedelta(0)
        moved = self._watch.moved() if self._watch is not None else timedelta(0)
        self.is_doubted = behind > A_DAY or abs(moved) > A_DAY
        # What is dated keeps its date though the clock says that it lies ahead.
        ahead = (behind if behind > A_DAY else timedelta(0)).days
        self._days_ahead = timedelta(days=ahead)
        if behind > A_DAY:
            return f"比数据库里最新的记录早了 {behind.days} 天"
        if self.is_doubted:
            way = "前" if moved > timedelta(0) else "后"
            return f"在运行中向{way}跳了 {abs(moved).days} 天"
        return ""
