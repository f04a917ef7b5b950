"""Keeps track of tasks that run beside the answering, so that they can be waited for when the bot stops."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class BackgroundTasks:
    """Tasks that have begun and not ended. asyncio itself holds them only weakly: one that nobody holds may
    vanish."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begins the work as a task, and returns the task."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def all_done(self, within: float | None = None) -> None:
        """Returns when no task runs any more, those included that others start meanwhile. Cancels what isn't
        done `within` so many seconds."""
        while self._running:
            _, late = await asyncio.wait(set(self._running), timeout=within)
            for task in late:
                task.cancel()

    def __len__(self) -> int:
        return len(self._running)
