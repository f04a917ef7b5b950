"""Who moves his subscription to another account stays the same person where rewards are judged."""

from __future__ import annotations

from datetime import timedelta

from report_desk import OTHER, REPORTER, SELLER, Desk, complaint

from jianggao.membership import administration
from jianggao.membership.durations import Duration
from jianggao.resale_reports.case_decisions import NotPaid
from jianggao.resale_reports.model import Against, Complaint

NEW = "20009"


async def moved(desk: Desk, old: str, new: str) -> int:
    async with desk.database.write() as connection:
        return (await administration.transfer(connection, old, new, desk.act())).entry.number


async def against(desk: Desk, number: int) -> set[Against]:
    done = await desk.uphold(number)
    return {one.against for one in done.objections} if isinstance(done, NotPaid) else set()


async def test_nobody_is_paid_for_reporting_the_account_that_he_moved_from(desk: Desk) -> None:
    """Old copies name the old account: with the new one he could report himself."""
    await desk.bought(SELLER, Duration(years=3))
    entry = await moved(desk, SELLER, NEW)
    await desk.file(complaint(), NEW)
    assert Against.REPORTER_IS_ACCUSED in await against(desk, 1)
    await desk.undo(entry)
    assert Against.REPORTER_IS_ACCUSED not in await against(desk, 1)


async def test_a_seller_is_paid_for_once_whatever_account_he_moves_to(desk: Desk) -> None:
    await desk.bought(SELLER, Duration(years=3))
    await desk.file(complaint())
    await desk.paid(1)
    await moved(desk, SELLER, NEW)
    desk.finding = type(desk.finding)(desk.finding.confidence, NEW, False, "强线索")
    await desk.file(
        Complaint(NEW, NEW, complaint(text="另一份，字数要多一些才看得出来是不同的").pieces), OTHER
    )
    assert Against.SELLER_PAID_FOR in await against(desk, 2)


async def test_a_reporter_is_rewarded_once_a_year_whatever_account_he_moves_to(desk: Desk) -> None:
    await desk.bought(SELLER, Duration(years=3))
    await desk.file(complaint())
    await desk.paid(1)
    await moved(desk, REPORTER, NEW)
    desk.advance(days=30)
    seller = "20005"
    await desk.bought(seller, Duration(years=3), desk.now - timedelta(days=400))
    desk.finding = type(desk.finding)(desk.finding.confidence, seller, False, "强线索")
    await desk.file(complaint(seller, text="另一份，字数要多一些才看得出来是不同的材料"), NEW)
    assert Against.REWARDED_LATELY in await against(desk, 2)
