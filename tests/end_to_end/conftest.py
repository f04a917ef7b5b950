"""The bot as a process, and an implementation connected to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from implementation import Implementation
from process import PACELESS, RATELESS, TOKEN, BotProcess


@pytest.fixture
def start_bot(tmp_path: Path, library: Path) -> Iterator[Callable[..., BotProcess]]:
    """Starts the bot on the small library; `values` are settings over the test's own."""
    started: list[BotProcess] = []

    def start(library: Path = library, **values: str) -> BotProcess:
        one = BotProcess(tmp_path / "bot", library, {**PACELESS, **RATELESS, **values})
        one.start()
        started.append(one)
        return one

    yield start
    for one in started:
        one.kill()


@pytest.fixture
async def connect_to() -> AsyncIterator[Callable[..., object]]:
    """Connects an implementation to a running bot."""
    connected: list[Implementation] = []

    async def connect(bot: BotProcess) -> Implementation:
        one = Implementation(bot.port, TOKEN, offset=bot.offset)
        await one.connect()
        connected.append(one)
        return one

    yield connect
    for one in connected:
        await one.close()
