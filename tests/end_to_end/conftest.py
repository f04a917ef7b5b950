"""Starts bots as processes that have read the small library, and connects implementations to them."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from implementation import Implementation
from process import PACELESS, RATELESS, TOKEN, BotProcess


@pytest.fixture
def library(read_library: Path) -> Path:
    """The small library: `start_bot` gives its bots a database that has read it."""
    return read_library


@pytest.fixture
def start_bot(tmp_path: Path, imported: Path, library: Path) -> Iterator[Callable[..., BotProcess]]:
    """Starts a bot that has read the small library; `values` are settings over the test's own."""
    started: list[BotProcess] = []

    def start(**values: str) -> BotProcess:
        settings = {**PACELESS, **RATELESS, **values}
        bot = BotProcess(tmp_path / "bot", library, settings, data=imported / "data")
        bot.start()
        started.append(bot)
        return bot

    yield start
    for bot in started:
        bot.kill()


@pytest.fixture(scope="module")
def shared_bot(tmp_path_factory: pytest.TempPathFactory, imported: Path) -> Iterator[BotProcess]:
    """One running bot for all tests of a module that change neither its settings nor its data, and don't end
    it."""
    folder = tmp_path_factory.mktemp("shared")
    library = shutil.copytree(imported / "library", folder / "library")
    bot = BotProcess(folder / "bot", library, {**PACELESS, **RATELESS}, data=imported / "data")
    bot.start()
    yield bot
    bot.kill()


@pytest.fixture
async def connect_to() -> AsyncIterator[Callable[..., object]]:
    """Connects an implementation to a running bot."""
    connected: list[Implementation] = []

    async def connect(bot: BotProcess) -> Implementation:
        qq = Implementation(bot.port, TOKEN, offset=bot.offset)
        await qq.connect()
        connected.append(qq)
        return qq

    yield connect
    for qq in connected:
        await qq.close()
