"""What makes the same words another version."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stored_speeches import prepared, speech_text, store

from jianggao.database import Database
from jianggao.library import speech_store
from jianggao.library.preparation import PreparedSpeech
from jianggao.library.version_comparison import differs

TEXT = speech_text("在晒谷会上的讲话", "看天", "看秤")


async def test_the_same_reading_is_no_other_version(database: Database) -> None:
    assert not await is_other(database, prepared(TEXT))


@pytest.mark.parametrize("name", ["title", "salutation", "occasion", "front"])
async def test_another_front_is_another_version(database: Database, name: str) -> None:
    assert await is_other(database, replace(prepared(TEXT), **{name: "别的"}))


async def test_another_level_of_a_heading_is_another_version(database: Database) -> None:
    speech = prepared(TEXT)
    headings = (replace(speech.headings[0], level=3), *speech.headings[1:])
    assert await is_other(database, replace(speech, headings=headings))


async def test_another_date_and_another_division_are_another_version(database: Database) -> None:
    assert await is_other(database, prepared(TEXT.replace("3月4日", "3月5日")))
    speech = prepared(TEXT)
    assert await is_other(database, replace(speech, sections=speech.sections[:-1]))
    assert not await is_other(database, replace(speech, date=None)), "the day of its first import stays"


async def is_other(database: Database, other: PreparedSpeech) -> bool:
    """Whether this reading differs from the stored one of TEXT."""
    async with database.write() as connection:
        number = await store(connection, prepared(TEXT))
        row = await speech_store.speech(connection, number)
        assert row is not None
        return await differs(connection, row, other)
