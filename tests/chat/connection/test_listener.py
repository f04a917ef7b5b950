"""The listener by itself: what waits is bounded in number, size and time, and only a clean upgrade is handed
on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

UPGRADE = b"GET %s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"


class Transport(asyncio.Transport):
    """Keeps what is written, and whether it was ended."""

    def __init__(self, peer: str) -> None:
        super().__init__({"peername": (peer, 5)})
        self.written = b""
        self.ended = self.half_closed = False
        self.protocol: Any = None

    def write(self, data: bytes) -> None:  # type: ignore[override]
        self.written += data

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        self.half_closed = True

    def abort(self) -> None:
        self.ended = True

    def close(self) -> None:
        self.ended = True

    def set_protocol(self, protocol: Any) -> None:
        self.protocol = protocol


class Timers:
    """A loop's `call_later`, run by hand."""

    def __init__(self) -> None:
        self.due: list[tuple[float, Any]] = []

    def call_later(self, delay: float, work: Any) -> Any:
        self.due.append((delay, work))
        return self

    def cancel(self) -> None:
        pass

    def pass_by(self, seconds: float) -> None:
        for delay, work in self.due:
            if delay <= seconds:
                work()


class WebSocketProtocol:
    """What uvicorn's protocol would be handed."""

    handshake_complete = True

    def __init__(self, **given: Any) -> None:
        self.read = b""

    def connection_made(self, transport: Any) -> None:
        pass

    def data_received(self, data: bytes) -> None:
        self.read += data


@pytest.fixture
def opened(plugins: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Opens a connection; gives its protocol, transport and timers."""
    from types import SimpleNamespace

    from jianggao.chat.connection import listener

    monkeypatch.setattr(listener, "waiting_room", listener.WaitingRoom())
    config, state = SimpleNamespace(ws_protocol_class=WebSocketProtocol), SimpleNamespace(connections=set())

    def open_one(peer: str = "192.0.2.1") -> tuple[Any, Transport, Timers]:
        timers, transport = Timers(), Transport(peer)
        one = listener.OnlyWebSockets(config, state, {}, timers)  # type: ignore[arg-type]
        one.connection_made(transport)
        return one, transport, timers

    yield open_one
    assert len(listener.waiting_room) <= listener.WAITING


def test_a_clean_upgrade_is_handed_on_without_its_query(opened: Any) -> None:
    one, transport, timers = opened()
    one.data_received(UPGRADE % b"/onebot/v11/ws?access_token=a-token" + b"more")
    assert transport.protocol.read.startswith(b"GET /onebot/v11/ws HTTP/1.1\r\n")
    assert transport.protocol.read.endswith(b"\r\n\r\nmore")
    assert b"a-token" not in transport.protocol.read
    timers.pass_by(100)
    assert not transport.ended  # it waits no longer


def test_who_may_not_open_a_line_is_told_so_before_anything_is_made_for_him(
    opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.connection import listener

    asked: list[list[tuple[bytes, bytes]]] = []

    def refuses(headers: list[tuple[bytes, bytes]]) -> bool:
        asked.append(headers)
        return True

    kind = listener.listening(refuses)["http"]
    monkeypatch.setattr(listener, "OnlyWebSockets", kind)
    one, transport, _ = opened()
    one.data_received((UPGRADE % b"/onebot/v11/ws").replace(b"\r\n\r\n", b"\r\nX-Self-ID: 10001\r\n\r\n"))
    assert transport.written.startswith(b"HTTP/1.1 403") and transport.ended
    assert transport.protocol is None
    assert (b"x-self-id", b"10001") in asked[0]


def test_an_upgrade_that_is_never_answered_ends(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WebSocketProtocol, "handshake_complete", False)
    one, transport, timers = opened()
    one.data_received(UPGRADE % b"/onebot/v11/ws")
    assert not transport.ended
    timers.pass_by(100)
    assert transport.ended


@pytest.mark.parametrize(
    "head",
    [
        UPGRADE % b"/elsewhere",
        UPGRADE % b"/",
        (UPGRADE % b"/onebot/v11/ws").replace(b"GET", b"POST"),
        (UPGRADE % b"/onebot/v11/ws").replace(b"websocket", b"h2c"),
        b"GET /onebot/v11/ws HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /onebot/v11/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n",
    ],
)
def test_everything_else_is_not_found_and_its_body_not_kept(opened: Any, head: bytes) -> None:
    one, transport, _ = opened()
    one.data_received(head)
    assert transport.written.startswith(b"HTTP/1.1 404") and transport.half_closed
    for _ in range(3):
        one.data_received(b"x" * 30_000)
    assert transport.ended and transport.protocol is None


@pytest.mark.parametrize("head", [b"\x16\x03\x01", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n"])
def test_what_is_no_http_is_refused(opened: Any, head: bytes) -> None:
    one, transport, _ = opened()
    one.data_received(head)
    assert transport.written.startswith(b"HTTP/1.1 400")


def test_a_head_is_bounded_however_it_is_cut(opened: Any) -> None:
    one, transport, _ = opened()
    sent = 0
    one.data_received(b"GET /onebot/v11/ws HTTP/1.1\r\nX: ")
    while not transport.written:
        one.data_received(b"a" * 100)
        sent += 100
        assert sent < 20_000
    assert transport.written.startswith(b"HTTP/1.1 431")
    whole, transport, _ = opened()
    whole.data_received(UPGRADE[:-2] % b"/onebot/v11/ws" + b"X: " + b"a" * 20_000 + b"\r\n\r\n")
    assert transport.written.startswith(b"HTTP/1.1 431")


def test_a_head_has_five_seconds(opened: Any) -> None:
    one, transport, timers = opened()
    one.data_received(b"GET / HT")
    timers.pass_by(4.9)
    assert not transport.ended
    timers.pass_by(5.0)
    assert transport.ended


def test_of_a_peer_the_oldest_waiting_connections_go(opened: Any) -> None:
    from jianggao.chat.connection.listener import WAITING_OF_A_PEER

    transports = [opened()[1] for _ in range(WAITING_OF_A_PEER + 3)]
    other = opened("192.0.2.2")[1]
    assert [one.ended for one in transports] == [True] * 3 + [False] * WAITING_OF_A_PEER
    assert not other.ended


def test_of_all_the_oldest_waiting_connections_go(opened: Any) -> None:
    from jianggao.chat.connection.listener import WAITING

    transports = [opened(f"192.0.2.{at}")[1] for at in range(WAITING + 5)]
    assert [one.ended for one in transports] == [True] * 5 + [False] * WAITING


@pytest.fixture
def serving(opened: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Opens a connection to a listener that has a page; its timers are the loop's but for `call_later`."""
    from jianggao.chat.connection import listener
    from jianggao.chat.monitoring.local_pages import LocalPage

    made: list[LocalPage | Exception] = []

    async def make() -> LocalPage:
        page = made.pop()
        if isinstance(page, Exception):
            raise page
        return page

    kind = listener.listening(lambda headers: True, {b"/health": make})["http"]
    monkeypatch.setattr(listener, "OnlyWebSockets", kind)
    monkeypatch.setattr(Timers, "create_task", lambda self, work: asyncio.ensure_future(work), raising=False)

    async def ask(head: bytes, page: object, peer: str = "127.0.0.1") -> Transport:
        made.append(page)  # type: ignore[arg-type]
        one, transport, _ = opened(peer)
        one.data_received(head)
        if one._answering is not None:
            await one._answering
        one.connection_lost(None)
        return transport  # type: ignore[no-any-return]

    return ask


HEALTH = b"GET /health HTTP/1.1\r\nHost: localhost:8080\r\n\r\n"


@pytest.mark.parametrize(("is_ok", "status"), [(True, b"200 OK"), (False, b"503 Service Unavailable")])
async def test_programs_of_this_machine_get_a_page(serving: Any, is_ok: bool, status: bytes) -> None:
    from jianggao.chat.monitoring.local_pages import LocalPage

    transport = await serving(HEALTH, LocalPage(b"{}", is_ok))
    assert transport.written.startswith(b"HTTP/1.1 " + status) and transport.written.endswith(b"\r\n\r\n{}")
    assert b"Content-Length: 2\r\n" in transport.written and transport.half_closed


async def test_a_page_that_cannot_be_made_says_so(serving: Any) -> None:
    transport = await serving(HEALTH, ValueError("words"))
    assert transport.written.startswith(b"HTTP/1.1 503") and b"words" not in transport.written


@pytest.mark.parametrize(
    ("head", "peer"),
    [
        (HEALTH, "192.0.2.1"),
        (HEALTH.replace(b"\r\n\r\n", b"\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"), "127.0.0.1"),
        (HEALTH.replace(b"localhost", b"rebound.example"), "127.0.0.1"),
        (HEALTH.replace(b"GET", b"POST"), "127.0.0.1"),
        (HEALTH.replace(b"/health", b"/metrics"), "127.0.0.1"),
        (HEALTH.replace(b"/health", b"/health/"), "127.0.0.1"),
        (UPGRADE % b"/health", "127.0.0.1"),
    ],
)
async def test_nobody_else_learns_that_there_is_a_page(serving: Any, head: bytes, peer: str) -> None:
    from jianggao.chat.monitoring.local_pages import LocalPage

    transport = await serving(head, LocalPage(b"{}"), peer)
    assert transport.written == b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


async def test_a_page_that_takes_too_long_ends_with_its_connection(serving: Any, opened: Any) -> None:
    from jianggao.chat.connection import listener
    from jianggao.chat.monitoring.local_pages import LocalPage

    begun = asyncio.Event()

    async def hang() -> LocalPage:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    one, transport, timers = opened("127.0.0.1")
    one.pages = {b"/health": hang}
    one.data_received(HEALTH)
    await begun.wait()
    assert len(listener.waiting_room) == 1
    timers.pass_by(5.0)
    assert transport.ended and len(listener.waiting_room) == 0
    await asyncio.wait({one._answering})
    assert one._answering.cancelled()
