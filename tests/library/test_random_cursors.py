"""The shuffled order of sections, and how far each place has come in it."""

from __future__ import annotations

from jianggao.application import Application
from jianggao.library import random_cursors, speech_store
from jianggao.library.random_cursors import START, SectionCondition


async def test_the_order_names_each_listed_section_once(application: Application) -> None:
    drawn, after = [], START
    async with application.database.read() as connection:
        while (found := await random_cursors.section_after(connection, after)) is not None:
            row, after = found
            drawn.append(row.id)
            assert await random_cursors.shuffle_of(connection, row.id) == after
        rows = await connection.execute_fetchall("SELECT id FROM sections WHERE listed = 1")
    assert len(drawn) == len(set(drawn)) and set(drawn) == {row[0] for row in rows}


async def test_all_conditions_hold_together(application: Application) -> None:
    previews = SectionCondition("sections.audience = ? OR sections.audience = ?", (0, 0))
    async with application.database.read() as connection:
        speech = await speech_store.require_listed(connection, 8)
        ids = [row.id for row in await speech_store.sections_of_version(connection, speech.version)]
        on_topic = random_cursors.of_topics(speech.topics)
        found, after = [], START
        conditions = (previews, random_cursors.among(ids), on_topic)
        while (drawn := await random_cursors.section_after(connection, after, *conditions)) is not None:
            row, after = drawn
            found.append(row)
        assert found and all(row.id in ids and row.audience == 0 for row in found)
        nowhere = random_cursors.of_topics(["没有的主题"])
        assert await random_cursors.section_after(connection, START, nowhere) is None
        assert await random_cursors.section_after(connection, START, random_cursors.among([])) is None


async def test_cursors_are_each_places_and_each_topics_own(application: Application) -> None:
    async with application.database.write() as connection:
        await random_cursors.move_cursor(connection, "private:1", "水利", 5)
        await random_cursors.move_cursor(connection, "private:1", "水利", 9)
        await random_cursors.move_cursor(connection, "private:1", "", 3)
        assert await random_cursors.cursor_of(connection, "private:1", "水利") == 9
        assert await random_cursors.cursor_of(connection, "private:1", "") == 3
        assert await random_cursors.cursor_of(connection, "private:2", "水利") == START
        assert await random_cursors.shuffle_of(connection, 1) is None
