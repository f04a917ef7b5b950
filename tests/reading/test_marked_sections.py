"""Sections that leave are cut from marked copies: in private from the asker's, in a member group from that of
group and day. Previews are public text and the same for all. Each section looked at here carries several
marks."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from archive import fixed_keys
from traced_texts import LIBRARY

from jianggao.access.verdicts import Asker, Place, PlaceKind
from jianggao.application import Application
from jianggao.library import speech_store
from jianggao.library.section_ids import Audience
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, fold
from jianggao.settings import load_settings
from jianggao.tracing import store as tracing_store
from jianggao.tracing.group_days import GroupDay

pytestmark = pytest.mark.asyncio(loop_scope="module")
TITLE = "优化营商环境"
MEMBERS = ("20001", "20002", "20003")
GROUP = "700001"


@dataclass
class Room:
    """The sample library, its longest text, and a clock that tests move."""

    application: Application
    at: list[datetime]
    speech: speech_store.SpeechRow
    rows: list[speech_store.SectionRow] = field(default_factory=list)

    async def read(self, account: str, place: Place, ordinal: int) -> str | None:
        grant = LedgerEntry(
            1, EntryKind.GRANT, account, "90001", self.at[0], Duration(years=1), "", None, "1"
        )
        state = fold([grant], self.application.settings.timezone)
        reader = self.application.reader_for(Asker(account, False, state), place)
        return (await reader.section(self.speech.number, ordinal)).body

    async def marks_in(self, row: speech_store.SectionRow) -> int:
        """How many places of the section are marked."""
        await self.application.copies.of(MEMBERS[0], self.speech.version)
        async with self.application.database.read() as connection:
            stored = await tracing_store.plan_of(
                connection, self.speech.version, self.application.copies.strength
            )
            parts = await speech_store.sections_of_version(connection, self.speech.version)
        assert stored is not None
        start = len(self.speech.front) + sum(
            len(part.lead) + len(part.body) for part in parts if part.ordinal < row.ordinal
        )
        end = start + len(row.lead) + len(row.body)
        return sum(start <= one.offset < end for one in stored.plan.carriers)

    async def deliveries(self) -> list[dict[str, Any]]:
        async with self.application.database.read() as connection:
            rows = await connection.execute_fetchall("SELECT * FROM deliveries ORDER BY id")
        return [dict(row) for row in rows]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Room]:
    folder: Path = tmp_path_factory.mktemp("sections")
    fixed_keys(folder)
    values = {
        "LIBRARY_DIR": str(LIBRARY),
        "DATABASE_FILE": str(folder / "bot.db"),
        "MARK_STRENGTH": "strong",
        "SECTIONS_PER_DAY": "500",
    }
    at = [datetime(2026, 11, 20, 4, 0, tzinfo=timezone.utc)]
    application = await Application.open(
        load_settings(values), clock=lambda: at[0], rng=random.Random(1), workers=0
    )
    await application.importer.run()
    async with application.database.read() as connection:
        found = await connection.execute_fetchall(
            "SELECT speech FROM versions WHERE title LIKE ?", (f"%{TITLE}%",)
        )
        speech = await speech_store.require_listed(connection, next(iter(found))[0])
        rows = await speech_store.sections_of_version(connection, speech.version)
    yield Room(application, at, speech, list(rows))
    await application.close()


def in_private(account: str) -> Place:
    return Place(PlaceKind.PRIVATE, account)


async def test_what_members_read_in_private_is_cut_from_their_own_copies(room: Room) -> None:
    rows = [row for row in room.rows if row.audience != Audience.PREVIEW and await room.marks_in(row) >= 3]
    assert len(rows) >= 8
    read = {}
    for account in MEMBERS:
        copy = await room.application.copies.of(account, room.speech.version)
        for row in rows:
            read[account, row.ordinal] = await room.read(account, in_private(account), row.ordinal)
            assert read[account, row.ordinal] == copy.sections[row.ordinal].strip()
    for row in rows:
        assert len({read[account, row.ordinal] for account in MEMBERS}) > 1
    clean = [read[account, row.ordinal] == row.body.strip() for account in MEMBERS for row in rows]
    assert sum(clean) < len(clean) / 3


async def test_what_a_member_group_is_shown_is_marked_for_the_group_and_the_day(room: Room) -> None:
    rows = [
        row for row in room.rows if row.audience == Audience.MEMBER_GROUP and await room.marks_in(row) >= 2
    ]
    assert rows
    place, today = Place(PlaceKind.MEMBER_GROUP, GROUP), room.at[0]
    reader = GroupDay(GROUP, today.date()).reader
    copy = await room.application.copies.of(reader, room.speech.version)
    before = len(await room.deliveries())
    for row in rows:
        shown = {account: await room.read(account, place, row.ordinal) for account in MEMBERS}
        assert set(shown.values()) == {copy.sections[row.ordinal].strip()}
    recorded = (await room.deliveries())[before:]
    assert {(one["marked_for"], one["plan"], one["mark_key"]) for one in recorded} == {
        (reader, copy.plan, copy.mark_key)
    }
    assert {one["account"] for one in recorded} == set(MEMBERS)
    tomorrow = await room.application.copies.of(
        GroupDay(GROUP, (today + timedelta(days=1)).date()).reader, room.speech.version
    )
    room.at[0] = today + timedelta(days=1)
    try:
        changed = [
            (row, await room.read(MEMBERS[0], place, row.ordinal), copy.sections[row.ordinal].strip())
            for row in rows
        ]
    finally:
        room.at[0] = today
    assert all(now == tomorrow.sections[row.ordinal].strip() for row, now, _ in changed)
    assert any(now != then for _, now, then in changed)


async def test_who_asked_in_the_group_is_no_suspect_for_the_groups_copy(room: Room) -> None:
    row = next(row for row in room.rows if row.audience == Audience.MEMBER_GROUP)
    await room.read("20099", Place(PlaceKind.MEMBER_GROUP, GROUP), row.ordinal)
    async with room.application.database.read() as connection:
        copies = await tracing_store.copies_of(connection, [room.speech.version])
    assert "20099" not in {one.account for one in copies}
    assert all(GroupDay.of(one.account) is None for one in copies)


async def test_previews_are_the_same_for_all_everywhere(room: Room) -> None:
    places = [
        in_private(MEMBERS[0]),
        Place(PlaceKind.MEMBER_GROUP, GROUP),
        Place(PlaceKind.FREE_GROUP, "700002"),
    ]
    for row in room.rows:
        if row.audience == Audience.PREVIEW:
            for place in places:
                assert await room.read(MEMBERS[0], place, row.ordinal) == row.body.strip()


async def test_a_group_and_its_day_come_back_from_what_is_recorded() -> None:
    one = GroupDay(GROUP, datetime(2026, 11, 25, tzinfo=timezone.utc).date())
    assert one.reader == "group:700001:2026-11-25"
    assert GroupDay.of(one.reader) == one
    assert GroupDay.of("20001") is None


async def test_previews_are_the_same_in_every_answer_whoever_asks(room: Room) -> None:
    """They are public text: with marks in them, two members could lay theirs side by side."""
    rows = [row for row in room.rows if row.audience == Audience.PREVIEW and await room.marks_in(row) >= 1]
    assert rows
    for account in MEMBERS:
        grant = LedgerEntry(
            1, EntryKind.GRANT, account, "90001", room.at[0], Duration(years=1), "", None, "1"
        )
        asker = Asker(account, False, fold([grant], room.application.settings.timezone))
        for place in (in_private(account), Place(PlaceKind.MEMBER_GROUP, GROUP)):
            session = room.application.reader_for(asker, place)._session
            texts = (await session.recorded_texts(rows, "search", None)).by_id
            assert texts == {row.id: row.body for row in rows}
