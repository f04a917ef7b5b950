"""Takes the events about joining groups, and does the periodic work that follows from them.

Events are handled beside the event hook: an answer to a request takes as long as the implementation does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Any

from nonebot import logger
from nonebot.adapters import Event as BaseEvent
from nonebot.adapters.onebot.v11 import (
    Bot,
    GroupDecreaseNoticeEvent,
    GroupIncreaseNoticeEvent,
    GroupRequestEvent,
)

from jianggao.chat.background_tasks import BackgroundTasks
from jianggao.chat.joining.calls import moment
from jianggao.chat.joining.removing import ExpiredRemovals
from jianggao.chat.joining.request_answers import RequestAnswers
from jianggao.chat.joining.welcoming import Welcoming
from jianggao.chat.sending.notices import connected
from jianggao.chat.services import ChatServices
from jianggao.errors import CannotRead, CannotWrite
from jianggao.joining.join_requests import JoinRequest, RedeemInComment

CHECK_INTERVAL = 5.0
"""Seconds between two looks at what is due."""
MOST_AT_ONCE = 200
"""Events that are being handled; more are dropped. Requests among them are looked up soon after."""
MOST_LOOKUPS = 5
"""How often a list that can't be had is asked for after requests were dropped."""


class Joining:
    """What the bot does about people who join and leave its groups."""

    def __init__(self, services: ChatServices, redeem: RedeemInComment | None = None) -> None:
        """`redeem` redeems a code that an asker wrote into a request to join."""
        self._services = services
        self.requests = RequestAnswers(services, redeem)
        self.welcoming = Welcoming(services)
        self.removals = ExpiredRemovals(services)
        self._tasks = BackgroundTasks()
        self._dropped: dict[str, int] = {}
        """The accounts of which requests were dropped, with how often the list of open ones may be asked
        for."""
        self.is_closed = False
        """Whether the bot is stopping, so that nothing is begun any more."""

    def hear(self, bot: Bot, event: BaseEvent) -> None:
        """Handles an event in the background, if it is about joining or leaving a group."""
        if isinstance(event, GroupRequestEvent) and event.sub_type == "add":
            asked_at = moment(event.time)
            request = JoinRequest(bot.self_id, event.flag, str(event.group_id), str(event.user_id), asked_at)
            if not self._begin(lambda: self.requests.judge(bot, request, event.comment or "")):
                self._dropped[bot.self_id] = MOST_LOOKUPS
        elif isinstance(event, GroupIncreaseNoticeEvent):
            at = moment(event.time) or self._services.application.clock()
            self._begin(lambda: self._came(str(event.group_id), str(event.user_id), bot.self_id, at))
        elif isinstance(event, GroupDecreaseNoticeEvent):
            self._begin(lambda: self.welcoming.left(str(event.group_id), str(event.user_id)))

    async def _came(self, group: str, account: str, self_id: str, at: datetime) -> None:
        if await self._services.known_bindings.binding(group) is not None:
            await self.requests.came(group, account)
            await self.welcoming.came(group, account, self_id, at)

    def look_up(self, bot: Bot) -> None:
        """Judges in the background what came while the account wasn't connected."""
        if not self._begin(lambda: self.requests.look_up(bot)):
            self._dropped[bot.self_id] = MOST_LOOKUPS

    async def _look_up_dropped(self) -> None:
        """Looks up the requests that were dropped, once those before them are done."""
        for bot in connected():
            if bot.self_id not in self._dropped or len(self._tasks) >= MOST_AT_ONCE:
                continue
            # Counted first: requests may be dropped again meanwhile.
            left = self._dropped.pop(bot.self_id) - 1
            if not await self.requests.look_up(bot) and left:
                self._dropped.setdefault(bot.self_id, left)

    def _begin(self, work: Callable[[], Coroutine[Any, Any, object]]) -> bool:
        """Begins to handle an event. Returns False if it was dropped."""
        if self.is_closed:
            return True
        if len(self._tasks) >= MOST_AT_ONCE:
            self._services.warnings.warning("an event about joining a group was dropped: too many at once")
            return False
        self._tasks.start(_logged(work()))
        return True

    async def go_on(self) -> None:
        """Does once what is due: answers, confirmations, welcomes, removals. A failure of one doesn't end the
        others."""
        if self._services.application.database.writer.trouble is not None:
            return
        for work in (
            self._look_up_dropped,
            self.requests.follow_up,
            self.welcoming.welcome,
            self.removals.go_on,
        ):
            if not self.is_closed:
                await _logged(work())

    async def all_done(self, within: float | None = None) -> None:
        """Returns when no event is being handled any more. Cancels what isn't done `within` so many
        seconds."""
        await self._tasks.all_done(within)


async def watch_joining(joining: Joining, rest: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Does what is due, again and again for as long as the bot runs."""
    await _logged(joining.removals.take_over())
    while True:
        await joining.go_on()
        await rest(CHECK_INTERVAL)


async def _logged(work: Coroutine[Any, Any, object]) -> None:
    try:
        await work
    except (CannotWrite, CannotRead) as error:
        logger.warning(f"joining a group: not done for now ({error.explanation.cause})")
    except Exception:
        logger.exception("joining a group: not done for now")
