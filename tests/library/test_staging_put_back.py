"""Long speeches that move, return or are put back come in short transactions too, hidden or whole at every
moment."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from long_texts import SECTIONS, found, is_whole, killed_after, long_text, watched_writes
from speech_texts import numbered

from jianggao.application import Application
from jianggao.library import hidden_sections, index, listing, version_store


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
