"""Pushes in a simulated chat: ordered by a test, and tried one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from kept_answers import rows
from nonebot.adapters.onebot.v11 import ActionFailed
from simulated_chat import Chat

from jianggao.outbound import push_store
from jianggao.outbound.push_store import Push, StoredPush

KIND = "test"


def pushes(chat: Chat) -> Any:
    return chat.services.pushes


async def ordered(chat: Chat, *people: int, text: str = "你好", **fields: Any) -> None:
    now = chat.application.clock()
    async with chat.application.database.write() as connection:
        for person in people:
            push = Push(KIND, f"{KIND}:{person}:{text}", str(person), text, now, now + timedelta(days=7))
            await push_store.order(connection, replace(push, **fields), now)


async def states(chat: Chat) -> list[str]:
    return [row[0] for row in await rows(chat, "SELECT state FROM pushes ORDER BY id")]


async def step(chat: Chat) -> bool:
    went_on = await pushes(chat).step()
    await pushes(chat).background_done()
    return went_on


def at(chat: Chat, hour: int, minute: int = 0, days: int = 1) -> None:
    """The clock shows this hour in Shanghai, on the next day: the pace of a queue knows no way back."""
    local = datetime(2026, 3, 18, hour, minute, tzinfo=chat.application.settings.timezone)
    chat.clock.now = (local + timedelta(days=days)).astimezone(chat.clock.now.tzinfo)


def refusing(code: int) -> Callable[[str, dict[str, Any]], None]:
    def refuse(action: str, data: dict[str, Any]) -> None:
        raise ActionFailed(status="failed", retcode=1200, message=f"result: {code}")

    return refuse


class Words:
    """What a push says now; `then` happens after it was said."""

    def __init__(self, *texts: str | None) -> None:
        self.texts = list(texts)
        self.then: Callable[[], None] = lambda: None

    async def __call__(self, stored: StoredPush) -> str | None:
        text = self.texts.pop(0) if len(self.texts) > 1 else self.texts[0]
        self.then()
        return text
