"""Holds the sender of each account that has been connected."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from nonebot.adapters.onebot.v11 import Bot

from jianggao.application import Application
from jianggao.chat.sending.sender import IsUp, Sender
from jianggao.outbound.pace import PaceLimits
from jianggao.outbound.queue import SendQueue

AWAITED_FOR = timedelta(days=1)
"""How long an account that is gone is expected back: QQ may have closed it, or the operator changed it."""


class Senders:
    """The senders by account. A sender outlives a reconnection, so that the pace of its queue goes on."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._by_account: dict[str, Sender] = {}
        self._gone_at: dict[str, float] = {}
        """When the line of each account that is gone ended, by the monotonic clock."""

    def of(self, bot: Bot) -> Sender:
        """Returns the sender of this account, whose line is up: an account that says something is
        connected."""
        sender = self._by_account.get(bot.self_id)
        if sender is None:
            sender = self._by_account[bot.self_id] = Sender(bot, self._make_queue)
        if sender.bot is not bot or not sender.is_connected:
            sender.line_is_up(bot)
        self._gone_at.pop(bot.self_id, None)
        return sender

    def known(self, account: str) -> Sender | None:
        """Returns the sender of an account, connected or not; None if it hasn't been connected since the
        start."""
        return self._by_account.get(account)

    def _make_queue(self, is_up: IsUp) -> SendQueue:
        settings = self._application.settings
        limits = PaceLimits(
            settings.send_interval, settings.group_send_interval, settings.group_sends_per_minute
        )
        return SendQueue(
            limits, monotonic=self._application.monotonic, rng=self._application.rng, is_up=is_up
        )

    def line_is_down(self, account: str) -> None:
        """Notes that the account's line has ended."""
        sender = self._by_account.get(account)
        if sender is not None:
            sender.line_is_down()
            self._gone_at.setdefault(account, self._application.monotonic())

    @property
    def accounts(self) -> frozenset[str]:
        """The accounts that have been connected since the start."""
        return frozenset(self._by_account)

    @property
    def awaited(self) -> frozenset[str]:
        """Those of them that are connected, or were within the last day."""
        earliest = self._application.monotonic() - AWAITED_FOR.total_seconds()
        return frozenset(
            account for account in self._by_account if self._gone_at.get(account, earliest) >= earliest
        )

    @property
    def leaving(self) -> int:
        """How many sends of all accounts have begun and not ended."""
        return sum(sender.leaving for sender in self._by_account.values())

    @property
    def waiting(self) -> int:
        """How many sends of all accounts wait in their queues."""
        return sum(sender.waiting for sender in self._by_account.values())

    async def stop(self) -> None:
        """Begins no further send; returns when those that have begun have ended."""
        await asyncio.gather(*(sender.stop() for sender in self._by_account.values()))

    async def close(self) -> None:
        """Ends every account's queue. What waits there isn't sent."""
        for sender in self._by_account.values():
            await sender.close()
        self._by_account.clear()
        self._gone_at.clear()
