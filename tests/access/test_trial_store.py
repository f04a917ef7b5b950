"""Full texts for trial are only added, one a person, and one that never left counts as none."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from jianggao.access import deliveries, trial_store
from jianggao.access.deliveries import DeliveryOutcome
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.library import speech_store

VISITOR = "30001"


async def record(
    application: Application,
    *,
    speech: int = 8,
    stored_as: int | None = None,
    account: str = VISITOR,
    kind: PlaceKind = PlaceKind.PRIVATE,
    section: int | None = None,
) -> int:
    """A delivery of a speech, stored as a trial of `stored_as`."""
    async with application.database.write() as connection:
        version = (await speech_store.require_listed(connection, speech)).version
        delivery = await deliveries.record_delivery(
            connection,
            account=account,
            version=version,
            section=section,
            place=Place(kind, account),
            form="document",
            at=application.clock(),
        )
        await trial_store.record_text(connection, VISITOR, stored_as or speech, delivery)
    return delivery


async def settle(application: Application, delivery: int, outcome: DeliveryOutcome) -> None:
    async with application.database.write() as connection:
        await deliveries.settle(connection, [delivery], outcome)


async def received(application: Application) -> tuple[bool, int | None]:
    async with application.database.read() as connection:
        return (
            await trial_store.has_received_text(connection, {VISITOR, "30002"}),
            await trial_store.text_of(connection, VISITOR),
        )


async def test_nobody_has_received_one_at_first(application: Application) -> None:
    assert await received(application) == (False, None)


async def test_one_that_is_leaving_counts(application: Application) -> None:
    await record(application)
    assert await received(application) == (True, 8)


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [(DeliveryOutcome.DELIVERED, True), (DeliveryOutcome.UNKNOWN, True), (DeliveryOutcome.REFUSED, False)],
)
async def test_only_one_that_never_left_is_given_back(
    application: Application, outcome: DeliveryOutcome, counts: bool
) -> None:
    await settle(application, await record(application), outcome)
    assert (await received(application))[0] is counts
    if counts:
        with pytest.raises(sqlite3.IntegrityError, match="one full text for trial"):
            await record(application, speech=7)
    else:
        await record(application, speech=7)
        assert await received(application) == (True, 7)


async def test_a_second_one_is_refused_by_the_database_itself(application: Application) -> None:
    await record(application)
    with pytest.raises(sqlite3.IntegrityError, match="one full text for trial"):
        await record(application, speech=7)


@pytest.mark.parametrize(
    "other",
    [
        {"stored_as": 7},
        {"account": "30002"},
        {"kind": PlaceKind.MEMBER_GROUP},
        {"section": 1},
    ],
)
async def test_it_is_a_full_text_of_that_speech_to_that_person_in_private(
    application: Application, other: dict[str, object]
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="of that speech, in private"):
        await record(application, **other)  # type: ignore[arg-type]
    assert await received(application) == (False, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trial_texts SET account = '1'",
        "DELETE FROM trial_texts",
        "REPLACE INTO trial_texts VALUES (1, '1', 8)",
    ],
)
async def test_rows_are_only_added(application: Application, statement: str) -> None:
    await record(application)
    with pytest.raises(sqlite3.IntegrityError):
        async with application.database.write() as connection:
            await connection.execute(statement)


async def test_who_received_one_between_two_moments(application: Application) -> None:
    await record(application)
    now = application.clock()
    async with application.database.read() as connection:
        assert await trial_store.texts_between(connection, now, now + timedelta(days=1)) == [(VISITOR, now)]
        assert await trial_store.texts_between(connection, now - timedelta(days=1), now) == []
