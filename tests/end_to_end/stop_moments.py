"""Asks a running bot to end at the worst moments: `python tests/end_to_end/stop_moments.py [--only WORDS]`.

After each: the process and all its children are gone within 5 s (8 where sends have begun) with a sane code, the
database opens, doctor finds nothing, and every change that was acknowledged is there. Exit code 1 where that is not so.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import signal
import socket
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).resolve().parent)]

from hostile_calls import FREE_GROUPS, MEMBER, REPORTER  # noqa: E402
from hostile_files import given  # noqa: E402
from hostile_queries import long_letters  # noqa: E402
from implementation import Implementation  # noqa: E402
from process import PACELESS, RATELESS, SUPERUSER, TOKEN, BotProcess, free_port  # noqa: E402
from process_figures import children  # noqa: E402
from waiting import until  # noqa: E402

from jianggao.doctor import examine  # noqa: E402
from jianggao.settings import load_settings  # noqa: E402

PROMISED = 5.0
"""Seconds from the signal until nothing of the bot runs any more."""
PROMISED_WHILE_SENDING = 8.0
"""The same, where sends have begun that nobody answers."""
_SANE = {0, -signal.SIGTERM, -signal.SIGINT, 1}
_WATCHED = 20.0
_COMES_WITHIN = 30.0
_SILENT_PORT = free_port()
"""Where a server listens that never answers. Known before a bot starts, since only FILE_HOSTS lets it connect there."""
_GRANTED = re.compile(r"记录号 (\d+)")
SETTINGS = {**PACELESS, **RATELESS, "FULL_TEXTS_PER_DAY": "1000000"}


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
        for one in self.sockets:
            one.close()


Arrange = Callable[[Stage], Awaitable[None]]


@dataclass(frozen=True)
class Moment:
    """A moment to end at: `arrange` returns when it has come. `waits` for the start and the import first."""

    name: str
    arrange: Arrange
    waits: bool = True
    settings: dict[str, str] = field(default_factory=dict)
    asked: tuple[signal.Signals, ...] = (signal.SIGTERM,)
    promised: float = PROMISED


@dataclass(frozen=True)
class Ended:
    """How it ended."""

    moment: str
    seconds: float
    code: int | None
    faults: tuple[str, ...]


async def end_at(
    moment: Moment,
    folder: Path,
    library: Path,
    seed: int,
    promised: float | None = None,
    data: Path | None = None,
) -> Ended:
    """Start a bot, ask it to end at the moment, and look at what it left behind. `data` has a database that has read the
    library, for the moments after the import."""
    promised = moment.promised if promised is None else promised
    settings = {**SETTINGS, **moment.settings}
    bot = BotProcess(folder, library, settings, data=data if moment.waits else None)
    stage = Stage(bot, random.Random(f"{seed}:{moment.name}"))
    bot.launch()
    try:
        if moment.waits:
            await asyncio.to_thread(bot.wait)
        await moment.arrange(stage)
        running = {bot.pid, *children(bot.pid)}
        for asked in moment.asked:
            bot.send(asked)
        seconds, code = await _watch(bot, running)
        faults = [] if seconds <= promised else [f"took {seconds:.1f} s"]
        if code not in _SANE:
            faults.append(f"ended with {code}")
        faults += await _left_behind(stage)
        return Ended(moment.name, seconds, code, tuple(faults))
    finally:
        bot.kill()
        await stage.close()


async def _watch(bot: BotProcess, running: set[int]) -> tuple[float, int | None]:
    """Seconds until all of them are gone, and the exit code."""
    started = time.monotonic()
    while time.monotonic() - started < _WATCHED:
        if bot.end_code() is not None and not any(map(_runs, running)):
            break
        running |= children(bot.pid)
        await asyncio.sleep(0.02)
    return time.monotonic() - started, bot.end_code()


def _runs(pid: int) -> bool:
    """Whether it still does anything: one that only waits to be counted doesn't."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


async def _left_behind(stage: Stage) -> list[str]:
    """What is wrong with the database, in words."""
    database = stage.bot.database
    if not database.exists():
        return ["no database"] if stage.acknowledged else []
    faults = []
    settings = load_settings({"DATABASE_FILE": str(database), "LIBRARY_DIR": str(stage.bot.library)})
    try:
        with closing(sqlite3.connect(database)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
                return ["nothing in the database"] if stage.acknowledged else []
        for finding in await examine(settings):
            faults += [f"doctor: {finding.what}: {wrong}" for wrong in finding.wrong]
        with closing(sqlite3.connect(database)) as connection:
            stored = dict(connection.execute("SELECT member, CAST(number AS TEXT) FROM ledger"))
    except sqlite3.Error as error:
        return [f"the database doesn't open: {error}"]
    lost = [member for member, number in stage.acknowledged.items() if stored.get(str(member)) != number]
    return faults + [f"lost what was acknowledged for {member}" for member in lost]


# --- the moments ------------------------------------------------------------------------------------------------------


async def _after(stage: Stage, seconds: float) -> None:
    await asyncio.sleep(seconds)


async def _while_importing(stage: Stage, seconds: float) -> None:
    """Once the worker that reads the files has come up."""
    await asyncio.to_thread(_wait_for_a_child, stage.bot)
    await asyncio.sleep(seconds)


def _wait_for_a_child(bot: BotProcess) -> None:
    while not children(bot.pid) and bot.end_code() is None:
        time.sleep(0.01)


async def _idle(stage: Stage) -> None:
    await stage.grant(await stage.connect(), 50_001)


async def _searches(stage: Stage, count: int = 100) -> None:
    qq = await stage.connect()
    for at in range(count):
        await qq.say(
            f"检索 {stage.rng.choice(['台账', '干部', '群众', '落实', '项目'])}", person=60_000 + at % 20
        )
    await asyncio.sleep(stage.rng.random() * 0.5)


async def _long_letters(stage: Stage, kind: str) -> None:
    qq = await stage.connect()
    words = {"xian": "xian" * 48 + "q", "zhifa": "zhifa" * 39}.get(kind) or long_letters(stage.rng)
    for at in range(3):
        await qq.say(f"检索 {words}", person=60_000 + at)
    await asyncio.sleep(0.5)


async def _upload(stage: Stage) -> None:
    qq = await stage.connect()
    qq.silent.add("upload_private_file")
    await stage.grant(qq, MEMBER)
    for speech in range(1, 6):
        await qq.say(f"全文 {speech}", person=MEMBER)
    await qq.wait_for(lambda sent: sent.action == "upload_private_file")


async def _fetching(stage: Stage, *, by_call: bool) -> None:
    """A report's file is asked for, and never comes."""
    qq = await stage.connect()
    qq.silent.update({"get_file", "get_image", "get_private_file_url", "get_forward_msg"})
    silent_server = socket.create_server(("127.0.0.1", _SILENT_PORT))
    silent_server.setblocking(False)
    stage.sockets.append(silent_server)
    address = {} if by_call else {"url": f"http://127.0.0.1:{_SILENT_PORT}/file"}
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


async def _tracing(stage: Stage, content: str) -> None:
    """A large file is looked at for marks."""
    qq = await stage.connect()
    await stage.grant(qq, MEMBER)
    await qq.say("溯源 " + content, person=SUPERUSER)
    await asyncio.sleep(0.2 + stage.rng.random())


async def _tracing_evidence(stage: Stage, which: str) -> None:
    qq = await stage.connect()
    await qq.ask("举报 12345678", person=REPORTER)
    for name in ("a.md", "a.docx", "a.txt"):
        await qq.ask([{"type": "file", "data": {"file": name, "file_id": which}}], person=REPORTER)
    await qq.ask("完成", person=REPORTER)
    await qq.say("查看举报 1", person=SUPERUSER)
    await asyncio.sleep(stage.rng.random())


async def _queue(stage: Stage) -> None:
    """Much waits to be sent."""
    qq = await stage.connect()
    await qq.ask("绑定免费群", person=SUPERUSER, group=FREE_GROUPS[0])
    for at in range(60):
        await qq.say("我的会员", person=60_000 + at)
        await qq.say("检索 台账", person=60_000 + at, group=FREE_GROUPS[0])
    await asyncio.sleep(1)


async def _unanswered_sends(stage: Stage) -> None:
    """The account never says what became of a send."""
    qq = await stage.connect()
    qq.silent.update({"send_private_msg", "send_group_msg", "send_private_forward_msg"})
    for at in range(40):
        await qq.say("我的会员", person=60_000 + at)
    await asyncio.sleep(0.5)


async def _half_open(stage: Stage, sent: bytes) -> None:
    await _idle(stage)
    for _ in range(50):
        one = socket.create_connection(("127.0.0.1", stage.bot.port))
        one.sendall(sent)
        stage.sockets.append(one)
    await asyncio.sleep(0.3)


async def _deaf(stage: Stage) -> None:
    """A peer shakes hands, and then neither reads nor answers: not even that the connection is to be closed."""
    one = socket.create_connection(("127.0.0.1", stage.bot.port))
    stage.sockets.append(one)
    one.sendall(
        (
            "GET /onebot/v11/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c29tZXRoaW5nIHNlY3JldA==\r\n"
            f"X-Self-ID: 10003\r\nX-Client-Role: Universal\r\nAuthorization: Bearer {TOKEN}\r\n\r\n"
        ).encode("ascii")
    )
    await asyncio.to_thread(one.recv, 4_096)
    await _idle(stage)


async def _operator_says(stage: Stage, words: tuple[str, ...], after: float = 0.05) -> None:
    qq = await stage.connect()
    await stage.grant(qq, 50_001)
    for word in words:
        await qq.say(word, person=SUPERUSER)
    await asyncio.sleep(after)


async def _grants(stage: Stage) -> None:
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


async def _everything(stage: Stage) -> None:
    """All of it at once."""
    await _upload(stage)
    qq = stage.connected[0]
    qq.silent.add("get_file")
    await qq.say("备份", person=SUPERUSER)
    await qq.say("重新载入", person=SUPERUSER)
    await qq.ask("举报 12345678", person=REPORTER)
    await qq.say([{"type": "file", "data": {"file": "a", "file_id": "a"}}], person=REPORTER)
    for at in range(60):
        await qq.say(f"检索 {'zhifa' * 39}" if at % 20 == 0 else "检索 台账", person=60_000 + at)
    await asyncio.sleep(stage.rng.random())


async def _gone_peer(stage: Stage) -> None:
    """The account's connection broke while answers were on their way."""
    await _searches(stage)
    await stage.connected[0].close()


_PACED = {"SEND_INTERVAL": "1.5", "GROUP_SEND_INTERVAL": "3", "GROUP_SENDS_PER_MINUTE": "8"}
_STARTS = (0.1, 0.5, 0.9, 1.3, 1.7, 2.1, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0)
_IMPORTS = (0.0, 0.3, 0.7, 1.2, 2.0)

MOMENTS: tuple[Moment, ...] = (
    *(Moment(f"{at} s after its start", partial(_after, seconds=at), waits=False) for at in _STARTS),
    *(
        Moment(f"{at} s into the import", partial(_while_importing, seconds=at), waits=False)
        for at in _IMPORTS
    ),
    Moment("idle", _idle),
    Moment("idle, nobody connected", partial(_after, seconds=0.1)),
    Moment("idle, asked twice", _idle, asked=(signal.SIGTERM, signal.SIGTERM)),
    Moment("idle, Ctrl-C", _idle, asked=(signal.SIGINT,)),
    Moment("idle, Ctrl-C twice", _idle, asked=(signal.SIGINT, signal.SIGINT)),
    Moment("100 searches", _searches),
    Moment("400 searches", partial(_searches, count=400)),
    Moment("long letters: xian", partial(_long_letters, kind="xian")),
    Moment("long letters: zhifa", partial(_long_letters, kind="zhifa")),
    Moment("long letters: any", partial(_long_letters, kind="")),
    Moment("long letters, Ctrl-C", partial(_long_letters, kind="zhifa"), asked=(signal.SIGINT,)),
    Moment("an upload that nobody answers", _upload, promised=PROMISED_WHILE_SENDING),
    Moment(
        "a download from an address that never answers",
        partial(_fetching, by_call=False),
        settings={"FILE_HOSTS": f"127.0.0.1:{_SILENT_PORT}"},
    ),
    Moment("a download by a call that nobody answers", partial(_fetching, by_call=True)),
    Moment("溯源 of 2,000,000 characters", partial(_tracing, content="讲稿材料外传，" * 300_000)),
    Moment("溯源 of 300,000 stops", partial(_tracing, content="。" * 300_000)),
    Moment("evidence of brackets", partial(_tracing_evidence, which="many brackets")),
    Moment("evidence of stops", partial(_tracing_evidence, which="stops")),
    Moment("a long queue", _queue, settings=_PACED),
    Moment("a long queue, Ctrl-C", _queue, settings=_PACED, asked=(signal.SIGINT,)),
    Moment("sends that nobody answers", _unanswered_sends, promised=PROMISED_WHILE_SENDING),
    Moment("50 half-open requests", partial(_half_open, sent=b"GET / HTTP/1.1\r\nHost: x\r\n")),
    Moment("50 silent connections", partial(_half_open, sent=b"")),
    Moment("a deaf peer", _deaf),
    Moment("a peer that went away", _gone_peer),
    Moment("a backup", partial(_operator_says, words=("备份",))),
    Moment("ten backups", partial(_operator_says, words=("备份",) * 10, after=0.2)),
    Moment("a reload", partial(_operator_says, words=("重新载入",))),
    Moment("changes under way", _grants),
    Moment("changes under way, once more", _grants),
    Moment("everything at once", _everything, promised=PROMISED_WHILE_SENDING),
)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def render(ended: Ended) -> str:
    """One line."""
    fault = f"  FAULT {'; '.join(ended.faults)}" if ended.faults else ""
    return f"{ended.seconds:6.2f} s  code {ended.code!s:>5}  {ended.moment}{fault}"


async def _run(moments: list[Moment], folder: Path, library: Path, seed: int) -> int:
    wrong = 0
    for at, moment in enumerate(moments):
        ended = await end_at(moment, folder / str(at), library, seed)
        print(render(ended), flush=True)
        wrong += bool(ended.faults)
    print(f"{len(moments) - wrong} of {len(moments)} moments ended as promised")
    return 1 if wrong else 0


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="part of a moment's name")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--library", type=Path, default=ROOT / "data" / "speeches")
    parser.add_argument("--folder", type=Path, help="where the bots' data and logs stay")
    chosen = parser.parse_args()
    moments = [moment for moment in MOMENTS if chosen.only in moment.name]
    with _folder(chosen.folder) as folder:
        return asyncio.run(_run(moments, folder, chosen.library, chosen.seed))


if __name__ == "__main__":
    sys.exit(_main())
