"""The index follows the stored speeches; a long speech comes and goes a few sections at a time, unseen."""

from __future__ import annotations

import itertools
from datetime import date

import aiosqlite
import pytest
from stored_speeches import AT, long_text, prepared, public_part, speech_text, store

from jianggao.database import Database
from jianggao.library import hidden_sections, index, listing, speech_store, version_store
from jianggao.library.hidden_sections import LONG_SPEECH, SECTIONS_AT_ONCE
from jianggao.library.preparation import PreparedSpeech

SHORT = prepared(speech_text("在修渠会上的讲话", "修渠", "修闸"))
LONG = prepared(long_text("在修渠会上的讲话", LONG_SPEECH + SECTIONS_AT_ONCE))


async def indexed(connection: aiosqlite.Connection, number: int) -> int:
    rows = await connection.execute_fetchall(
        "SELECT count(*) FROM indexed_sections WHERE speech = ?", (number,)
    )
    return int(next(iter(rows))[0])


def test_the_long_speech_of_these_tests_is_long() -> None:
    assert len(LONG.sections) > LONG_SPEECH >= len(SHORT.sections)


@pytest.mark.parametrize("speech", [SHORT, LONG], ids=["short", "long"])
async def test_listing_twice_changes_nothing(database: Database, speech: PreparedSpeech) -> None:
    async with database.write() as connection:
        number = await store(connection, speech)
        counts = await speech_store.count_listed(connection)
        assert counts == (1, len(speech.sections))
        await listing.list_speech(connection, number)
        assert await speech_store.count_listed(connection) == counts
        assert await indexed(connection, number) == len(speech.sections)
        assert await listing.listed_numbers(connection) == [number]


async def test_a_speech_that_is_taken_down_leaves_the_index(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, SHORT)
        await version_store.set_taken_down(connection, number, AT)
        await listing.list_speech(connection, number)
        assert await indexed(connection, number) == 0
        assert await listing.listed_numbers(connection) == []
        await version_store.set_taken_down(connection, number, None)
        await listing.list_speech(connection, number)
        assert await indexed(connection, number) == len(SHORT.sections)


async def test_a_long_speech_is_hidden_at_once_and_taken_out_by_and_by(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, LONG)
        row = await speech_store.require_listed(connection, number)
        await version_store.set_taken_down(connection, number, AT)
        await listing.list_speech(connection, number)
        assert (await speech_store.count_listed(connection))[1] == 0
        steps = [await indexed(connection, number)]
        more = True
        while more:
            more = await listing.take_out_hidden(connection, row.version)
            steps.append(await indexed(connection, number))
        assert steps[0] == len(LONG.sections) and steps[-1] == 0
        assert all(before - after <= SECTIONS_AT_ONCE for before, after in itertools.pairwise(steps))
        assert await hidden_sections.hidden(connection) == []
        assert await speech_store.version_text(connection, row.version) != ""  # the text itself stays


async def test_a_long_speech_comes_back_by_and_by_and_is_shown_at_once(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, LONG)
        await version_store.set_taken_down(connection, number, AT)
        await listing.list_speech(connection, number)
        row = await speech_store.speech(connection, number)
        assert row is not None
        while await listing.take_out_hidden(connection, row.version):
            pass
        coming = await listing.begin_to_put_in(connection, number)
        assert coming is not None
        while await listing.put_in_some(connection, *coming):
            assert (await speech_store.count_listed(connection))[1] == 0
        assert await indexed(connection, number) == len(LONG.sections)
        await version_store.set_taken_down(connection, number, None)
        await listing.list_speech(connection, number)
        assert (await speech_store.count_listed(connection))[1] == len(LONG.sections)
        assert await hidden_sections.hidden(connection) == []
        assert not await listing.put_in_some(connection, *coming)


async def test_only_a_long_speech_that_will_come_back_is_put_in_before(database: Database) -> None:
    async with database.write() as connection:
        short, listed, both = [await store(connection, speech) for speech in (SHORT, LONG, LONG)]
        await version_store.set_taken_down(connection, short, AT)
        await version_store.set_taken_down(connection, both, AT)
        await version_store.set_withdrawn(connection, both, AT)
        for number in (short, listed, both, 99):
            assert await listing.begin_to_put_in(connection, number) is None


async def test_topics_that_changed_while_it_was_hidden_lead_to_it(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, LONG, topics=["水利"])
        await version_store.set_taken_down(connection, number, AT)
        await listing.list_speech(connection, number)
        await version_store.set_topics(connection, number, ["农业"])
        await version_store.set_taken_down(connection, number, None)
        await listing.list_speech(connection, number)
        counts = []
        for topic in ("水利", "农业"):
            rows = await connection.execute_fetchall(
                "SELECT count(*) FROM section_grams WHERE section_grams MATCH ?", (f'"〔{topic}"',)
            )
            counts.append(next(iter(rows))[0])
    assert counts == [0, len(LONG.sections)]


def test_telling_words_of_the_title_lead_to_a_speech() -> None:
    entry = listing.coming_entry(
        3, SHORT, public_part(SHORT.version_text), date(2025, 3, 4), ["铁锹"], ["水利"]
    )
    assert {"铁锹", "水利", "一修渠"} <= set(entry.runs)
    assert entry.title == "在修渠会上的讲话" and entry.number == 3


async def test_what_will_be_stored_gives_the_entries_of_what_is_stored(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, SHORT)
        row = await speech_store.require_listed(connection, number)
        rows = await connection.execute_fetchall(
            f"SELECT {speech_store.STORED_SECTION} FROM sections ORDER BY id"
        )
        values = [tuple(stored)[:-1] for stored in rows]
        assert listing.entries_of_rows(values, row.occasion) == await listing.section_entries(
            connection, row.version
        )
        assert await listing.section_entries(connection, row.version, missing=True) == []
        assert len(await listing.section_entries(connection, row.version, limit=1)) == 1


async def test_the_index_is_made_anew_from_the_texts(database: Database) -> None:
    async with database.write() as connection:
        numbers = [await store(connection, speech) for speech in (SHORT, LONG)]
        before = [await index.stored_sections(connection, number) for number in numbers]
        await connection.execute("DELETE FROM quotables")
        await listing.rebuild_index(connection)
        assert [await index.stored_sections(connection, number) for number in numbers] == before
        assert await speech_store.count_listed(connection) == (2, sum(map(len, before)))


async def test_marks_that_do_not_fit_are_settled(database: Database) -> None:
    """As in a damaged file: earlier versions marked as listed, sentences and topics of nothing."""
    async with database.write() as connection:
        number = await store(connection, SHORT)
        await store(connection, prepared(speech_text("在修路会上的讲话", "修路")), number=number)
        await connection.execute("UPDATE sections SET listed = 1")
        await listing.settle_listed(connection)
        row = await speech_store.require_listed(connection, number)
        rows = await connection.execute_fetchall("SELECT DISTINCT version FROM sections WHERE listed = 1")
        assert [stored[0] for stored in rows] == [row.version]
