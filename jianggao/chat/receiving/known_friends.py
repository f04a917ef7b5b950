"""Notes since when accounts are friends of the bot, while there are trials (TRIAL): a trial is for who has been
one for a while."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Iterable
from datetime import datetime, timezone
from functools import partial
from typing import Any

from cachetools import LRUCache
from nonebot.adapters.onebot.v11 import Bot
from nonebot.adapters.onebot.v11.exception import ActionFailed, ApiNotAvailable, NetworkError

from jianggao.application import Application
from jianggao.chat.logs.throttled import ThrottledLog
from jianggao.errors import CannotWrite
from jianggao.membership import friends

REMEMBERED = 10_000
"""Accounts that are known to be stored, so that their next message writes nothing."""
_AT_ONCE = 1_000
"""Accounts that are stored in one transaction: some milliseconds."""
_LATEST = datetime.max.replace(tzinfo=timezone.utc)
_ACCOUNT = re.compile("[1-9][0-9]{3,11}")


class KnownFriends:
    """The friends that were heard of. All of it is done in the background: no message waits for it."""

    def __init__(
        self,
        application: Application,
        in_background: Callable[[Coroutine[Any, Any, None]], None],
        warnings: ThrottledLog,
    ) -> None:
        self._application = application
        self._in_background = in_background
        self._warnings = warnings
        self._stored: LRUCache[str, datetime] = LRUCache(REMEMBERED)
        """Those that are stored, and when they were noted."""

    def note(self, *accounts: str) -> None:
        """Stores that the accounts are friends from now on, unless they are known already. Does nothing where
        there are no trials: then nobody's friendship needs to be kept."""
        now = self._application.clock()
        # Noted later than now: by a clock that was ahead.
        new = [account for account in accounts if self._stored.get(account, _LATEST) > now]
        if self._application.settings.trial is None or not new:
            return
        self._stored.update(dict.fromkeys(new, now))
        self._in_background(self._store(new))

    def ask(self, bot: Bot) -> None:
        """Notes all friends that the account has by now: who was one before trials began needs no notice."""
        if self._application.settings.trial is not None:
            self._in_background(self._ask(bot))

    async def _ask(self, bot: Bot) -> None:
        try:
            listed = await bot.call_api("get_friend_list")
        except (ActionFailed, ApiNotAvailable, NetworkError) as error:
            # They are noted by their first message.
            self._warnings.warning("the list of friends was not had", type(error).__name__)
            return
        self.note(*_accounts(listed))

    async def _store(self, accounts: list[str]) -> None:
        now = self._application.clock()
        for begin in range(0, len(accounts), _AT_ONCE):
            some = accounts[begin : begin + _AT_ONCE]
            try:
                await self._application.database.writer.write_or_later(
                    partial(friends.remember, accounts=some, now=now)
                )
            except CannotWrite as error:
                self._warnings.warning("friends were not noted", error.explanation.cause)
                for account in accounts[begin:]:  # so that their next message notes them
                    self._stored.pop(account, None)
                return


def _accounts(listed: object) -> Iterable[str]:
    """Yields the accounts in an answer of an implementation, whatever else is in it."""
    for entry in listed[: friends.MOST_FRIENDS] if isinstance(listed, list) else ():
        account = str(entry.get("user_id")) if isinstance(entry, dict) else ""
        if _ACCOUNT.fullmatch(account):
            yield account
