"""Shared fixtures: the small library, alone and read into a database; a house on it, with a clock that tests move."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import nonebot
import pytest
from hypothesis import HealthCheck, settings
from speech_texts import write_library

import bot as entry
from jianggao.application import Application
from jianggao.deadline import TimeLimit
from jianggao.settings import load_settings

settings.register_profile(
    "steady", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("steady")


class MovableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.now.timestamp()

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc))


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small library, and in data/ a database into which it has been read. Made once, only copied: files
    that keep their time of change aren't read again, which would start a worker process."""
    folder = tmp_path_factory.mktemp("imported")
    write_library(folder / "library")
    asyncio.run(_import(folder / "library", folder / "data" / "bot.db"))
    return folder


async def _import(library: Path, database: Path) -> None:
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(database)})
    house = await Application.open(settings, workers=0)
    try:
        await house.importer.run()
    finally:
        await house.close()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    root = tmp_path / "library"
    write_library(root)
    return root


@pytest.fixture
def read_library(imported: Path, tmp_path: Path) -> Path:
    """The small library in a folder of the test's own, as the database in `imported` has read it."""
    return shutil.copytree(imported / "library", tmp_path / "library")


@pytest.fixture
async def open_house(
    tmp_path: Path, library: Path, clock: MovableClock
) -> AsyncIterator[Callable[..., object]]:
    opened: list[Application] = []

    async def open_one(**values: str) -> Application:
        settings = load_settings(
            {
                "LIBRARY_DIR": str(library),
                "DATABASE_FILE": str(tmp_path / "data" / "bot.db"),
                "SUPERUSERS": "90001",
                **values,
            }
        )
        house = await Application.open(
            settings,
            clock=clock,
            chance=random.Random(1),
            monotonic=clock.monotonic,
            workers=0,
            time_limit=TimeLimit(seconds=3_600),
        )
        opened.append(house)
        return house

    yield open_one
    for house in opened:
        await house.close()


@pytest.fixture
async def house(open_house: Callable[..., object]) -> Application:
    house: Application = await open_house()  # type: ignore[misc]
    await house.importer.run()
    return house


@pytest.fixture(scope="session")
def plugins() -> None:
    """All plugins, loaded once a process, as NoneBot allows."""
    nonebot.init(_env_file=(), driver="~none", log_level="CRITICAL")
    for name in entry.PLUGINS:
        nonebot.load_plugin(name)
    loaded = {plugin.module_name for plugin in nonebot.get_loaded_plugins()}
    assert loaded >= set(entry.PLUGINS)
