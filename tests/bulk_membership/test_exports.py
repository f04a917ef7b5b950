"""What is exported is the fold of the ledger, and a year is one in the bot's timezone."""

from __future__ import annotations

from datetime import date, datetime, timezone

from import_desk import ZONE, ImportDesk

from jianggao.bulk_membership.exports import ExportedMember, exported_members, ledger_of_year
from jianggao.membership import administration
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import Standing

YEAR = Duration(years=1)


async def exported(desk: ImportDesk) -> list[ExportedMember]:
    async with desk.database.read() as connection:
        return await exported_members(connection, desk.now, ZONE)


async def test_members_stand_by_their_standing_and_last_day(desk: ImportDesk) -> None:
    await desk.grant("20003", Duration(days=10))
    desk.pass_time(days=20)
    await desk.grant("20001", YEAR)
    await desk.grant("20002", Duration(days=30))
    await desk.grant("20004", YEAR)
    await desk.suspend("20004")
    undone = await desk.grant("20005", YEAR)
    await desk.undo(undone.entry.number)
    members = await exported(desk)
    assert [(member.account, member.standing) for member in members] == [
        ("20002", Standing.ACTIVE),
        ("20001", Standing.ACTIVE),
        ("20004", Standing.SUSPENDED),
        ("20003", Standing.EXPIRED),
    ]
    active, suspended = members[1], members[2]
    assert active.window is not None and active.window.first == date(2023, 4, 7)
    assert suspended.window is None and suspended.valid_until == date(2027, 4, 7)


async def test_days_and_the_newest_gift_that_counts(desk: ImportDesk) -> None:
    first = await desk.grant("20001", Duration(days=9))
    second = await desk.grant("20001", Duration(days=5))
    (member,) = await exported(desk)
    assert member.days == 15 and member.first_day == date(2026, 3, 18)
    assert member.last_gift is not None and member.last_gift.number == second.entry.number
    await desk.undo(second.entry.number)
    (member,) = await exported(desk)
    assert (
        member.days == 10 and member.last_gift is not None and member.last_gift.number == first.entry.number
    )


async def test_a_transferred_subscription_stands_at_its_new_account(desk: ImportDesk) -> None:
    await desk.grant("20001", YEAR)
    async with desk.database.write() as connection:
        await administration.transfer(connection, "20001", "20002", desk.act())
    (member,) = await exported(desk)
    assert member.account == "20002" and member.last_gift is not None and member.last_gift.number == 1


async def test_who_only_tries_is_told_from_members(desk: ImportDesk) -> None:
    async with desk.database.write() as connection:
        await administration.grant(connection, "20001", Duration(days=3), desk.act(), is_trial=True)
    (member,) = await exported(desk)
    assert member.has_only_tried and member.standing is Standing.ACTIVE
    await desk.grant("20001", YEAR)
    (member,) = await exported(desk)
    assert not member.has_only_tried


async def test_a_year_begins_at_midnight_in_the_timezone(desk: ImportDesk) -> None:
    for at in (
        datetime(2025, 12, 31, 15, 59, 59, tzinfo=timezone.utc),
        datetime(2025, 12, 31, 16, 0, tzinfo=timezone.utc),
        datetime(2026, 12, 31, 15, 59, 59, tzinfo=timezone.utc),
        datetime(2026, 12, 31, 16, 0, tzinfo=timezone.utc),
    ):
        desk.now = at
        await desk.grant("20001", Duration(days=1))
    await desk.undo(2)
    async with desk.database.read() as connection:
        lines = await ledger_of_year(connection, 2026, ZONE)
    assert [(line.entry.number, line.undone_by) for line in lines] == [(2, 5), (3, None)]
