"""Versions are stored with their sections; the ids of these stand in date order and are never given twice."""

from __future__ import annotations

from datetime import date

from stored_speeches import BODY, TODAY, prepared, public_part, speech_text, store

from jianggao.database import Database
from jianggao.library import speech_store, version_store
from jianggao.library.hidden_sections import HiddenSections, HiddenState, hide
from jianggao.library.section_ids import Audience, first_id, last_id
from jianggao.library.speech_store import OutlineHeading

SPEECH = prepared(speech_text("在修渠会上的讲话", "修渠", "修闸"))
DAY = date(2025, 3, 4)


async def test_a_speech_without_a_version_has_keywords_and_nothing_else(database: Database) -> None:
    async with database.write() as connection:
        number = await version_store.add_speech(connection, TODAY, ["渠长", "闸门"])
        assert await version_store.keywords_of(connection, number) == ("渠长", "闸门")
        assert await speech_store.speech(connection, number) is None
        assert await speech_store.first_import(connection, number) == TODAY
        await version_store.set_keywords(connection, number, ("闸门",))
        assert await version_store.keywords_of(connection, number) == ("闸门",)


async def test_the_first_section_has_the_largest_id_of_its_day(database: Database) -> None:
    """So that newest first is reading order within a speech."""
    async with database.write() as connection:
        number = await store(connection, SPEECH)
        row = await speech_store.speech(connection, number)
        assert row is not None
        ids = [part.id for part in await speech_store.sections_of_version(connection, row.version)]
    assert ids == sorted(ids, reverse=True) and len(ids) == len(SPEECH.sections)
    assert first_id(DAY) < min(ids) and max(ids) <= last_id(DAY)


async def test_an_id_is_never_given_again(database: Database) -> None:
    async with database.write() as connection:
        await store(connection, SPEECH)
        highest = await version_store.last_id_of(connection, DAY)
        assert highest == first_id(DAY) + len(SPEECH.sections)
        await hide(
            connection, HiddenSections(highest + 1, highest + 5, 1, 99, "", HiddenState.COMING)
        )  # not stored yet
        assert await version_store.last_id_of(connection, DAY) == highest + 5
        assert await version_store.last_id_of(connection, date(2025, 3, 5)) == first_id(date(2025, 3, 5))


async def test_a_new_version_is_current_and_the_old_one_stays(database: Database) -> None:
    changed = prepared(speech_text("在修渠会上的讲话", "修渠", "修路"))
    async with database.write() as connection:
        number = await store(connection, SPEECH)
        before = await speech_store.require_listed(connection, number)
        assert await store(connection, changed, number=number) == number
        now = await speech_store.require_listed(connection, number)
        assert await version_store.versions_of(connection, number) == [before.version, now.version]
        assert await speech_store.version_text(connection, before.version) != ""
        assert await version_store.speech_with_hash(connection, changed.text_hash) == number
        assert await version_store.speech_with_hash(connection, SPEECH.text_hash) is None


async def test_headings_and_public_parts_are_replaced(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, SPEECH)
        row = await speech_store.require_listed(connection, number)
        headings = [OutlineHeading(1, "一、", "修渠", "一、修…", 1)]
        await version_store.set_headings(connection, row.version, headings)
        (first, *rest) = await speech_store.sections_of_version(connection, row.version)
        await version_store.set_public_sections(connection, [(first.id, Audience.PREVIEW, "…")])
        row = await speech_store.require_listed(connection, number)
        assert row.headings == tuple(headings)
        (changed, *unchanged) = await speech_store.sections_of_version(connection, row.version)
    assert (changed.audience, changed.public_label, changed.body) == (Audience.PREVIEW, "…", first.body)
    assert unchanged == rest


def test_an_outline_has_what_is_public_of_each_heading() -> None:
    outline = version_store.outline(SPEECH, public_part(SPEECH.version_text))
    assert [heading.mark + heading.text for heading in outline] == ["一、修渠", "二、修闸"]
    assert [heading.public for heading in outline] == ["一、修渠", "二、修闸"]


def test_rows_have_the_public_headings_of_their_section() -> None:
    part = public_part(SPEECH.version_text, {1: Audience.PREVIEW})
    rows = version_store.section_rows(5, 7, SPEECH, 100, part, lambda number, ordinal: number * 10 + ordinal)
    assert [row[0] for row in rows] == [102, 101]
    assert [row[6] for row in rows] == ["一、修渠", "二、修闸"]
    assert [row[9] for row in rows] == [Audience.PREVIEW, Audience.MEMBERS]
    assert [row[10] for row in rows] == [51, 52]


async def test_topics_are_replaced(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, SPEECH, topics=["水利"])
        await version_store.set_topics(connection, number, ["党建", "农业", "党建"])
        assert (await speech_store.require_listed(connection, number)).topics == ("党建", "农业")


async def test_sentences_worth_quoting_are_replaced(database: Database) -> None:
    speech = prepared(
        speech_text(
            "在修渠会上的讲话", "修渠", body="渠水有声，人心有秤。今冬多流一身汗，来年少求一回天。" + BODY
        )
    )
    async with database.write() as connection:
        number = await store(connection, speech)
        row = await speech_store.require_listed(connection, number)
        (section,) = await speech_store.sections_of_version(connection, row.version)
        count = "SELECT count(*) FROM quotables WHERE section = ?"
        stored = next(iter(await connection.execute_fetchall(count, (section.id,))))[0]
        assert stored == len(speech.sections[0].quotables) > 0
        await version_store.add_quotables(connection, section.id, speech.sections[0].quotables)
        assert next(iter(await connection.execute_fetchall(count, (section.id,))))[0] == stored
        await version_store.add_quotables(connection, section.id, ())
        assert next(iter(await connection.execute_fetchall(count, (section.id,))))[0] == 0
