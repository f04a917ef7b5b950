"""The one full text that somebody has for trial, and every way to get more out of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from delivery_records import deliveries_of

from jianggao.access.deliveries import DeliveryOutcome
from jianggao.access.trials import TrialObstacle, TrialRefusal
from jianggao.access.verdicts import Locked, LockReason, Place, PlaceKind
from jianggao.application import Application
from jianggao.library import speech_store
from jianggao.membership import administration, friends
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, SendOutcome, Unknown
from jianggao.reading.reader import TEXT, Reader
from jianggao.reading.session import facts_of
from jianggao.reading.views import FullText

VISITOR, SUPERUSER = "30001", "90001"
DAY = timedelta(days=1)


async def reader_of(
    application: Application,
    trial_of: int | None = 8,
    kind: PlaceKind = PlaceKind.PRIVATE,
    chat: str = VISITOR,
) -> Reader:
    return await application.reader(VISITOR, Place(kind, chat), trial_of=trial_of)


async def try_text(application: Application, number: int = 8, *, wait: timedelta = timedelta()) -> object:
    return await (await reader_of(application, number)).trial_text(number, TEXT, wait)


def obstacle(result: object) -> TrialObstacle | None:
    return result.obstacle if isinstance(result, TrialRefusal) else None


async def outcomes(application: Application) -> list[DeliveryOutcome]:
    async with application.database.read() as connection:
        return [record.outcome for record in await deliveries_of(connection, VISITOR)]


async def test_it_is_a_marked_copy_and_recorded(application: Application) -> None:
    text = await try_text(application)
    assert isinstance(text, FullText) and text.copy.speech.number == 8
    assert await outcomes(application) == [DeliveryOutcome.RECORDED]


@pytest.mark.parametrize("number", [8, 7])
async def test_a_second_one_is_refused_of_the_same_speech_too(application: Application, number: int) -> None:
    await try_text(application)
    assert obstacle(await try_text(application, number)) is TrialObstacle.HAD_TRIAL
    assert len(await outcomes(application)) == 1


async def test_of_two_at_once_one_leaves(application: Application) -> None:
    """Both were allowed when they began, and each has its copy made before either is recorded."""
    results = await asyncio.gather(*(try_text(application, number) for number in (8, 7, 8, 7)))
    assert [isinstance(result, FullText) for result in results].count(True) == 1
    assert [obstacle(result) for result in results].count(TrialObstacle.HAD_TRIAL) == 3
    assert len(await outcomes(application)) == 1


async def test_a_trial_that_was_had_meanwhile_is_seen_in_the_transaction(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other message is recorded while this one's copy is made."""
    reader, other = await reader_of(application, 8), await reader_of(application, 7)
    copies = reader._session.copies
    made = type(copies).of

    async def of(self: object, account: str, version: int) -> object:
        copy = await made(copies, account, version)
        monkeypatch.undo()
        assert isinstance(await other.trial_text(7, TEXT, timedelta()), FullText)
        return copy

    monkeypatch.setattr(type(copies), "of", of)
    assert obstacle(await reader.trial_text(8, TEXT, timedelta())) is TrialObstacle.HAD_TRIAL


@pytest.mark.parametrize(
    ("sent", "is_given_back"),
    [
        (Delivered("7"), False),
        (Unknown(), False),
        (Refused(RefusalReason.OTHER, after_a_part=True), False),
        (Refused(RefusalReason.NOT_A_FRIEND), True),
    ],
)
async def test_only_a_text_that_never_left_gives_the_trial_back(
    application: Application, sent: SendOutcome, is_given_back: bool
) -> None:
    text = await try_text(application)
    assert isinstance(text, FullText)
    await (await reader_of(application)).settle(text, sent)
    assert isinstance(await try_text(application, 7), FullText) is is_given_back


async def test_it_is_of_no_other_speech(application: Application) -> None:
    reader = await reader_of(application, 8)
    assert await reader.trial_text(7, TEXT, timedelta()) == Locked(LockReason.NOT_A_MEMBER)
    assert await outcomes(application) == []


async def test_full_texts_by_the_usual_way_stay_locked_before_and_after(application: Application) -> None:
    for _ in range(2):
        for trial_of in (8, None):
            reader = await reader_of(application, trial_of)
            assert await reader.full_text(8, TEXT) == Locked(LockReason.NOT_A_MEMBER)
        await try_text(application)
    assert len(await outcomes(application)) == 1


@pytest.mark.parametrize("kind", [PlaceKind.MEMBER_GROUP, PlaceKind.FREE_GROUP, PlaceKind.UNBOUND])
async def test_there_is_none_in_groups(application: Application, kind: PlaceKind) -> None:
    reader = await reader_of(application, 8, kind, "700001")
    assert isinstance(await reader.trial_text(8, TEXT, timedelta()), Locked)
    assert await outcomes(application) == []


async def test_sections_and_searches_show_nothing_more(application: Application) -> None:
    await try_text(application)
    for_trial, usual = await reader_of(application), await reader_of(application, None)
    assert for_trial.access.condition() == usual.access.condition()
    assert for_trial._session.searchable is None
    async with application.database.read() as connection:
        speech = await speech_store.require_listed(connection, 8)
        rows = await speech_store.sections_of_version(connection, speech.version)
    for row in rows:
        assert for_trial.access.visible(facts_of(row)) == usual.access.visible(facts_of(row))
    page, same = await for_trial.search("就业"), await usual.search("就业")
    assert (page.total, page.hits) == (same.total, same.hits)


@pytest.mark.parametrize("ended", [False, True])
async def test_who_is_or_was_a_member_reads_by_the_window_alone(
    application: Application, ended: bool
) -> None:
    at = application.clock() - (900 * DAY if ended else timedelta())
    act = Act(SUPERUSER, "by-hand", at, application.settings.timezone)
    async with application.database.write() as connection:
        await administration.grant(connection, VISITOR, Duration(days=9), act)
    expected = TrialObstacle.WAS_MEMBER if ended else TrialObstacle.MEMBER
    assert obstacle(await try_text(application)) is expected
    _, verdict = await (await reader_of(application)).verdict_on(8, as_trial=True)
    assert isinstance(verdict, Locked) is ended


async def test_who_was_suspended_meanwhile_gets_nothing_when_it_leaves_the_queue(
    application: Application,
) -> None:
    await try_text(application)
    act = Act(SUPERUSER, "by-hand", application.clock(), application.settings.timezone)
    async with application.database.write() as connection:
        await administration.grant(connection, VISITOR, Duration(days=9), act)
        await administration.suspend(
            connection, VISITOR, Act(SUPERUSER, "again", application.clock(), act.zone)
        )
    _, verdict = await (await reader_of(application)).verdict_on(8, as_trial=True)
    assert verdict == Locked(LockReason.SUSPENDED)


async def test_a_new_friend_waits(application: Application) -> None:
    async with application.database.write() as connection:
        await friends.remember(connection, [VISITOR], application.clock())
    assert obstacle(await try_text(application, wait=DAY)) is TrialObstacle.TOO_NEW
    assert await outcomes(application) == []
