"""One section as an asker may see it: locked, here or in private, with how much of its headings."""

from __future__ import annotations

import pytest
from delivery_records import deliveries_of

from jianggao.access.verdicts import Locked, LockReason, Place, PlaceKind, Private, Shown
from jianggao.application import Application
from jianggao.errors import CannotStart, CannotWrite
from jianggao.library import speech_store
from jianggao.library.section_ids import Audience
from jianggao.library.speech_store import SectionRow, SpeechRow
from jianggao.reading.section_views import section_view
from jianggao.reading.session import ReadingSession
from jianggao.reading.views import SectionView

SUPERUSER, VISITOR = "90001", "30001"
MEMBER_GROUP, FREE_GROUP = (
    Place(PlaceKind.MEMBER_GROUP, "700001"),
    Place(PlaceKind.FREE_GROUP, "700002"),
)


async def section_for(application: Application, audience: Audience) -> tuple[SpeechRow, SectionRow]:
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT id FROM sections WHERE audience = ? AND listed = 1 ORDER BY id LIMIT 1", (audience,)
        )
        (row,) = await speech_store.listed_sections(connection, [found[0] for found in rows])
        return await speech_store.require_listed(connection, row.speech), row


async def view_of(
    application: Application, audience: Audience, account: str, place: Place | None = None
) -> tuple[SectionView, SectionRow]:
    reader = await application.reader(account, place or Place(PlaceKind.PRIVATE, account))
    speech, row = await section_for(application, audience)
    return await section_view(reader._session, speech, row, "section", None), row


@pytest.mark.parametrize("account", [SUPERUSER, VISITOR])
@pytest.mark.parametrize("place", [None, MEMBER_GROUP, FREE_GROUP])
async def test_a_preview_is_shown_everywhere_to_everybody(
    application: Application, account: str, place: Place | None
) -> None:
    view, row = await view_of(application, Audience.PREVIEW, account, place)
    assert view.verdict == Shown() and view.body == row.body.strip() and not view.allowance_spent
    assert view.contents.sections == {row.id}


@pytest.mark.parametrize(
    ("account", "place", "reason"),
    [
        (VISITOR, None, LockReason.NOT_A_MEMBER),
        (VISITOR, MEMBER_GROUP, LockReason.NOT_A_MEMBER),
        (SUPERUSER, FREE_GROUP, LockReason.FREE_GROUP),
    ],
)
async def test_a_locked_section_has_its_public_heading_and_is_not_recorded(
    application: Application, account: str, place: Place | None, reason: LockReason
) -> None:
    view, row = await view_of(application, Audience.MEMBERS, account, place)
    assert view.verdict == Locked(reason) and view.body is None and not view.allowance_spent
    assert view.heading == row.public_label
    assert view.contents.sections == frozenset() and view.contents.deliveries == ()


async def test_what_a_group_may_not_see_goes_to_the_private_chat_and_is_recorded_so(
    application: Application,
) -> None:
    view, row = await view_of(application, Audience.MEMBERS, SUPERUSER, MEMBER_GROUP)
    assert view.verdict == Private() and view.body is not None and view.contents.privately
    async with application.database.read() as connection:
        (record,) = await deliveries_of(connection, SUPERUSER)
    assert (record.place, record.chat, record.section) == ("private", SUPERUSER, row.id)
    assert view.contents.deliveries == (record.id,)


async def test_what_a_member_group_may_see_is_recorded_there(application: Application) -> None:
    view, row = await view_of(application, Audience.MEMBER_GROUP, SUPERUSER, MEMBER_GROUP)
    assert view.verdict == Shown() and view.heading == row.public_label and not view.contents.privately
    async with application.database.read() as connection:
        (record,) = await deliveries_of(connection, SUPERUSER)
    assert (record.place, record.chat) == ("member_group", MEMBER_GROUP.chat)


@pytest.mark.parametrize("audience", [Audience.PREVIEW, Audience.MEMBERS])
async def test_while_nothing_can_be_recorded_only_previews_are_shown(
    application: Application, monkeypatch: pytest.MonkeyPatch, audience: Audience
) -> None:
    async def unwritable(*_: object) -> object:
        raise CannotWrite(CannotStart("the disk is full"))

    monkeypatch.setattr(ReadingSession, "_record", unwritable)
    if audience is Audience.MEMBERS:
        with pytest.raises(CannotWrite):
            await view_of(application, audience, SUPERUSER)
    else:
        view, row = await view_of(application, audience, SUPERUSER)
        assert view.body == row.body.strip() and view.heading == row.public_label
