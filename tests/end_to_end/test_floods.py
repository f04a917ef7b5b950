"""Strangers at the port: floods of headers, heads that never end, crowds of half-open connections. Who is
connected is answered meanwhile, and nothing of it stays."""

from __future__ import annotations

import asyncio
import json
import random
import re
import signal
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from implementation import Implementation
from process import SUPERUSER, TOKEN, BotProcess
from process_figures import resident
from waiting import until
from websockets.exceptions import InvalidStatus

Start = Callable[..., BotProcess]
Connect = Callable[[BotProcess], Awaitable[Implementation]]
HUNDRED_MB = 100_000_000
CROWD = 800
SLOWEST_ANSWER = 3.0
HEAD_WITHIN = 5.0
MOST_WAITING = 64
UPGRADE = (
    b"GET /onebot/v11/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
)


_ESTABLISHED, _LISTENS = "01", "0A"
"""States of sockets in /proc/net/tcp."""
GROWTH_LIMIT = 30.0
"""Megabytes, over all floods and crowds of this file together."""


@pytest.fixture(scope="module")
def memory_before(shared_bot: BotProcess) -> float:
    """Megabytes that the bot took before the first of them, when it had answered once."""

    async def ask() -> None:
        qq = Implementation(shared_bot.port, TOKEN)
        await qq.connect()
        await qq.ask("帮助", person=SUPERUSER)
        await qq.close()

    asyncio.run(ask())
    return resident(shared_bot.pid)


@pytest.fixture
async def bot(shared_bot: BotProcess, memory_before: float) -> AsyncIterator[BotProcess]:
    """The bot of all tests here but those that end it or need settings of their own; nobody else is
    connected."""
    yield shared_bot
    assert await until(lambda: connections(shared_bot) == 0, HEAD_WITHIN + 5), (
        "connections of the test stayed"
    )


def connections(bot: BotProcess) -> int:
    """How many connections to its port the process holds or has still to accept."""
    number, ours = bot.pid, f":{bot.port:04X}"
    held: set[str] = set()
    for link in Path(f"/proc/{number}/fd").iterdir():
        with suppress(OSError):  # closed meanwhile
            held.update(re.findall(r"socket:\[(\d+)\]", str(link.readlink())))
    table = [line.split() for line in Path(f"/proc/{number}/net/tcp").read_text("ascii").splitlines()[1:]]
    states = [(fields[3], fields[9]) for fields in table if fields[1].endswith(ours)]
    return sum(state != _LISTENS and (state == _ESTABLISHED or inode in held) for state, inode in states)


async def pour(port: int, first: bytes, piece: bytes, total: int) -> None:
    """Send `first`, then pieces until there are `total` bytes or the bot hangs up."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(first)
        for _ in range(total // len(piece)):
            writer.write(piece)
            await writer.drain()
    except ConnectionError:
        pass  # the bot has hung up, as it should
    finally:
        writer.transport.abort()


async def slowest_answer(qq: Implementation, other: asyncio.Task[Any], at_least: int = 5) -> float:
    """The longest that 帮助 takes until something else is over."""
    slowest, asked = 0.0, 0
    while not other.done() or asked < at_least:
        began = time.monotonic()
        await qq.ask("帮助", person=SUPERUSER)
        slowest, asked = max(slowest, time.monotonic() - began), asked + 1
    await other
    return slowest


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (b"GET /onebot/v11/ws HTTP/1.1\r\nX: ", b"a" * 1_000_000),
        (b"GET /" , b"a" * 1_000_000),
        (b"GET /onebot/v11/ws HTTP/1.1\r\n", b"X-Name: value of it\r\n" * 50_000),
        (b"\r\n" , b"\r\n" * 500_000),
        (b"POST /onebot/v11/http HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n", b"a" * 1_000_000),
        (b"POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"f4240\r\n" + b"a" * 1_000_000 + b"\r\n"),
        (UPGRADE + b"\r\n", b"\x82\x7f\x00\x00\x00\x00\xff\xff\xff\xff" + b"a" * 1_000_000),
    ],
    ids=["a header", "a target", "many headers", "blank lines", "a body", "chunks", "frames without a token"],
)  # fmt: skip
async def test_a_hundred_megabytes_from_a_stranger_delay_nobody(
    bot: BotProcess, memory_before: float, connect_to: Connect, first: bytes, piece: bytes
) -> None:
    qq = await connect_to(bot)
    flood = asyncio.create_task(pour(bot.port, first, piece, HUNDRED_MB))
    assert await slowest_answer(qq, flood) < SLOWEST_ANSWER
    assert resident(bot.pid) - memory_before < GROWTH_LIMIT


async def test_eight_hundred_half_open_connections_do_not_stay(
    bot: BotProcess, memory_before: float, connect_to: Connect
) -> None:
    qq = await connect_to(bot)
    starts = [
        b"",
        b"G",
        b"GET /onebot/v11/ws HTTP/1.1\r\nHost: x\r\n",
        UPGRADE,
        UPGRADE + b"X-Self-ID: 10001\r\n",
    ]
    crowd: list[socket.socket] = []

    def gather() -> None:
        for at in range(CROWD):
            peer = socket.create_connection(("127.0.0.1", bot.port))
            with suppress(ConnectionError):
                peer.sendall(starts[at % len(starts)])
            crowd.append(peer)

    try:
        assert await slowest_answer(qq, asyncio.create_task(asyncio.to_thread(gather))) < SLOWEST_ANSWER
        assert await until(lambda: connections(bot) <= MOST_WAITING + 1, 3)
        late = Implementation(bot.port, TOKEN, offset=bot.offset, self_id=10002)
        await late.connect()  # somebody else's account comes in through the crowd
        assert "检索" in (await late.ask("帮助", person=SUPERUSER)).text
        await late.close()
        assert await until(lambda: connections(bot) == 1, HEAD_WITHIN + 5)
        assert resident(bot.pid) - memory_before < GROWTH_LIMIT
    finally:
        for peer in crowd:
            peer.close()


@pytest.mark.parametrize("head", [b"GET /onebot/v11/ws HTTP/1.1\r\nX: " + b"a" * 1_000, UPGRADE])
async def test_a_head_that_drips_ends_in_time(bot: BotProcess, head: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", bot.port)
    began = time.monotonic()

    async def drip() -> None:
        for at in range(len(head)):
            writer.write(head[at : at + 1])
            await writer.drain()
            await asyncio.sleep(0.1)

    dripping = asyncio.create_task(drip())
    with suppress(ConnectionError):
        assert await asyncio.wait_for(reader.read(), HEAD_WITHIN + 5) == b""
    assert time.monotonic() - began < HEAD_WITHIN + 2
    dripping.cancel()
    await asyncio.gather(dripping, return_exceptions=True)
    writer.transport.abort()


async def test_who_is_refused_is_hung_up_on(bot: BotProcess) -> None:
    held = []
    for token in ("", "wrong", TOKEN[:-1]):
        for _ in range(10):
            reader, writer = await asyncio.open_connection("127.0.0.1", bot.port)
            writer.write(UPGRADE + f"X-Self-ID: 10001\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
            assert (await asyncio.wait_for(reader.read(), 10)).startswith(b"HTTP/1.1 403")
            held.append(writer)
    assert connections(bot) == 0
    for writer in held:
        writer.transport.abort()


@pytest.mark.parametrize(
    "more",
    [
        b"Content-Length: 100000\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"X-Long: " + b"a" * 9_000 + b"\r\n",
        b"X: y\r\n" * 200,
    ],
    ids=["a body", "chunks", "a long line", "many headers"],
)
async def test_upgrades_that_cannot_be_read_do_not_stay(bot: BotProcess, more: bytes) -> None:
    """The listener reads such a head; the library behind it doesn't, and says so to nobody."""
    crowd: list[socket.socket] = []
    known = f"X-Self-ID: 10001\r\nAuthorization: Bearer {TOKEN}\r\n".encode()
    try:
        for _ in range(60):
            crowd.append(socket.create_connection(("127.0.0.1", bot.port)))
            with suppress(ConnectionError):
                crowd[-1].sendall(UPGRADE + known + more + b"\r\n")
        assert await until(lambda: connections(bot) == 0, HEAD_WITHIN + 5)
    finally:
        for peer in crowd:
            peer.close()


async def test_an_account_has_one_line_however_often_it_connects(
    bot: BotProcess, connect_to: Connect
) -> None:
    qq = await connect_to(bot)
    for _ in range(20):
        with pytest.raises(InvalidStatus):
            await Implementation(bot.port, TOKEN, offset=bot.offset).connect()
    assert await until(lambda: connections(bot) == 1, 10)
    assert "检索" in (await qq.ask("帮助", person=SUPERUSER)).text


async def test_hundreds_of_broken_frames_and_the_line_stays(bot: BotProcess, connect_to: Connect) -> None:
    qq = await connect_to(bot)
    rng = random.Random(3)
    event = {
        "post_type": "message",
        "message_type": "private",
        "sub_type": "friend",
        "user_id": 5,
        "self_id": 10001,
    }
    values: list[Any] = [[], {}, None, 1.5, 10**30, "\ud800", "x", [1], [{"type": "text", "data": 1}], True]
    for at in range(400):
        whole = {
            **event,
            "message_id": at,
            "time": 1,
            "message": [],
            rng.choice(list(event)): rng.choice(values),
        }
        whole["message"] = rng.choice(values)
        text = json.dumps(whole)
        digits = '{"echo": "%s"}' % ("9" * 5_000)
        broken = [text, text[:-1], text.encode(), b"\xff\x00", "[" * 9_999, "NaN", digits]
        await qq.send_frame(rng.choice(broken))
    await qq.send_frame(json.dumps({**event, "message": "x" * 10_000_000}))
    assert "检索" in (await qq.ask("帮助", person=SUPERUSER)).text
    assert "Traceback" not in bot.log


async def test_a_file_of_the_largest_size_does_not_end_the_line(bot: BotProcess, connect_to: Connect) -> None:
    """Twenty megabytes in Base64 are a frame of 27 MB; uvicorn's own bound is 16."""
    qq, before = await connect_to(bot), len(bot.log)
    content = "eHh4" * (19_900_000 // 3)
    qq.answer = lambda action, params: (
        {"status": "ok", "retcode": 0, "data": {"base64": content}} if action == "get_file" else None
    )
    file = [{"type": "file", "data": {"file": "a.txt", "file_id": "f1"}}]
    await qq.ask("溯源", person=SUPERUSER)
    await qq.ask(file, person=SUPERUSER)
    await qq.ask("取消", person=SUPERUSER)
    assert "检索" in (await qq.ask("帮助", person=SUPERUSER)).text
    assert "hung up" not in bot.log[before:]


async def test_a_download_that_hangs_does_not_delay_the_stop(start_bot: Start, connect_to: Connect) -> None:
    asked = asyncio.Event()

    async def hanging(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nx")
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await reader.read()  # until the bot hangs up
        writer.close()

    server = await asyncio.start_server(hanging, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    bot = start_bot(FILE_HOSTS=f"127.0.0.1:{port}")
    qq = await connect_to(bot)
    await qq.ask("溯源", person=SUPERUSER)
    url = f"http://127.0.0.1:{port}/"
    await qq.say([{"type": "file", "data": {"file": "a.txt", "file_id": "f1", "url": url}}], person=SUPERUSER)
    await asyncio.wait_for(asked.wait(), 20)
    began = time.monotonic()
    bot.send(signal.SIGTERM)
    assert await until(lambda: bot.end_code() is not None, 20)
    assert time.monotonic() - began < 5
    assert "the end was cut off" not in bot.log
    server.close()
