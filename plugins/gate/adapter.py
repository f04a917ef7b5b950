"""The OneBot V11 adapter without what we don't need: no HTTP routes, no waiting for quoted messages, no message
text in the log, no event made of chatter; and no frame that ends the line it came by."""

from __future__ import annotations

import asyncio
import hmac
import re
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from nonebot import logger
from nonebot.adapters.onebot.utils import get_auth_bearer
from nonebot.adapters.onebot.v11 import Adapter, Bot, Event, LifecycleMetaEvent, Message, MessageEvent
from nonebot.drivers import URL, HTTPServerSetup, Request, Response, WebSocket
from nonebot.exception import NoLogException, WebSocketClosed
from websockets.exceptions import WebSocketException

from plugins.gate.commands import read_segments, registry
from plugins.gate.frames import Unreadable, read_frame, sound_answer, sound_event
from plugins.gate.seldom import SeldomLog

_AGAIN_AFTER = 3.0
"""Seconds until an implementation that we connect to is tried again."""
_OPENING = 30.0
"""Seconds that connecting to it may take."""
_ACCOUNT = re.compile(r"[0-9]{4,12}")
_REFUSED = 1008
"""WebSocket's code for a breach of policy."""


_often = SeldomLog()


class QuietAdapter(Adapter):
    """OneBot V11 over WebSocket alone."""

    def setup_http_server(self, setup: HTTPServerSetup) -> None:
        """Leave the routes out (they answer 404): without a secret anyone could post a superuser's command."""

    # --- the line ---------------------------------------------------------------------------------------------------

    async def _handle_ws(self, websocket: WebSocket) -> None:
        """Serve an implementation that connected to us: one line an account, and only with the token."""
        refused = self._check_access_token(websocket.request)
        account = str(websocket.request.headers.get("x-self-id") or "")
        if refused is not None or not _ACCOUNT.fullmatch(account) or account in self.bots:
            if refused is None:
                _often.warning("a connection with the right token was refused: its account is connected")
            await websocket.close(_REFUSED)
            return
        await websocket.accept()
        bot = self._connected(account, websocket)
        try:
            async for event in self._events(websocket):
                self._begin(bot, event)
        except WebSocketClosed:
            logger.warning(f"{account} hung up")
        finally:
            with suppress(Exception):
                await websocket.close()
            self._disconnected(bot, websocket)

    async def _forward_ws(self, url: URL) -> None:
        """Keep a line to an implementation that waits for us. Its address may hold a token and is not logged."""
        headers = {}
        if self.onebot_config.onebot_access_token:
            headers["Authorization"] = f"Bearer {self.onebot_config.onebot_access_token}"
        request = Request("GET", url, headers=headers, timeout=_OPENING)
        while True:
            try:
                async with self.websocket(request) as websocket:
                    await self._serve_forward(websocket)
            except WebSocketClosed:
                logger.warning(f"the implementation at {url.host}:{url.port} hung up")
            except (OSError, asyncio.TimeoutError, WebSocketException) as error:
                logger.warning(
                    f"no line to the implementation at {url.host}:{url.port}: {type(error).__name__}"
                )
            except Exception:
                logger.exception(f"the line to the implementation at {url.host}:{url.port} broke")
            await asyncio.sleep(_AGAIN_AFTER)

    async def _serve_forward(self, websocket: WebSocket) -> None:
        """Serve it from its first word, which names its account."""
        bot: Bot | None = None
        try:
            async for event in self._events(websocket):
                if bot is None:
                    if not isinstance(event, LifecycleMetaEvent) or event.sub_type != "connect":
                        continue
                    bot = self._connected(str(event.self_id), websocket)
                self._begin(bot, event)
        finally:
            if bot is not None:
                self._disconnected(bot, websocket)

    async def _events(self, websocket: WebSocket) -> AsyncIterator[Event]:
        """The events that come in; what can't be read is dropped with one line of the log, and the line goes on."""
        while True:
            data = await websocket.receive()
            try:
                event = self.json_to_event(read_frame(data))
            except Unreadable as reason:
                _often.warning(f"a frame was dropped: {reason}")
                continue
            if event is not None:
                yield event

    def _connected(self, account: str, websocket: WebSocket) -> Bot:
        bot = Bot(self, account)
        self.bot_connect(bot)
        self.connections[account] = websocket
        logger.info(f"{account} connected")
        return bot

    def _disconnected(self, bot: Bot, websocket: WebSocket) -> None:
        if self.connections.get(bot.self_id) is websocket:
            self.connections.pop(bot.self_id)
        self.bot_disconnect(bot)

    def _begin(self, bot: Bot, event: Event) -> None:
        task = asyncio.create_task(bot.handle_event(event))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)

    def _check_access_token(self, request: Request) -> Response | None:
        """None for the right token; it is compared in constant time."""
        return None if self._is_token(request.headers.get("authorization")) else Response(403)

    def _is_token(self, authorization: str | None) -> bool:
        given = get_auth_bearer(authorization) or ""
        wanted = self.onebot_config.onebot_access_token or ""
        if wanted and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8")):
            return True
        _often.warning("a connection was refused: " + ("wrong token" if given else "no token"))
        return False

    def refuses(self, headers: Sequence[tuple[bytes, bytes]]) -> bool:
        """Whether an upgrade with these headers opens no line: without the token, or without an account."""
        told = {name.lower(): value.decode("latin-1") for name, value in headers}
        if not self._is_token(told.get(b"authorization")):
            return True
        if _ACCOUNT.fullmatch(told.get(b"x-self-id", "")):
            return False
        _often.warning("a connection with the right token was refused: it names no account")
        return True

    # --- events -----------------------------------------------------------------------------------------------------

    @classmethod
    def json_to_event(cls, json_data: Any) -> Event | None:
        """The event; None for chatter, whose making alone would cost more than a millisecond, for answers, and for
        what can't be read, which is logged in one line.

        Fields whose absence would drop an event are mended; a quotation is taken out of the message, since NoneBot
        would otherwise ask for the quoted message first, and wait for an answer that may not come.
        """
        try:
            return cls._judged(json_data)
        except Unreadable as reason:
            _often.warning(f"an event was dropped: {reason}")
        except Exception as error:  # whatever a peer made up; the error's own words may hold its text
            place = traceback.extract_tb(error.__traceback__)[-1]
            _often.warning(
                f"an event was dropped: {type(error).__name__} at {place.name}, line {place.lineno}"
            )
        return None

    @classmethod
    def _judged(cls, data: Any) -> Event | None:
        if not isinstance(data, dict):
            return None
        if "post_type" not in data:
            cls._hand_over(data)
            return None
        data = sound_event(data)
        if data["post_type"] in ("message", "message_sent"):
            if _is_chatter(data):
                return None
            data = _mended(data)
        event = cls._parsed(data)
        if isinstance(event, MessageEvent):
            event.message = Message([part for part in event.message if part.type != "reply"])
        return event

    @classmethod
    def _hand_over(cls, answer: dict[str, Any]) -> None:
        """Give an answer to the call that waits for it; one that comes twice, or too late, is nothing."""
        try:
            cls._result_store.add_result(sound_answer(answer))
        except (asyncio.InvalidStateError, ValueError):
            _often.warning("an answer came that no call waits for")

    @classmethod
    def _parsed(cls, data: dict[str, Any]) -> Event | None:
        """As the adapter parses it, but what can't be parsed is logged without its text."""
        models: list[type[Event]] = [*cls.get_event_model(data), Event]
        for model in models:
            try:
                return model.model_validate(data)
            except ValueError:
                continue
        _often.warning("an event could not be parsed")
        return None


@dataclass(frozen=True, slots=True)
class _Segment:
    type: str
    data: dict[str, Any]


def _is_chatter(data: dict[str, Any]) -> bool:
    """Whether a message can't be a command whoever sent it; the front door judges all others exactly."""
    parts = data["message"]
    if data["post_type"] == "message_sent" or str(data.get("user_id")) == str(data.get("self_id")):
        return True
    if isinstance(parts, str):
        return False
    segments = [_Segment(part["type"], part["data"]) for part in parts]
    text, mentions, named = read_segments(segments, str(data.get("self_id")))
    addressed = named or data.get("message_type") != "group"
    return registry.parse(text, addressed=addressed, superuser=True, mentions=mentions) is None


def _mended(data: dict[str, Any]) -> dict[str, Any]:
    sender = dict(data["sender"])
    for name in ("level", "title", "card", "area", "role"):
        if sender.get(name) is not None:
            sender[name] = str(sender[name])
    return {"font": 0, "raw_message": "", "sub_type": "normal", **data, "sender": sender}


def _log_without_text(event: Event) -> str:
    """What NoneBot logs of each event: nothing; ours names type and ids."""
    ids = {name: getattr(event, name, None) for name in ("group_id", "user_id", "message_id")}
    told = " ".join(f"{name}={value}" for name, value in ids.items() if value is not None)
    logger.debug(f"{event.get_event_name()} {told}")
    raise NoLogException(Adapter.get_name())


Event.get_log_string = _log_without_text  # type: ignore[assignment,method-assign]
