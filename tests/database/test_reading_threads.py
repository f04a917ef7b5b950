"""Looks end with their deadline, whatever they do; a stuck one stops neither the next question nor the
process."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from project_root import ROOT
from ticking import Ticking

from jianggao.database import Database
from jianggao.database.connection import SEARCH_THREADS
from jianggao.database.reading_threads import BUSY, Snapshot
from jianggao.deadline import Deadline
from jianggao.errors import TooSlow

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
LONG = 60
"""Seconds after which a test that should not wait has failed."""


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "bot.db")
    yield opened
    await opened.close()


def endless(snapshot: Snapshot) -> object:
    return snapshot.value(ENDLESS)


def select_one(snapshot: Snapshot) -> object:
    return snapshot.value("SELECT 1")


def short() -> Deadline:
    """A real one: a stuck thread looks at no clock."""
    return Deadline(0.05, asyncio.get_running_loop().time)


async def test_a_statement_without_end_is_interrupted(database: Database) -> None:
    deadline = Deadline(500, Ticking())  # far more seconds than a test may take, so that no clock ends it
    with pytest.raises(TooSlow):
        await asyncio.wait_for(database.run_in_snapshot(endless, deadline), LONG)
    assert deadline.was_hit
    for _ in range(2 * SEARCH_THREADS):
        assert await database.run_in_snapshot(select_one, Deadline(50, Ticking())) == 1


async def test_a_read_without_end_is_interrupted(database: Database) -> None:
    for _ in range(5):
        with pytest.raises(TooSlow):
            async with database.read(Deadline(50, Ticking())) as connection:
                await asyncio.wait_for(connection.execute_fetchall(ENDLESS), LONG)
    async with database.read() as connection:
        assert [tuple(row) for row in await connection.execute_fetchall("SELECT 1")] == [(1,)]


async def test_stuck_threads_do_not_stop_the_next_question(database: Database) -> None:
    release = threading.Event()
    try:
        for _ in range(SEARCH_THREADS + 1):
            with pytest.raises(TooSlow):
                await asyncio.wait_for(
                    database.run_in_snapshot(lambda snapshot: release.wait(LONG), short()), LONG
                )
        assert await asyncio.wait_for(database.run_in_snapshot(select_one), LONG) == 1
    finally:
        release.set()


async def test_who_waits_for_a_turn_waits_no_longer_than_the_deadline(database: Database) -> None:
    release = threading.Event()
    busy = [
        asyncio.create_task(database.run_in_snapshot(lambda snapshot: release.wait(LONG)))
        for _ in range(SEARCH_THREADS)
    ]
    try:
        await asyncio.sleep(0)
        with pytest.raises(TooSlow, match=BUSY):
            await asyncio.wait_for(database.run_in_snapshot(select_one, short()), LONG)
    finally:
        release.set()
        await asyncio.gather(*busy)
    assert await database.run_in_snapshot(select_one) == 1


async def test_a_cancelled_question_leaves_its_room_to_the_next(database: Database) -> None:
    for _ in range(2 * SEARCH_THREADS):
        asked = asyncio.create_task(database.run_in_snapshot(endless))
        await asyncio.sleep(0)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(asked, LONG)
    assert await asyncio.wait_for(database.run_in_snapshot(select_one), LONG) == 1


async def test_closing_interrupts_what_reads(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.db")
    release = threading.Event()

    async def reading() -> None:
        async with database.read() as connection:
            await connection.execute_fetchall(ENDLESS)

    tasks = [
        asyncio.create_task(database.run_in_snapshot(endless)),
        asyncio.create_task(database.run_in_snapshot(lambda snapshot: release.wait(LONG))),
        asyncio.create_task(reading()),
    ]
    try:
        await asyncio.sleep(0.05)
        await asyncio.wait_for(database.close(), LONG / 2)
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(result) for result in ended[:2]] == [TooSlow, TooSlow]
    finally:
        release.set()


async def test_looks_do_not_use_the_threads_that_others_share(database: Database) -> None:
    shared = ThreadPoolExecutor(1)
    release = threading.Event()
    asyncio.get_running_loop().set_default_executor(shared)
    waiting = asyncio.get_running_loop().run_in_executor(None, release.wait, LONG)
    try:
        assert await asyncio.wait_for(database.run_in_snapshot(select_one), LONG / 2) == 1
    finally:
        release.set()
        await waiting


PROCESS = f"""
import asyncio, sys, threading
from pathlib import Path
from jianggao.database import Database
from jianggao.deadline import Deadline
from jianggao.errors import TooSlow

async def main():
    database = await Database.open(Path(sys.argv[1]))
    for _ in range(3):
        try:
            await database.run_in_snapshot(lambda snapshot: threading.Event().wait({LONG} * 10),
                                Deadline(0.05, asyncio.get_running_loop().time))
        except TooSlow:
            pass
    await database.close()

asyncio.run(main())
print("ended")
"""


def test_a_process_with_stuck_threads_ends(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROCESS, str(tmp_path / "bot.db")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "ended\n"), ended.stderr
