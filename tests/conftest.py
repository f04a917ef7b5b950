"""Shared fixtures: the small library, alone and read into a database; an application on it; a clock that
tests move."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sys
import threading
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import nonebot
import pytest
from hypothesis import HealthCheck, settings
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, PACELESS, SUPERUSER, Chat, start, stop
from speech_texts import write_library

from jianggao.application import Application
from jianggao.database import Database
from jianggao.deadline import TimeLimit
from jianggao.settings import load_settings

settings.register_profile(
    "steady", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("steady")


EXIT_STATUS = pytest.StashKey[int]()
SLOW = (
    "backups",
    "benchmarks",
    "chat",
    "cli",
    "database",
    "doctor",
    "end_to_end",
    "plugins",
    "reading",
    "reliability",
    "resale_reports",
    "sandbox",
    "tracing",
    "access/test_attacker.py",
    "access/test_public_budget.py",
    "access/test_public_budget_shared_texts.py",
    "bulk_membership/test_imports.py",
    "documents/test_copies.py",
    "documents/test_official_pages.py",
    "library/test_growth_of_imports.py",
    "library/test_import_clock.py",
    "library/test_import_clock_at_starts.py",
    "library/test_preparation_workers.py",
    "library/test_scan.py",
    "library/test_scan_names.py",
    "library/test_staging.py",
    "library/test_staging_in_any_order.py",
    "library/test_staging_put_back.py",
    "reading/test_counts.py",
    "search/test_member_group_words.py",
    "search/test_recall.py",
    "search/test_same_work.py",
    "search/test_search.py",
    "search/test_time_of_questions.py",
    "search/test_two_libraries.py",
    "sources/test_isolated_reader.py",
    "spreadsheets/test_sheet_reader.py",
    "spreadsheets/test_workbooks.py",
    "spreadsheets/test_writing.py",
    "test_linear_time.py",
    "test_packaging.py",
    "test_start.py",
)
"""Folders and files of tests that open a whole bot, start processes or measure: the quick half (`-m "not
slow"`) leaves them out, and tells in a minute or two whether the core still does what it says."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow tests by where they stand."""
    here = Path(__file__).parent
    for item in items:
        place = item.path.relative_to(here).as_posix()
        if any(place == slow or place.startswith(f"{slow}/") for slow in SLOW):
            item.add_marker(pytest.mark.slow)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[EXIT_STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End a run in which something failed, whatever is left: a database that a failed test didn't close has a
    thread, for which Python would wait for ever. The processes of xdist are ended by the one that started
    them."""
    status = config.stash.get(EXIT_STATUS, 0)
    left = [thread for thread in threading.enumerate() if not thread.daemon and thread.is_alive()]
    if status and len(left) > 1 and not hasattr(config, "workerinput"):
        print(f"threads are left: {', '.join(thread.name for thread in left[1:])}", flush=True)
        sys.stderr.flush()
        os._exit(status)


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


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database in a file of its own. It is closed also where a test fails: its threads would hold up
    the end of the run."""
    opened = await Database.open(tmp_path / "bot.db")
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small library, and in data/ a database into which it has been read. Made once, only
    copied: files that keep their time of change aren't read again, which would start a worker process."""
    folder = tmp_path_factory.mktemp("imported")
    write_library(folder / "library")
    asyncio.run(_import(folder / "library", folder / "data" / "bot.db"))
    return folder


async def _import(library: Path, database: Path) -> None:
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(database)})
    application = await Application.open(settings, workers=0, random_bytes=random.Random(1).randbytes)
    try:
        await application.importer.run()
    finally:
        await application.close()


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
async def open_application(
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
        application = await Application.open(
            settings,
            clock=clock,
            rng=random.Random(1),
            monotonic=clock.monotonic,
            workers=0,
            time_limit=TimeLimit(seconds=3_600),
            # Which sections are previews, and in which order they stand, follows from the keys.
            random_bytes=random.Random(1).randbytes,
        )
        opened.append(application)
        return application

    yield open_one
    for application in opened:
        await application.close()


@pytest.fixture
async def application(open_application: Callable[..., object]) -> Application:
    application: Application = await open_application()  # type: ignore[misc]
    await application.importer.run()
    return application


@pytest.fixture(scope="session")
def plugins() -> None:
    """All plugins, loaded once a process, as NoneBot allows."""
    nonebot.init(_env_file=(), driver="~none", log_level="CRITICAL")
    from jianggao.chat.run import load_plugins

    load_plugins()


@pytest.fixture
async def open_chat(
    plugins: None, open_application: Callable[..., Any], clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[..., Any]]:
    """Opens the bot as NoneBot runs it: what is said to it goes through all plugins."""
    from jianggao.chat.logs.throttled import ThrottledLog

    # The adapter's log is of the process: lines that earlier tests caused would be left out of this one's.
    monkeypatch.setattr("jianggao.chat.connection.adapter.throttled", ThrottledLog())

    async def open_one(*, imported: bool = True, **values: str) -> Chat:
        application = await open_application(**{**PACELESS, **values})
        if imported:
            await application.importer.run()
        start(application)
        return Chat(application, clock)

    yield open_one
    await stop()


@pytest.fixture
async def chat(open_chat: Callable[..., Any]) -> Chat:
    """A bot with a member group and a free group, and one member."""
    one: Chat = await open_chat()
    await one.say("绑定会员群", SUPERUSER, MEMBER_GROUP)
    await one.say("绑定免费群", SUPERUSER, FREE_GROUP)
    await one.say(f"开通 {MEMBER} 1年", SUPERUSER)
    one.sent.clear()
    one.actions.clear()
    return one
