"""Sends frames as no implementation should, made of real ones, to a running bot.

`python tests/end_to_end/frame_fuzz.py --count 100000 --seed 7` runs a bot of its own; a few hundred are among
the tests.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[at]) for at in (0, 1, 2)]

from implementation import Implementation
from process import PACELESS, RATELESS, SUPERUSER, TOKEN, BotProcess
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import WebSocketException

SELF, STRANGER, GROUP = 10001, 30001, 700001
SECRET_WORDS = "无人应当在日志里读到这句话"
_ASK_EVERY = 250
"""Frames between two questions whose answers show that the line still works."""
_ANSWER_WITHIN = 30.0

Frame = str | bytes
Event = dict[str, Any]


@dataclass
class FuzzResult:
    """What a run showed: everything but `frames` and `answered` should be nothing."""

    frames: int = 0
    answered: int = 0
    lines_lost: int = 0
    tracebacks: int = 0
    texts_logged: int = 0
    warnings: int = 0
    slowest_answer: float = 0.0

    @property
    def clean(self) -> bool:
        return not (self.lines_lost or self.tracebacks or self.texts_logged)


def real_events(at: int) -> list[Event]:
    """Returns an event of every shape that implementations send, and answers to calls."""
    text = [{"type": "text", "data": {"text": f"检索 {SECRET_WORDS}"}}]
    message = {"post_type": "message", "message_id": at, "user_id": STRANGER, "message": text, "font": 0,
               "raw_message": SECRET_WORDS, "sender": {"user_id": STRANGER, "nickname": SECRET_WORDS, "sex": "male",
               "age": 20, "card": "", "level": "1", "role": "member", "title": ""}}  # fmt: skip
    notice = {"post_type": "notice", "user_id": STRANGER, "group_id": GROUP, "operator_id": STRANGER}
    request = {"post_type": "request", "user_id": STRANGER, "comment": SECRET_WORDS, "flag": "f"}
    status = {"online": True, "good": True}
    events: list[Event] = [
        {**message, "message_type": "private", "sub_type": "friend"},
        {**message, "message_type": "private", "sub_type": "group", "temp_source": 0},
        {**message, "message_type": "group", "sub_type": "normal", "group_id": GROUP, "anonymous": None},
        {**message, "message_type": "group", "sub_type": "anonymous", "group_id": GROUP,
         "anonymous": {"id": 1, "name": SECRET_WORDS, "flag": "f"}},
        {**message, "message_type": "private", "sub_type": "friend", "message": "[CQ:at,qq=1] 检索 水利"},
        {**message, "message_type": "private", "sub_type": "friend",
         "message": [{"type": "reply", "data": {"id": "5"}}, {"type": "at", "data": {"qq": "all"}}, *text]},
        {**notice, "notice_type": "group_increase", "sub_type": "approve"},
        {**notice, "notice_type": "group_ban", "sub_type": "lift_ban", "duration": 0},
        {**notice, "notice_type": "group_upload", "file": {"id": "1", "name": "a", "size": 1, "busid": 1}},
        {**notice, "notice_type": "group_recall", "message_id": at},
        {**notice, "notice_type": "notify", "sub_type": "poke", "target_id": SELF},
        {**notice, "notice_type": "friend_add"},
        {**request, "request_type": "friend"},
        {**request, "request_type": "group", "sub_type": "invite", "group_id": GROUP},
        {"post_type": "meta_event", "meta_event_type": "heartbeat", "interval": 5000, "status": status},
        {"post_type": "meta_event", "meta_event_type": "lifecycle", "sub_type": "connect"},
    ]  # fmt: skip
    answers: list[Event] = [
        {"status": "ok", "retcode": 0, "data": {"message_id": at}, "echo": str(at % 50)},
        {"status": "failed", "retcode": 1200, "data": None, "message": SECRET_WORDS, "wording": "x", "echo": "1"},
    ]  # fmt: skip
    return [{"time": int(time.time()), "self_id": SELF, **event} for event in events] + answers


def _nested(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value] if levels % 2 else {"data": value}
    return value


def hostile_values(rng: random.Random) -> list[Any]:
    """Returns values of every wrong type and size."""
    return [
        None, True, False, 0, -1, 1.5, -0.0, 1e300, float("nan"), float("inf"), 10**40, -(10**19), 1 << 63,
        253_402_300_800, -62_135_596_801, "", "x", "1" * 5_000, "\ud800" + SECRET_WORDS, "\x00", "１２", "²", "ok\n<r>",
        [], [1], [[]], {}, {"text": 1}, {"data": {"data": []}}, "../../etc/passwd", SECRET_WORDS, "[CQ:", "[CQ:at,qq=]",
        [{"type": []}], [{"type": "text", "data": "x"}], [{"type": "text", "data": {"text": ["x"]}}],
        [{"type": "text"}], [{"type": "at", "data": {"qq": {}}}], [{"type": "reply", "data": {"id": []}}],
        [{"type": "text", "data": {"text": "帮助 \x00\ud83d"}}], [{"type": "forward", "data": {"id": 1}}], [None, "x", 3],
        [{"type": "file", "data": {"file": {}, "file_id": [], "file_size": "x", "url": 3}}], {SECRET_WORDS: 1},
        [{"type": "image", "data": {"file": None, "url": "file:///etc/passwd"}}], _nested(40), _nested(501),
        "connect", "friend", "group", "message", "notice", "meta_event", "failed", rng.getrandbits(70),
        rng.randint(-(10**12), 10**12),
    ]  # fmt: skip


_NAMES = (
    *(
        "sender",
        "anonymous",
        "echo",
        "sub_type",
        "raw_message",
        "reply",
        "post_type",
        "message",
        "time",
        "self_id",
    ),
    *(
        "user_id",
        "message_id",
        "group_id",
        "status",
        "retcode",
        "data",
        "to_me",
        "original_message",
        "font",
        "self",
    ),
    *(
        "args",
        "msg",
        "action",
        "model_fields",
        "message_type",
        "notice_type",
        "detail_type",
        "target_id",
        "\ud800",
    ),
)
_WHOLE_FRAMES = (
    *("NaN", "null", '"x"', "1", "true", "", " ", "{", "}", "{}", "[]", "[{}]", '{"echo":' + "9" * 5_000 + "}"),
    *('{"echo":"' + "9" * 5_000 + '"}', '{"a":' * 3_000, "[" * 20_000, '{"post_type":"message"}', '{"post_type":null}'),
    *('{"post_type":[]}', '{"time":NaN,"post_type":"meta_event"}', '{"time":1e999,"post_type":"notice"}', "\ufeff{}"),
    *("1" * 6_000, "\x00", '{"echo":null}', '{"echo":{"a":1}}', '{"echo":"1","status":[],"retcode":{},"data":1}',),
    *('{"post_type":"message","message":' + "[" * 400 + "]" * 400 + "}", '{"status":"failed","echo":"1","message":{}}'),
)  # fmt: skip


def hostile_frame(at: int, rng: random.Random) -> Frame:
    """Returns a real frame with fields removed or changed at any depth, or broken as a whole."""
    if rng.random() < 0.12:
        return rng.choice(_WHOLE_FRAMES)
    event = rng.choice(real_events(at))
    for _ in range(rng.randint(1, 3)):
        _spoil(event, rng)
    text = json.dumps(event, ensure_ascii=rng.random() < 0.5)
    kind = rng.random()
    if kind < 0.06:
        return text[: rng.randrange(len(text))]
    if kind < 0.10:
        return text[:-1] + "," + text[1:]  # every key twice
    if kind < 0.16:
        return text.encode("utf-8", "surrogatepass")
    if kind < 0.19:
        return rng.randbytes(rng.randrange(80))
    if kind < 0.22:
        place = rng.randrange(len(text))
        return text[:place] + chr(rng.randrange(0x110000)) + text[place + 1 :]
    return text


def _spoil(event: Event, rng: random.Random) -> None:
    """Changes a field of the event itself or of something in it."""
    where: dict[str, Any] = event
    while rng.random() < 0.4:
        lists = [value for value in where.values() if isinstance(value, list)]
        inside = [*where.values(), *(part for parts in lists for part in parts)]
        inner = [value for value in inside if isinstance(value, dict) and value]
        if not inner:
            break
        where = rng.choice(inner)
    name = rng.choice([*where, *where, *where, *_NAMES])
    if rng.random() < 0.2:
        where.pop(name, None)
    else:
        where[name] = rng.choice(hostile_values(rng))


@dataclass
class WaitingImplementation(Implementation):
    """An implementation that the bot connects to (ONEBOT_WS_URLS); `port` is its own. `first_words` are sent
    before all else."""

    first_words: list[str] = field(default_factory=list)
    _server: Server | None = None
    _bot_comes: asyncio.Queue[ServerConnection] = field(default_factory=asyncio.Queue)

    async def connect(self, **headers: str) -> None:
        """Waits until the bot is connected."""
        if self._server is None:
            self._server = await serve(self._hold, "127.0.0.1", self.port, max_size=None)
        self._socket = await asyncio.wait_for(self._bot_comes.get(), 30)  # type: ignore[assignment]
        for word in self.first_words:
            await self.send_frame(word)
        await self._send_event(
            {"post_type": "meta_event", "meta_event_type": "lifecycle", "sub_type": "connect"}
        )
        self._task = asyncio.create_task(self._listen())

    async def _hold(self, socket: ServerConnection) -> None:
        self._bot_comes.put_nowait(socket)
        await socket.wait_closed()

    async def stop(self) -> None:
        """Stops listening."""
        await self.close()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()


async def send_frame(qq: Implementation, frame: Frame, rng: random.Random) -> None:
    """Sends it as a text or a binary frame; bytes that are no UTF-8 are sent as text too."""
    assert qq._socket is not None
    if isinstance(frame, str):
        frame = frame.encode("utf-8", "surrogatepass")
    await qq._socket.send(frame, text=rng.random() < 0.8)


def answer_badly(qq: Implementation, rng: random.Random) -> None:
    """Has some calls answered three times, or in wrong shapes, before they are answered properly."""
    act = qq._act

    async def acting(action: str, params: dict[str, Any], echo: Any) -> None:
        if rng.random() < 0.3:
            answer = {"status": "ok", "retcode": 0, "data": {"message_id": 1}, "echo": echo}
            for _ in range(rng.randint(0, 2)):
                answer[rng.choice(list(answer))] = rng.choice(hostile_values(rng))
            for _ in range(3):
                await send_frame(qq, json.dumps(answer), rng)
        await act(action, params, echo)

    qq._act = acting  # type: ignore[method-assign]


async def fuzz(
    bot: BotProcess,
    count: int,
    seed: int = 7,
    *,
    progress: Callable[[FuzzResult], None] = lambda result: None,
    connect: Callable[[], Awaitable[Implementation]] | None = None,
) -> FuzzResult:
    """Sends `count` hostile frames over one connection to a running bot and returns what the run showed.

    A connection that the bot ended is opened again by `connect`; by default to the bot's port.
    """
    rng, result = random.Random(seed), FuzzResult()
    begun_at = len(bot.log)

    async def open_line() -> Implementation:
        opened = Implementation(bot.port, TOKEN, offset=bot.offset) if connect is None else await connect()
        if connect is None:
            await opened.connect()
        answer_badly(opened, rng)
        return opened

    qq = await open_line()
    while result.frames < count:
        try:
            for _ in range(min(_ASK_EVERY, count - result.frames)):
                result.frames += 1
                await send_frame(qq, hostile_frame(1_000_000 + result.frames, rng), rng)
            await _ask(qq, result)
        except (WebSocketException, TimeoutError):
            result.lines_lost += 1
            await qq.close()
            await asyncio.sleep(0.3)
            qq = await open_line()
        progress(result)
    await qq.close()
    await asyncio.sleep(0.2)
    log = bot.log[begun_at:]
    result.tracebacks = log.count("Traceback")
    result.texts_logged = log.count(SECRET_WORDS)
    result.warnings = log.count("WARNING") + log.count("ERROR")
    return result


async def _ask(qq: Implementation, result: FuzzResult) -> None:
    """Asks for 帮助 and waits for the answer; what the bot sent before is forgotten. Raises TimeoutError."""
    qq.sent.clear()
    began = time.monotonic()
    await qq.say("帮助", person=SUPERUSER)
    while not [message for message in qq.sent if message.person == SUPERUSER and "检索" in message.text]:
        if not qq.connected or time.monotonic() - began > _ANSWER_WITHIN:
            raise TimeoutError
        await asyncio.sleep(0.01)
    result.answered += 1
    result.slowest_answer = max(result.slowest_answer, time.monotonic() - began)


def main() -> int:
    from speech_texts import write_library

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=7)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_library(Path(folder) / "library")
        bot = BotProcess(Path(folder) / "bot", Path(folder) / "library", {**PACELESS, **RATELESS})
        bot.start()
        try:
            result = asyncio.run(fuzz(bot, given.count, given.seed))
        finally:
            bot.stop()
            (Path(tempfile.gettempdir()) / "frame_fuzz.log").write_text(bot.log, "utf-8")
    print(result)
    return 0 if result.clean else 1


if __name__ == "__main__":
    sys.exit(main())
