"""What operators do to members, on a real database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from ledger_desk import MONTH, NOW, YEAR, ZONE, act, entries, granted

from jianggao.database import Database
from jianggao.errors import AlreadyProcessed, JianggaoError, NotFound, WrongUse
from jianggao.membership import administration
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, MemberState, Standing


async def test_a_grant_tells_its_number_and_the_new_last_day(database: Database) -> None:
    async with database.write() as connection:
        change = await administration.grant(connection, "10001", YEAR, act(note="微信付款"))
    assert (change.entry.number, change.entry.kind, change.entry.note) == (1, EntryKind.GRANT, "微信付款")
    assert change.before == MemberState()
    assert change.after.valid_until == date(2027, 3, 18)


async def test_a_renewal_starts_at_the_end_of_what_is_running(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        change = await administration.renew(connection, "10001", MONTH, act(NOW + timedelta(days=30)))
    assert change.before.valid_until == date(2027, 3, 18)
    assert change.after.valid_until == date(2027, 4, 18)


async def test_a_renewal_of_somebody_new_starts_now(database: Database) -> None:
    async with database.write() as connection:
        change = await administration.renew(connection, "10001", MONTH, act())
    assert (change.before.valid_until, change.after.valid_until) == (None, date(2026, 4, 18))


async def test_members_do_not_touch_each_other(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        await administration.grant(connection, "10002", MONTH, act())
        await administration.suspend(connection, "10002", act())
        assert (await administration.state_of(connection, "10001", ZONE)).standing(NOW) is Standing.ACTIVE


async def test_suspend_and_resume(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        suspended = await administration.suspend(connection, "10001", act(note="转卖"))
        assert suspended.after.standing(NOW) is Standing.SUSPENDED
        resumed = await administration.resume(connection, "10001", act())
        assert resumed.after.standing(NOW) is Standing.ACTIVE


async def test_undo_and_undo_of_the_undo(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        undone = await administration.undo(connection, 1, act())
        assert (undone.entry.target, undone.entry.member) == (1, "10001")
        assert undone.after.standing(NOW) is Standing.NEVER
        back = await administration.undo(connection, 2, act())
        assert back.after == undone.before
        again = await administration.undo(connection, 1, act())
        assert again.after == undone.after


async def test_what_makes_no_sense_is_refused_with_what_to_do_and_writes_nothing(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        await administration.suspend(connection, "10001", act())
        await administration.undo(connection, 2, act())
    written = await entries(database)
    refused: list[tuple[type[JianggaoError], str]] = []
    async with database.write() as connection:
        for attempt in (
            administration.undo(connection, 99, act()),
            administration.undo(connection, 0, act()),
            administration.undo(connection, -1, act()),
            administration.undo(connection, 10**30, act()),
            administration.undo(connection, 2, act()),
            administration.resume(connection, "10001", act()),
            administration.resume(connection, "10002", act()),
            administration.suspend(connection, "10002", act()),
            administration.grant(connection, "10001", YEAR, act(note="长" * 201)),
        ):
            with pytest.raises(JianggaoError) as error:
                await attempt
            refused.append((error.type, str(error.value)))
    assert [kind for kind, _ in refused] == [NotFound] * 4 + [WrongUse] * 3 + [NotFound, WrongUse]
    assert "现有 1–3 号" in refused[0][1]
    assert "撤销 3" in refused[4][1]
    assert await entries(database) == written


async def test_a_second_suspension_is_refused(database: Database) -> None:
    await granted(database)
    async with database.write() as connection:
        await administration.suspend(connection, "10001", act())
        with pytest.raises(WrongUse, match="恢复 10001"):
            await administration.suspend(connection, "10001", act())


async def test_undo_in_an_empty_ledger_says_so(database: Database) -> None:
    async with database.write() as connection:
        with pytest.raises(NotFound, match="现在还没有记录"):
            await administration.undo(connection, 1, act())


async def test_the_same_message_is_met_with_silence_whatever_it_would_do_now(database: Database) -> None:
    await granted(database)
    once = act()
    async with database.write() as connection:
        await administration.suspend(connection, "10001", once)
        for again in (
            administration.suspend(connection, "10001", once),
            administration.resume(connection, "10001", once),
            administration.undo(connection, 99, once),
            administration.renew(connection, "10001", YEAR, replace(once, note="长" * 201)),
        ):
            with pytest.raises(AlreadyProcessed):
                await again
    assert await entries(database) == 2


async def test_a_subscription_does_not_reach_beyond_fifty_years(database: Database) -> None:
    twenty = Duration(years=20)
    await granted(database, duration=twenty)
    await granted(database, duration=twenty)
    async with database.write() as connection:
        with pytest.raises(WrongUse, match="50 年"):
            await administration.renew(connection, "10001", twenty, act())
        change = await administration.renew(connection, "10001", Duration(years=10), act())
    assert change.after.valid_until == date(2076, 3, 18)
