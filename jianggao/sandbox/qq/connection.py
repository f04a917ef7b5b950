"""The line to the bot: reverse WebSocket, as an implementation connects, with the faults that are called up."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from jianggao.sandbox.qq.actions import Actions, answer_of, refusal
from jianggao.sandbox.qq.events import event_of, heartbeat, lifecycle
from jianggao.sandbox.qq.faults import Faults
from jianggao.sandbox.qq.profiles import NO_SUCH_CALL
from jianggao.sandbox.qq.world import Chat

HEARTBEAT = 5.0
_AGAIN_AFTER = 0.3
"""Seconds until a broken line is tried again."""
_SENDING = ("send_", "upload_")
_HARMLESS = ("send_like",)

Wire = Callable[[str, str, str, dict[str, Any]], None]
"""Told of each text on the line: direction (`to_bot`, `from_bot`), kind, name, content."""


@dataclass(slots=True)
class BotConnection:
    """Keeps one connection to the bot while it is open; events wait until there is one."""

    url: str
    token: str
    actions: Actions
    faults: Faults
    on_wire: Wire = lambda direction, kind, name, content: None
    on_call: Callable[[str, dict[str, Any]], None] = lambda action, params: None
    is_exempt: Callable[[str, dict[str, Any]], bool] = lambda action, params: False
    """Whether a call meets no fault."""
    on_change: Callable[[bool], None] = lambda connected: None
    connected: bool = False
    _socket: ClientConnection | None = None
    _keeper: asyncio.Task[None] | None = None
    _waiting: list[dict[str, Any]] = field(default_factory=list)
    _held: dict[str, Any] | None = None
    _deaf_until: float = 0.0
    _answering: set[asyncio.Task[None]] = field(default_factory=set)

    def open(self) -> None:
        """Begin to connect, and keep at it."""
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Hang up for good."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
            self._keeper = None

    async def drop(self) -> None:
        """Break the line once; it is taken up again."""
        if self._socket is not None:
            with suppress(WebSocketException, OSError):
                await self._socket.close()

    def happened(self, what: str, about: dict[str, Any]) -> None:
        """Pass a happening of the world on to the bot."""
        event = event_of(what, about, self.actions)
        if event is None:
            return
        self._push(event)
        if what == "message" and self.faults.take("duplicate", about["message"].chat):
            self._push(event)

    def _push(self, event: dict[str, Any]) -> None:
        self._waiting.append(event)
        task = asyncio.ensure_future(self._flush())
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _flush(self) -> None:
        while self._waiting and self._socket is not None and self.connected:
            event = self._waiting.pop(0)
            kind = str(event.get("post_type"))
            self.on_wire("to_bot", "event", str(event.get(f"{kind}_type", kind)), event)
            try:
                await self._send(event)
            except (WebSocketException, OSError):
                self._waiting.insert(0, event)
                return

    async def _keep(self) -> None:
        while True:
            with suppress(WebSocketException, OSError, asyncio.TimeoutError):
                await self._connect_once()
            self._changed(connected=False)
            await asyncio.sleep(_AGAIN_AFTER)

    async def _connect_once(self) -> None:
        headers = {
            "X-Self-ID": self.actions.world.bot,
            "X-Client-Role": "Universal",
            "User-Agent": f"OneBot/11 ({self.actions.profile.name})",
            "Authorization": f"Bearer {self.token}",
        }
        async with connect(
            self.url, additional_headers=headers, proxy=None, open_timeout=5, max_size=None
        ) as socket:
            self._socket = socket
            await self._send(lifecycle(self.actions))
            self._changed(connected=True)
            await self._flush()
            beating = asyncio.create_task(self._beat())
            try:
                async for raw in socket:
                    self._hear(json.loads(raw))
            finally:
                beating.cancel()
                self._socket = None

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            await self._send(heartbeat(self.actions, HEARTBEAT))

    def _changed(self, *, connected: bool) -> None:
        if connected != self.connected:
            self.connected = connected
            self.on_change(connected)

    # --- calls ------------------------------------------------------------------------------------------------

    def _hear(self, call: dict[str, Any]) -> None:
        task = asyncio.create_task(self._answer(call))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _answer(self, call: dict[str, Any]) -> None:
        action, params = str(call.get("action")), call.get("params") or {}
        self.on_wire("from_bot", "action", action, params)
        self.on_call(action, params)
        if self.is_exempt(action, params):
            await self._reply(action, {**self.actions.call(action, params), "echo": call.get("echo")})
            return
        chat = self.actions.chat_of(action, params) if _is_send(action) else None
        answer = self._act(action, params, chat)
        if answer is None:
            return
        whole = {**answer, "echo": call.get("echo")}
        if _is_send(action):
            delay = self.faults.take("delay", chat)
            if delay is not None:
                await asyncio.sleep(delay.value)
            if self.faults.take("disconnect", chat):
                await self.drop()
                return
            if self._held is None and self.faults.take("reorder", chat):
                self._held = whole
                return
        with suppress(WebSocketException, OSError):
            await self._reply(action, whole)

    async def _reply(self, action: str, whole: dict[str, Any]) -> None:
        self.on_wire("to_bot", "answer", action, whole)
        await self._send(whole)
        if self._held is not None:
            held, self._held = self._held, None
            await self._send(held)

    def _act(self, action: str, params: dict[str, Any], chat: Chat | None) -> dict[str, Any] | None:
        """The answer to a call that sends to `chat`, if it sends; None where the bot hears nothing, though the call may
        have had its effect."""
        now = asyncio.get_running_loop().time()
        if self._deaf_until > now:
            return None
        deaf = self.faults.take("half_open", chat)
        if deaf is not None:
            self._deaf_until = now + deaf.value
            return None
        if not _is_send(action):
            return self.actions.call(action, params)
        if self.faults.take("unknown_call", chat):
            return answer_of(NO_SUCH_CALL, why=f"不支持的Api {action}")
        refused = self.faults.take("result", chat)
        if refused is not None:
            return refusal(int(refused.value))
        answer = self.actions.call(action, params)
        return None if self.faults.take("silence", chat) else answer

    async def _send(self, content: dict[str, Any]) -> None:
        if self._socket is not None:
            await self._socket.send(json.dumps(content, ensure_ascii=False))


def _is_send(action: str) -> bool:
    return action.startswith(_SENDING) and action not in _HARMLESS
