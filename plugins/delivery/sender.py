"""Messages, forwards and files to groups and friends, through the account's queue.

Text goes as arrays of segments, by the specific calls, never with a null parameter, and a private send never
carries a group: an implementation may then post to the group.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from nonebot.adapters.onebot.v11 import Bot
from nonebot.adapters.onebot.v11.exception import ActionFailed, ApiNotAvailable, NetworkError

from jianggao.documents.names import safe_name
from jianggao.house import House
from jianggao.outbound.outcomes import (
    Delivered,
    RefusalReason,
    Refused,
    SendOutcome,
    Unknown,
    classify_failure,
)
from jianggao.outbound.pace import PaceLimits
from jianggao.outbound.queue import Entry, Priority, Reservation, SendQueue
from jianggao.outbound.splitting import SINGLE, forwards
from plugins.delivery import receiver
from plugins.delivery.guard import passage

UPLOAD_TIMEOUT = 120.0
"""Seconds: files go slowly."""
NICKNAME = "讲稿机器人"

Check = Callable[[], Awaitable[bool]]


class Delivery:
    """The way out of one account."""

    def __init__(self, bot: Bot, queue: SendQueue, file_hosts: frozenset[str] = frozenset()) -> None:
        self._bot = bot
        self._queue = queue
        self._file_hosts = file_hosts

    def waiting_time(self, group: str | None) -> float:
        """Seconds until an answer to `group` (None: a private chat) would leave."""
        return self._queue.waiting_time(group)

    def release(self, group: str) -> None:
        """A mute was lifted, or the account is back in the group: send there again."""
        self._queue.release(group)

    def reservation(self, group: str | None) -> Reservation:
        """A place in the queue for an answer that is being made, not held yet."""
        return self._queue.reservation(group)

    async def fetch(
        self, kind: str, name: str, size: int | None, data: Mapping[str, str], most: int = receiver.LARGEST
    ) -> bytes:
        """A picture or file that came in, of at most `most` bytes. Raises WrongUse."""
        return await receiver.fetch(self._bot, kind, name, size, data, most, file_hosts=self._file_hosts)

    async def opened(self, number: str) -> list[str]:
        """The texts of a forward that came in. Raises WrongUse."""
        return await receiver.opened(self._bot, number)

    async def to_group(
        self,
        group: str,
        text: str,
        *,
        reply_to: str | None = None,
        expires_after: float | None = None,
        still_allowed: Check | None = None,
    ) -> SendOutcome:
        """A text to a group, quoting the message it answers; a long one as a forward."""
        return await self._text(
            {"group_id": _id(group)}, "group", group, text, reply_to, expires_after, still_allowed
        )

    async def to_friend(
        self,
        account: str,
        text: str,
        *,
        reply_to: str | None = None,
        expires_after: float | None = None,
        still_allowed: Check | None = None,
    ) -> SendOutcome:
        """A text to a private chat; a long one as a forward."""
        return await self._text(
            {"user_id": _id(account)}, "private", None, text, reply_to, expires_after, still_allowed
        )

    async def forward_to_friend(
        self, account: str, nodes: Sequence[str], *, still_allowed: Check | None = None
    ) -> SendOutcome:
        """A forward to a private chat, each text a node."""
        return await self._call(
            "send_private_forward_msg",
            {"user_id": _id(account), "messages": self._nodes(nodes)},
            None,
            still_allowed=still_allowed,
        )

    async def file_to_friend(
        self, account: str, name: str, content: bytes, *, still_allowed: Check | None = None
    ) -> SendOutcome:
        """A file to a private chat."""
        data = {
            "user_id": _id(account),
            "file": "base64://" + base64.b64encode(content).decode("ascii"),
            "name": safe_name(name),
            "_timeout": UPLOAD_TIMEOUT,
        }
        return await self._call("upload_private_file", data, None, still_allowed=still_allowed)

    async def _text(
        self,
        target: dict[str, Any],
        kind: str,
        group: str | None,
        text: str,
        reply_to: str | None,
        expires_after: float | None,
        still_allowed: Check | None,
    ) -> SendOutcome:
        if len(text) <= SINGLE:
            segments = [{"type": "reply", "data": {"id": reply_to}}] if reply_to is not None else []
            message = [*segments, {"type": "text", "data": {"text": text}}]
            return await self._call(
                f"send_{kind}_msg", {**target, "message": message}, group, expires_after, still_allowed
            )
        outcome: SendOutcome = Refused(RefusalReason.OTHER)
        for nodes in forwards(text):
            outcome = await self._call(
                f"send_{kind}_forward_msg",
                {**target, "messages": self._nodes(nodes)},
                group,
                expires_after,
                still_allowed,
            )
            if not isinstance(outcome, Delivered):
                return outcome
        return outcome

    def _nodes(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Nodes in the form that suits all implementations."""
        account = str(self._bot.self_id)
        who = {"user_id": account, "uin": account, "nickname": NICKNAME, "name": NICKNAME}
        return [
            {"type": "node", "data": {**who, "content": [{"type": "text", "data": {"text": text}}]}}
            for text in texts
        ]

    async def _call(
        self,
        api: str,
        data: dict[str, Any],
        group: str | None,
        expires_after: float | None = None,
        still_allowed: Check | None = None,
    ) -> SendOutcome:
        async def call() -> SendOutcome:
            return await call_api(self._bot, api, data)

        return await self._queue.submit(Entry(call, group, Priority.ANSWER, expires_after, still_allowed))

    async def close(self) -> None:
        """Stop the queue."""
        await self._queue.close()


async def call_api(bot: Bot, api: str, data: dict[str, Any]) -> SendOutcome:
    """Make a sending call; its outcome, whatever happens."""
    try:
        with passage():
            answer = await bot.call_api(api, **data)
    except ActionFailed as error:
        return classify_failure(error.info)
    except ApiNotAvailable:
        return Refused(RefusalReason.OTHER)
    except NetworkError:
        return Unknown()
    message_id = answer.get("message_id") if isinstance(answer, dict) else None
    return Delivered(None if message_id is None else str(message_id))


def _id(number: str) -> int:
    return int(number)


_deliveries: dict[str, Delivery] = {}


def delivery_for(bot: Bot, house: House) -> Delivery:
    """The way out of this account; its queue outlives a reconnection, so that the pace goes on."""
    known = _deliveries.get(bot.self_id)
    if known is None:
        settings = house.settings
        limits = PaceLimits(
            settings.send_interval, settings.group_send_interval, settings.group_sends_per_minute
        )
        queue = SendQueue(limits, monotonic=house.monotonic, chance=house.chance)
        known = _deliveries[bot.self_id] = Delivery(bot, queue, settings.file_hosts)
    known._bot = bot
    return known


def waiting() -> int:
    """How much waits in all queues."""
    return sum(len(delivery._queue) for delivery in _deliveries.values())


async def close_all() -> None:
    """Stop every account's queue, and what is being fetched."""
    receiver.stop()
    for delivery in _deliveries.values():
        await delivery.close()
    _deliveries.clear()
