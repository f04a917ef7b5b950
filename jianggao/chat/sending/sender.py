"""Sends messages, forwards and files to groups and friends, through the account's queue.

Text goes as arrays of segments, by the specific calls, never with a null parameter, and a private send never
carries a group: an implementation may then post to the group.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from fastapi import WebSocketDisconnect
from nonebot import logger
from nonebot.adapters.onebot.v11 import Bot
from nonebot.adapters.onebot.v11.exception import ActionFailed, ApiNotAvailable, NetworkError
from nonebot.exception import WebSocketClosed
from websockets.exceptions import WebSocketException

from jianggao.chat.sending.bypass_guard import passage
from jianggao.documents.names import safe_name
from jianggao.errors import CannotWrite
from jianggao.outbound.queue import Priority, QueueEntry, Reservation, SendQueue, judged
from jianggao.outbound.send_outcomes import (
    Delivered,
    RefusalReason,
    Refused,
    SendOutcome,
    Unknown,
    classify_failure,
)
from jianggao.outbound.splitting import SINGLE, forwards

UPLOAD_TIMEOUT = 120.0
"""Seconds that the upload of a file may take."""
NICKNAME = "讲稿机器人"

Check = Callable[[], Awaitable[bool]]
IsUp = Callable[[], bool]
LINE_DOWN = Refused(RefusalReason.LINE_DOWN)


class Sender:
    """Sends what one account sends. Every send passes its queue, and returns an outcome whatever happens."""

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
        """How many sends wait in the queue."""
        return self._queue.waiting

    @property
    def leaving(self) -> int:
        """How many sends have begun and not ended."""
        return self._queue.leaving

    def line_is_up(self, bot: Bot) -> None:
        """Goes on with what waits, as the account is connected (again)."""
        self._bot = bot
        self._is_up = True
        self._queue.wake()

    def line_is_down(self) -> None:
        """Ends the calls that were made by the line: no answer to them comes any more, and whether they
        arrived is unknown."""
        self._is_up = False
        self._queue.wake()
        for call in self._calls:
            call.cancel()

    def waiting_time(self, group: str | None) -> float:
        """Returns the seconds until an answer to `group` (None: a private chat) would leave."""
        return self._queue.waiting_time(group)

    def release(self, group: str) -> None:
        """Sends to the group again, as a mute was lifted or the account is back in it."""
        self._queue.release(group)

    def reservation(self, group: str | None) -> Reservation:
        """Returns a place in the queue for an answer that is being made; it isn't held yet."""
        return self._queue.reservation(group)

    async def to_group(
        self,
        group: str,
        text: str,
        *,
        reply_to: str | None = None,
        mentions: Sequence[str] = (),
        expires_after: float | None = None,
        still_allowed: Check | None = None,
        begin: Check | None = None,
        waits_for_line: bool = True,
        priority: Priority = Priority.ANSWER,
    ) -> SendOutcome:
        """Sends a text to a group, quoting the message it answers and naming people in front; a long one as a
        forward, which can do neither.

        `begin` stores that it is about to leave, before its first byte; False from it stops the send. One that
        doesn't wait for the line is refused when the line is down or goes down before it leaves.
        """
        conditions = _Conditions(expires_after, still_allowed, begin, waits_for_line, priority)
        segments = [*_quotation(reply_to), *({"type": "at", "data": {"qq": person}} for person in mentions)]
        whole = f" {text}" if mentions else text
        return await self._text({"group_id": _id(group)}, "group", group, whole, segments, conditions)

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
        priority: Priority = Priority.ANSWER,
    ) -> SendOutcome:
        """Sends a text to a private chat; a long one as a forward. `begin` and `waits_for_line` as in
        `to_group`."""
        conditions = _Conditions(expires_after, still_allowed, begin, waits_for_line, priority)
        segments = _quotation(reply_to)
        return await self._text({"user_id": _id(account)}, "private", None, text, segments, conditions)

    async def forward_to_friend(
        self,
        account: str,
        nodes: Sequence[str],
        *,
        expires_after: float | None = None,
        still_allowed: Check | None = None,
        begin: Check | None = None,
    ) -> SendOutcome:
        """Sends a forward to a private chat, each text a node. `begin` as in `to_group`."""
        data = {"user_id": _id(account), "messages": self._nodes(nodes)}
        conditions = _Conditions(expires_after, still_allowed, begin)
        return await self._call("send_private_forward_msg", data, None, conditions)

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
        """Sends a file to a private chat. `begin` as in `to_group`."""
        data = {
            "user_id": _id(account),
            "file": "base64://" + base64.b64encode(content).decode("ascii"),
            "name": safe_name(name),
            "_timeout": UPLOAD_TIMEOUT,
        }
        conditions = _Conditions(expires_after, still_allowed, begin)
        return await self._call("upload_private_file", data, None, conditions)

    async def _text(
        self,
        target: dict[str, Any],
        kind: str,
        group: str | None,
        text: str,
        in_front: Sequence[dict[str, Any]],
        conditions: _Conditions,
    ) -> SendOutcome:
        """Sends a text: as one message behind some segments, or as forwards where it is long. After a failed
        forward no later one is sent."""
        if len(text) <= SINGLE:
            message = [*in_front, {"type": "text", "data": {"text": text}}]
            return await self._call(f"send_{kind}_msg", {**target, "message": message}, group, conditions)
        outcome: SendOutcome = Refused(RefusalReason.OTHER)
        for number, nodes in enumerate(forwards(text)):
            data = {**target, "messages": self._nodes(nodes)}
            outcome = await self._call(f"send_{kind}_forward_msg", data, group, conditions)
            if isinstance(outcome, Delivered):
                continue
            # Where a part of it has arrived, it can be neither called refused nor begun anew.
            if number > 0 and conditions.begin is not None:
                return Unknown()
            return replace(outcome, after_a_part=number > 0) if isinstance(outcome, Refused) else outcome
        return outcome

    def _nodes(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Returns nodes in the form that suits all implementations: some read user_id and nickname, others
        uin and name."""
        account = str(self._bot.self_id)
        who = {"user_id": account, "uin": account, "nickname": NICKNAME, "name": NICKNAME}
        return [
            {"type": "node", "data": {**who, "content": [{"type": "text", "data": {"text": text}}]}}
            for text in texts
        ]

    async def _call(
        self, api: str, data: dict[str, Any], group: str | None, conditions: _Conditions
    ) -> SendOutcome:
        """Queues a sending call of the API, which is made when its turn comes, and returns its outcome."""

        async def call() -> SendOutcome:
            if not self._is_up:
                return LINE_DOWN
            refusal = await conditions.begun()
            if refusal is not None:
                return refusal
            return await self._called(api, data)

        return await self._queue.submit(
            QueueEntry(
                call,
                group,
                conditions.priority,
                conditions.expires_after,
                conditions.still_allowed,
                conditions.waits_for_line,
            )
        )

    async def _called(self, api: str, data: dict[str, Any]) -> SendOutcome:
        """Makes the call; it ends as unknown when the line that it was made by goes down."""
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
        """Begins no further send; returns when those that have begun have ended."""
        await self._queue.stop()

    async def close(self) -> None:
        """Ends the queue. What waits there isn't sent."""
        await self._queue.close()


class _Conditions:
    """The conditions on which a text leaves, asked once however many sends it takes."""

    def __init__(
        self,
        expires_after: float | None,
        still_allowed: Check | None,
        begin: Check | None,
        waits_for_line: bool = True,
        priority: Priority = Priority.ANSWER,
    ) -> None:
        self.waits_for_line = waits_for_line
        self.priority = priority
        self.expires_after = expires_after
        self.still_allowed = still_allowed
        self.begin = begin
        self._has_begun = False

    async def begun(self) -> Refused | None:
        """Stores, once, that the text leaves; returns None if it may. Returns a refusal if that can't be
        stored, or if it has left before; also if it may not leave any more: one may have to wait for the
        database, and what was judged before is old then."""
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
    """Makes a sending call, and returns its outcome, whatever happens."""
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
        # Starlette has no type of its own for a line that was closed before the write; other errors are bugs.
        if "websocket" not in str(error).lower() and "close message" not in str(error):
            raise
        return LINE_DOWN
    except (WebSocketClosed, WebSocketException, OSError) as error:
        logger.warning(f"the line ended during a send: {type(error).__name__}")
        return Unknown()
    message_id = answer.get("message_id") if isinstance(answer, dict) else None
    return Delivered(None if message_id is None else str(message_id))


def _quotation(reply_to: str | None) -> list[dict[str, Any]]:
    return [] if reply_to is None else [{"type": "reply", "data": {"id": reply_to}}]


def _id(number: str) -> int:
    return int(number)
