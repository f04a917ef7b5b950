"""A line that the adapter serves: frames that come in, and what became of them."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import nonebot
from nonebot.exception import WebSocketClosed
from simulated_chat import SELF, Chat

TOKEN = "a-token-of-the-tests"
CLOSED = object()


class Line:
    """A WebSocket as the adapter sees it: `frames` come in, then the peer hangs up."""

    def __init__(self, frames: list[Any], **headers: str) -> None:
        shown = {"x-self-id": str(SELF), "authorization": f"Bearer {TOKEN}", **headers}
        self.request = SimpleNamespace(headers=shown)
        self.frames = [*frames, CLOSED]
        self.accepted = False
        self.closed: list[tuple[int, str]] = []

    async def accept(self) -> None:
        self.accepted = True

    async def receive(self) -> Any:
        frame = self.frames.pop(0)
        if frame is CLOSED:
            raise WebSocketClosed(1000)
        return frame

    async def close(self, code: int = 1000, reason: str = "") -> None:
        self.closed.append((code, reason))


def adapter(chat: Chat) -> Any:
    """The adapter of the chat, with what its `__init__` would have made."""
    one: Any = chat.bot.adapter
    one.onebot_config = SimpleNamespace(onebot_access_token=TOKEN)
    one.connections, one.tasks = {}, set()
    one.bots, one.driver = {}, nonebot.get_driver()
    one.bot_connect = lambda bot: one.bots.update({bot.self_id: bot})
    one.bot_disconnect = lambda bot: one.bots.pop(bot.self_id, None)
    return one


async def serve(chat: Chat, frames: list[Any], **headers: str) -> Line:
    """Let the adapter serve a line to its end, and all that came of it."""
    line, one = Line(frames, **headers), adapter(chat)
    await one._handle_ws(line)
    while one.tasks:
        await asyncio.wait(one.tasks)
    return line


def reasons() -> dict[str, int]:
    from jianggao.chat.connection.frames import dropped

    return dropped.by_kind()
