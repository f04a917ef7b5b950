"""Long texts come and go in short transactions, off the loop: all of one is found, or nothing."""

from __future__ import annotations

import asyncio
import gc
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from speech_texts import numbered

from jianggao.application import Application
from jianggao.doctor import examine
from jianggao.errors import CannotWrite, DiskFull
from jianggao.library import hidden_sections, index, listing, speech_store, version_store

PARAGRAPHS = 300
SECTIONS = 60
"""What the parser makes of them."""
ROWS_AT_ONCE = 2_500
"""Rows that a transaction of an import may change, those of the indexes counted too."""


def long_text(word: str, changed: str = "", paragraphs: int = PARAGRAPHS) -> str:
    """A text of some hundred sections, each with the word and a number of its own."""
    lines = ["在全县冬修水利大会上的讲话", "（2025年3月8日）", "同志们："]
    for at in range(paragraphs):
        if at % 10 == 0:
            lines.append(f"第{at // 10 + 1}个方面，把第{at // 10 + 1}片的账算清楚")
        extra = changed if at == paragraphs // 2 else ""
        lines.append(
            f"第{at}号渠段由第{at * 7 + 3}组负责，{word}写在第{at}块牌子上。{extra}到了第{at % 50 + 1}周还没有通水的，"
            f"带着第{at * 13 + 5}本台账到会上来说明，说不清的当场改，改不完的不散会，让第{at + 11}户人家都看得见。"
        )
    return "\n".join(lines) + "\n"


def watched_writes(
    application: Application, monkeypatch: pytest.MonkeyPatch, after: Callable[[int], Any]
) -> None:
    """Call `after` with the number of rows that each transaction changed, once it is committed."""
    write = application.database.write

    @asynccontextmanager
    async def counted() -> AsyncIterator[aiosqlite.Connection]:
        async with AsyncExitStack() as stack:
            connection = await stack.enter_async_context(write())
            before = connection.total_changes
            yield connection
            changed = connection.total_changes - before
        waits = after(changed)
        if waits is not None:
            await waits

    monkeypatch.setattr(application.database, "write", counted)


def watched_pieces(application: Application, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many sections each transaction puts into the index or takes out of it."""
    pieces: list[int] = []
    now = 0

    def counted(name: str) -> None:
        work = getattr(index, name)

        async def count(connection: aiosqlite.Connection, of: Any, sections: Any) -> None:
            nonlocal now
            now += len(sections)
            await work(connection, of, sections)

        monkeypatch.setattr(index, name, count)

    def note(_: int) -> None:
        nonlocal now
        pieces.append(now)
        now = 0

    counted("put_in_sections")
    counted("take_out_sections")
    watched_writes(application, monkeypatch, note)
    return pieces


async def found(application: Application, query: str) -> int:
    return (await application.local_reader(reads_all=True).search_unrecorded(query, 5)).total


async def is_whole(application: Application) -> None:
    """The index holds what is listed, and nothing is left hidden."""
    async with application.database.read() as connection:
        assert await hidden_sections.hidden(connection) == []
        rows = await connection.execute_fetchall(
            "SELECT count(*) FROM versions WHERE id NOT IN (SELECT version FROM sections)"
        )
        assert next(iter(rows))[0] == 0
    findings = {finding.what: finding.wrong for finding in await examine(application.settings)}
    assert [findings[what] for what in ("索引", "检索表", "讲稿")] == [(), (), ()]


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


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def killed_after(at: int, application: Application, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is done meanwhile ends once so many transactions are committed, if it comes so far."""
    done = 0

    def kill(_: int) -> None:
        nonlocal done
        done += 1
        if done == at:
            raise Killed

    with monkeypatch.context() as patched, suppress(Killed):
        watched_writes(application, patched, kill)
        yield


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


async def test_a_long_speech_that_is_taken_down_and_put_back_is_found_again(
    application: Application, library: Path
) -> None:
    (library / "长.txt").write_text(long_text("铁桶"), encoding="utf-8")
    await application.importer.run()
    async with application.database.read() as connection:
        number = max(await listing.listed_numbers(connection))
    for cleared in (False, True):
        for taken, due in (("2026-03-18", 0), (None, SECTIONS)):
            async with application.database.write() as connection:
                await version_store.set_taken_down(connection, number, taken)
                await listing.list_speech(connection, number)
            assert await found(application, "铁桶") == due
            if cleared:
                await application.importer.run()
                await is_whole(application)
            assert await found(application, "铁桶") == due


def places(library: Path) -> tuple[Path, Path, Path]:
    """Where a long text lies, another folder's place for it, and one outside of the library."""
    here, there = library / "水利" / "长.txt", library / "农业" / "长.txt"
    there.parent.mkdir()
    (there.parent / "短.txt").write_text(numbered("甲", 71), encoding="utf-8")
    here.write_text(long_text("铁桶"), encoding="utf-8")
    return here, there, library.parent / "长.txt"


async def put_back(application: Application, number: int) -> None:
    """What 恢复上架 does."""
    await application.importer.prepare_to_list(number)
    async with application.database.write() as connection:
        await version_store.set_taken_down(connection, number, None)
        await listing.list_speech(connection, number)


async def test_a_long_speech_moves_goes_and_returns_in_short_transactions(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there, away = places(library)
    await application.importer.run()
    pieces = watched_pieces(application, monkeypatch)
    for old, new in ((here, there), (there, away), (away, here)):
        pieces.clear()
        old.rename(new)
        await application.importer.run()
        assert max(pieces) <= hidden_sections.SECTIONS_AT_ONCE
        for folder in (here, there):
            due = SECTIONS if new is folder else 0
            assert await found(application, f"铁桶 主题:{folder.parent.name}") == due
        await is_whole(application)


async def test_a_long_speech_that_moves_is_whole_under_its_topic_at_every_moment(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there, _ = places(library)
    await application.importer.run()
    seen: list[tuple[int, ...]] = []

    async def look(_: int) -> None:
        queries = ("铁桶", "铁桶 主题:水利", "铁桶 主题:农业")
        seen.append(tuple([await found(application, query) for query in queries]))

    watched_writes(application, monkeypatch, look)
    here.rename(there)
    await application.importer.run()
    # Both files are known for a moment: the new one is read before the old one counts as gone.
    both, moved = (SECTIONS, SECTIONS, SECTIONS), (SECTIONS, 0, SECTIONS)
    assert list(dict.fromkeys(seen)) == [both, moved]


@pytest.mark.parametrize("at", range(1, 9))
@pytest.mark.parametrize("returns", [False, True])
async def test_a_kill_while_a_long_speech_moves_or_returns_leaves_it_as_it_was_or_will_be(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch, at: int, *, returns: bool
) -> None:
    here, there, away = places(library)
    await application.importer.run()
    if returns:
        here.rename(away)
        await application.importer.run()
    with killed_after(at, application, monkeypatch):
        (away if returns else here).rename(there)
        await application.importer.run()
    assert await found(application, "铁桶") in ((0, SECTIONS) if returns else (SECTIONS,))
    await application.importer.run()
    assert await found(application, "铁桶 主题:农业") == await found(application, "铁桶") == SECTIONS
    await is_whole(application)


async def taken_down(application: Application, library: Path) -> int:
    """The number of a long speech that was taken down, and is out of the index."""
    number = await just_taken_down(application, library)
    await application.importer.run()
    return number


async def just_taken_down(application: Application, library: Path) -> int:
    """The same, before an import has cleared it out of the index."""
    (library / "长.txt").write_text(long_text("铁桶"), encoding="utf-8")
    await application.importer.run()
    async with application.database.write() as connection:
        number = max(await listing.listed_numbers(connection))
        await version_store.set_taken_down(connection, number, "2026-03-18")
        await listing.list_speech(connection, number)
    return number


async def test_a_long_speech_is_put_back_in_short_transactions(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await taken_down(application, library)
    pieces = watched_pieces(application, monkeypatch)
    await put_back(application, number)
    assert 0 < max(pieces) <= hidden_sections.SECTIONS_AT_ONCE
    assert await found(application, "铁桶") == SECTIONS
    await is_whole(application)


@pytest.mark.parametrize("at", range(1, 9))
async def test_a_kill_while_a_long_speech_is_put_back_leaves_it_taken_down_or_whole(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    number = await taken_down(application, library)
    with killed_after(at, application, monkeypatch):
        await put_back(application, number)
    left = await found(application, "铁桶")
    assert left in (0, SECTIONS)
    await application.importer.run()
    assert await found(application, "铁桶") == left
    await is_whole(application)
    await put_back(application, number)
    assert await found(application, "铁桶") == SECTIONS
    await is_whole(application)


async def test_a_long_speech_is_put_back_whole_while_an_import_clears_up(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was taken out in part, too: neither undoes for ever what the other does."""
    number = await just_taken_down(application, library)
    with killed_after(3, application, monkeypatch):
        await application.importer.run()
    await asyncio.wait_for(asyncio.gather(application.importer.run(), put_back(application, number)), 60)
    assert await found(application, "铁桶") == SECTIONS
    await application.importer.run()
    await is_whole(application)


async def test_nothing_is_put_into_the_index_that_would_not_be_hidden(
    application: Application, library: Path
) -> None:
    number = await taken_down(application, library)
    async with application.database.write() as connection:
        begun = await listing.begin_to_put_in(connection, number)
        assert begun is not None
        assert await listing.put_in_some(connection, *begun)
    await application.importer.run()  # takes out what was begun
    async with application.database.write() as connection:
        assert not await listing.put_in_some(connection, *begun)
    assert await found(application, "铁桶") == 0
    await is_whole(application)


async def test_the_loop_answers_between_the_pieces_of_a_long_speech_that_is_put_back(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await taken_down(application, library)
    pieces: list[int] = []
    put_in_sections = index.put_in_sections

    async def noted(connection: aiosqlite.Connection, speech: Any, sections: Any) -> None:
        pieces.append(len(sections))
        await put_in_sections(connection, speech, sections)

    monkeypatch.setattr(index, "put_in_sections", noted)
    async with application.database.write() as connection:
        await version_store.set_taken_down(connection, number, None)
        await listing.list_speech(connection, number)
    assert sum(pieces) >= SECTIONS
    assert max(pieces) <= hidden_sections.SECTIONS_AT_ONCE
    await is_whole(application)


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
    """Each transaction is as short as for a text a seventh as long, and the loop turns at least every 50 ms of its
    thread's own time. As a whole, such a text held the writer for a second and the loop for a tenth of one."""
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
