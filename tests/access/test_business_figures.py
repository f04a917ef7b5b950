"""统计: figures of a month from the ledger, the deliveries and the bound groups."""

from __future__ import annotations

from datetime import timedelta

from jianggao.access import deliveries, group_bindings
from jianggao.access.business_figures import BusinessFigures, business_figures
from jianggao.access.deliveries import DeliveryCounts, DeliveryOutcome
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.library import speech_store
from jianggao.membership.months import Month
from jianggao.reading.reader import TEXT
from jianggao.reading.views import FullText

VISITOR = "30001"
MARCH, FEBRUARY = Month(2026, 3), Month(2026, 2)


async def figures(application: Application, month: Month = MARCH) -> BusinessFigures:
    async with application.database.read() as connection:
        return await business_figures(connection, month, application.clock(), application.settings.timezone)


async def deliver(
    application: Application, days_ago: int, *, section: int | None = None, refused: bool = False
) -> None:
    async with application.database.write() as connection:
        version = (await speech_store.require_listed(connection, 8)).version
        number = await deliveries.record_delivery(
            connection,
            account=VISITOR,
            version=version,
            section=section,
            place=Place(PlaceKind.PRIVATE, VISITOR),
            form="document",
            at=application.clock() - timedelta(days=days_ago),
        )
        if refused:
            await deliveries.settle(connection, [number], DeliveryOutcome.REFUSED)


async def test_what_left_counts_on_its_day_and_in_its_month(application: Application) -> None:
    for days_ago in (0, 0, 3, 20):
        await deliver(application, days_ago)
    await deliver(application, 0, section=1)
    await deliver(application, 0, refused=True)
    counted = await figures(application)
    assert (counted.today, counted.in_month) == (DeliveryCounts(2, 1), DeliveryCounts(3, 1))
    before = await figures(application, FEBRUARY)
    assert (before.today, before.in_month) == (None, DeliveryCounts(1, 0))


async def test_full_texts_for_trial_are_trials(application: Application) -> None:
    reader = await application.reader(VISITOR, Place(PlaceKind.PRIVATE, VISITOR), trial_of=8)
    assert isinstance(await reader.trial_text(8, TEXT, timedelta()), FullText)
    counted = (await figures(application)).ledger
    assert (counted.in_month.trials, counted.trials_in_year) == (1, 1)


async def test_of_january_the_december_before_it_is_known(application: Application, clock: object) -> None:
    clock.now = clock.now.replace(year=2025, month=12)  # type: ignore[attr-defined]
    reader = await application.reader(VISITOR, Place(PlaceKind.PRIVATE, VISITOR), trial_of=8)
    assert isinstance(await reader.trial_text(8, TEXT, timedelta()), FullText)
    clock.now = clock.now.replace(year=2026, month=1)  # type: ignore[attr-defined]
    counted = (await figures(application, Month(2026, 1))).ledger
    assert (counted.in_month.trials, counted.month_before.trials, counted.trials_in_year) == (0, 1, 0)


async def test_groups_are_counted_by_kind(application: Application) -> None:
    async with application.database.write() as connection:
        for group, kind in (
            ("1", PlaceKind.MEMBER_GROUP),
            ("2", PlaceKind.FREE_GROUP),
            ("3", PlaceKind.FREE_GROUP),
        ):
            await group_bindings.bind(connection, group, kind, "9", application.clock())
    counted = await figures(application)
    assert (counted.member_groups, counted.free_groups) == (1, 2)


async def test_the_count_of_a_month_reads_its_rows_alone(application: Application) -> None:
    async with application.database.read() as connection:
        plan = await connection.execute_fetchall(
            "EXPLAIN QUERY PLAN SELECT count(*) FILTER (WHERE section IS NULL), count(section) FROM deliveries "
            "WHERE at >= 'a' AND at < 'b' AND outcome <> 'refused'"
        )
    assert "COVERING INDEX deliveries_by_moment" in " ".join(row["detail"] for row in plan)
