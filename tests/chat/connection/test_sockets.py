"""Frames come as bytes, and go through no proxy."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from nonebot.drivers import URL
from nonebot.exception import WebSocketClosed
from websockets.asyncio.server import serve


async def test_text_that_is_no_utf8_comes_as_it_is(plugins: None) -> None:
    from jianggao.chat.connection.sockets import connect_out

    async def peer(connection: Any) -> None:
        connection.protocol.send_text(b"\xff", True)
        connection.transport.write(b"".join(connection.protocol.data_to_send()))
        await connection.send("{}")
        await connection.close(1001, "away")

    async with serve(peer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with connect_out(URL(f"ws://127.0.0.1:{port}"), {}) as socket:
            assert await socket.receive() == b"\xff"
            assert await socket.receive() == b"{}"
            with pytest.raises(WebSocketClosed) as closed:
                await socket.receive()
            assert closed.value.code == 1001 and closed.value.reason == "away"


async def test_headers_and_large_frames_pass(plugins: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from jianggao.chat.connection.sockets import connect_out

    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    seen: list[str | None] = []

    async def peer(connection: Any) -> None:
        seen.append(connection.request.headers.get("Authorization"))
        await connection.send(b"x" * 2_000_000)

    async with serve(peer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        url = URL(f"ws://127.0.0.1:{port}")
        async with connect_out(url, {"Authorization": "Bearer token"}) as socket:
            assert len(await asyncio.wait_for(socket.receive(), 10)) == 2_000_000
    assert seen == ["Bearer token"]


async def test_where_nobody_listens_an_error_says_so(plugins: None) -> None:
    from jianggao.chat.connection.sockets import connect_out

    with pytest.raises(OSError):
        async with connect_out(URL("ws://127.0.0.1:1"), {}):
            pass


def test_text_of_an_implementation_comes_as_bytes(plugins: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from jianggao.chat.connection.sockets import ServedSocket

    handed: list[object] = []
    monkeypatch.setattr(ServedSocket, "handle_bytes", lambda self, event: handed.append(event))
    event = object()
    ServedSocket.handle_text(object.__new__(ServedSocket), event)
    assert handed == [event]
