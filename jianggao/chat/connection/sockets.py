"""Opens WebSockets, by an implementation or by the bot, whose frames come as bytes.

Text that is no UTF-8 is dropped then like any other unreadable frame, where both libraries would end the
connection.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from nonebot.drivers import URL, Request
from nonebot.drivers.websockets import WebSocket as ClientSocket
from nonebot.exception import WebSocketClosed
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

LARGEST_FRAME = 40 * 1024 * 1024
"""Bytes: a file of the largest size that is taken, in Base64, and some more. A larger frame ends its line."""
PING_EVERY, PONG_WITHIN = 5.0, 5.0
"""Seconds; a peer that is gone or doesn't read any more is noticed by them."""
_OPENS_WITHIN, _CLOSES_WITHIN = 30.0, 5.0


class ServedSocket(WebSocketsSansIOProtocol):
    """An implementation's connection to the bot."""

    def handle_text(self, event: Any) -> None:
        """Hands text over as bytes."""
        self.handle_bytes(event)


class _OwnSocket(ClientSocket):
    async def receive(self) -> str | bytes:  # type: ignore[override]  # theirs is typed by an untyped decorator
        """Returns the next frame. Raises WebSocketClosed."""
        try:
            return await self.websocket.recv(decode=False)
        except ConnectionClosed as error:
            closed = error.rcvd
            code, reason = (1006, "") if closed is None else (closed.code, closed.reason)
            raise WebSocketClosed(code, reason) from None


@asynccontextmanager
async def connect_out(url: URL, headers: dict[str, str]) -> AsyncIterator[ClientSocket]:
    """Connects to an implementation within the block; unlike NoneBot's own connection it takes frames above a
    megabyte, which files are, and goes through no proxy. Raises OSError, TimeoutError and WebSocketException
    if that fails."""
    connection = connect(
        str(url),
        additional_headers=headers,
        max_size=LARGEST_FRAME,
        compression=None,
        proxy=None,
        open_timeout=_OPENS_WITHIN,
        close_timeout=_CLOSES_WITHIN,
        ping_interval=PING_EVERY,
        ping_timeout=PONG_WITHIN,
    )
    async with connection as socket:
        yield _OwnSocket(request=Request("GET", url, headers=headers), websocket=socket)
