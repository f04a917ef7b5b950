"""An index of another version is made anew, speech by speech, and one of this version isn't touched."""

from __future__ import annotations

import pytest
from stored_speeches import AT, prepared, speech_text, store

from jianggao.database import Database
from jianggao.library import import_report_store, index, listing, speech_store
from jianggao.library.index_maintenance import merge_index, refresh_index
from jianggao.library.paced_writing import PacedWriter

TITLES = ("在修渠会上的讲话", "在修路会上的讲话", "在修桥会上的讲话")


@pytest.fixture
async def stored(database: Database) -> Database:
    async with database.write() as connection:
        for title in TITLES:
            await store(connection, prepared(speech_text(title, "修渠", "修闸")))
    return database


async def version(database: Database) -> str | None:
    async with database.read() as connection:
        return await import_report_store.fact(connection, "index version")


async def test_a_new_database_is_only_marked(stored: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "rebuild_speech", None)  # would raise
    await refresh_index(stored, PacedWriter(stored, 0.0))
    assert await version(stored) == index.VERSION


async def test_an_index_of_this_version_stays(stored: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stored.write() as connection:
        await import_report_store.set_fact(connection, "index version", index.VERSION)
    monkeypatch.setattr(index, "empty", None)  # would raise
    await refresh_index(stored, PacedWriter(stored, 0.0))
    assert await version(stored) == index.VERSION


async def test_an_index_of_another_version_is_made_anew(stored: Database) -> None:
    async with stored.write() as connection:
        await import_report_store.set_fact(connection, "index version", "earlier")
        before = [await index.stored_sections(connection, number) for number in (1, 2, 3)]
        await connection.execute("UPDATE indexed_sections SET body = 'x'")
    await refresh_index(stored, PacedWriter(stored, 0.0))
    async with stored.read() as connection:
        assert [await index.stored_sections(connection, number) for number in (1, 2, 3)] == before
        assert await speech_store.count_listed(connection) == (3, 6)
    assert await version(stored) == index.VERSION


async def test_after_a_kill_it_begins_anew(stored: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stored.write() as connection:
        await import_report_store.set_fact(connection, "index version", "earlier")

    class Killed(BaseException):
        pass

    rebuild = listing.rebuild_speech

    async def killed_at_the_second(connection: object, number: int) -> None:
        if number == 2:
            raise Killed
        await rebuild(connection, number)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(listing, "rebuild_speech", killed_at_the_second)
        with pytest.raises(Killed):
            await refresh_index(stored, PacedWriter(stored, 0.0))
    assert await version(stored) == "earlier"
    await refresh_index(stored, PacedWriter(stored, 0.0))
    async with stored.read() as connection:
        assert await speech_store.count_listed(connection) == (3, 6)
    assert await version(stored) == index.VERSION


async def test_merging_leaves_what_is_found(stored: Database) -> None:
    await merge_index(PacedWriter(stored, 0.0))
    async with stored.read() as connection:
        for table in ("section_grams", "speech_grams"):
            rows = await connection.execute_fetchall(
                f"SELECT count(*) FROM {table} WHERE {table} MATCH '\"修渠\"'"
            )
            assert next(iter(rows))[0] == 3, table


async def test_sentences_of_a_withdrawn_speech_are_found_anew_too(stored: Database) -> None:
    saying = "与其在台账里找亮点，不如到田埂上找差距。"
    async with stored.write() as connection:
        number = await store(connection, prepared(speech_text("在会上的讲话", "修井", body=saying * 3)))
        await connection.execute("UPDATE speeches SET withdrawn_at = ? WHERE number = ?", (AT, number))
        await listing.list_speech(connection, number)
        await connection.execute("UPDATE quotables SET score = 1")
        await import_report_store.set_fact(connection, "index version", "earlier")
    await refresh_index(stored, PacedWriter(stored, 0.0))
    async with stored.read() as connection:
        assert await listing.unlisted_numbers(connection) == [number]
        rows = list(await connection.execute_fetchall("SELECT score FROM quotables"))
    assert rows and all(row[0] > 1 for row in rows)
