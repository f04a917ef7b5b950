"""A reward that one person with two accounts may have arranged needs an operator's reason; strangers are
paid."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from report_desk import LEAK, LONG_AGO, OTHER, REPORTER, START, ZONE, Desk, complaint, strong

from jianggao.membership import administration
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry
from jianggao.resale_reports.case_decisions import BETWEEN_REWARDS, NotPaid, Payment, Upheld
from jianggao.resale_reports.model import Against, Objection, Piece, PieceKind
from jianggao.resale_reports.reward_doubts import PAID_DAYS, TOGETHER, doubts, paid_days

NEW, STRANGER = "40001", "50001"
"""A member of this test alone, and a person whom the bot never saw."""
YEAR = Duration(years=1)


async def doubted(desk: Desk, seller: str = NEW, reporter: str = STRANGER) -> dict[Against, Objection]:
    """What stands against the reward of a new report; nothing is changed by asking."""
    desk.finding = strong(seller)
    report = await desk.file(complaint(None, Piece(PieceKind.TEXT, text=f"{seller} {LEAK}")), reporter)
    await desk.look(report.case)
    case = await desk.case(report.case)
    async with desk.database.read() as connection:
        told = await doubts(connection, case, desk.act().zone)
    done = await desk.uphold(report.case)
    found = done.objections if isinstance(done, NotPaid) else ()
    assert told == found, "what 查看举报 tells as a doubt is what stands against the reward"
    return {one.against: one for one in found}


@pytest.mark.parametrize(
    ("bought", "doubtful"),
    [
        ([], True),
        ([Duration(weeks=1)], True),
        ([Duration(months=1), Duration(months=1)], True),
        ([Duration(days=PAID_DAYS - 1)], True),
        ([Duration(days=PAID_DAYS)], False),
        ([Duration(days=PAID_DAYS - 1), Duration(days=1)], False),
        ([YEAR], False),
    ],
)
async def test_a_seller_who_hardly_paid_is_a_doubt(
    desk: Desk, bought: list[Duration], doubtful: bool
) -> None:
    for duration in bought:
        await desk.bought(NEW, duration)
    found = await doubted(desk)
    assert set(found) == ({Against.SELLER_HARDLY_PAID} if doubtful else set())


async def test_only_what_stands_and_was_paid_counts(desk: Desk) -> None:
    """Rewards are no payment, nor is what was undone; a suspension takes nothing of what was paid."""
    await desk.bought(NEW, Duration(days=80))
    async with desk.database.write() as connection:
        await administration.reward(connection, NEW, YEAR, desk.act())
        await administration.renew(connection, NEW, Duration(days=5), desk.act())
        undone = await administration.grant(connection, NEW, YEAR, desk.act())
        await administration.undo(connection, undone.entry.number, desk.act())
        await administration.suspend(connection, NEW, desk.act())
    found = await doubted(desk)
    assert found[Against.SELLER_HARDLY_PAID].days == 85


def test_a_redeemed_code_is_a_payment() -> None:

    def entry(
        number: int, kind: EntryKind, duration: Duration | None, target: int | None = None
    ) -> LedgerEntry:
        return LedgerEntry(number, kind, NEW, NEW, START, duration, "", target, f"m{number}")

    redeemed = entry(1, EntryKind.REDEEM, Duration(months=1))
    assert paid_days([], ZONE) == 0
    assert paid_days([redeemed], ZONE) == 31
    undo, undone_undo = entry(2, EntryKind.UNDO, None, 1), entry(3, EntryKind.UNDO, None, 2)
    assert paid_days([redeemed, undo], ZONE) == 0
    assert paid_days([redeemed, undo, undone_undo], ZONE) == 31


@pytest.mark.parametrize(
    ("apart", "doubtful"),
    [
        (timedelta(0), True),
        (TOGETHER, True),
        (-TOGETHER, True),
        (TOGETHER + timedelta(seconds=1), False),
        (-TOGETHER - timedelta(seconds=1), False),
    ],
)
async def test_who_appeared_in_one_week_is_a_doubt(desk: Desk, apart: timedelta, doubtful: bool) -> None:
    await desk.bought(NEW, YEAR, LONG_AGO)
    await desk.bought(STRANGER, YEAR, LONG_AGO + apart)
    assert set(await doubted(desk)) == ({Against.APPEARED_TOGETHER} if doubtful else set())


async def test_a_stranger_who_reports_an_old_member_is_paid(desk: Desk) -> None:
    await desk.bought(NEW, YEAR)
    assert await doubted(desk) == {}
    assert (await desk.state(STRANGER)).running(desk.now)


async def test_a_delivery_or_an_earlier_report_is_being_seen(desk: Desk) -> None:
    """The seller's account got a text, and the reporter's made a report, long before either paid."""
    await desk.bought(NEW, YEAR, START)
    async with desk.database.write() as connection:
        await connection.execute(
            "INSERT INTO deliveries (at, account, version, place, chat, form, outcome)"
            " VALUES ('2025-01-01T00:00:00.000000+00:00', ?, 1, 'private', ?, 'section', 'delivered')",
            (NEW, NEW),
        )
    assert await doubted(desk) == {}
    desk.now = START - timedelta(days=300)
    await desk.file(complaint("40009"), OTHER)
    desk.now = START
    await desk.bought("40002", YEAR, START - timedelta(days=298))
    assert set(await doubted(desk, "40002", OTHER)) == {Against.APPEARED_TOGETHER}


async def test_being_reported_is_not_being_seen(desk: Desk) -> None:
    await desk.file(complaint("40009"))
    async with desk.database.read() as connection:
        case = await desk.case(1)
        assert await doubts(connection, case, desk.act().zone) == ()


async def test_a_doubt_is_overruled_with_a_reason_alone(desk: Desk) -> None:
    await desk.bought(NEW, Duration(weeks=1), START - timedelta(days=7))
    found = await doubted(desk)
    assert set(found) == {Against.SELLER_HARDLY_PAID, Against.APPEARED_TOGETHER}
    assert not (await desk.state(STRANGER)).spans
    done = await desk.paid(1, Payment.IN_SPITE, "电话核实过，是两个人")
    assert {one.against for one in done.in_spite} == set(found) and done.reward is not None


async def earned_by(desk: Desk, paid: Duration, cycles: int) -> tuple[int, int]:
    """One person buys `paid` on a new account, has it named by his own copy, and reports it with another
    account he registered on the day; then the next pair. Gives the years that rules paid him, and the days
    that he paid for."""
    years = bought = 0
    for cycle in range(cycles):
        account, second = f"4100{cycle}", f"5100{cycle}"
        await desk.bought(account, paid, desk.now)
        bought += (paid.months * 30) + paid.weeks * 7 + paid.days
        desk.advance(days=1)
        desk.finding = strong(account)
        report = await desk.file(complaint(account, Piece(PieceKind.TEXT, text=f"{account} {LEAK}")), second)
        years += isinstance(await desk.uphold(report.case), Upheld)
        desk.advance(days=30)
    return years, bought


@pytest.mark.parametrize("paid", [Duration(weeks=1), Duration(months=1), Duration(months=2)])
async def test_short_memberships_and_second_accounts_earn_nothing(desk: Desk, paid: Duration) -> None:
    assert (await earned_by(desk, paid, 8))[0] == 0
    assert await desk.rows("SELECT * FROM ledger WHERE kind = 'reward'") == []


async def test_a_patient_person_earns_a_year_for_each_quarter_paid_and_no_more_than_one_a_year_an_account(
    desk: Desk,
) -> None:
    """What the rules don't reach, stated: 90 days paid, and two accounts a month apart. Each seller's account
    pays once, and the same second account once a year."""
    when: list[datetime] = []
    for cycle in range(6):
        account = f"4200{cycle}"
        await desk.bought(account, Duration(days=PAID_DAYS), desk.now)
        desk.advance(days=PAID_DAYS)
        desk.finding = strong(account)
        report = await desk.file(
            complaint(account, Piece(PieceKind.TEXT, text=f"{account} {LEAK}")), REPORTER
        )
        if isinstance(await desk.uphold(report.case), Upheld):
            when.append(desk.now)
        else:
            await desk.reject(report.case)
            desk.advance(days=365)
    assert when and all(later - earlier >= BETWEEN_REWARDS for earlier, later in pairwise(when))


async def test_the_old_way_a_week_and_a_second_account_on_one_day(desk: Desk) -> None:
    """As the attack was played: a week bought, the copy passed on, reported the same day by a new account."""
    await desk.bought(NEW, Duration(weeks=1), desk.now)
    desk.advance(hours=2)
    assert set(await doubted(desk)) == {Against.SELLER_HARDLY_PAID, Against.APPEARED_TOGETHER}
    assert await desk.rows("SELECT * FROM ledger WHERE kind = 'reward'") == []
