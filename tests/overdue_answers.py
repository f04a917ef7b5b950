"""Answers that were not given, and the accounts by which superusers hear of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from nonebot.adapters.onebot.v11 import Bot
from simulated_chat import SELF, SUPERUSER, Chat

from jianggao.outbound import outbox_store
from jianggao.outbound.outbox_store import OutboxAnswer


class Accounts:
    """The accounts that are connected, and what each sent."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.bots: dict[str, Bot] = {}
        self.sent: list[tuple[str, str]] = []
        self.refuse: Callable[[str], Any] = lambda account: None

    def connect(self, account: int) -> Bot:
        """A new line of this account."""
        bot = Bot(self.chat.bot.adapter, str(account))

        async def call_api(api: str, **data: Any) -> Any:
            answer = self.refuse(bot.self_id)
            if asyncio.iscoroutine(answer):
                await answer
            text = data["message"][-1]["data"]["text"] if "message" in data else str(data["messages"])
            self.sent.append((bot.self_id, text))
            return {"message_id": 1}

        bot.call_api = call_api  # type: ignore[method-assign, assignment]
        self.bots[str(account)] = bot
        self.delivery(account)
        return bot

    def delivery(self, account: int) -> Any:
        return self.chat.services.senders.of(self.bots[str(account)])

    def cut(self, account: int) -> None:
        del self.bots[str(account)]
        self.chat.services.senders.line_is_down(str(account))


def answers(chat: Chat) -> Any:
    return chat.services.answers


async def states(chat: Chat) -> list[str]:
    async with chat.application.database.read() as connection:
        return [row[0] for row in await connection.execute_fetchall("SELECT state FROM outbox ORDER BY id")]


async def look(chat: Chat) -> None:
    await answers(chat).go_on()
    await answers(chat).background_done()


async def overdue(chat: Chat, count: int = 1, text: str = "已开通 30001，记录号 2。", **fields: Any) -> None:
    """Answers that wait since eleven minutes."""
    at = fields.pop("at", chat.application.clock() - timedelta(minutes=11))
    values: dict[str, Any] = {"command": "开通", "asker": str(SUPERUSER), "group": None, **fields}
    async with chat.application.database.write() as connection:
        for number in range(count):
            answer = OutboxAnswer(
                at,
                f"m{number}",
                values["command"],
                values["asker"],
                str(SELF),
                values["group"],
                values["asker"],
                None,
                text,
            )
            await outbox_store.add(connection, answer)
