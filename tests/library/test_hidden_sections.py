"""Sections that are in the index, and that nobody finds."""

from __future__ import annotations

from stored_speeches import prepared, speech_text, store

from jianggao.database import Database
from jianggao.library import hidden_sections, speech_store
from jianggao.library.hidden_sections import HiddenSections, HiddenState, not_hidden

SPEECH = prepared(speech_text("在修渠会上的讲话", "修渠", "修闸", "修路"))


async def test_what_is_hidden_is_not_counted_nor_read(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, SPEECH)
        shown = await hidden_sections.shown_range(connection, number)
        assert shown is not None and shown[2] == 3 and shown[1] - shown[0] == 2
        version = await hidden_sections.version_of(connection, shown[0])
        sections = HiddenSections(shown[0], shown[1] - 1, number, version, "甲 乙", HiddenState.GONE)
        await hidden_sections.hide(connection, sections)
        assert await hidden_sections.shown_range(connection, number) == (shown[1], shown[1], 1)
        assert (await speech_store.count_listed(connection))[1] == 1
        assert await speech_store.section(connection, number, 3) is None
        assert await hidden_sections.hidden(connection) == [sections]
        await hidden_sections.show(connection, version)
        assert await hidden_sections.shown_range(connection, number) == shown
        assert await hidden_sections.hidden(connection, version) == []


async def test_a_speech_that_is_not_in_the_index_has_no_range(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, SPEECH, listed=False)
        assert await hidden_sections.shown_range(connection, number) is None


async def test_terms_and_state_are_those_of_one_version(database: Database) -> None:
    first = HiddenSections(10, 12, 1, 1, "甲", HiddenState.COMING)
    second = HiddenSections(20, 22, 1, 2, "甲", HiddenState.COMING)
    async with database.write() as connection:
        for sections in (second, first):
            await hidden_sections.hide(connection, sections)
        await hidden_sections.set_terms(connection, 1, "乙")
        await hidden_sections.set_ready(connection, 1)
        found = await hidden_sections.hidden(connection)
        assert found == [HiddenSections(10, 12, 1, 1, "乙", HiddenState.READY), second]
        assert await hidden_sections.hidden(connection, 2) == [second]
        ids = [row[0] for row in await connection.execute_fetchall(_OPEN_IDS.format(not_hidden("value")))]
    assert ids == [9, 13, 19, 23]


_OPEN_IDS = "SELECT value FROM json_each('[9, 10, 11, 12, 13, 19, 20, 22, 23]') WHERE {}"


async def test_ids_in_the_index_are_given_some_at_a_time(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, SPEECH)
        shown = await hidden_sections.shown_range(connection, number)
        assert shown is not None
        sections = HiddenSections(shown[0], shown[1], number, 1, "", HiddenState.GONE)
        ids = await hidden_sections.indexed_ids(connection, sections)
        assert len(ids) == 3 and await hidden_sections.indexed_ids(connection, sections, 2) == ids[:2]
        await hidden_sections.mark_unlisted(connection, ids[:1])
        assert await hidden_sections.indexed_ids(connection, sections) == ids[1:]
        assert (await speech_store.count_listed(connection))[1] == 2
        await hidden_sections.mark_listed(connection, ids[:1])
        assert (await speech_store.count_listed(connection))[1] == 3
