"""Remembers the nickname and card of people who give commands, as QQ sends them with each message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cachetools import LRUCache
from nonebot.adapters.onebot.v11 import MessageEvent

from jianggao.database import Database
from jianggao.errors import CannotWrite
from jianggao.people import people_store
from jianggao.people.names import clean_name
from jianggao.redeem_codes.code_form import find_codes

MOST_KNOWN = 10_000
"""Accounts whose stored names are known in memory. For others the row is written once more."""


class SeenNames:
    """Stores names where they changed, and else once a day, so that most commands write nothing for them."""

    def __init__(self, database: Database, today: Callable[[], date]) -> None:
        self._database = database
        self._today = today
        self._stored: LRUCache[str, tuple[str, str, date]] = LRUCache(MOST_KNOWN)

    def note(self, event: MessageEvent) -> tuple[str, str, str] | None:
        """Returns the account, nickname and card of a message's sender if they are to be stored; None where
        they are stored already, or say nothing."""
        account = str(event.user_id)
        nickname, card = _name(event.sender.nickname), _name(event.sender.card)
        before = self._stored.get(account)
        if before is not None:
            # What is empty says nothing: private messages never have a card.
            nickname, card = nickname or before[0], card or before[1]
        seen = (nickname, card, self._today())
        if not (nickname or card) or seen == before:
            return None
        self._stored[account] = seen
        return account, nickname, card

    def forget(self, account: str) -> None:
        """Forgets that the account's names are stored: they have been deleted."""
        self._stored.pop(account, None)

    async def store(self, seen: tuple[str, str, str]) -> None:
        """Stores what `note` returned. While the database can't be written it is left out, and comes with the
        next message again: what waits in memory to be written has room for more important things."""
        try:
            async with self._database.write() as connection:
                await people_store.remember_names(connection, [seen], self._today())
        except CannotWrite:
            self.forget(seen[0])


def _name(words: object) -> str:
    """Returns a nickname or card as it is stored; "" for one with a redeem code, which is stored nowhere."""
    return "" if isinstance(words, str) and find_codes(words) else clean_name(words)
