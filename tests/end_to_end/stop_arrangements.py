"""Brings a running bot to the moments at which `stop_moments` asks it to end: each function returns when one
has come."""

from __future__ import annotations

import asyncio
import random
import re
import socket
import time
from dataclasses import dataclass, field
from typing import Any

from hostile_calls import FREE_GROUPS, MEMBER, REPORTER
from hostile_files import given
from hostile_queries import long_letters
from implementation import Implementation
from process import SUPERUSER, TOKEN, BotProcess, free_port
from process_figures import children
from waiting import until

_COMES_WITHIN = 30.0
SILENT_PORT = free_port()
"""Where a server listens that never answers. Known before a bot starts, since only FILE_HOSTS lets it connect
there."""
_GRANTED = re.compile(r"记录号 (\d+)")


@dataclass
class Stage:
    """A bot that is running or starting, and who is connected to it."""

    bot: BotProcess
    rng: random.Random
    acknowledged: dict[int, str] = field(default_factory=dict)
    connected: list[Implementation] = field(default_factory=list)
    sockets: list[socket.socket] = field(default_factory=list)

    async def connect(self, **fields: Any) -> Implementation:
        qq = Implementation(self.bot.port, TOKEN, offset=self.bot.offset, answer=given, **fields)
        await qq.connect()
        self.connected.append(qq)
        return qq

    async def grant(self, qq: Implementation, member: int) -> None:
        """A change, acknowledged."""
        answer = await qq.ask(f"开通 {member} 1年", person=SUPERUSER)
        self.acknowledged[member] = _GRANTED.findall(answer.text)[0]

    async def close(self) -> None:
        for qq in self.connected:
            await qq.close()
        for peer in self.sockets:
            peer.close()


async def after(stage: Stage, seconds: float) -> None:
    await asyncio.sleep(seconds)


async def while_importing(stage: Stage, seconds: float) -> None:
    """Once the worker that reads the files has come up."""
    await asyncio.to_thread(_wait_for_a_child, stage.bot)
    await asyncio.sleep(seconds)


def _wait_for_a_child(bot: BotProcess) -> None:
    while not children(bot.pid) and bot.end_code() is None:
        time.sleep(0.01)


async def idle(stage: Stage) -> None:
    await stage.grant(await stage.connect(), 50_001)


async def searches(stage: Stage, count: int = 100) -> None:
    qq = await stage.connect()
    for at in range(count):
        await qq.say(
            f"检索 {stage.rng.choice(['台账', '干部', '群众', '落实', '项目'])}", person=60_000 + at % 20
        )
    await asyncio.sleep(stage.rng.random() * 0.5)


async def long_letter_searches(stage: Stage, kind: str) -> None:
    qq = await stage.connect()
    words = {"xian": "xian" * 48 + "q", "zhifa": "zhifa" * 39}.get(kind) or long_letters(stage.rng)
    for at in range(3):
        await qq.say(f"检索 {words}", person=60_000 + at)
    await asyncio.sleep(0.5)


async def upload(stage: Stage) -> None:
    qq = await stage.connect()
    qq.silent.add("upload_private_file")
    await stage.grant(qq, MEMBER)
    for speech in range(1, 6):
        await qq.say(f"全文 {speech}", person=MEMBER)
    await qq.wait_for(lambda sent: sent.action == "upload_private_file")


async def fetching(stage: Stage, *, by_call: bool) -> None:
    """A report's file is asked for, and never comes."""
    qq = await stage.connect()
    qq.silent.update({"get_file", "get_image", "get_private_file_url", "get_forward_msg"})
    silent_server = socket.create_server(("127.0.0.1", SILENT_PORT))
    silent_server.setblocking(False)
    stage.sockets.append(silent_server)
    address = {} if by_call else {"url": f"http://127.0.0.1:{SILENT_PORT}/file"}
    for person in range(REPORTER, REPORTER + 5):
        await qq.ask("举报 12345678", person=person)
        data = {"file": "a.txt", "file_id": "plain", **address}
        await qq.say([{"type": "file", "data": data}], person=person)
        await qq.say([{"type": "forward", "data": {"id": "1"}}], person=person + 100)
    if by_call:
        assert await until(lambda: not qq.silent.isdisjoint(qq.actions), _COMES_WITHIN)
    else:
        asking = asyncio.get_running_loop().sock_accept(silent_server)
        stage.sockets.append((await asyncio.wait_for(asking, _COMES_WITHIN))[0])


async def tracing(stage: Stage, content: str) -> None:
    """A large file is looked at for marks."""
    qq = await stage.connect()
    await stage.grant(qq, MEMBER)
    await qq.say("溯源 " + content, person=SUPERUSER)
    await asyncio.sleep(0.2 + stage.rng.random())


async def tracing_evidence(stage: Stage, which: str) -> None:
    qq = await stage.connect()
    await qq.ask("举报 12345678", person=REPORTER)
    for name in ("a.md", "a.docx", "a.txt"):
        await qq.ask([{"type": "file", "data": {"file": name, "file_id": which}}], person=REPORTER)
    await qq.ask("完成", person=REPORTER)
    await qq.say("查看举报 1", person=SUPERUSER)
    await asyncio.sleep(stage.rng.random())


async def queue(stage: Stage) -> None:
    """Much waits to be sent."""
    qq = await stage.connect()
    await qq.ask("绑定免费群", person=SUPERUSER, group=FREE_GROUPS[0])
    for at in range(60):
        await qq.say("我的会员", person=60_000 + at)
        await qq.say("检索 台账", person=60_000 + at, group=FREE_GROUPS[0])
    await asyncio.sleep(1)


async def unanswered_sends(stage: Stage) -> None:
    """The account never says what became of a send."""
    qq = await stage.connect()
    qq.silent.update({"send_private_msg", "send_group_msg", "send_private_forward_msg"})
    for at in range(40):
        await qq.say("我的会员", person=60_000 + at)
    await asyncio.sleep(0.5)


async def half_open(stage: Stage, sent: bytes) -> None:
    await idle(stage)
    for _ in range(50):
        peer = socket.create_connection(("127.0.0.1", stage.bot.port))
        peer.sendall(sent)
        stage.sockets.append(peer)
    await asyncio.sleep(0.3)


async def deaf(stage: Stage) -> None:
    """A peer shakes hands, and then neither reads nor answers: not even that the connection is to be
    closed."""
    peer = socket.create_connection(("127.0.0.1", stage.bot.port))
    stage.sockets.append(peer)
    peer.sendall(
        (
            "GET /onebot/v11/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c29tZXRoaW5nIHNlY3JldA==\r\n"
            f"X-Self-ID: 10003\r\nX-Client-Role: Universal\r\nAuthorization: Bearer {TOKEN}\r\n\r\n"
        ).encode("ascii")
    )
    await asyncio.to_thread(peer.recv, 4_096)
    await idle(stage)


async def operator_says(stage: Stage, words: tuple[str, ...], after: float = 0.05) -> None:
    qq = await stage.connect()
    await stage.grant(qq, 50_001)
    for word in words:
        await qq.say(word, person=SUPERUSER)
    await asyncio.sleep(after)


async def grants(stage: Stage) -> None:
    """Changes are being made."""
    qq = await stage.connect()
    for member in range(50_000, 50_010):
        await stage.grant(qq, member)
    for member in range(51_000, 51_060):
        await qq.say(f"开通 {member} 1年", person=SUPERUSER)
    await asyncio.sleep(stage.rng.random() * 0.3)
    for sent in qq.sent:
        granted = _GRANTED.findall(sent.text)
        account = re.findall(r"5[01]\d{3}", sent.text)
        if granted and account:
            stage.acknowledged[int(account[0])] = granted[0]


async def everything(stage: Stage) -> None:
    """All of it at once."""
    await upload(stage)
    qq = stage.connected[0]
    qq.silent.add("get_file")
    await qq.say("备份", person=SUPERUSER)
    await qq.say("重新载入", person=SUPERUSER)
    await qq.ask("举报 12345678", person=REPORTER)
    await qq.say([{"type": "file", "data": {"file": "a", "file_id": "a"}}], person=REPORTER)
    for at in range(60):
        await qq.say(f"检索 {'zhifa' * 39}" if at % 20 == 0 else "检索 台账", person=60_000 + at)
    await asyncio.sleep(stage.rng.random())


async def gone_peer(stage: Stage) -> None:
    """The account's connection broke while answers were on their way."""
    await searches(stage)
    await stage.connected[0].close()
