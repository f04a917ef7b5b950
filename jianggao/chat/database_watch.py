"""Checks while the bot runs whether the database's file is in its place and can be written, and tells
superusers.

They read of a trouble once, with its cause and what to do, and again when it is over. Whether it is over is
tried at growing intervals; commands meanwhile are refused at once (`Writer`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from nonebot import logger

from jianggao.application import Application
from jianggao.chat.background_tasks import BackgroundTasks
from jianggao.chat.sending.notices import Notices
from jianggao.chat.services import ChatServices
from jianggao.errors import CannotStart

CHECK_INTERVAL = 2.0
"""Seconds between two checks."""
_LONGEST_WAIT = 30.0
"""Seconds between two tries while nothing can be written; the first come sooner."""
_AGAIN_AFTER = timedelta(minutes=10)
"""Superusers read of a trouble that comes and goes no more often than this."""


class DatabaseWatch:
    """What is remembered of the troubles of one application's database from one check to the next."""

    def __init__(self, application: Application, notices: Notices) -> None:
        self._application = application
        self._notices = notices
        self._writer = application.database.writer
        self._known: CannotStart | None = None
        self._since = application.clock()
        self._wait = CHECK_INTERVAL
        self._next_try = 0.0
        self._told_at: dict[type[CannotStart], datetime] = {}
        self._tell_when_over = False
        self._notifying = BackgroundTasks()

    async def check(self) -> None:
        """Checks once, and tells superusers what is new. The notices are sent in the background, so that a
        connection to QQ that hangs doesn't hold up the checks."""
        await self._writer.check_files()
        trouble = self._writer.trouble
        if trouble is not None and type(trouble) is not type(self._known):
            self._begin(trouble)
        elif trouble is not None and self._application.monotonic() >= self._next_try:
            await self._try()
        elif trouble is None and self._writer.has_waiting:
            await self._writer.try_to_write()
        unreadable = self._application.database.reading_trouble
        if unreadable is not None:
            self._application.database.reading_trouble = None
            text = f"数据库读不了：{unreadable}"
            now = self._application.clock()
            self._notifying.start(
                self._notices.tell_superusers_daily(f"reading: {unreadable.cause}", text, now)
            )

    def _begin(self, trouble: CannotStart) -> None:
        """Notes a new trouble, and tells superusers unless they read of the same kind within the last
        minutes."""
        now = self._application.clock()
        if self._known is None:
            self._since = now
        self._known, self._wait = trouble, CHECK_INTERVAL
        self._next_try = self._application.monotonic() + self._wait
        last = self._told_at.get(type(trouble))
        if last is not None and timedelta() <= now - last < _AGAIN_AFTER:
            return
        self._told_at[type(trouble)] = now
        self._tell_when_over = True
        self._notifying.start(
            self._notices.tell_superusers(
                f"数据库写不进去了。{trouble}\n检索、帮助这些照常；开通、兑换、全文这些先不办，恢复了会再告诉你。",
            )
        )

    async def _try(self) -> None:
        if not await self._writer.try_to_write():
            self._wait = min(2 * self._wait, _LONGEST_WAIT)
            self._next_try = self._application.monotonic() + self._wait
            return
        assert self._known is not None
        minutes = max(1, round((self._application.clock() - self._since).total_seconds() / 60))
        logger.warning("the database can be written again")
        if self._tell_when_over:
            self._notifying.start(
                self._notices.tell_superusers(
                    f"数据库又能写了（{self._known.cause}，前后约 {minutes} 分钟）。这期间没办成的请重发。",
                )
            )
        self._known, self._tell_when_over = None, False


async def watch_database(
    services: ChatServices, rest: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Checks the database every CHECK_INTERVAL seconds, for as long as the bot runs."""
    watch = DatabaseWatch(services.application, services.notices)
    while True:
        try:
            await watch.check()
        except Exception:
            logger.exception("a check of the database failed")
        await rest(CHECK_INTERVAL)
