"""Keeps the open pages and sends each what it is to show, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

Send = Callable[[Any], Awaitable[None]]
"""Sends one JSON value to a page."""


class Viewer:
    """One open page. What it is sent waits in a queue, so that a slow page holds nobody up."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def show(self, update: dict[str, Any]) -> None:
        """Queues an update for the page; returns at once."""
        self._waiting.put_nowait(update)

    def show_error(self, text: str) -> None:
        """Queues an error that the page shows for some seconds."""
        self.show({"type": "error", "text": text})

    async def send_all(self) -> None:
        """Sends what waits, until it is cancelled."""
        while True:
            await self._send(await self._waiting.get())


class Viewers:
    """All open pages."""

    def __init__(self) -> None:
        self._viewers: list[Viewer] = []

    @contextmanager
    def joined_by(self, send: Send, first: dict[str, Any]) -> Iterator[Viewer]:
        """Adds a page for the time of the block; it is shown `first` and then every later update."""
        viewer = Viewer(send)
        viewer.show(first)
        self._viewers.append(viewer)
        try:
            yield viewer
        finally:
            self._viewers.remove(viewer)

    def show(self, update: dict[str, Any]) -> None:
        """Queues an update for every page."""
        for viewer in self._viewers:
            viewer.show(update)

    def show_error(self, text: str) -> None:
        """Queues an error for every page."""
        for viewer in self._viewers:
            viewer.show_error(text)
