"""What a delivery record says of a send, and that it is written down whatever state the database is in."""

from __future__ import annotations

from datetime import datetime, timezone

import aiosqlite
import pytest
from delivery_records import deliveries_of
from foreign_lock import held_by_another

from jianggao.access import deliveries
from jianggao.access.deliveries import DeliveryOutcome
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.database import Database
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, SendOutcome, Unknown
from jianggao.reading.delivery_settlement import outcome_of, settle

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=timezone.utc)
HERE = Place(PlaceKind.PRIVATE, "10001")


async def recorded(database: Database, count: int = 2) -> list[int]:
    async with database.write() as connection:
        return [
            await deliveries.record_delivery(
                connection, account="10001", version=1, section=number, place=HERE, form="search", at=NOW
            )
            for number in range(count)
        ]


async def outcomes(database: Database) -> list[DeliveryOutcome]:
    async with database.read() as connection:
        return [entry.outcome for entry in await deliveries_of(connection, "10001")]


@pytest.mark.parametrize("reason", RefusalReason)
def test_only_a_refusal_before_anything_left_is_called_one(reason: RefusalReason) -> None:
    assert outcome_of(Refused(reason)) is DeliveryOutcome.REFUSED
    assert outcome_of(Refused(reason, after_a_part=True)) is DeliveryOutcome.UNKNOWN


def test_what_arrived_and_what_may_have_arrived() -> None:
    assert outcome_of(Delivered()) is outcome_of(Delivered("7")) is DeliveryOutcome.DELIVERED
    assert outcome_of(Unknown()) is DeliveryOutcome.UNKNOWN


@pytest.mark.parametrize("sent", [Delivered("7"), Unknown(), Refused(RefusalReason.MUTED)])
async def test_all_records_of_an_answer_are_settled_alike(database: Database, sent: SendOutcome) -> None:
    await settle(database, await recorded(database), sent)
    assert await outcomes(database) == [outcome_of(sent)] * 2


async def test_what_is_done_besides_shares_the_transaction(database: Database) -> None:
    records = await recorded(database)

    async def fail(connection: aiosqlite.Connection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await settle(database, records, Delivered(), fail)
    assert await outcomes(database) == [DeliveryOutcome.RECORDED] * 2

    async def note(connection: aiosqlite.Connection) -> None:
        await connection.execute("INSERT INTO facts VALUES ('settled', 'yes')")

    await settle(database, records, Delivered(), note)
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT value FROM facts WHERE name = 'settled'")
    assert [row[0] for row in rows] == ["yes"]
    assert await outcomes(database) == [DeliveryOutcome.DELIVERED] * 2


async def test_while_the_database_is_locked_it_waits_in_memory(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.database.writer.PATIENCE_MS", 200)
    records = await recorded(database)
    with held_by_another(database.path, "IMMEDIATE"):
        await settle(database, records, Refused(RefusalReason.MUTED))
        assert await outcomes(database) == [DeliveryOutcome.RECORDED] * 2
    assert await database.writer.try_to_write()
    assert await outcomes(database) == [DeliveryOutcome.REFUSED] * 2


async def test_where_too_much_waits_the_records_stay_unsettled_and_count(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.database.writer.PATIENCE_MS", 200)
    monkeypatch.setattr("jianggao.database.writer.WAITING_LIMIT", -1_000)
    records = await recorded(database)
    with held_by_another(database.path, "IMMEDIATE"):
        await settle(database, records, Refused(RefusalReason.MUTED))
    await database.writer.try_to_write()
    assert await outcomes(database) == [DeliveryOutcome.RECORDED] * 2
