"""Imitates a OneBot V11 implementation that connects by reverse WebSocket: it sends events and answers
actions.

What leaves the bot is kept in `sent`, each with the moment it came, and looked at with `wait_for`.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from jianggao.sources.files import text_in

SELF = 10001
_PATIENCE = 30.0
_message_ids = itertools.count(1_000)
"""Shared by all connections: a message id never comes twice for different messages."""

Action = dict[str, Any]


@dataclass
class Sent:
    """An action by which the bot sent something; `at` is the monotonic time at which it came."""

    action: str
    params: dict[str, Any]
    at: float

    @property
    def group(self) -> int | None:
        return self.params.get("group_id")

    @property
    def person(self) -> int | None:
        return self.params.get("user_id") if self.group is None else None

    @property
    def quoted(self) -> int | None:
        """The id of the message that it quotes, as answers in groups do; None if it quotes none."""
        parts = self.params.get("message", [])
        return next((int(part["data"]["id"]) for part in parts if part["type"] == "reply"), None)

    @property
    def text(self) -> str:
        """The text of a message, all nodes of a forward, or a file's content."""
        if "file" in self.params:
            content = base64.b64decode(self.params["file"].removeprefix("base64://"))
            return text_in(content, self.params["name"])
        if "messages" in self.params:
            return "\n".join(_text(node["data"]["content"]) for node in self.params["messages"])
        return _text(self.params["message"])


def _text(segments: list[dict[str, Any]]) -> str:
    return "".join(part["data"]["text"] for part in segments if part["type"] == "text")


@dataclass
class Implementation:
    """One account on QQ. `answer` may return a reply to an action in place of the ordinary one (None)."""

    port: int
    token: str
    offset: Callable[[], float] = lambda: 0.0
    self_id: int = SELF
    answer: Callable[[str, dict[str, Any]], dict[str, Any] | None] = lambda action, params: None
    hear: Callable[[Sent], None] = lambda sent: None
    """Gets everything that is sent, as it comes."""
    sent: list[Sent] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    _ids: itertools.count[int] = field(default_factory=lambda: _message_ids)
    _socket: ClientConnection | None = None
    _task: asyncio.Task[None] | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def connect(self, **headers: str) -> None:
        self._socket = await connect(
            f"ws://127.0.0.1:{self.port}/onebot/v11/ws",
            additional_headers={
                "X-Self-ID": str(self.self_id),
                "X-Client-Role": "Universal",
                "Authorization": f"Bearer {self.token}",
                **headers,
            },
            proxy=None,
            max_size=None,
        )
        await self._send_event(
            {"post_type": "meta_event", "meta_event_type": "lifecycle", "sub_type": "connect"}
        )
        self._task = asyncio.create_task(self._listen())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._socket is not None:
            with suppress(Exception):
                await self._socket.close()

    async def cut(self) -> None:
        """Breaks the connection without closing it."""
        assert self._socket is not None
        self._socket.transport.abort()
        await self.ended()

    async def ended(self) -> None:
        """Waits until the connection is broken and everything that came before was received."""
        assert self._task is not None
        await asyncio.gather(self._task, return_exceptions=True)

    async def say(
        self,
        text: str | list[dict[str, Any]],
        *,
        person: int,
        group: int | None = None,
        message_id: int | None = None,
        age: float = 0.0,
        **fields: Any,
    ) -> dict[str, Any]:
        """Sends a message event and returns it, so that it can be sent again."""
        event = self.message(text, person=person, group=group, message_id=message_id, age=age, **fields)
        await self._send_event(event)
        return event

    def message(
        self,
        text: str | list[dict[str, Any]],
        *,
        person: int,
        group: int | None = None,
        message_id: int | None = None,
        age: float = 0.0,
        **fields: Any,
    ) -> dict[str, Any]:
        """Returns a message event, which `repeat` sends. `age` is in seconds."""
        segments = [{"type": "text", "data": {"text": text}}] if isinstance(text, str) else text
        event: dict[str, Any] = {
            "post_type": "message",
            "message_type": "private" if group is None else "group",
            "sub_type": "friend" if group is None else "normal",
            "message_id": next(self._ids) if message_id is None else message_id,
            "user_id": person,
            "message": segments,
            "raw_message": _text(segments),
            "font": 14,
            "sender": {"user_id": person, "nickname": f"某人{person}", "card": "", "role": "member"},
            "time": int(self._now() - age),
            **fields,
        }
        if group is not None:
            event["group_id"] = group
        return event

    async def send_frame(self, frame: str | bytes) -> None:
        """Sends a frame of any content."""
        assert self._socket is not None
        await self._socket.send(frame)

    @property
    def connected(self) -> bool:
        """Whether the bot still holds the connection."""
        return self._task is not None and not self._task.done()

    async def repeat(self, event: dict[str, Any]) -> None:
        """Sends the very same event once more."""
        await self._send_event(event)

    async def wait_for(self, wanted: Callable[[Sent], bool], *, after: int = 0) -> Sent:
        """Returns the first message sent that is wanted, leaving out the first `after`. Raises AssertionError
        if none comes."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            for message in self.sent[after:]:
                if wanted(message):
                    return message
            self._news.clear()
            left = deadline - time.monotonic()
            if left <= 0:
                seen = [(message.group, message.person, message.text[:80]) for message in self.sent[after:]]
                raise AssertionError(f"nothing like it was sent; sent: {seen}")
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._news.wait(), min(left, 1.0))

    async def ask(self, text: str, *, person: int, group: int | None = None, **fields: Any) -> Sent:
        """Says something and returns the next message that arrives in the same chat."""
        before = len(self.sent)
        await self.say(text, person=person, group=group, **fields)
        return await self.wait_for(
            lambda message: message.group == group if group is not None else message.person == person,
            after=before,
        )

    async def settle(self, *, person: int) -> None:
        """Waits until everything said before has been dealt with: a private 帮助 is answered after it."""
        await self.ask("帮助", person=person)

    def _now(self) -> float:
        return time.time() + self.offset()

    async def _send_event(self, event: dict[str, Any]) -> None:
        assert self._socket is not None
        whole = {"time": int(self._now()), "self_id": self.self_id, **event}
        await self._socket.send(json.dumps(whole, ensure_ascii=False))

    async def _listen(self) -> None:
        assert self._socket is not None
        async for raw in self._socket:
            call = json.loads(raw)
            await self._act(call["action"], call.get("params", {}), call.get("echo"))

    async def _act(self, action: str, params: dict[str, Any], echo: Any) -> None:
        self.actions.append(action)
        if action.startswith(("send_", "upload_")):
            sent = Sent(action, params, time.monotonic())
            self.sent.append(sent)
            self._news.set()
            self.hear(sent)
        if action in self.silent:
            return
        answer = self.answer(action, params)
        if answer is None:
            answer = {"status": "ok", "retcode": 0, "data": self._data(action)}
        assert self._socket is not None
        await self._socket.send(json.dumps({**answer, "echo": echo}))

    def _data(self, action: str) -> Any:
        if action.startswith(("send_", "upload_")):
            return {"message_id": next(self._ids)}
        return {}


def failed(message: str, retcode: int = 1200) -> dict[str, Any]:
    """Returns an answer of failure, as NapCat words it."""
    return {"status": "failed", "retcode": retcode, "data": None, "message": message, "wording": message}
