"""Batches are made within bounds, hold hashes alone, and are revoked when nobody knows who holds them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from code_desk import KEY, NOW, YEAR, ZONE, CodeDesk

from jianggao.database import Database
from jianggao.errors import NotFound, WrongUse
from jianggao.membership.durations import Duration
from jianggao.redeem_codes import code_store, issuing
from jianggao.redeem_codes.code_form import characters_of, hash_of, new_code
from jianggao.redeem_codes.code_store import CodeTerms
from jianggao.redeem_codes.issuing import NewBatch
from jianggao.redeem_codes.redemption import Redeemed, Rejected


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[CodeDesk]:
    database = await Database.open(tmp_path / "bot.db")
    yield CodeDesk(database)
    await database.close()


async def make(desk: CodeDesk, count: int, terms: CodeTerms = YEAR, by: str = "90001") -> NewBatch:
    async with desk.database.write() as connection:
        return await issuing.make_by_chat(connection, count, terms, by, desk.now, ZONE, KEY)


async def test_only_hashes_are_stored(desk: CodeDesk) -> None:
    batch = await make(desk, 3)
    stored = {row[0] for row in await desk.rows("SELECT hash FROM redeem_codes")}
    assert stored == {hash_of(characters_of(code), KEY) for code in batch.codes}
    assert all(code not in repr(batch) for code in batch.codes)


async def test_a_file_has_a_code_a_line_and_nothing_else(desk: CodeDesk) -> None:
    batch = await make(desk, 2, CodeTerms(Duration(days=3), is_trial=True))
    assert batch.file_content.decode().splitlines() == list(batch.codes)
    assert batch.file_name == "卡密-第1批-2张-试用3天.txt"


@pytest.mark.parametrize("count", [0, -1, 501])
async def test_a_number_out_of_bounds_is_refused(desk: CodeDesk, count: int) -> None:
    with pytest.raises(WrongUse, match="1 到 500"):
        await make(desk, count)


async def test_a_day_is_a_day_of_the_timezone_over_all_superusers(desk: CodeDesk) -> None:
    desk.now = NOW.replace(hour=15, minute=59)  # 23:59 in Shanghai
    await make(desk, 300)
    await make(desk, 200, by="90002")
    with pytest.raises(WrongUse, match="还能生成 0 张"):
        await make(desk, 1)
    desk.now += timedelta(minutes=1)
    await make(desk, 500)


async def test_what_was_never_handed_over_leaves_the_day_its_codes(desk: CodeDesk) -> None:
    await make(desk, 500)
    with pytest.raises(WrongUse):
        await make(desk, 1)
    async with desk.database.write() as connection:
        (left,) = await issuing.revoke_interrupted(connection, desk.now)
    assert left.number == 1 and "第 1 批" in issuing.broken_off(left) and "已作废" in issuing.broken_off(left)
    await make(desk, 500)


@pytest.mark.parametrize(
    "terms",
    [
        CodeTerms(Duration(years=5, days=1)),
        CodeTerms(Duration(months=61)),
        CodeTerms(YEAR.duration, note="长" * 101),
        CodeTerms(YEAR.duration, last_day=date(2026, 3, 17)),
    ],
)
async def test_terms_out_of_bounds_are_refused(desk: CodeDesk, terms: CodeTerms) -> None:
    with pytest.raises(WrongUse):
        await make(desk, 1, terms)
    assert await desk.rows("SELECT count(*) FROM code_batches") == [(0,)]


async def test_the_longest_terms_are_given(desk: CodeDesk) -> None:
    await make(desk, 1, CodeTerms(Duration(months=60), note="长" * 100, last_day=date(2026, 3, 19)))


async def test_the_terminal_makes_more_and_they_count_for_nobodys_day(desk: CodeDesk) -> None:
    async with desk.database.write() as connection:
        batch = await issuing.make_at_the_terminal(connection, 2_000, YEAR, desk.now, ZONE, KEY)
        with pytest.raises(WrongUse, match="10000"):
            await issuing.make_at_the_terminal(connection, 10_001, YEAR, desk.now, ZONE, KEY)
    assert len(set(batch.codes)) == 2_000
    await make(desk, 500)


async def test_a_start_revokes_what_was_left_pending_and_nothing_else(desk: CodeDesk) -> None:
    (active,) = await desk.make()
    (pending,) = await desk.make(active=False)
    async with desk.database.write() as connection:
        assert [batch.number for batch in await issuing.revoke_interrupted(connection, desk.now)] == [2]
        assert await issuing.revoke_interrupted(connection, desk.now) == []
        await code_store.activate(connection, 2, desk.now)  # one that comes too late
    assert await desk.redeem(pending) == Rejected()
    assert isinstance(await desk.redeem(active), Redeemed)


async def test_exposed_codes_are_told_from_guesses(desk: CodeDesk) -> None:
    codes = await desk.make(3)
    await desk.redeem(codes[0])
    async with desk.database.write() as connection:
        guess = characters_of(new_code())
        exposed = await issuing.revoke_exposed(connection, [*codes, guess], "30001", NOW, KEY)
        assert exposed == {1: 2}
        assert await issuing.revoke_exposed(connection, [*codes, guess], None, NOW, KEY) == {}
        assert await desk.rows("SELECT * FROM code_attempts") == []
        # Spent or never made: the same follows.
        later = NOW + timedelta(minutes=2)
        assert await issuing.revoke_exposed(connection, [*codes], "30001", later, KEY) == {}
        assert await issuing.revoke_exposed(connection, [guess], "30002", later, KEY) == {}
    assert await desk.rows("SELECT account, wrong FROM code_attempts") == [("30001", 1), ("30002", 1)]
    assert {row[0] for row in await desk.rows("SELECT revoked_why FROM redeem_codes")} == {None, "exposed"}


async def test_what_there_is_not_cant_be_revoked(desk: CodeDesk) -> None:
    await desk.make()
    async with desk.database.write() as connection:
        with pytest.raises(NotFound, match="现有 1–1 批"):
            await issuing.revoke_ordered(connection, 2, NOW)
        with pytest.raises(NotFound):
            await issuing.revoke_each(connection, [new_code()], NOW, KEY)
        assert (await issuing.revoke_ordered(connection, 1, NOW)).revoked == 1
        with pytest.raises(WrongUse):
            await issuing.revoke_ordered(connection, 1, NOW)


async def test_a_code_that_two_accounts_hear_is_no_wrong_try(desk: CodeDesk) -> None:
    codes = await desk.make(2)
    guess = characters_of(new_code())
    async with desk.database.write() as connection:
        assert await issuing.revoke_exposed(connection, codes, "30001", NOW, KEY) == {1: 2}
        soon = NOW + timedelta(seconds=5)
        assert await issuing.revoke_exposed(connection, codes, "30001", soon, KEY) == {}
        assert await desk.rows("SELECT * FROM code_attempts") == []
        # A guess beside it is one, and so is the code when it is typed again later.
        await issuing.revoke_exposed(connection, [*codes, guess], "30001", soon, KEY)
        await issuing.revoke_exposed(connection, codes, "30001", NOW + timedelta(minutes=2), KEY)
    assert await desk.rows("SELECT account, wrong FROM code_attempts") == [("30001", 2)]
