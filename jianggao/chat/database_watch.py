"""Watches while the bot runs whether the database's file is in its place and can be written, and tells
superusers.

They read of a trouble once, with its cause and what to do, and again when it is over. One task tries whether
it is over, at growing intervals: commands meanwhile are refused at once (`Writer`).
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

EVERY = 2.0
"""Seconds between two checks."""
_LONGEST_WAIT = 30.0
"""Seconds between two tries while nothing can be written; the first come sooner."""
_AGAIN_AFTER = timedelta(minutes=10)
"""A trouble that comes and goes is told no more often than this."""


class DatabaseWatch:
    """What was noticed and told of one application's database."""

    def __init__(self, application: Application, notices: Notices) -> None:
        self._application = application
        self._notices = notices
        self._writer = application.database.writer
        self._known: CannotStart | None = None
        self._since = application.clock()
        self._wait = EVERY
        self._next_try = 0.0
        self._told_at: dict[type[CannotStart], datetime] = {}
        self._to_be_told_over = False
        self._notifying = BackgroundTasks()

    async def look(self) -> None:
        """Checks once, and tells what is new. The notices are sent in the background: a connection to QQ that
        hangs holds nothing up here."""
        await self._writer.look_after()
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
        """Notes a new trouble, and tells it unless the same kind was told within the last minutes."""
        now = self._application.clock()
        if self._known is None:
            self._since = now
        self._known, self._wait = trouble, EVERY
        self._next_try = self._application.monotonic() + self._wait
        last = self._told_at.get(type(trouble))
        if last is not None and timedelta() <= now - last < _AGAIN_AFTER:
            return
        self._told_at[type(trouble)] = now
        self._to_be_told_over = True
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
        if self._to_be_told_over:
            self._notifying.start(
                self._notices.tell_superusers(
                    f"数据库又能写了（{self._known.cause}，前后约 {minutes} 分钟）。这期间没办成的请重发。",
                )
            )
        self._known, self._to_be_told_over = None, False


async def watch_database(
    services: ChatServices, rest: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Checks again and again, for as long as the bot runs."""
    watch = DatabaseWatch(services.application, services.notices)
    while True:
        try:
            await watch.look()
        except Exception:
            logger.exception("a look at the database failed")
        await rest(EVERY)
