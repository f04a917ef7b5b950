"""A code gives its time once, to one person; guessers learn nothing, and soon nothing is looked up for them."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Collection
from datetime import date, timedelta
from pathlib import Path

import pytest
from code_desk import KEY, NOW, TRIAL, YEAR, ZONE, CodeDesk

from jianggao.database import Database
from jianggao.errors import AlreadyProcessed, NotAllowed
from jianggao.membership import administration
from jianggao.membership.durations import Duration
from jianggao.redeem_codes import code_store, redemption
from jianggao.redeem_codes.code_form import characters_of, hash_of, new_code
from jianggao.redeem_codes.code_store import CodeTerms, RevocationReason
from jianggao.redeem_codes.redemption import (
    LockedOut,
    NotForMembers,
    Redeemed,
    Rejected,
    Suspended,
    TrialTaken,
    UsedByYou,
)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[CodeDesk]:
    database = await Database.open(tmp_path / "bot.db")
    yield CodeDesk(database)
    await database.close()


UNKNOWN = characters_of(new_code(random.Random(1).randbytes))


async def test_a_code_gives_its_time_and_names_its_batch(desk: CodeDesk) -> None:
    (code,) = await desk.make()
    outcome = await desk.redeem(code)
    assert isinstance(outcome, Redeemed)
    entry = outcome.change.entry
    assert outcome.change.after.valid_until == date(2027, 3, 18)
    assert (entry.kind.value, entry.member, entry.by) == ("redeem", "20001", "20001")
    assert entry.note == "卡密第 1 批 淘宝" and not entry.is_trial
    assert await desk.rows("SELECT entry, used_by FROM redeem_codes") == [(entry.number, "20001")]


async def test_the_one_who_used_it_is_told_and_nobody_else(desk: CodeDesk) -> None:
    (code,) = await desk.make()
    await desk.redeem(code)
    assert await desk.redeem(code) == UsedByYou(NOW, 1)
    assert await desk.redeem(code, "30001") == Rejected() == await desk.redeem(UNKNOWN, "30001")
    assert await desk.rows("SELECT count(*) FROM ledger") == [(1,)]


async def test_fifty_at_once_write_one_entry(desk: CodeDesk) -> None:
    (code,) = await desk.make()
    outcomes = await asyncio.gather(*(desk.redeem(code, str(20_000 + at)) for at in range(50)))
    assert Counter(type(outcome) for outcome in outcomes) == {Redeemed: 1, Rejected: 49}
    assert await desk.rows("SELECT count(*) FROM ledger") == [(1,)]


async def test_one_person_fifty_times_at_once_gets_it_once(desk: CodeDesk) -> None:
    (code,) = await desk.make()
    outcomes = await asyncio.gather(*(desk.redeem(code) for _ in range(50)))
    assert Counter(type(outcome) for outcome in outcomes) == {Redeemed: 1, UsedByYou: 49}


async def test_a_failed_transaction_leaves_the_code_unused(desk: CodeDesk) -> None:
    (code,) = await desk.make()
    act = desk.act("20001")
    with pytest.raises(RuntimeError):
        async with desk.database.write() as connection:
            await redemption.redeem(connection, "20001", code, act, KEY)
            raise RuntimeError
    assert await desk.rows("SELECT count(*) FROM ledger") == [(0,)]
    assert isinstance(await desk.redeem(code, "20002"), Redeemed)


async def test_a_message_acts_once(desk: CodeDesk) -> None:
    first, second = await desk.make(2)
    act = desk.act("20001")
    async with desk.database.write() as connection:
        await redemption.redeem(connection, "20001", first, act, KEY)
    with pytest.raises(AlreadyProcessed):
        async with desk.database.write() as connection:
            await redemption.redeem(connection, "20001", second, act, KEY)
    assert await desk.rows("SELECT count(entry) FROM redeem_codes") == [(1,)]


async def test_pending_revoked_and_expired_codes_are_as_unknown(desk: CodeDesk) -> None:
    (pending,) = await desk.make(active=False)
    (revoked,) = await desk.make()
    (expired,) = await desk.make(1, CodeTerms(YEAR.duration, last_day=date(2026, 3, 19)))
    async with desk.database.write() as connection:
        await code_store.revoke_code(connection, hash_of(revoked, KEY), NOW, RevocationReason.ORDERED)
    desk.now += timedelta(days=2)
    for code in (pending, revoked, expired, UNKNOWN, UNKNOWN[:-1]):
        assert await desk.redeem(code) == Rejected()
    assert await desk.redeem(UNKNOWN) == LockedOut(60)
    assert await desk.rows("SELECT count(*) FROM ledger") == [(0,)]


async def test_who_is_locked_out_gets_nothing_even_for_a_right_code(desk: CodeDesk) -> None:
    (code,) = await desk.make()
    for _ in range(5):
        assert await desk.redeem(UNKNOWN) == Rejected()
    assert await desk.redeem(code) == LockedOut(60)
    assert isinstance(await desk.redeem(code, "20002"), Redeemed)
    desk.now += timedelta(hours=1)
    assert await desk.redeem(code) == Rejected()


async def test_success_forgets_earlier_slips(desk: CodeDesk) -> None:
    first, second = await desk.make(2)
    for _ in range(4):
        await desk.redeem(UNKNOWN)
    assert isinstance(await desk.redeem(first), Redeemed)
    for _ in range(4):
        await desk.redeem(UNKNOWN)
    assert isinstance(await desk.redeem(second), Redeemed)


async def test_a_suspended_person_keeps_the_code(desk: CodeDesk) -> None:
    first, second = await desk.make(2)
    await desk.redeem(first)
    async with desk.database.write() as connection:
        await administration.suspend(connection, "20001", desk.act("90001"))
    suspended = administration.Act("90001", "s", NOW, ZONE)
    assert await desk.redeem(second) == Suspended() == await desk.redeem(UNKNOWN)
    async with desk.database.write() as connection:
        await administration.resume(connection, "20001", suspended)
    assert isinstance(await desk.redeem(second), Redeemed)


async def test_a_trial_is_had_once_also_by_another_account_of_the_person(desk: CodeDesk) -> None:
    trials = await desk.make(4, TRIAL)
    outcome = await desk.redeem(trials[0])
    assert isinstance(outcome, Redeemed) and outcome.change.entry.is_trial
    assert await desk.redeem(trials[1]) == TrialTaken()
    async with desk.database.write() as connection:
        await administration.transfer(connection, "20001", "20002", desk.act("90001"))
    desk.now += timedelta(days=30)
    assert await desk.redeem(trials[1], "20002") == TrialTaken()
    assert await desk.redeem(trials[1], "20001") == TrialTaken()
    assert isinstance(await desk.redeem(trials[1], "20003"), Redeemed)


async def test_a_trial_that_was_taken_back_has_been_had(desk: CodeDesk) -> None:
    first, second = await desk.make(2, TRIAL)
    await desk.redeem(first)
    async with desk.database.write() as connection:
        await administration.undo(connection, 1, desk.act("90001"))
    assert await desk.redeem(second) == TrialTaken()
    assert await desk.redeem(first) == UsedByYou(NOW, 1, is_undone=True)


async def test_a_full_text_for_trial_forbids_a_trial_code(
    desk: CodeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def received(connection: object, accounts: Collection[str]) -> bool:
        return "20001" in accounts

    monkeypatch.setattr("jianggao.access.trial_store.has_received_text", received)
    (code,) = await desk.make(1, TRIAL)
    assert await desk.redeem(code) == TrialTaken()
    assert isinstance(await desk.redeem(code, "20002"), Redeemed)


async def test_a_member_of_now_or_once_redeems_no_trial_and_keeps_the_code(desk: CodeDesk) -> None:
    trial, bought = *(await desk.make(1, TRIAL)), *(await desk.make())
    await desk.redeem(bought)
    assert await desk.redeem(trial) == NotForMembers()
    desk.now += timedelta(days=800)
    assert await desk.redeem(trial) == NotForMembers()
    assert await desk.rows("SELECT count(entry) FROM redeem_codes") == [(1,)]


async def test_a_subscription_too_far_ahead_keeps_the_code(desk: CodeDesk) -> None:
    (code,) = await desk.make()
    async with desk.database.write() as connection:
        for at in range(10):
            act = administration.Act("90001", f"g{at}", NOW, ZONE)
            await administration.grant(connection, "20001", Duration(years=5), act)
    with pytest.raises(NotAllowed, match="没有用掉"):
        await desk.redeem(code)
    assert await desk.rows("SELECT count(entry) FROM redeem_codes") == [(0,)]


async def test_ten_thousand_wrong_guesses_are_limited_and_leave_little(desk: CodeDesk) -> None:
    await desk.make(20)
    rng = random.Random(2)
    guesses = [characters_of(new_code(rng.randbytes)) for _ in range(10_000)]
    outcomes: Counter[type] = Counter()
    slowest = 0.0
    async with desk.database.write() as connection:
        for at, guess in enumerate(guesses):
            began = time.perf_counter()
            act = administration.Act("3", f"m{at}", desk.now, ZONE)
            account = str(30_000 + at % 20)
            outcomes[type(await redemption.redeem(connection, account, guess, act, KEY))] += 1
            slowest = max(slowest, time.perf_counter() - began)
    assert outcomes == {Rejected: 100, LockedOut: 9_900}
    assert await desk.rows("SELECT count(*) FROM code_attempts") == [(20,)]
    assert await desk.rows("SELECT count(*) FROM ledger") == [(0,)]
    assert slowest < 1.0


async def test_a_used_and_an_unknown_code_take_a_guesser_the_same_time(desk: CodeDesk) -> None:
    (used,) = await desk.make()
    await desk.redeem(used, "20001")
    spans: dict[str, list[float]] = {used: [], UNKNOWN: []}
    async with desk.database.write() as connection:
        for at in range(600):
            for code in (used, UNKNOWN) if at % 2 else (UNKNOWN, used):
                act = administration.Act("3", f"t{at}", desk.now, ZONE)
                began = time.perf_counter()
                assert await redemption.redeem(connection, f"{at}{code}", code, act, KEY) == Rejected()
                spans[code].append(time.perf_counter() - began)
    ratio = statistics.median(spans[used]) / statistics.median(spans[UNKNOWN])
    print(f"used to unknown: {ratio:.3f}")
    assert 0.85 < ratio < 1.18
