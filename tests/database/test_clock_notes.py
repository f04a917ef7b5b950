"""What was stored tells whether the clock is behind; what a wrong clock stored doesn't count."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from jianggao.clock import EARLIEST_POSSIBLE_TIME, to_text
from jianggao.database import Database
from jianggao.database.clock_notes import (
    ClockNotes,
    clock_notes,
    clock_notes_in,
    doubt_clock,
    newest_time,
    newest_time_in,
    trust_clock,
)

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
DAY = timedelta(days=1)


async def store(database: Database, *moments: datetime) -> None:
    """As messages that were processed then."""
    async with database.write() as connection:
        for at in moments:
            await connection.execute(
                "INSERT INTO claims (message, claimed_at) VALUES (?, ?)", (to_text(at), to_text(at))
            )


async def newest(database: Database) -> datetime | None:
    async with database.read() as connection:
        moment = await newest_time(connection)
    assert moment == await database.run_in_snapshot(lambda snapshot: newest_time_in(snapshot.connection))
    return moment


async def notes(database: Database) -> ClockNotes:
    async with database.read() as connection:
        known = await clock_notes(connection)
    assert known == await database.run_in_snapshot(lambda snapshot: clock_notes_in(snapshot.connection))
    return known


async def trust(database: Database, now: datetime, files: datetime | None = None) -> None:
    async with database.write() as connection:
        await trust_clock(connection, now, files)


async def doubt(database: Database, since: datetime) -> None:
    async with database.write() as connection:
        await doubt_clock(connection, since)


async def test_where_nothing_was_stored_nothing_is_known(database: Database) -> None:
    assert await newest(database) is None
    assert await notes(database) == ClockNotes()


async def test_the_newest_of_all_tables_counts(database: Database) -> None:
    await store(database, NOW, NOW - DAY)
    async with database.write() as connection:
        await connection.execute(
            "INSERT INTO import_reports (finished_at, report) VALUES (?, '{}')", (to_text(NOW + DAY),)
        )
    assert await newest(database) == NOW + DAY


async def test_an_impossible_time_does_not_count(database: Database) -> None:
    await store(database, EARLIEST_POSSIBLE_TIME - DAY)
    assert await newest(database) is None


async def test_what_lay_ahead_of_a_clock_that_is_right_does_not_count(database: Database) -> None:
    await store(database, NOW - DAY, NOW + 300 * DAY, NOW + 900 * DAY)
    await trust(database, NOW)
    assert await newest(database) == NOW - DAY
    await store(database, NOW)
    assert await newest(database) == NOW
    known = await notes(database)
    assert known.covers(NOW + 500 * DAY) and not known.covers(NOW) and not known.covers(NOW + 901 * DAY)
    await store(database, NOW + 1_000 * DAY)  # after the span, times are evidence again
    assert await newest(database) == NOW + 1_000 * DAY


async def test_spans_that_were_trusted_grow_together(database: Database) -> None:
    await store(database, NOW + 300 * DAY)
    await trust(database, NOW)
    await store(database, NOW + 100 * DAY, NOW + 500 * DAY)
    await trust(database, NOW + DAY)
    assert await newest(database) is None
    assert (await notes(database)).until == to_text(NOW + 500 * DAY)


async def test_where_nothing_lies_ahead_there_is_nothing_to_note(database: Database) -> None:
    await store(database, NOW - DAY)
    await trust(database, NOW)
    assert await notes(database) == ClockNotes()


async def test_what_a_doubted_clock_stored_does_not_count_until_it_is_trusted(database: Database) -> None:
    await store(database, NOW)
    await doubt(database, NOW + 10 * DAY)
    await store(database, NOW + 20 * DAY)
    assert await newest(database) == NOW
    await doubt(database, NOW + 30 * DAY)  # the earliest doubt stays
    assert (await notes(database)).ahead_since == to_text(NOW + 10 * DAY)
    await trust(database, NOW + 21 * DAY)
    assert await newest(database) == NOW + 20 * DAY


async def test_times_of_files_count_unless_they_were_trusted_or_the_clock_is_doubted(
    database: Database,
) -> None:
    await trust(database, NOW, files=NOW + 100 * DAY)
    known = await notes(database)
    assert not known.counts_file(NOW + 100 * DAY) and known.counts_file(NOW + 101 * DAY)
    await doubt(database, NOW + 200 * DAY)
    known = await notes(database)
    assert known.counts_file(NOW + 199 * DAY) and not known.counts_file(NOW + 200 * DAY)


@pytest.mark.parametrize("files", [None, NOW, NOW - DAY])
async def test_files_of_the_past_are_not_noted(database: Database, files: datetime | None) -> None:
    await trust(database, NOW, files=files)
    assert (await notes(database)).files == ""
