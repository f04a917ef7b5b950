"""Stops every send that didn't come from the queue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from nonebot import logger
from nonebot.adapters import Bot
from nonebot.exception import MockApiException

_from_queue: ContextVar[bool] = ContextVar("from_queue", default=False)
_SENDING = ("send_", "upload_", "forward_", ".handle_quick_operation")


@contextmanager
def passage() -> Iterator[None]:
    """Marks the calls made inside the block as coming from the queue."""
    token = _from_queue.set(True)
    try:
        yield
    finally:
        _from_queue.reset(token)


async def guard(bot: Bot, api: str, data: dict[str, Any]) -> None:
    """Stops a sending call that doesn't come from the queue. Only MockApiException stops a call in NoneBot's
    hook; any other exception would let it through."""
    if api.startswith(_SENDING) and not _from_queue.get():
        logger.error(f"{bot.self_id}: {api} did not come from the queue and was stopped")
        raise MockApiException(result=None)


def install_guard() -> None:
    """Installs the hook; a second call does nothing."""
    if guard not in Bot._calling_api_hook:
        Bot.on_calling_api(guard)
