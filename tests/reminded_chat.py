"""Reminders in a simulated chat: rounds are made and pushes leave when a test says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nonebot.adapters.onebot.v11 import ActionFailed
from simulated_chat import Chat, Sent


class Reminding:
    """The rounds and the delivery of one running bot."""

    def __init__(self, chat: Chat) -> None:
        from jianggao.chat.reminders.rounds import ReminderRounds

        self.chat = chat
        self.services = chat.services
        self.rounds = ReminderRounds(self.services)

    async def look(self) -> list[Sent]:
        """Orders what is due and lets all of it leave; returns what was sent."""
        before = len(self.chat.sent)
        await self.rounds.check()
        for _ in range(1_000):
            self.services.pushes._not_before = float("-inf")
            if not await self.services.pushes.step():
                break
        await self.services.pushes.background_done()
        return self.chat.sent[before:]

    async def days(self, count: int, *, hours: float = 24) -> list[Sent]:
        """Lets so many days pass, with a look in each step of `hours`."""
        sent = []
        for _ in range(round(count * 24 / hours)):
            self.chat.clock.advance(hours=hours)
            sent += await self.look()
        return sent


def told(sent: list[Sent], person: int) -> list[str]:
    """The first lines of what a person was sent."""
    return [one.text.splitlines()[0] for one in sent if one.person == person]


def no_friends(*people: int) -> Callable[[str, dict[str, Any]], None]:
    def refuse(action: str, data: dict[str, Any]) -> None:
        if data.get("user_id") in people:
            raise ActionFailed(status="failed", retcode=1200, message="result: 16")

    return refuse


def number_in(answer: str) -> str:
    return re.findall(r"记录号 (\d+)", answer)[0]
