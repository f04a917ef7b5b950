"""Makes a disk full or a database locked by another process, and asks the bot questions meanwhile."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from implementation import Implementation, Sent
from process import SUPERUSER, BotProcess
from process_figures import waited_for_a_processor

SOON = 5.0
"""Seconds within which every answer must come while the database can't be written to."""
CANNOT_WRITE = "数据库暂时写不进去"
DISK_FULL = "磁盘满了"
_HOLD = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


@dataclass
class SmallDisk:
    """A small disk at `folder`: a tmpfs if one may be mounted, else a limit on the size of the bot's
    files."""

    folder: Path
    mounted: bool

    @property
    def notice(self) -> str:
        """What the bot must say of it: to the system, a limit on files is no full disk."""
        return f"{CANNOT_WRITE}（{DISK_FULL}" if self.mounted else CANNOT_WRITE

    def fill(self, bot: BotProcess) -> None:
        """Fills the disk. The -wal is written into the database first, since its room could be used again."""
        with closing(sqlite3.connect(bot.database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if self.mounted:
            _fill(self.folder / "filler")
        else:
            _limit(bot.pid, 1)

    def make_room(self, bot: BotProcess) -> None:
        """Makes room again."""
        if self.mounted:
            (self.folder / "filler").unlink()
        else:
            _limit(bot.pid, None)


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as filler:
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while filler.write(b"\0" * size) == size:
                    pass


def _limit(pid: int, size: int | None) -> None:
    """Limits the size of files that a process may write, in bytes; None lifts the limit."""
    import resource  # there is none on Windows, where these tests don't run

    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


@contextmanager
def small_disk(folder: Path, megabytes: int = 64, *, mounts: bool = True) -> Iterator[SmallDisk]:
    """Makes a disk of that size at `folder` for the time of the block. `mounts`: whether mounting may be
    tried."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(folder)]
    mounted = mounts and _runs(mount)
    try:
        yield SmallDisk(folder, mounted)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


@contextmanager
def held_by_another(database: Path, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """Has another process lock the database for so long; the block begins when it holds the lock."""
    command = [sys.executable, "-c", _HOLD, str(database), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout is not None and holder.stdout.readline() == "held\n"
            yield holder
        finally:
            holder.kill()


@dataclass
class Asked:
    """A message, its answer, and how long that took, without the time in which others held the processors."""

    said: str
    answer: Sent | None = None
    seconds: float = 0.0


@dataclass
class QuestionAsker:
    """Asks in one group, where each answer quotes its message, and in private, one question at a time a
    person."""

    bot: BotProcess
    qq: Implementation
    group: int
    patience: float = 60.0
    asked: list[Asked] = field(default_factory=list)

    async def in_group(self, said: str, person: int = SUPERUSER) -> Asked:
        event = self.qq.message(said, person=person, group=self.group)
        return await self._ask(said, event, lambda sent: sent.quoted == event["message_id"])

    async def in_private(self, said: str, person: int) -> Asked:
        event = self.qq.message(said, person=person)
        return await self._ask(said, event, lambda sent: sent.person == person)

    async def _ask(self, said: str, event: dict[str, object], is_answer: object) -> Asked:
        before, began, waited = len(self.qq.sent), time.monotonic(), waited_for_a_processor(self.bot.pid)
        question = Asked(said)
        self.asked.append(question)
        await self.qq.repeat(event)
        with suppress(AssertionError, asyncio.TimeoutError):
            wanted = self.qq.wait_for(is_answer, after=before)  # type: ignore[arg-type]
            question.answer = await asyncio.wait_for(wanted, self.patience)
        question.seconds = time.monotonic() - began - (waited_for_a_processor(self.bot.pid) - waited)
        return question

    async def until_it_works(self, said: str, wanted: str, person: int = SUPERUSER) -> bool:
        """Says something in the group until the answer contains what is wanted; returns whether it came to
        that."""
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline:
            question = await self.in_group(said, person)
            if question.answer is not None and wanted in question.answer.text:
                return True
            await asyncio.sleep(0.5)
        return False
