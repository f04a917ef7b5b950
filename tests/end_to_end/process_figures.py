"""Reads from /proc how much memory and processor time a process and its children take."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_EVERY = 0.25
"""Seconds between two samples."""
_PROC = Path("/proc")
AVAILABLE = (_PROC / "self" / "status").exists()
"""Whether this system has /proc in Linux's form."""


def children(pid: int) -> set[int]:
    """Returns all descendants of a process that are alive now."""
    descendants: set[int] = set()
    for child in _direct_children(pid):
        descendants |= {child} | children(child)
    return descendants


def _direct_children(pid: int) -> set[int]:
    """Returns the processes that a process started itself; none if it ends meanwhile."""
    try:
        threads = list(_PROC.glob(f"{pid}/task/*/children"))
    except OSError:
        return set()
    direct: set[int] = set()
    for listed in threads:
        # A thread may end between the two looks.
        with suppress(OSError):
            direct.update(map(int, listed.read_text("ascii").split()))
    return direct


def resident(pid: int) -> float:
    """Returns a process's resident memory in megabytes; 0 if it is gone."""
    try:
        status = (_PROC / str(pid) / "status").read_text("utf-8")
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024


def waited_for_a_processor(pid: int) -> float:
    """Seconds that its main thread was ready to run and others held the processors; 0 where the system
    doesn't tell."""
    try:
        return int((_PROC / str(pid) / "schedstat").read_text("ascii").split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


@dataclass
class Memory:
    """The memory of a process in megabytes, sampled four times a second from `begin` to `finish`."""

    pid: int
    start: float = 0.0
    peak: float = 0.0
    end: float = 0.0
    children_peak: float = 0.0
    course: list[float] = field(default_factory=list)
    _task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Takes the first sample and goes on in the background."""
        self.start = self.peak = resident(self.pid)
        self._task = asyncio.create_task(self._sample())

    async def finish(self) -> None:
        """Takes the last sample."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self.end = resident(self.pid)

    @property
    def growth(self) -> float:
        """How much the process itself grew at its highest; a worker's memory goes with the worker."""
        return self.peak - self.start

    @property
    def quarters(self) -> list[float]:
        """The memory after each quarter of the time: whether the growth comes to an end."""
        return [self.course[len(self.course) * part // 4 - 1] for part in (1, 2, 3, 4)] if self.course else []

    async def _sample(self) -> None:
        while True:
            now = resident(self.pid)
            self.course.append(now)
            self.peak = max(self.peak, now)
            self.children_peak = max(self.children_peak, sum(map(resident, children(self.pid))))
            await asyncio.sleep(_EVERY)
