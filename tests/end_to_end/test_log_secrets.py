"""No token and no text of a message is ever in the log, at any level and on any way to the bot."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from implementation import Implementation
from process import PACELESS, RATELESS, SUPERUSER, TOKEN, BotProcess, free_port
from websockets.asyncio.client import connect as connect_socket
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import WebSocketException

Start = Callable[..., BotProcess]
Connect = Callable[[BotProcess], Awaitable[Implementation]]


@pytest.mark.parametrize("level", ["DEBUG", "10"])
async def test_no_token_is_ever_logged(start_bot: Start, connect_to: Connect, level: str) -> None:
    secret, said, wrong = "a-secret-of-the-tests", "密不外传的一句话", "a-mistyped-token"
    bot = start_bot(LOG_LEVEL=level, ONEBOT_SECRET=secret)
    qq = await connect_to(bot)
    await qq.ask(f"检索 {said}", person=SUPERUSER)
    for query in (f"?access_token={TOKEN}", f"?access_token={wrong}"):
        for headers in ({}, {"Authorization": f"Bearer {wrong}"}, {"X-Self-ID": "10009"}):
            with pytest.raises(WebSocketException):
                await connect_socket(
                    f"ws://127.0.0.1:{bot.port}/onebot/v11/ws{query}", additional_headers=headers, proxy=None
                )
    for path in (f"/onebot/v11/http?access_token={wrong}", f"/{TOKEN}"):
        reader, writer = await asyncio.open_connection("127.0.0.1", bot.port)
        writer.write(f"POST {path} HTTP/1.1\r\nHost: x\r\nX-Signature: sha1={wrong}\r\n\r\n".encode())
        assert (await reader.readline()).startswith(b"HTTP/1.1 404")
        writer.transport.abort()
    await qq.close()
    await asyncio.to_thread(bot.stop)
    await asyncio.to_thread(bot.start)
    log = bot.log
    assert "Loaded Config" in re.sub(r"\x1b\[\d+m", "", log) and "wrong token" in log
    assert not [word for word in (TOKEN, secret, said, wrong) if word in log]


async def test_no_token_in_the_address_that_it_connects_to_is_logged(
    tmp_path: Path, imported: Path, library: Path
) -> None:
    port, token = free_port(), "a-token/in the+address"
    bot = BotProcess(
        tmp_path / "bot",
        library,
        {
            **PACELESS,
            **RATELESS,
            "LOG_LEVEL": "DEBUG",
            "DRIVER": "~fastapi+~websockets",
            "ONEBOT_WS_URLS": json.dumps(
                [f"ws://127.0.0.1:{port}/?access_token=a-token%2Fin%20the%2Baddress"]
            ),
        },
        data=imported / "data",
    )
    await asyncio.to_thread(bot.start)  # nobody listens yet
    came = asyncio.Event()

    async def implementation(socket: ServerConnection) -> None:
        life = {"post_type": "meta_event", "meta_event_type": "lifecycle", "sub_type": "connect"}
        await socket.send("no JSON")
        await socket.send(json.dumps({"time": 1, "self_id": 10001, **life}))
        came.set()
        await socket.close()

    try:
        async with serve(implementation, "127.0.0.1", port):
            await asyncio.wait_for(came.wait(), 30)
    finally:
        await asyncio.to_thread(bot.stop)
    assert "no line to" in bot.log
    for written in (token, "a-token%2Fin", "in%20the", "the+address", "the%2Baddress", TOKEN):
        assert written not in bot.log
