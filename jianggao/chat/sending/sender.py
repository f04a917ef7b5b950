"""Messages, forwards and files to groups and friends, through the account's queue.

Text goes as arrays of segments, by the specific calls, never with a null parameter, and a private send never
carries a group: an implementation may then post to the group.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from nonebot import logger
from nonebot.adapters.onebot.v11 import Bot
from nonebot.adapters.onebot.v11.exception import ActionFailed, ApiNotAvailable, NetworkError
from nonebot.exception import WebSocketClosed
from starlette.websockets import WebSocketDisconnect
from websockets.exceptions import WebSocketException

from jianggao.chat.sending.guard import passage
from jianggao.documents.names import safe_name
from jianggao.errors import CannotWrite
from jianggao.outbound.outcomes import (
    Delivered,
    RefusalReason,
    Refused,
    SendOutcome,
    Unknown,
    classify_failure,
)
from jianggao.outbound.queue import Priority, QueueEntry, Reservation, SendQueue, judged
from jianggao.outbound.splitting import SINGLE, forwards

UPLOAD_TIMEOUT = 120.0
"""Seconds: files go slowly."""
NICKNAME = "讲稿机器人"

Check = Callable[[], Awaitable[bool]]
IsUp = Callable[[], bool]
LINE_DOWN = Refused(RefusalReason.LINE_DOWN)


class Sender:
    """The way out of one account."""

    def __init__(self, bot: Bot, make_queue: Callable[[IsUp], SendQueue]) -> None:
        self._bot = bot
        self._is_up = True
        self._queue = make_queue(lambda: self._is_up)
        self._calls: set[asyncio.Task[SendOutcome]] = set()

    @property
    def bot(self) -> Bot:
        """The connection by which it sends; another one after a reconnection."""
        return self._bot

    @property
    def self_id(self) -> str:
        """The account that sends."""
        return str(self._bot.self_id)

    @property
    def is_connected(self) -> bool:
        """Whether its line is up, as far as is known."""
        return self._is_up

    @property
    def waiting(self) -> int:
        """How much waits to be sent."""
        return self._queue.waiting

    @property
    def leaving(self) -> int:
        """How many sends have begun and not ended."""
        return self._queue.leaving

    def line_is_up(self, bot: Bot) -> None:
        """The account is connected (again): go on with what waits."""
        self._bot = bot
        self._is_up = True
        self._queue.look_again()

    def line_is_down(self) -> None:
        """The line has ended: no answer comes any more to what was sent by it. Whether that arrived is unknown."""
        self._is_up = False
        self._queue.look_again()
        for call in self._calls:
            call.cancel()

    def waiting_time(self, group: str | None) -> float:
        """Seconds until an answer to `group` (None: a private chat) would leave."""
        return self._queue.waiting_time(group)

    def release(self, group: str) -> None:
        """A mute was lifted, or the account is back in the group: send there again."""
        self._queue.release(group)

    def reservation(self, group: str | None) -> Reservation:
        """A place in the queue for an answer that is being made, not held yet."""
        return self._queue.reservation(group)

    async def to_group(
        self,
        group: str,
        text: str,
        *,
        reply_to: str | None = None,
        expires_after: float | None = None,
        still_allowed: Check | None = None,
        begin: Check | None = None,
    ) -> SendOutcome:
        """A text to a group, quoting the message it answers; a long one as a forward.

        `begin` writes down that it is about to leave, before its first byte; False from it stops the send.
        """
        whole = _Whole(expires_after, still_allowed, begin)
        return await self._text({"group_id": _id(group)}, "group", group, text, reply_to, whole)

    async def to_friend(
        self,
        account: str,
        text: str,
        *,
        reply_to: str | None = None,
        expires_after: float | None = None,
        still_allowed: Check | None = None,
        begin: Check | None = None,
        waits_for_line: bool = True,
    ) -> SendOutcome:
        """A text to a private chat; a long one as a forward. `begin` as in `to_group`. One that doesn't wait for the line
        is refused when the line is down or goes down before it leaves."""
        whole = _Whole(expires_after, still_allowed, begin, waits_for_line)
        return await self._text({"user_id": _id(account)}, "private", None, text, reply_to, whole)

    async def forward_to_friend(
        self,
        account: str,
        nodes: Sequence[str],
        *,
        expires_after: float | None = None,
        still_allowed: Check | None = None,
        begin: Check | None = None,
    ) -> SendOutcome:
        """A forward to a private chat, each text a node. `begin` as in `to_group`."""
        data = {"user_id": _id(account), "messages": self._nodes(nodes)}
        whole = _Whole(expires_after, still_allowed, begin)
        return await self._call("send_private_forward_msg", data, None, whole)

    async def file_to_friend(
        self,
        account: str,
        name: str,
        content: bytes,
        *,
        expires_after: float | None = None,
        still_allowed: Check | None = None,
        begin: Check | None = None,
    ) -> SendOutcome:
        """A file to a private chat. `begin` as in `to_group`."""
        data = {
            "user_id": _id(account),
            "file": "base64://" + base64.b64encode(content).decode("ascii"),
            "name": safe_name(name),
            "_timeout": UPLOAD_TIMEOUT,
        }
        whole = _Whole(expires_after, still_allowed, begin)
        return await self._call("upload_private_file", data, None, whole)

    async def _text(
        self,
        target: dict[str, Any],
        kind: str,
        group: str | None,
        text: str,
        reply_to: str | None,
        whole: _Whole,
    ) -> SendOutcome:
        if len(text) <= SINGLE:
            segments = [{"type": "reply", "data": {"id": reply_to}}] if reply_to is not None else []
            message = [*segments, {"type": "text", "data": {"text": text}}]
            return await self._call(f"send_{kind}_msg", {**target, "message": message}, group, whole)
        outcome: SendOutcome = Refused(RefusalReason.OTHER)
        for number, nodes in enumerate(forwards(text)):
            data = {**target, "messages": self._nodes(nodes)}
            outcome = await self._call(f"send_{kind}_forward_msg", data, group, whole)
            if isinstance(outcome, Delivered):
                continue
            # Where a part of it has arrived, it can be neither called refused nor begun anew.
            if number > 0 and whole.begin is not None:
                return Unknown()
            return replace(outcome, after_a_part=number > 0) if isinstance(outcome, Refused) else outcome
        return outcome

    def _nodes(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Nodes in the form that suits all implementations."""
        account = str(self._bot.self_id)
        who = {"user_id": account, "uin": account, "nickname": NICKNAME, "name": NICKNAME}
        return [
            {"type": "node", "data": {**who, "content": [{"type": "text", "data": {"text": text}}]}}
            for text in texts
        ]

    async def _call(self, api: str, data: dict[str, Any], group: str | None, whole: _Whole) -> SendOutcome:
        async def call() -> SendOutcome:
            if not self._is_up:
                return LINE_DOWN
            refusal = await whole.begun()
            if refusal is not None:
                return refusal
            return await self._called(api, data)

        return await self._queue.submit(
            QueueEntry(
                call, group, Priority.ANSWER, whole.expires_after, whole.still_allowed, whole.waits_for_line
            )
        )

    async def _called(self, api: str, data: dict[str, Any]) -> SendOutcome:
        """Make the call, as long as the line that it was made by is up."""
        bot = self._bot
        task = asyncio.ensure_future(call_api(bot, api, data))
        self._calls.add(task)
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            raise
        finally:
            self._calls.discard(task)
        outcome = Unknown() if task.cancelled() else task.result()
        if outcome == LINE_DOWN and self._bot is bot:
            self._is_up = False
        return outcome

    async def stop(self) -> None:
        """Send nothing more; returns when what has begun has ended."""
        await self._queue.stop()

    async def close(self) -> None:
        """Stop the queue."""
        await self._queue.close()


class _Whole:
    """What is asked of a text before it leaves, however many sends it takes."""

    def __init__(
        self,
        expires_after: float | None,
        still_allowed: Check | None,
        begin: Check | None,
        waits_for_line: bool = True,
    ) -> None:
        self.waits_for_line = waits_for_line
        self.expires_after = expires_after
        self.still_allowed = still_allowed
        self.begin = begin
        self._has_begun = False

    async def begun(self) -> Refused | None:
        """Write down, once, that it leaves. A refusal where that can't be done, or where it has left before; also where
        it may not leave any more: for the database one may have to wait, and what was judged before then is old."""
        if self.begin is None or self._has_begun:
            return None
        try:
            begins = await self.begin()
        except CannotWrite as error:
            logger.warning(f"an answer waits: the database can't be written ({error.explanation.cause})")
            return Refused(RefusalReason.NOT_STORED)
        except Exception:
            logger.exception("that an answer leaves could not be stored; it stays")
            return Refused(RefusalReason.NOT_STORED)
        if not begins:
            return Refused(RefusalReason.ALREADY_BEGUN)
        self._has_begun = True
        return await judged(self.still_allowed)


async def call_api(bot: Bot, api: str, data: dict[str, Any]) -> SendOutcome:
    """Make a sending call; its outcome, whatever happens."""
    try:
        with passage():
            answer = await bot.call_api(api, **data)
    except ActionFailed as error:
        return classify_failure(error.info)
    except ApiNotAvailable:
        return LINE_DOWN
    except NetworkError:
        return Unknown()
    except WebSocketDisconnect:  # of the server's line, which is found closed before it is written to
        return LINE_DOWN
    except RuntimeError as error:
        if "websocket" not in str(error).lower() and "close message" not in str(error):
            raise
        return LINE_DOWN
    except (WebSocketClosed, WebSocketException, OSError) as error:
        logger.warning(f"the line ended during a send: {type(error).__name__}")
        return Unknown()
    message_id = answer.get("message_id") if isinstance(answer, dict) else None
    return Delivered(None if message_id is None else str(message_id))


def _id(number: str) -> int:
    return int(number)
