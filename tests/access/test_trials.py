"""Who may have a trial: a friend who never was a member, once for ever."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from jianggao.access import trials
from jianggao.access.trials import TrialApplicant, TrialObstacle, TrialRefusal
from jianggao.database import Database
from jianggao.errors import AlreadyProcessed
from jianggao.membership import administration, friends, ledger_store
from jianggao.membership.administration import Act, MembershipChange
from jianggao.membership.durations import Duration

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)
DAY = timedelta(days=1)
YEAR = Duration(years=1)
VISITOR, OTHER = "30001", "30002"
_messages = count(1)


def act(at: datetime = NOW, by: str = "10000") -> Act:
    return Act(by, f"message {next(_messages)}", at, ZONE)


@pytest.fixture
async def database(database: Database) -> Database:
    """A database that has known the visitor for two days."""
    async with database.write() as connection:
        await friends.remember(connection, [VISITOR, OTHER], NOW - 2 * DAY)
    return database


async def ask(
    database: Database, account: str = VISITOR, now: datetime = NOW, wait: timedelta = DAY
) -> MembershipChange | TrialRefusal:
    async with database.write() as connection:
        return await trials.give_days(connection, account, 3, act(now, account), wait)


def obstacle(result: MembershipChange | TrialRefusal) -> TrialObstacle | None:
    return result.obstacle if isinstance(result, TrialRefusal) else None


async def test_a_clock_that_was_ahead_costs_one_wait(database: Database) -> None:
    ahead = NOW + 400 * DAY
    async with database.write() as connection:
        await friends.remember(connection, ["30003"], ahead)
    refused = await ask(database, "30003")
    assert isinstance(refused, TrialRefusal) and refused.allowed_at == NOW + DAY
    async with database.write() as connection:
        await friends.remember(connection, ["30003"], NOW)
        await friends.remember(connection, ["30003"], NOW + DAY)
    assert obstacle(await ask(database, "30003", NOW + DAY)) is None


async def test_a_friend_who_never_was_a_member_has_one(database: Database) -> None:
    given = await ask(database)
    assert isinstance(given, MembershipChange)
    assert given.entry.is_trial and given.entry.by == given.entry.member == VISITOR
    assert given.after.valid_until == date(2026, 3, 21)


async def test_while_it_runs_it_is_told_as_a_trial(database: Database) -> None:
    await ask(database)
    assert await ask(database) == TrialRefusal(TrialObstacle.MEMBER, date(2026, 3, 21), is_trial=True)


@pytest.mark.parametrize("later", [4 * DAY, 400 * DAY, 4000 * DAY])
async def test_it_is_had_once_for_ever(database: Database, later: timedelta) -> None:
    await ask(database)
    assert obstacle(await ask(database, now=NOW + later)) is TrialObstacle.HAD_TRIAL


async def test_one_that_was_undone_has_been_had(database: Database) -> None:
    given = await ask(database)
    assert isinstance(given, MembershipChange)
    async with database.write() as connection:
        await administration.undo(connection, given.entry.number, act())
    assert obstacle(await ask(database)) is TrialObstacle.HAD_TRIAL


async def test_a_code_for_a_trial_counts_too(database: Database) -> None:
    async with database.write() as connection:
        await administration.redeem(connection, VISITOR, Duration(days=3), act(), is_trial=True)
    assert obstacle(await ask(database, now=NOW + 9 * DAY)) is TrialObstacle.HAD_TRIAL


async def test_a_member_has_none(database: Database) -> None:
    async with database.write() as connection:
        await administration.grant(connection, VISITOR, YEAR, act())
    assert await ask(database) == TrialRefusal(TrialObstacle.MEMBER, date(2027, 3, 18))


async def test_whose_time_begins_later_has_none(database: Database) -> None:
    async with database.write() as connection:
        await administration.grant(connection, VISITOR, YEAR, act(), starts_on=date(2026, 9, 1))
    assert obstacle(await ask(database)) is TrialObstacle.MEMBER


async def test_who_was_a_member_has_none(database: Database) -> None:
    async with database.write() as connection:
        await administration.grant(connection, VISITOR, YEAR, act(NOW - 900 * DAY))
    assert obstacle(await ask(database)) is TrialObstacle.WAS_MEMBER


async def test_a_grant_to_the_wrong_account_that_was_undone_forbids_none(database: Database) -> None:
    async with database.write() as connection:
        wrong = await administration.grant(connection, VISITOR, YEAR, act())
        await administration.undo(connection, wrong.entry.number, act())
    assert isinstance(await ask(database), MembershipChange)


async def test_who_is_suspended_has_none_also_where_the_time_was_undone(database: Database) -> None:
    async with database.write() as connection:
        wrong = await administration.grant(connection, VISITOR, YEAR, act())
        await administration.suspend(connection, VISITOR, act())
        await administration.undo(connection, wrong.entry.number, act())
    assert obstacle(await ask(database)) is TrialObstacle.SUSPENDED


async def test_the_account_that_a_subscription_moved_away_from_has_none(database: Database) -> None:
    """One person with two accounts: neither the old nor the new one tries anew."""
    async with database.write() as connection:
        await administration.grant(connection, VISITOR, YEAR, act())
        await administration.transfer(connection, VISITOR, OTHER, act())
    assert obstacle(await ask(database)) is TrialObstacle.WAS_MEMBER
    assert obstacle(await ask(database, OTHER)) is TrialObstacle.MEMBER


async def test_a_trial_of_the_old_account_is_one_of_the_new(database: Database) -> None:
    await ask(database)
    async with database.write() as connection:
        await administration.transfer(connection, VISITOR, OTHER, act())
    for account in (VISITOR, OTHER):
        assert obstacle(await ask(database, account, NOW + 9 * DAY)) is TrialObstacle.HAD_TRIAL


async def test_a_transfer_that_was_undone_costs_the_other_account_nothing(database: Database) -> None:
    async with database.write() as connection:
        await administration.grant(connection, VISITOR, YEAR, act())
        mistake = await administration.transfer(connection, VISITOR, OTHER, act())
        await administration.suspend(connection, OTHER, act())
        await administration.resume(connection, OTHER, act())
        await administration.undo(connection, mistake.entry.number, act())
    async with database.read() as connection:
        assert await trials.lasting_refusal(connection, OTHER, NOW, ZONE) is None
    assert isinstance(await ask(database, OTHER), MembershipChange)
    async with database.read() as connection:
        assert not await trials.had_trial(connection, VISITOR)


async def test_what_is_offered_is_what_is_given_in_time(database: Database) -> None:
    async with database.write() as connection:
        await administration.grant(connection, VISITOR, YEAR, act(), starts_on=date(2026, 9, 1))
    async with database.read() as connection:
        assert await trials.lasting_refusal(connection, VISITOR, NOW, ZONE) is not None
        assert await trials.lasting_refusal(connection, "30009", NOW, ZONE) is None, "a friend by and by"


async def test_a_new_friend_hears_from_when(database: Database) -> None:
    async with database.write() as connection:
        await friends.remember(connection, ["30009"], NOW)
    refused = await ask(database, "30009", NOW + DAY - timedelta(seconds=1))
    assert refused == TrialRefusal(TrialObstacle.TOO_NEW, allowed_at=NOW + DAY)
    assert isinstance(await ask(database, "30009", NOW + DAY), MembershipChange)


async def test_who_is_not_known_as_a_friend_waits_from_now_on(database: Database) -> None:
    refused = await ask(database, "30009")
    assert refused == TrialRefusal(TrialObstacle.TOO_NEW, allowed_at=NOW + DAY)


async def test_without_a_wait_a_stranger_has_it_at_once(database: Database) -> None:
    assert isinstance(await ask(database, "30009", wait=timedelta()), MembershipChange)


def test_a_full_text_had_for_trial_is_a_trial() -> None:
    applicant = TrialApplicant(VISITOR, (), True, NOW - 9 * DAY)
    refused = trials.judge(applicant, NOW, ZONE, DAY)
    assert refused == TrialRefusal(TrialObstacle.HAD_TRIAL)


async def test_a_message_acts_once(database: Database) -> None:
    again = act(by=VISITOR)
    async with database.write() as connection:
        await trials.give_days(connection, VISITOR, 3, again, DAY)
    with pytest.raises(AlreadyProcessed):
        async with database.write() as connection:
            await trials.give_days(connection, OTHER, 3, again, DAY)
    async with database.read() as connection:
        assert await ledger_store.count(connection) == 1
