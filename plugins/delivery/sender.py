"""Messages, forwards and files to groups and friends, through the account's queue.

Text goes as arrays of segments, by the specific calls, never with a null parameter, and a private send never
carries a group: an implementation may then post to the group.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from nonebot import logger
from nonebot.adapters.onebot.v11 import Bot
from nonebot.adapters.onebot.v11.exception import ActionFailed, ApiNotAvailable, NetworkError
from nonebot.exception import WebSocketClosed
from starlette.websockets import WebSocketDisconnect
from websockets.exceptions import WebSocketException

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
IsUp = Callable[[], bool]
LINE_DOWN = Refused(RefusalReason.LINE_DOWN)


class Delivery:
    """The way out of one account."""

    def __init__(
        self, bot: Bot, make_queue: Callable[[IsUp], SendQueue], file_hosts: frozenset[str] = frozenset()
    ) -> None:
        self._bot = bot
        self._queue = make_queue(lambda: is_connected(self._bot))
        self._file_hosts = file_hosts
        self._calls: set[asyncio.Task[SendOutcome]] = set()

    @property
    def self_id(self) -> str:
        """The account that sends."""
        return str(self._bot.self_id)

    @property
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
    except (
        WebSocketDisconnect,
        RuntimeError,
    ):  # of the server's line, which is found closed before it is written to
        return LINE_DOWN
    except (WebSocketClosed, WebSocketException, OSError) as error:
        logger.warning(f"the line ended during a send: {type(error).__name__}")
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
        known = _deliveries[bot.self_id] = Delivery(
            bot,
            lambda is_up: SendQueue(limits, monotonic=house.monotonic, chance=house.chance, is_up=is_up),
            settings.file_hosts,
        )
    if known._bot is not bot:
        known.line_is_up(bot)
    return known


def line_is_down(account: str) -> None:
    """The account's line has ended."""
    if account in _deliveries:
        _deliveries[account].line_is_down()


def leaving() -> int:
    """How many sends of all accounts have begun and not ended."""
    return sum(delivery.leaving for delivery in _deliveries.values())


def waiting() -> int:
    """How much of all accounts waits to be sent."""
    return sum(delivery.waiting for delivery in _deliveries.values())


async def stop_all() -> None:
    """Begin no further send; returns when those that have begun have ended."""
    await asyncio.gather(*(delivery.stop() for delivery in _deliveries.values()))


async def close_all() -> None:
    """Stop every account's queue, and what is being fetched."""
    receiver.stop()
    for delivery in _deliveries.values():
        await delivery.close()
    _deliveries.clear()
