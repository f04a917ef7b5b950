"""What is read of speeches: those that can be found, in their current version."""

from __future__ import annotations

from datetime import date

import pytest
from stored_speeches import AT, prepared, speech_text, store

from jianggao.database import Database
from jianggao.errors import NotFound
from jianggao.library import listing, speech_store, version_store

CANAL = speech_text("在修渠会上的讲话", "修渠", "修闸")
ROAD = speech_text("在修路会上的讲话", "修路", day="2024年5月6日")


@pytest.fixture
async def numbers(database: Database) -> tuple[int, int]:
    async with database.write() as connection:
        canal = await store(connection, prepared(CANAL), topics=["水利"])
        road = await store(connection, prepared(ROAD), topics=["交通", "水利"])
    return canal, road


async def test_a_speech_is_read_with_its_current_version(
    database: Database, numbers: tuple[int, int]
) -> None:
    async with database.read() as connection:
        row = await speech_store.require_listed(connection, numbers[1])
        found = await speech_store.speeches(connection, [*numbers, 99])
    assert (row.title, row.material_date, row.topics) == (
        "在修路会上的讲话",
        date(2024, 5, 6),
        ("交通", "水利"),
    )
    assert row.listed and row.front.startswith("在修路会上的讲话")
    assert set(found) == set(numbers) and found[numbers[1]] == row


async def test_the_text_of_a_version_is_its_cleaned_text(
    database: Database, numbers: tuple[int, int]
) -> None:
    async with database.read() as connection:
        row = await speech_store.require_listed(connection, numbers[0])
        behind = await speech_store.text_behind_front(connection, row.version)
        assert await speech_store.version_text(connection, row.version) == row.front + behind == CANAL
        assert await speech_store.text_behind_front(connection, 99) == ""


async def test_a_version_of_before_is_read_as_a_speech(database: Database, numbers: tuple[int, int]) -> None:
    async with database.write() as connection:
        before = await speech_store.require_listed(connection, numbers[0])
        await store(connection, prepared(speech_text("在修桥会上的讲话", "修桥")), number=numbers[0])
        assert (await speech_store.require_listed(connection, numbers[0])).title == "在修桥会上的讲话"
        assert (await speech_store.speech_of_version(connection, before.version)).title == before.title
        with pytest.raises(ValueError, match="no version 99"):
            await speech_store.speech_of_version(connection, 99)


@pytest.mark.parametrize("withdrawn", [True, False])
async def test_what_was_taken_away_is_read_by_number_alone(
    database: Database, numbers: tuple[int, int], withdrawn: bool
) -> None:
    change = version_store.set_withdrawn if withdrawn else version_store.set_taken_down
    canal, road = numbers
    async with database.write() as connection:
        await change(connection, canal, AT)
        await listing.list_speech(connection, canal)
        row = await speech_store.speech(connection, canal)
        assert row is not None and not row.listed
        assert (row.withdrawn, row.taken_down) == (withdrawn, not withdrawn)
        with pytest.raises(NotFound, match=f"现有 {road}–{road} 篇"):
            await speech_store.require_listed(connection, canal)
        assert await speech_store.section(connection, canal, 1) is None
        assert await speech_store.section(connection, road, 1) is not None
        assert await speech_store.listed_among(connection, [canal, road, 99]) == {road}
        assert await speech_store.count_listed(connection) == (1, 1)
        assert await speech_store.topics(connection) == ["交通", "水利"]
        assert await speech_store.years(connection) == [2024]
        assert await speech_store.all_numbers(connection) == [canal, road]


async def test_an_empty_library_says_so(database: Database) -> None:
    async with database.read() as connection:
        assert await speech_store.span_of_numbers(connection) is None
        assert await speech_store.count_listed(connection) == (0, 0)
        with pytest.raises(NotFound, match="还没有讲稿"):
            await speech_store.require_listed(connection, 1)


async def test_topics_of_most_speeches_and_newest_years_come_first(
    database: Database, numbers: tuple[int, int]
) -> None:
    async with database.read() as connection:
        assert await speech_store.topics(connection) == ["水利", "交通"]
        assert await speech_store.years(connection) == [2025, 2024]
        assert await speech_store.span_of_numbers(connection) == numbers


async def test_a_row_that_is_damaged_raises(database: Database, numbers: tuple[int, int]) -> None:
    async with database.write() as connection:
        await connection.execute("UPDATE versions SET headings = '[{\"level\": 1}]'")
        with pytest.raises(TypeError):
            await speech_store.speech(connection, numbers[0])
        await connection.execute("UPDATE versions SET headings = '[]', material_date = 'x'")
        with pytest.raises(ValueError, match="isoformat"):
            await speech_store.speech(connection, numbers[0])


async def test_the_counts_of_a_file_of_the_first_release(
    database: Database, numbers: tuple[int, int]
) -> None:
    """It hid nothing, and has no table for it."""
    import sqlite3

    async with database.read() as connection:
        counts = await speech_store.count_listed(connection)
    with sqlite3.connect(database.path) as file:
        assert speech_store.count_listed_in(file) == counts == (2, 3)
        file.execute("ALTER TABLE hidden_sections RENAME TO something_else")
        assert speech_store.count_listed_in(file) == counts
        file.rollback()
    file.close()


async def test_the_newest_of_some_days(database: Database, numbers: tuple[int, int]) -> None:
    """Road is of 2024-05-06."""
    async with database.read() as connection:
        day = date(2024, 5, 6)
        assert await speech_store.newest_within(connection, day, day) == numbers[1]
        assert await speech_store.newest_within(connection, date(2000, 1, 1), date(2000, 12, 31)) is None
        newest = await speech_store.newest_within(connection, date.min, date.max)
        rows = await speech_store.speeches(connection, numbers)
    assert newest == max(rows.values(), key=lambda row: (row.material_date, row.number)).number
