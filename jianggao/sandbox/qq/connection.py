"""Connects to the bot by reverse WebSocket as an implementation does, and makes the ordered faults happen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from jianggao.sandbox.qq.actions import Actions, make_answer, make_refusal
from jianggao.sandbox.qq.api import chat_of_send
from jianggao.sandbox.qq.events import event_of, heartbeat, lifecycle
from jianggao.sandbox.qq.faults import Faults
from jianggao.sandbox.qq.profiles import FAILED, NO_SUCH_CALL, OK
from jianggao.sandbox.qq.world import Chat

HEARTBEAT = 5.0
"""Seconds between two heartbeats."""
_RETRY_PAUSE = 0.3
"""Seconds until a broken connection is tried again."""
_SENDING = ("send_", "upload_")
"""How the names of calls begin that send something."""
_SENDS_NOTHING = ("send_like",)

WireListener = Callable[[str, str, str, dict[str, Any]], None]
"""Gets each text on the connection: its direction (`to_bot`, `from_bot`), kind (`event`, `action`, `answer`),
name and content."""


@dataclass(slots=True)
class BotConnection:
    """Keeps one connection to the bot, from `open` to `close`. Events wait while it is broken."""

    url: str
    token: str
    actions: Actions
    faults: Faults
    on_wire: WireListener = lambda direction, kind, name, content: None
    on_call: Callable[[str, dict[str, Any]], None] = lambda action, params: None
    is_exempt: Callable[[str, dict[str, Any]], bool] = lambda action, params: False
    """Returns whether a call is spared from faults."""
    on_change: Callable[[bool], None] = lambda connected: None
    connected: bool = False
    _socket: ClientConnection | None = None
    _keeper: asyncio.Task[None] | None = None
    _waiting: list[dict[str, Any]] = field(default_factory=list)
    """Events that were not sent yet."""
    _held: dict[str, Any] | None = None
    """The answer that the fault `reorder` holds back until after the next."""
    _silent_until: float = 0.0
    """Until when (the loop's time) the fault `half_open` answers nothing."""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    """Keeps the running tasks from being garbage-collected."""

    def open(self) -> None:
        """Begins to connect, and connects again whenever the connection breaks."""
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Closes the connection for good."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
            self._keeper = None

    async def drop(self) -> None:
        """Breaks the connection once; it is taken up again."""
        if self._socket is not None:
            with suppress(WebSocketException, OSError):
                await self._socket.close()

    def on_event(self, name: str, details: dict[str, Any]) -> None:
        """Passes an event of the world on to the bot."""
        event = event_of(name, details, self.actions)
        if event is None:
            return
        chat = _chat_of_event(name, details)
        if name == "request" and self.faults.take("request_unseen", chat):
            return
        self._push(event)
        if chat is not None and self.faults.take("duplicate", chat):
            self._push(event)

    def _push(self, event: dict[str, Any]) -> None:
        self._waiting.append(event)
        task = asyncio.ensure_future(self._flush())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

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
            await asyncio.sleep(_RETRY_PAUSE)

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
                    self._receive(json.loads(raw))
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

    # --- calls ----------------------------------------------------------------------------------------------

    def _receive(self, call: dict[str, Any]) -> None:
        task = asyncio.create_task(self._answer(call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, call: dict[str, Any]) -> None:
        action, params = str(call.get("action")), call.get("params") or {}
        self.on_wire("from_bot", "action", action, params)
        self.on_call(action, params)
        if self.is_exempt(action, params):
            await self._reply(action, {**self.actions.call(action, params), "echo": call.get("echo")})
            return
        chat = chat_of_send(self.actions, action, params) if _is_send(action) else None
        answer = self._act(action, params, chat)
        if answer is None:
            return
        whole = {**answer, "echo": call.get("echo")}
        if _is_send(action):
            delay = self.faults.take("delay", chat)
            if delay is not None:
                await asyncio.sleep(delay.value)
            # The call has had its effect: the bot must find out by itself whether the message was sent.
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
        """Returns the answer to a call; None if the bot gets none, though the call may have had its effect.
        `chat` is where a send goes."""
        now = asyncio.get_running_loop().time()
        if self._silent_until > now:
            return None
        half_open = self.faults.take("half_open", chat)
        if half_open is not None:
            self._silent_until = now + half_open.value
            return None
        if not _is_send(action):
            return self._act_in_group(action, params)
        if self.faults.take("unknown_call", chat):
            return make_answer(NO_SUCH_CALL, reason=f"不支持的Api {action}")
        refused = self.faults.take("result", chat)
        if refused is not None:
            return make_refusal(int(refused.value))
        answer = self.actions.call(action, params)
        return None if self.faults.take("silence", chat) else answer

    def _act_in_group(self, action: str, params: dict[str, Any]) -> dict[str, Any] | None:
        """Returns the answer to a call that sends nothing; None if the bot gets none."""
        if action == "set_group_add_request":
            request = self.actions.world.requests.get(str(params.get("flag")))
            group = None if request is None or request.group is None else Chat("group", request.group)
            if self.faults.take("request_refused", group):
                return make_answer(FAILED, reason="处理加群请求失败")
            if self.faults.take("request_ignored", group):
                return make_answer(OK)
        answer = self.actions.call(action, params)
        is_kick = action == "set_group_kick"
        if is_kick and self.faults.take("kick_unanswered", Chat("group", str(params.get("group_id")))):
            return None
        return answer

    async def _send(self, content: dict[str, Any]) -> None:
        if self._socket is not None:
            await self._socket.send(json.dumps(content, ensure_ascii=False))


def _chat_of_event(name: str, details: dict[str, Any]) -> Chat | None:
    """Returns the chat of an event that may be pushed twice; None for one that isn't."""
    if name == "message":
        chat: Chat = details["message"].chat
        return chat
    if name == "request" and details["request"].group is not None:
        return Chat("group", details["request"].group)
    return Chat("group", details["group"]) if name == "joined" else None


def _is_send(action: str) -> bool:
    return action.startswith(_SENDING) and action not in _SENDS_NOTHING
