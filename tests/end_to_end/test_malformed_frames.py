"""Malformed frames to a running bot, which serves an implementation or connects to one: no line ends by
them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from frame_fuzz import FuzzResult, WaitingImplementation, fuzz
from implementation import Implementation
from process import SUPERUSER, TOKEN, BotProcess, free_port
from websockets.sync.client import connect as connect_and_wait

Start = Callable[..., BotProcess]
Connect = Callable[[BotProcess], Awaitable[Implementation]]
FRAMES = 1_500
MOST_WARNINGS = 60
"""One for each reason a minute, and those of sends that were answered badly."""


@pytest.fixture
async def waiting() -> AsyncIterator[WaitingImplementation]:
    implementation = WaitingImplementation(free_port(), TOKEN)
    yield implementation
    await implementation.stop()


@pytest.fixture
def bot_that_connects(start_bot: Start, waiting: WaitingImplementation) -> BotProcess:
    address = f"ws://127.0.0.1:{waiting.port}/"
    return start_bot(DRIVER="~fastapi+~websockets", ONEBOT_WS_URLS=json.dumps([address]))


def expect_clean(result: FuzzResult) -> None:
    assert result.frames == FRAMES and result.answered == FRAMES // 250
    assert result.clean, result
    assert result.warnings < MOST_WARNINGS, result


async def test_no_malformed_frame_ends_the_line_that_an_implementation_opened(start_bot: Start) -> None:
    expect_clean(await fuzz(start_bot(), FRAMES, seed=11))


async def test_no_malformed_frame_ends_the_line_that_the_bot_opened(
    bot_that_connects: BotProcess, waiting: WaitingImplementation
) -> None:
    async def connect() -> Implementation:
        await waiting.connect()
        return waiting

    expect_clean(await fuzz(bot_that_connects, FRAMES, seed=12, connect=connect))


async def test_another_account_hears_nothing_of_malformed_frames(
    start_bot: Start, connect_to: Connect
) -> None:
    bot = start_bot()
    other = Implementation(bot.port, TOKEN, offset=bot.offset, self_id=10002)
    await other.connect()
    flood = asyncio.create_task(fuzz(bot, FRAMES, seed=13))
    while not flood.done():
        assert "检索" in (await other.ask("帮助", person=SUPERUSER + 1)).text
    expect_clean(await flood)
    await other.close()


async def test_text_that_is_no_utf8_ends_no_line(start_bot: Start, connect_to: Connect) -> None:
    bot = start_bot()
    qq = await connect_to(bot)
    assert qq._socket is not None
    for frame in (b"\xff\xfe", b'{"post_type": "message", "message": "\xb0\xef\xd6\xfa"}', b"\xed\xa0\x80"):
        await qq._socket.send(frame, text=True)
    assert "检索" in (await qq.ask("帮助", person=SUPERUSER)).text
    assert "hung up" not in bot.log and "Traceback" not in bot.log


async def test_a_file_of_the_largest_size_passes_a_line_that_the_bot_opened(
    bot_that_connects: BotProcess, waiting: WaitingImplementation
) -> None:
    """Twenty megabytes in Base64 are a frame of 27 MB; the library's own bound is one."""
    content = "eHh4" * (19_900_000 // 3)
    waiting.answer = lambda action, params: (
        {"status": "ok", "retcode": 0, "data": {"base64": content}} if action == "get_file" else None
    )
    await waiting.connect()
    await waiting.ask("溯源", person=SUPERUSER)
    await waiting.ask([{"type": "file", "data": {"file": "a.txt", "file_id": "f1"}}], person=SUPERUSER)
    await waiting.ask("取消", person=SUPERUSER)
    assert "检索" in (await waiting.ask("帮助", person=SUPERUSER)).text
    assert "hung up" not in bot_that_connects.log


@pytest.mark.parametrize(
    "first",
    [
        {"post_type": "meta_event", "meta_event_type": "lifecycle", "sub_type": []},
        {"post_type": "meta_event", "meta_event_type": "heartbeat", "self_id": "no account"},
        {"post_type": "notice", "self_id": -5},
    ],
)
async def test_an_implementation_whose_first_words_are_wrong_is_served_in_the_end(
    bot_that_connects: BotProcess, waiting: WaitingImplementation, first: dict[str, object]
) -> None:
    """By its first event that names an account."""
    waiting.first_words = [json.dumps({"time": 1, "self_id": 10001, **first})]
    await waiting.connect()
    assert "检索" in (await waiting.ask("帮助", person=SUPERUSER)).text
    assert "Traceback" not in bot_that_connects.log


@pytest.mark.parametrize("kind", ["heartbeat", "lifecycle", "made_up"])
async def test_a_flood_of_meta_events_delays_nobody_and_fills_no_log(
    start_bot: Start, connect_to: Connect, kind: str
) -> None:
    bot = start_bot()
    qq = await connect_to(bot)
    beat = {"post_type": "meta_event", "meta_event_type": kind, "sub_type": "connect", "interval": 1}
    frame = json.dumps({"time": int(time.time()), "self_id": 10002, "status": {}, **beat})
    headers = {"X-Self-ID": "10002", "Authorization": f"Bearer {TOKEN}"}

    def flood() -> None:
        with connect_and_wait(
            f"ws://127.0.0.1:{bot.port}/onebot/v11/ws", additional_headers=headers, proxy=None
        ) as loud:
            for _ in range(20_000):
                loud.send(frame)

    before, slowest, asked = bot.log.count("\n"), 0.0, 0
    flooding = asyncio.create_task(asyncio.to_thread(flood))
    while not flooding.done():
        began, asked = time.monotonic(), asked + 1
        assert "检索" in (await qq.ask("帮助", person=SUPERUSER)).text
        slowest = max(slowest, time.monotonic() - began)
    await flooding
    assert slowest < 3
    assert bot.log.count("\n") - before < 20 + 5 * asked


async def test_two_lines_of_one_account_that_the_bot_opens_are_one(start_bot: Start) -> None:
    first, second = (WaitingImplementation(free_port(), TOKEN) for _ in range(2))
    addresses = json.dumps([f"ws://127.0.0.1:{implementation.port}/" for implementation in (first, second)])
    bot = await asyncio.to_thread(start_bot, DRIVER="~fastapi+~websockets", ONEBOT_WS_URLS=addresses)
    try:
        await first.connect()
        assert "检索" in (await first.ask("帮助", person=SUPERUSER)).text
        await second.connect()
        assert second._socket is not None
        await asyncio.wait_for(second._socket.wait_closed(), 30)
        assert "检索" in (await first.ask("帮助", person=SUPERUSER)).text
        assert "its account is connected" in bot.log and "Traceback" not in bot.log
    finally:
        await first.stop()
        await second.stop()
