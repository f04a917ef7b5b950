"""A reader's methods return why something can't be read, and settle what left."""

from __future__ import annotations

import pytest
from delivery_records import deliveries_of

from jianggao.access.deliveries import DeliveryOutcome
from jianggao.access.quotas import DailyQuotas
from jianggao.access.verdicts import Locked, LockReason, Place, PlaceKind
from jianggao.application import Application
from jianggao.errors import NotFound, WrongUse
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, SendOutcome, Unknown
from jianggao.reading.reader import DOCUMENT, FORWARD, TEXT, Reader
from jianggao.reading.views import NO_CONTENTS, FullText, NothingToDraw, QuotaSpent, SectionView

MEMBER, VISITOR, SUPERUSER = "20001", "30001", "90001"
NOT_A_FRIEND = Refused(RefusalReason.NOT_A_FRIEND)


async def member_of(application: Application, *, sections: int = 500, full_texts: int = 20) -> Reader:
    """A member's reader in private, with quotas of the day."""
    act = Act(SUPERUSER, "by-hand", application.clock(), application.settings.timezone)
    async with application.database.write() as connection:
        await administration.grant(connection, MEMBER, Duration(years=1), act)
    reader = await reader_of(application, MEMBER)
    object.__setattr__(
        reader._session, "quotas", DailyQuotas(sections, full_texts, application.settings.timezone)
    )
    return reader


async def reader_of(
    application: Application, account: str, kind: PlaceKind = PlaceKind.PRIVATE, chat: str = ""
) -> Reader:
    return await application.reader(account, Place(kind, chat or account))


async def outcomes(application: Application, account: str = MEMBER) -> list[DeliveryOutcome]:
    async with application.database.read() as connection:
        return [record.outcome for record in await deliveries_of(connection, account)]


async def locked_numbers(application: Application) -> list[tuple[int, int]]:
    """Sections that only members may read."""
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT speech, ordinal FROM sections WHERE audience = 2 AND listed = 1 ORDER BY id"
        )
    return [(row[0], row[1]) for row in rows]


# --- full texts -----------------------------------------------------------------------------------------------------


async def test_a_visitor_has_the_lock_and_nothing_is_recorded(application: Application) -> None:
    result = await (await reader_of(application, VISITOR)).full_text(8, TEXT)
    assert result == Locked(LockReason.NOT_A_MEMBER)
    assert await outcomes(application, VISITOR) == []


@pytest.mark.parametrize(("form", "is_file"), [(DOCUMENT, True), (TEXT, True), (FORWARD, False)])
async def test_a_member_has_the_copy_in_the_form_asked_for(
    application: Application, form: str, is_file: bool
) -> None:
    result = await (await member_of(application)).full_text(8, form)
    assert isinstance(result, FullText)
    assert result.number == 8 and (result.content is not None) is is_file
    assert await outcomes(application) == [DeliveryOutcome.RECORDED]


async def test_beyond_the_quota_there_is_none_but_what_was_received_today_is_free(
    application: Application,
) -> None:
    reader = await member_of(application, full_texts=1)
    assert isinstance(await reader.full_text(8, TEXT), FullText)
    assert await reader.full_text(7, TEXT) == QuotaSpent()
    assert isinstance(await reader.full_text(8, FORWARD), FullText)


@pytest.mark.parametrize(
    ("sent", "is_free_again"),
    [
        (Delivered("7"), False),
        (Unknown(), False),
        (Refused(RefusalReason.OTHER, after_a_part=True), False),
        (NOT_A_FRIEND, True),
    ],
)
async def test_only_a_full_text_that_never_left_gives_its_quota_back(
    application: Application, sent: SendOutcome, is_free_again: bool
) -> None:
    reader = await member_of(application, full_texts=1)
    full_text = await reader.full_text(8, TEXT)
    assert isinstance(full_text, FullText)
    await reader.settle(full_text, sent)
    assert isinstance(await reader.full_text(7, TEXT), FullText) is is_free_again


# --- sections -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "is_free_again"), [(Delivered("7"), False), (Unknown(), False), (NOT_A_FRIEND, True)]
)
async def test_only_sections_that_never_left_give_their_quota_back(
    application: Application, sent: SendOutcome, is_free_again: bool
) -> None:
    reader = await member_of(application, sections=1)
    first, second, *_ = await locked_numbers(application)
    view = await reader.section(*first)
    assert view.body is not None and len(view.contents.deliveries) == 1
    await reader.settle(view.contents, sent)
    assert ((await reader.section(*second)).body is not None) is is_free_again


async def test_unsettled_sections_count(application: Application) -> None:
    reader = await member_of(application, sections=1)
    first, second, *_ = await locked_numbers(application)
    await reader.section(*first)
    assert (await reader.section(*second)).allowance_spent


async def test_settling_an_answer_that_recorded_nothing_writes_nothing(application: Application) -> None:
    reader = await reader_of(application, VISITOR)
    before = application.database.writer.number
    await reader.settle(NO_CONTENTS, Delivered())
    page = await reader.search("水利")
    await reader.settle(page.contents, NOT_A_FRIEND)
    assert application.database.writer.number == before


async def test_a_page_of_hits_settles_all_its_sections(application: Application) -> None:
    reader = await member_of(application)
    page = await reader.search("台账")
    assert len(page.contents.deliveries) == len(await outcomes(application)) > 1
    await reader.settle(page.contents, NOT_A_FRIEND)
    assert set(await outcomes(application)) == {DeliveryOutcome.REFUSED}
    async with application.database.read() as connection:
        assert (await reader.allowance(connection)).sections_used == 0


async def test_numbers_that_do_not_exist_name_those_that_do(application: Application) -> None:
    reader = await reader_of(application, VISITOR)
    with pytest.raises(NotFound, match=r"没有第 999 篇（现有 1–"):
        await reader.section(999, 1)
    with pytest.raises(NotFound, match=r"第 8 篇没有第 99 段（现有 8\.1–8\.\d"):
        await reader.section(8, 99)


async def test_nothing_to_draw_is_a_result(application: Application) -> None:
    reader = await reader_of(application, VISITOR)
    assert isinstance(await reader.random("潜水艇"), NothingToDraw)
    drawn = await reader.random("水利")
    assert isinstance(drawn, SectionView) and drawn.body is not None
    unbound = await reader_of(application, VISITOR, PlaceKind.UNBOUND, "7")
    assert isinstance(await unbound.random(), NothingToDraw)


async def test_when_the_allowance_is_spent_only_previews_are_drawn(application: Application) -> None:
    reader = await member_of(application, sections=0)
    for _ in range(5):
        drawn = await reader.random()
        assert isinstance(drawn, SectionView) and drawn.body is not None and not drawn.contents.deliveries
    assert await outcomes(application) == []


async def test_the_operators_search_records_nothing(application: Application) -> None:
    page = await application.local_reader(reads_all=True).search_unrecorded("台账", 3)
    assert len(page.hits) == 3 and page.exact and page.contents.deliveries == ()
    assert await outcomes(application, "") == []


async def test_an_empty_query_is_no_query(application: Application) -> None:
    with pytest.raises(WrongUse):
        await (await reader_of(application, VISITOR)).search("，。")
