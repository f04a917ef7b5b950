"""What goes into the index comes out of it without a trace, and nothing else with it."""

from __future__ import annotations

from typing import Any

import aiosqlite
from stored_speeches import prepared, speech_text, store

from jianggao.database import Database
from jianggao.library import hidden_sections, index, listing, speech_store
from jianggao.library.hidden_sections import HiddenSections, HiddenState
from jianggao.library.section_ids import Audience

CANAL = prepared(speech_text("在修渠会上的讲话", "抓好秋粮收购", "守住水库大坝"))
ROAD = prepared(speech_text("在修路会上的讲话", "修好进村道路"))


async def matches(connection: aiosqlite.Connection, table: str, expression: str) -> int:
    rows = await connection.execute_fetchall(
        f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (expression,)
    )
    return int(next(iter(rows))[0])


async def held(connection: aiosqlite.Connection) -> dict[str, Any]:
    """Everything that the index holds, but for words, which are never taken out."""
    tables: dict[str, Any] = {}
    for table in ("indexed_sections", "speech_index"):
        rows = await connection.execute_fetchall(f"SELECT * FROM {table} ORDER BY id")
        tables[table] = [tuple(row) for row in rows]
    for table in index.GRAM_TABLES:
        await connection.execute(f"CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, {table}, instance)")
        tables[table] = [tuple(row) for row in await connection.execute_fetchall("SELECT * FROM temp.v")]
        await connection.execute("DROP TABLE temp.v")
    return tables


async def test_locked_words_stand_in_the_table_of_whole_texts_alone(database: Database) -> None:
    async with database.write() as connection:
        await store(connection, CANAL, audiences={1: Audience.PREVIEW})
        assert await matches(connection, "section_grams", '"秋粮"') == 1
        assert await matches(connection, "section_grams", '"铁锹"') == 2
        assert await matches(connection, "public_grams", '"铁锹"') == 1


async def test_a_speech_is_taken_out_without_a_trace(database: Database) -> None:
    async with database.write() as connection:
        await store(connection, ROAD)
        before = await held(connection)
        number = await store(connection, CANAL, topics=["水利"])
        assert await held(connection) != before
        await index.take_out(connection, number)
        assert await held(connection) == before
        await index.take_out(connection, number)
        assert await held(connection) == before


async def test_sections_are_taken_out_by_the_terms_that_they_were_put_in_with(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, CANAL, listed=False)
        row = await speech_store.speech(connection, number)
        assert row is not None
        before = await held(connection)
        entry = listing.index_entry(row)
        entries = await listing.section_entries(connection, row.version)
        await index.put_in_sections(connection, entry, entries)
        await index.change_terms(connection, entry.terms, "〔别的 №9", [part.id for part in entries])
        assert await matches(connection, "section_grams", '"〔别的"') == 2
        assert await matches(connection, "public_grams", '"№9"') == 2
        assert await matches(connection, "section_grams", f'"№{number}"') == 0
        ids = [part.id for part in entries]
        await index.take_out_sections(connection, "〔别的 №9", ids)
        await hidden_sections.mark_unlisted(connection, ids)
        assert await held(connection) == before


async def test_words_of_locked_text_are_kept_by_month_and_public_ones_apart(database: Database) -> None:
    async with database.write() as connection:
        await store(connection, CANAL, audiences={1: Audience.PREVIEW})
        public = {row[0] for row in await connection.execute_fetchall("SELECT word FROM public_vocabulary")}
        locked = {row[0] for row in await connection.execute_fetchall("SELECT word FROM vocabulary")}
    assert "铁锹" in public and "水库" in public
    assert not public & locked


async def test_the_whole_index_is_emptied_but_for_what_was_never_listed(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, CANAL)
        coming = HiddenSections(1, 2, number, 98, "", HiddenState.COMING)
        for sections in (coming, HiddenSections(5, 6, number, 99, "", HiddenState.GONE)):
            await hidden_sections.hide(connection, sections)
        await index.empty(connection)
        assert all(not rows for rows in (await held(connection)).values())
        assert await hidden_sections.hidden(connection) == [coming]


async def test_many_segments_are_merged_step_by_step(database: Database) -> None:
    for _ in range(12):
        async with database.write() as connection:
            await store(connection, ROAD)
    steps = 0
    async with database.write() as connection:
        more = True
        while more:
            more = await index.merge_some(connection, "section_grams", first=steps == 0)
            steps += 1
        assert await matches(connection, "section_grams", '"铁锹"') == 12
    assert steps > 1


async def test_a_stored_entry_is_the_one_that_was_put_in(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, CANAL, topics=["水利"])
        row = await speech_store.speech(connection, number)
        assert row is not None
        assert await index.stored_speeches(connection, number) == [listing.index_entry(row)]
        stored = await index.stored_sections(connection, number)
        assert stored == sorted(
            await listing.section_entries(connection, row.version), key=lambda part: part.id
        )
        assert await index.stored_speeches(connection, 99) == []
