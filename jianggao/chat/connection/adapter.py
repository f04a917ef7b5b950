"""Connects to OneBot V11 implementations over WebSocket, without parts of NoneBot's adapter that would harm.

It opens no HTTP route, doesn't wait for quoted messages, writes no message text to the log, and makes no
event of chatter; no frame ends the connection it came by, which is called a line here.
"""

from __future__ import annotations

import asyncio
import hmac
import re
import time
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from nonebot import logger
from nonebot.adapters.onebot.utils import get_auth_bearer
from nonebot.adapters.onebot.v11 import Adapter, Bot, Event, Message, MessageEvent
from nonebot.drivers import URL, HTTPServerSetup, Request, Response, WebSocket
from nonebot.exception import NoLogException, WebSocketClosed
from websockets.exceptions import WebSocketException

from jianggao.chat.connection.frames import (
    UnreadableFrame,
    dropped,
    has_listener,
    is_message,
    read_frame,
    shape,
    sound_answer,
    sound_event,
)
from jianggao.chat.connection.ignored_messages import is_chatter
from jianggao.chat.connection.sockets import connect_out
from jianggao.chat.logs.throttled import ThrottledLog

_AGAIN_AFTER = 3.0
"""Seconds until an implementation that we connect to is tried again."""
_ACCOUNT = re.compile(r"[0-9]{4,12}")
_REFUSED = 1008
"""WebSocket's code for a breach of policy."""
_LONGEST_TURN = 0.01
"""Seconds for which frames that are there already are read before others get their turn."""
_MOST_HANDLED = 2_000
"""Events of an account that are handled at once; each takes some memory, and nobody answers so many."""

throttled = ThrottledLog()


class FilteringAdapter(Adapter):
    """OneBot V11 over WebSocket alone."""

    _handled: Counter[str] = Counter()  # noqa: RUF012  # of all lines: accounts are of the process
    """Events that are being handled, by account."""

    def setup_http_server(self, setup: HTTPServerSetup) -> None:
        """Leaves the routes out (they answer 404): without a secret anyone could post a superuser's
        command."""

    # --- the line -------------------------------------------------------------------------------------------

    async def _handle_ws(self, websocket: WebSocket) -> None:
        """Serves an implementation that connected to us: one line an account, and only with the token."""
        refused = self._check_access_token(websocket.request)
        account = str(websocket.request.headers.get("x-self-id") or "")
        if refused is not None or not self._is_free(account):
            await websocket.close(_REFUSED)
            return
        await websocket.accept()
        bot = self._connected(account, websocket)
        try:
            async for data in self._sound_frames(websocket):
                self._begin(bot, data)
        except WebSocketClosed:
            logger.warning(f"{account} hung up")
        except Exception as error:
            logger.warning(f"the line of {account} broke: {places(error)}")
        finally:
            with suppress(Exception):
                await websocket.close()
            self._disconnected(bot, websocket)

    def _is_free(self, account: str) -> bool:
        """Returns whether a line may be opened for this account: it is a QQ number, and has no line yet."""
        if not _ACCOUNT.fullmatch(account):
            throttled.warning("a connection with the right token was refused: it names no account")
            return False
        if account in self.bots:
            throttled.warning("a connection with the right token was refused: its account is connected")
            return False
        return True

    async def _start_forward(self) -> None:
        """Connects to each implementation that ONEBOT_WS_URLS names. Of what is no address the log names only
        the position: it may hold a token."""
        for number, address in enumerate(self.onebot_config.onebot_ws_urls, 1):
            try:
                url = URL(str(address))
            except ValueError:
                logger.error(f"address {number} of ONEBOT_WS_URLS is none")
                continue
            self._keep(asyncio.create_task(self._forward_ws(url)))

    async def _forward_ws(self, url: URL) -> None:
        """Keeps a line to an implementation that waits for us. Its address may hold a token and is not
        logged."""
        token, peer = self.onebot_config.onebot_access_token, f"the implementation at {url.host}:{url.port}"
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        while True:
            try:
                async with connect_out(url, headers) as websocket:
                    await self._serve_forward(websocket)
            except WebSocketClosed:
                throttled.warning(f"{peer} hung up")
            except (OSError, asyncio.TimeoutError, WebSocketException) as error:
                throttled.warning(f"no line to {peer}: {type(error).__name__}")
            except Exception as error:
                throttled.warning(f"the line to {peer} broke: {places(error)}")
            await asyncio.sleep(_AGAIN_AFTER)

    async def _serve_forward(self, websocket: WebSocket) -> None:
        """Serves an implementation that we connected to, from its first event that names its account."""
        bot: Bot | None = None
        try:
            async for data in self._sound_frames(websocket):
                if bot is None:
                    account = str(data.get("self_id"))
                    if not _ACCOUNT.fullmatch(account):
                        continue
                    if not self._is_free(account):
                        return
                    bot = self._connected(account, websocket)
                self._begin(bot, data)
        finally:
            if bot is not None:
                self._disconnected(bot, websocket)

    async def _sound_frames(self, websocket: WebSocket) -> AsyncIterator[dict[str, Any]]:
        """Yields the events that come in, with fields of the types that OneBot states. What can't be read is
        dropped with one line of the log, and the connection goes on. Other tasks get their turn however fast
        frames come."""
        turn_began = time.monotonic()
        while True:
            if time.monotonic() - turn_began > _LONGEST_TURN:
                await asyncio.sleep(0)
                turn_began = time.monotonic()
            event = self._sound_event(await websocket.receive())
            if event is not None:
                yield event

    @classmethod
    def _sound_event(cls, data: object) -> dict[str, Any] | None:
        """Returns the event in a frame; None for an answer, which is handed over, and for what is dropped."""
        with dropping():
            whole = read_frame(data)
            if "post_type" in whole:
                return sound_event(whole)
            cls._hand_over(whole)
        return None

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

    def _begin(self, bot: Bot, data: dict[str, Any]) -> None:
        """Has the event handled in a task of its own, if anybody listens to it and not too many are being
        handled."""
        with dropping():
            event = self._event_of(data)
            if event is None:
                return
            if self._handled[bot.self_id] >= _MOST_HANDLED:
                raise UnreadableFrame("too many events at once")
            self._handled[bot.self_id] += 1
            self._keep(asyncio.create_task(self._handle(bot, event)))

    async def _handle(self, bot: Bot, event: Event) -> None:
        """Handles an event; one whose handling fails is dropped like one that can't be read."""
        try:
            await bot.handle_event(event)
        except Exception as error:
            # Of NoneBot's own steps before ours; the error's own words may hold what was typed.
            dropped.add("its handling failed")
            throttled.warning("an event was dropped: its handling failed", places(error))
        finally:
            self._handled[bot.self_id] -= 1

    def _keep(self, task: asyncio.Task[None]) -> None:
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _check_access_token(self, request: Request) -> Response | None:
        """Returns None for the right token, otherwise the refusal; the token is compared in constant time."""
        return None if self._is_token(request.headers.get("authorization")) else Response(403)

    def _is_token(self, authorization: str | None) -> bool:
        given = get_auth_bearer(authorization) or ""
        wanted = self.onebot_config.onebot_access_token or ""
        if wanted and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8")):
            return True
        throttled.warning("a connection was refused: " + ("wrong token" if given else "no token"))
        return False

    def refuses(self, headers: Sequence[tuple[bytes, bytes]]) -> bool:
        """Returns whether an upgrade with these headers opens no line: without the token, or without an
        account."""
        values = {name.lower(): value.decode("latin-1") for name, value in headers}
        if not self._is_token(values.get(b"authorization")):
            return True
        if _ACCOUNT.fullmatch(values.get(b"x-self-id", "")):
            return False
        throttled.warning("a connection with the right token was refused: it names no account")
        return True

    # --- events ---------------------------------------------------------------------------------------------

    @classmethod
    def json_to_event(cls, json_data: Any) -> Event | None:
        """Returns the event; None for chatter, of which making an event alone would cost more than a
        millisecond, for answers, for what nobody listens to, and for what can't be read, which is logged in
        one line and counted."""
        with dropping():
            if not isinstance(json_data, dict):
                return None
            if "post_type" in json_data:
                return cls._event_of(sound_event(json_data))
            cls._hand_over(json_data)
        return None

    @classmethod
    def _event_of(cls, data: dict[str, Any]) -> Event | None:
        """Returns the event; None if nobody listens to it. A quotation is taken out of the message, since
        NoneBot would otherwise ask for the quoted message first, and wait for an answer that may not come.
        Raises UnreadableFrame."""
        if not has_listener(data) or (is_message(data) and is_chatter(data)):
            return None
        if data["post_type"] == "message_sent":  # with a redeem code, or it would be chatter
            data = {**data, "post_type": "message", "user_id": data.get("self_id")}
        event = cls._parsed(data)
        if isinstance(event, MessageEvent):
            event.message = Message([part for part in event.message if part.type != "reply"])
        elif is_message(data):
            raise UnreadableFrame("a message that lacks something", shape(data))
        return event

    @classmethod
    def _hand_over(cls, answer: dict[str, Any]) -> None:
        """Gives an answer to the call that waits for it. Raises UnreadableFrame for one that comes twice, or
        too late."""
        sound = sound_answer(answer)
        waiting = cls._result_store._futures.get(int(sound["echo"]))
        if waiting is None or waiting.done():
            raise UnreadableFrame("an answer that no call waits for", shape(answer))
        waiting.set_result(sound)

    @classmethod
    def _parsed(cls, data: dict[str, Any]) -> Event:
        """Returns the event by the nearest model that fits, as NoneBot's adapter parses it; unlike there,
        errors of the others aren't logged, since they hold what people wrote. Raises UnreadableFrame."""
        for model in cls.get_event_model(data):
            try:
                return model.model_validate(data)
            except ValueError:
                continue
        raise UnreadableFrame("it could not be parsed", shape(data))


@contextmanager
def dropping() -> Iterator[None]:
    """Drops what can't be read or raises anything else within the block: counts it, and writes one line to
    the log that holds nothing of what the frame said."""
    try:
        yield
    except UnreadableFrame as reason:
        dropped.add(str(reason))
        throttled.warning(f"a frame was dropped: {reason}", reason.shape)
    except Exception as error:  # whatever a peer made up; the error's own words may hold its text
        dropped.add("it was not foreseen")
        throttled.warning("a frame was dropped: it was not foreseen", places(error))


def places(error: BaseException) -> str:
    """Returns the type of an error and where it was raised, without its words."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    lines = (f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return " ".join([type(error).__name__, *lines])


def _log_without_text(event: Event) -> str:
    """Takes the place of the line that NoneBot logs of each event: names its type and ids, and nothing of its
    text."""
    ids = {name: getattr(event, name, None) for name in ("group_id", "user_id", "message_id")}
    named = " ".join(f"{name}={value}" for name, value in ids.items() if value is not None)
    logger.debug(f"{event.get_event_name()} {named}")
    raise NoLogException(Adapter.get_name())


Event.get_log_string = _log_without_text  # type: ignore[assignment,method-assign]
