"""A session: what is searched for an asker in a place, and that nothing leaves unrecorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import aiosqlite
import pytest
from delivery_records import DeliveryRecord, deliveries_of

from jianggao.access.quotas import DailyQuotas
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.errors import CannotStart, CannotWrite, TooSlow
from jianggao.library import speech_store
from jianggao.library.section_ids import EVERY_ID, Audience
from jianggao.library.speech_store import SectionRow
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration
from jianggao.reading.reader import Reader
from jianggao.reading.session import NO_SECTIONS, ReadingSession
from jianggao.reading.slow_questions import count_slow_questions

MEMBER, VISITOR, SUPERUSER = "20001", "30001", "90001"
GROUP = Place(PlaceKind.MEMBER_GROUP, "700001")
FREE = Place(PlaceKind.FREE_GROUP, "700002")


def private(account: str) -> Place:
    return Place(PlaceKind.PRIVATE, account)


async def session_of(application: Application, account: str, place: Place | None = None) -> ReadingSession:
    reader: Reader = await application.reader(account, place or private(account))
    return reader._session


async def grant_member(application: Application) -> None:
    act = Act(SUPERUSER, "by-hand", application.clock(), application.settings.timezone)
    async with application.database.write() as connection:
        await administration.grant(connection, MEMBER, Duration(years=1), act)


async def rows_of(application: Application, number: int = 8) -> list[SectionRow]:
    async with application.database.read() as connection:
        speech = await speech_store.require_listed(connection, number)
        return await speech_store.sections_of_version(connection, speech.version)


async def recorded(application: Application, account: str) -> list[DeliveryRecord]:
    async with application.database.read() as connection:
        return await deliveries_of(connection, account)


def ids(rows: Sequence[SectionRow], *audiences: Audience) -> set[int]:
    return {row.id for row in rows if row.audience in audiences}


async def test_whole_texts_are_searched_for_who_may_read_them_here(application: Application) -> None:
    await grant_member(application)
    assert (await session_of(application, VISITOR)).searchable is None
    assert (await session_of(application, VISITOR, GROUP)).searchable is None
    assert (await session_of(application, MEMBER, FREE)).searchable is None
    assert (await session_of(application, SUPERUSER, FREE)).searchable is None
    assert (await session_of(application, SUPERUSER)).searchable == EVERY_ID
    first, last = (await session_of(application, MEMBER)).searchable or (0, 0)
    assert EVERY_ID[0] < first < last < EVERY_ID[1]
    reach = (await session_of(application, MEMBER, GROUP)).reach
    assert reach.whole == (first, last) and reach.in_member_group


async def test_what_leaves_is_recorded_and_previews_are_not(application: Application) -> None:
    await grant_member(application)
    rows = await rows_of(application)
    texts = await (await session_of(application, MEMBER)).recorded_texts(rows, "search", None)
    assert set(texts.by_id) == {row.id for row in rows}
    records = await recorded(application, MEMBER)
    assert {record.section for record in records} == ids(rows, Audience.MEMBER_GROUP, Audience.MEMBERS)
    assert texts.deliveries == tuple(record.id for record in records) and texts.unwritable == ""


async def test_a_visitor_gets_previews_and_a_group_its_share(application: Application) -> None:
    await grant_member(application)
    rows = await rows_of(application)
    texts = await (await session_of(application, VISITOR)).recorded_texts(rows, "search", None)
    assert set(texts.by_id) == ids(rows, Audience.PREVIEW) and texts.deliveries == ()
    in_group = await (await session_of(application, MEMBER, GROUP)).recorded_texts(rows, "search", None)
    assert set(in_group.by_id) == ids(rows, Audience.PREVIEW, Audience.MEMBER_GROUP)
    assert {record.section for record in await recorded(application, MEMBER)} == ids(
        rows, Audience.MEMBER_GROUP
    )


async def test_beyond_the_allowance_previews_alone_leave(application: Application) -> None:
    await grant_member(application)
    session = await session_of(application, MEMBER)
    rows = await rows_of(application)
    limited = replace(session, quotas=DailyQuotas(2, 2, application.settings.timezone))
    texts = await limited.recorded_texts(rows, "search", None)
    assert len(set(texts.by_id) - ids(rows, Audience.PREVIEW)) == 2 == len(texts.deliveries)


async def test_a_superuser_is_recorded_and_never_runs_out(application: Application) -> None:
    session = await session_of(application, SUPERUSER)
    assert session.quotas.sections > 10_000 and session.quotas.full_texts > 10_000
    texts = await session.recorded_texts(await rows_of(application), "search", None)
    assert len(texts.deliveries) == len(await recorded(application, SUPERUSER)) > 0


async def test_at_the_operators_terminal_all_is_shown_and_nothing_recorded(application: Application) -> None:
    session = application.local_reader(reads_all=True)._session
    rows = await rows_of(application)
    texts = await session.recorded_texts(rows, "search", None)
    assert texts.by_id == {row.id: row.body for row in rows}
    allowed = await session.record(rows, "search", session.place, None)
    assert allowed.ids == {row.id for row in rows} and allowed.deliveries == ()
    assert await recorded(application, "") == []


async def test_the_effect_shares_the_transaction_of_the_records(application: Application) -> None:
    session, rows = await session_of(application, SUPERUSER), await rows_of(application)

    async def fail(connection: aiosqlite.Connection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await session.recorded_texts(rows, "search", fail)
    assert await recorded(application, SUPERUSER) == []


async def test_where_nothing_can_be_recorded_previews_leave_with_the_reason(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, rows = await session_of(application, SUPERUSER), await rows_of(application)
    trouble = CannotStart("the disk is full")
    trouble.cause = "磁盘满了"

    async def unwritable(*_: object) -> object:
        raise CannotWrite(trouble)

    monkeypatch.setattr(ReadingSession, "_record", unwritable)
    texts = await session.recorded_texts(rows, "search", None)
    assert set(texts.by_id) == ids(rows, Audience.PREVIEW)
    assert texts.unwritable == "磁盘满了" and texts.deliveries == ()

    async def effect(connection: aiosqlite.Connection) -> None:
        """Never reached."""

    assert await session.record([], "search", session.place, effect) == NO_SECTIONS, "nothing leaves"
    with pytest.raises(CannotWrite):
        await session.record(rows, "search", session.place, effect)


async def test_questions_that_ran_out_of_time_are_counted(application: Application) -> None:
    session = await session_of(application, VISITOR)

    async def slow(asked: ReadingSession) -> None:
        raise TooSlow

    async def cut_short(asked: ReadingSession) -> str:
        asked.deadline.was_hit = True
        return "what was found by then"

    async def given_up(asked: ReadingSession) -> None:
        asked.deadline.stop()
        raise TooSlow

    async def quick(asked: ReadingSession) -> str:
        return "all"

    with pytest.raises(TooSlow):
        await session.answer("检索", slow)
    assert await session.answer("检索", cut_short) == "what was found by then"
    with pytest.raises(TooSlow):
        await session.answer("检索", given_up)
    assert await session.answer("检索", quick) == "all"
    async with application.database.read() as connection:
        assert await count_slow_questions(connection) == 2
