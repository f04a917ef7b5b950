"""Long texts come and go in short transactions, off the loop: all of one is found, or nothing."""

from __future__ import annotations

import asyncio
import gc
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from long_texts import SECTIONS, found, is_whole, killed_after, long_text, watched_writes

from jianggao.application import Application
from jianggao.errors import CannotWrite, DiskFull
from jianggao.library import listing, speech_store, version_store

ROWS_AT_ONCE = 2_500
"""Rows that a transaction of an import may change, those of the indexes counted too."""


async def test_a_long_text_comes_changes_and_goes_in_short_transactions(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    watched_writes(application, monkeypatch, sizes.append)
    file = library / "长.txt"
    for text in (long_text("铁桶"), long_text("铁桶", "水到了再说话。"), None):
        file.unlink() if text is None else file.write_text(text, encoding="utf-8")
        sizes.clear()
        await application.importer.run()
        assert max(sizes) <= ROWS_AT_ONCE
        assert len(sizes) >= 4
        assert await found(application, "铁桶") == (0 if text is None else SECTIONS)
        await is_whole(application)


async def test_all_of_a_long_text_is_found_or_nothing_at_every_moment(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int, int]] = []

    async def look(_: int) -> None:
        async with application.database.read() as connection:
            _, sections = await speech_store.count_listed(connection)
        with closing(sqlite3.connect(application.database.path)) as looked_into:
            assert speech_store.count_listed_in(looked_into)[1] == sections
        seen.append((await found(application, "铁桶"), await found(application, "木桶"), sections))

    async with application.database.read() as connection:
        _, before = await speech_store.count_listed(connection)
    (library / "长.txt").write_text(long_text("铁桶"), encoding="utf-8")
    watched_writes(application, monkeypatch, look)
    await application.importer.run()
    parts = seen[-1][2] - before
    assert set(seen) == {(0, 0, before), (SECTIONS, 0, before + parts)}
    seen.clear()
    (library / "长.txt").write_text(long_text("木桶"), encoding="utf-8")
    await application.importer.run()
    assert {counts[:2] for counts in seen} == {(SECTIONS, 0), (0, SECTIONS)}
    assert {counts[2] for counts in seen} == {before + parts}
    await is_whole(application)


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.parametrize("at", [1, 2, 4, 7, 9, 10, 11, 12, 14])
async def test_what_a_kill_leaves_between_two_pieces_is_finished_by_the_next_import(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch, at: int, *, is_known: bool
) -> None:
    file = library / "长.txt"
    if is_known:
        file.write_text(long_text("铁桶"), encoding="utf-8")
        await application.importer.run()
    async with application.database.read() as connection:
        numbers = await listing.listed_numbers(connection)
    file.write_text(long_text("木桶"), encoding="utf-8")
    os.utime(file, (1, 1))
    with killed_after(at, application, monkeypatch):
        await application.importer.run()
        pytest.fail("it was finished before the kill")
    assert await found(application, "木桶") in (0, SECTIONS)
    await application.importer.run()
    assert (await found(application, "铁桶"), await found(application, "木桶")) == (0, SECTIONS)
    async with application.database.read() as connection:
        now = await listing.listed_numbers(connection)
        rows = await connection.execute_fetchall("SELECT count(*) FROM speeches")
    assert now == (numbers if is_known else [*numbers, max(numbers) + 1]), "no number is lost"
    assert next(iter(rows))[0] == len(now)
    await is_whole(application)


@pytest.mark.parametrize("step", ["add_version_alone", "make_current"])
async def test_a_long_text_is_not_refused_because_the_database_cannot_be_written(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    (library / "长.txt").write_text(long_text("铁桶"), encoding="utf-8")

    async def fail(*_: object) -> None:
        raise CannotWrite(DiskFull("磁盘满了"))

    with monkeypatch.context() as patched:
        patched.setattr(version_store, step, fail)
        with pytest.raises(CannotWrite):
            await application.importer.run()
    report = await application.importer.run()
    assert (len(report.added), report.refused) == (1, [])
    assert await found(application, "铁桶") == SECTIONS


async def test_the_loop_answers_while_a_long_text_is_imported(
    application: Application, library: Path
) -> None:
    """By the time that its thread computes between two turns, whatever else the machine does."""
    (library / "长.txt").write_text(
        "\n".join(long_text(f"第{at}只桶").split("\n", 3)[3] if at else long_text("桶") for at in range(5)),
        encoding="utf-8",
    )
    holds: list[float] = []
    running = asyncio.create_task(application.importer.run())
    while not running.done():
        started = time.thread_time()
        await asyncio.sleep(0)
        holds.append(time.thread_time() - started)
    assert len((await running).added) == 1
    assert max(holds) < 0.25


async def test_a_text_of_200_000_characters_holds_nobody_up(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each transaction is as short as for a text a seventh as long, and the loop turns at least every 50 ms
    of its thread's own time. As a whole, such a text held the writer for a second and the loop for a tenth of
    one."""
    sizes: list[int] = []
    holds: list[float] = []
    watched_writes(application, monkeypatch, sizes.append)
    file = library / "长.txt"
    gc.collect()
    gc.freeze()  # as the bot does at its start
    try:
        for changed in ("", "水到了再说话。", None):
            if changed is None:
                file.unlink()
            else:
                file.write_text(long_text("铁桶", changed, paragraphs=2_000), encoding="utf-8")
            running = asyncio.create_task(application.importer.run())
            while not running.done():
                started = time.thread_time()
                await asyncio.sleep(0)
                holds.append(time.thread_time() - started)
            report = await running
            assert len([*report.added, *report.changed, *report.withdrawn]) == 1
    finally:
        gc.unfreeze()
    assert max(sizes) <= ROWS_AT_ONCE
    assert max(holds) < 0.05
    await is_whole(application)
