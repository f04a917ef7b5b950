"""Listens on the port: lets WebSocket upgrades through whose head is small and comes soon, shows programs of
this machine the pages of `local_pages`, and refuses everything else at little cost.

uvicorn's own HTTP protocols wait for a head for ever and bound no peer (httptools not even its size). This
one takes their place (`uvicorn.run(http=…)`) and gives uvicorn's WebSocket protocol only whole heads, without
the query: a token there would reach the log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

import h11
from nonebot import logger
from uvicorn.config import Config
from uvicorn.server import ServerState

from jianggao.chat.connection.sockets import LARGEST_FRAME, PING_EVERY, PONG_WITHIN, ServedSocket
from jianggao.chat.monitoring.local_pages import LocalPage, MakePage, asks_from_this_machine

Refuses = Callable[[Sequence[tuple[bytes, bytes]]], bool]

PATHS = (b"/onebot/v11", b"/onebot/v11/", b"/onebot/v11/ws", b"/onebot/v11/ws/")
LARGEST_HEAD = 16_384
"""Bytes of a request's head."""
_UNREAD = 65_536
"""Bytes behind a refused head after which the connection ends."""
HEAD_WITHIN = 5.0
"""Seconds from the connection to its whole head, however many pieces it comes in."""
WAITING = 64
"""Connections without a whole head, of all peers together."""
WAITING_OF_A_PEER = 16
_PAGE = b"HTTP/1.1 %s\r\nConnection: close\r\nCache-Control: no-store\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
_OK, _NOT_WELL = b"200 OK", b"503 Service Unavailable"
_ANSWER = b"HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_NOT_FOUND, _FORBIDDEN, _TOO_LARGE, _UNREADABLE = (
    b"404 Not Found",
    b"403 Forbidden",
    b"431 Request Header Fields Too Large",
    b"400 Bad Request",
)


@dataclass
class WaitingRoom:
    """The connections whose head hasn't come yet, oldest first. Where there are too many the oldest is ended:
    an implementation sends its head at once, so that it is never the oldest for long."""

    limit: int = WAITING
    limit_of_a_peer: int = WAITING_OF_A_PEER
    _inside: dict[OnlyWebSockets, str] = field(default_factory=dict)

    def enter(self, protocol: OnlyWebSockets, peer: str) -> None:
        """Lets a new connection wait, and ends the oldest ones beyond the bounds."""
        self._inside[protocol] = peer
        of_peer = [other for other, owner in self._inside.items() if owner == peer]
        for other in of_peer[: max(0, len(of_peer) - self.limit_of_a_peer)]:
            other.abort()
        for other in list(self._inside)[: max(0, len(self._inside) - self.limit)]:
            other.abort()

    def leave(self, protocol: OnlyWebSockets) -> None:
        """Notes that the connection has ended, or that its head has come."""
        self._inside.pop(protocol, None)

    def __len__(self) -> int:
        return len(self._inside)


waiting_room = WaitingRoom()


class OnlyWebSockets(asyncio.Protocol):
    """The HTTP side of one connection, made by uvicorn."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._config = config
        self._server = server_state
        self._app_state = app_state
        self._loop = _loop or asyncio.get_running_loop()
        self._head = h11.Connection(h11.SERVER, max_incomplete_event_size=LARGEST_HEAD)
        self._received = 0
        self._refused = False
        self._transport: asyncio.Transport | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._peer = ""
        self._answering: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Waits for the head, `HEAD_WITHIN` seconds at the longest."""
        self._transport = cast(asyncio.Transport, transport)
        self._server.connections.add(cast(Any, self))
        self._deadline = self._loop.call_later(HEAD_WITHIN, self.abort)
        address = transport.get_extra_info("peername")
        self._peer = str(address[0]) if isinstance(address, tuple) else ""
        waiting_room.enter(self, self._peer)

    def data_received(self, data: bytes) -> None:
        """Reads the head; a body is thrown away unread."""
        self._received += len(data)
        if self._received > LARGEST_HEAD + _UNREAD or self._transport is None:
            self.abort()
        elif not self._refused:
            self._read(data)

    def _read(self, data: bytes) -> None:
        if self._received > LARGEST_HEAD:
            return self._refuse(_TOO_LARGE)
        try:
            self._head.receive_data(data)
            event = self._head.next_event()
        except h11.RemoteProtocolError:
            return self._refuse(_UNREADABLE)
        return self._answer(event) if isinstance(event, h11.Request) else None

    def _answer(self, request: h11.Request) -> None:
        path = bytes(request.target).partition(b"?")[0]
        headers = [(bytes(name), bytes(value)) for name, value in request.headers]
        asks = {value.strip().lower() for name, value in headers if name == b"upgrade"}
        make = self.pages.get(path) if request.method == b"GET" and not asks else None
        if make is not None and asks_from_this_machine(self._peer, bytes(request.http_version), headers):
            return self._begin_to_answer(make)
        if request.method != b"GET" or asks != {b"websocket"} or path not in PATHS:
            return self._refuse(_NOT_FOUND)
        if self.refuses(headers):
            return self._refuse(_FORBIDDEN, has_body=False)
        lines = [b"GET " + path + b" HTTP/1.1", *(name + b": " + value for name, value in headers), b"", b""]
        return self._hand_over(b"\r\n".join(lines) + self._head.trailing_data[0])

    def refuses(self, headers: Sequence[tuple[bytes, bytes]]) -> bool:
        """Returns whether an upgrade with these headers opens no line: judged before anything is made for
        it."""
        return False

    pages: Mapping[bytes, MakePage] = MappingProxyType({})
    """What programs of this machine may ask for."""

    def _begin_to_answer(self, make: MakePage) -> None:
        """Begins to send a page. The connection still counts as waiting, and ends in time however long making
        the page takes."""
        self._refused = True
        self._answering = self._loop.create_task(self._send_page(make))

    async def _send_page(self, make: MakePage) -> None:
        try:
            page = await make()
        except Exception:
            logger.exception("a page for this machine could not be made")
            page = LocalPage(b"{}", is_ok=False)
        if self._transport is None:
            return
        head = _PAGE % (_OK if page.is_ok else _NOT_WELL, page.content_type.encode(), len(page.body))
        self._transport.write(head + page.body)
        if self._transport.can_write_eof():
            self._transport.write_eof()

    def _hand_over(self, head: bytes) -> None:
        """Lets uvicorn's WebSocket protocol serve the connection from here on."""
        transport, self._transport = self._transport, None
        self._leave()
        maker = self._config.ws_protocol_class
        assert maker is not None and transport is not None
        protocol = cast(Any, maker)(config=self._config, server_state=self._server, app_state=self._app_state)
        protocol.connection_made(transport)
        transport.set_protocol(protocol)
        protocol.data_received(head)
        if getattr(getattr(protocol, "conn", None), "handshake_exc", None) is not None:
            transport.abort()  # a head that h11 reads and websockets doesn't: it would never be answered
        elif not _is_open(protocol):
            self._loop.call_later(HEAD_WITHIN, lambda: None if _is_open(protocol) else transport.abort())

    def _refuse(self, status: bytes, *, has_body: bool = True) -> None:
        """Answers with this status. The connection ends when the peer ends it, or when `HEAD_WITHIN` is over:
        ending it while a body is still coming would take the answer away with it. Of that body at most
        `_UNREAD` bytes are received, and thrown away."""
        self._refused = True
        assert self._transport is not None
        self._transport.write(_ANSWER % status)
        if not has_body:
            self._transport.close()
        elif self._transport.can_write_eof():
            self._transport.write_eof()

    def abort(self) -> None:
        """Ends the connection without an answer."""
        if self._transport is not None:
            self._transport.abort()
        self._end()

    def _end(self) -> None:
        self._transport = None
        self._leave()

    def _leave(self) -> None:
        if self._answering is not None:
            self._answering.cancel()
        if self._deadline is not None:
            self._deadline.cancel()
        waiting_room.leave(self)
        self._server.connections.discard(cast(Any, self))

    def connection_lost(self, exc: Exception | None) -> None:
        """Notes that the peer has ended the connection."""
        self._end()

    def eof_received(self) -> None:
        """Returns None, by which asyncio closes the connection: one that is open in one direction is of no
        use."""

    def shutdown(self) -> None:
        """Ends the connection as uvicorn stops."""
        self.abort()


def _is_open(protocol: object) -> bool:
    """Returns whether one of uvicorn's WebSocket protocols has answered the upgrade."""
    completed = getattr(protocol, "handshake_completed_event", None)
    return bool(getattr(protocol, "handshake_complete", False) if completed is None else completed.is_set())


def listening(refuses: Refuses, local: Mapping[bytes, MakePage] | None = None) -> dict[str, Any]:
    """Returns the arguments for `uvicorn.run`. `refuses` says by an upgrade's headers, with names in lower
    case, who may not open a line; `local` are the pages for programs of this machine, by their paths."""

    class Listener(OnlyWebSockets):
        pages = MappingProxyType(dict(local or {}))

        def refuses(self, headers: Sequence[tuple[bytes, bytes]]) -> bool:
            return refuses(headers)

    return {"http": Listener, **_LISTENING}


_LISTENING: dict[str, Any] = {
    "ws": ServedSocket,
    "ws_ping_interval": PING_EVERY,
    "ws_ping_timeout": PONG_WITHIN,
    "ws_max_size": LARGEST_FRAME,
    "ws_per_message_deflate": False,
    "proxy_headers": False,
    "access_log": False,
}
"""Nothing is compressed, so that no small frame unpacks to a large one."""
