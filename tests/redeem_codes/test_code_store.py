"""The tables of redeem codes keep what was written: used stays used, revoked stays revoked, nothing goes."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from code_desk import KEY, NOW, YEAR, CodeDesk

from jianggao.database import Database
from jianggao.redeem_codes import code_store
from jianggao.redeem_codes.code_form import hash_of
from jianggao.redeem_codes.code_store import BatchState, RevocationReason
from jianggao.redeem_codes.redemption import Redeemed


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[CodeDesk]:
    database = await Database.open(tmp_path / "bot.db")
    yield CodeDesk(database)
    await database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE redeem_codes SET entry = NULL, used_by = NULL, used_at = NULL WHERE entry IS NOT NULL",
        "UPDATE redeem_codes SET used_by = '1' WHERE entry IS NOT NULL",
        "UPDATE redeem_codes SET revoked_at = 'x', revoked_why = 'ordered' WHERE entry IS NOT NULL",
        "UPDATE redeem_codes SET revoked_at = NULL, revoked_why = NULL WHERE revoked_at IS NOT NULL",
        "UPDATE redeem_codes SET hash = x'00' WHERE entry IS NULL AND revoked_at IS NULL",
        "UPDATE redeem_codes SET batch = 2 WHERE entry IS NULL AND revoked_at IS NULL",
        "UPDATE redeem_codes SET entry = 2, used_by = '20001', used_at = 'x' WHERE batch = 2",
        "UPDATE redeem_codes SET entry = 99, used_by = '20009', used_at = 'x'"
        " WHERE batch = 1 AND entry IS NULL AND revoked_at IS NULL",
        "DELETE FROM redeem_codes",
        "DELETE FROM code_batches",
        "INSERT OR REPLACE INTO redeem_codes (hash, batch) SELECT hash, batch FROM redeem_codes",
        "INSERT OR REPLACE INTO code_batches SELECT * FROM code_batches",
        "INSERT INTO redeem_codes (hash, batch, entry, used_by, used_at) VALUES (x'01', 1, 1, '20001', 'x')",
        "UPDATE code_batches SET duration = 'P9Y0M0W0D'",
        "UPDATE code_batches SET last_day = NULL, is_trial = 0",
        "UPDATE code_batches SET state = 'active', activated_at = 'x' WHERE state = 'revoked'",
        "UPDATE code_batches SET state = 'pending' WHERE state = 'active'",
    ],
)
async def test_what_is_written_is_never_taken_back(desk: CodeDesk, statement: str) -> None:
    codes = await desk.make(3)
    await desk.make(1, active=False)
    await desk.make(1)
    await desk.redeem(codes[0])
    async with desk.database.write() as connection:
        await code_store.revoke_code(connection, hash_of(codes[1], KEY), NOW, RevocationReason.ORDERED)
        await code_store.revoke_batch(connection, 3, NOW, RevocationReason.ORDERED)
    before = await desk.rows("SELECT * FROM redeem_codes"), await desk.rows("SELECT * FROM code_batches")
    with pytest.raises(sqlite3.IntegrityError):
        async with desk.database.write() as connection:
            await connection.execute(statement)
    after = await desk.rows("SELECT * FROM redeem_codes"), await desk.rows("SELECT * FROM code_batches")
    assert after == before


async def test_a_batch_says_how_many_are_used_and_revoked(desk: CodeDesk) -> None:
    codes = await desk.make(5)
    await desk.redeem(codes[0])
    async with desk.database.write() as connection:
        assert await code_store.revoke_code(connection, hash_of(codes[1], KEY), NOW, RevocationReason.EXPOSED)
        assert not await code_store.revoke_code(
            connection, hash_of(codes[0], KEY), NOW, RevocationReason.ORDERED
        )
    async with desk.database.read() as connection:
        batch = await code_store.find_batch(connection, 1)
        (used,) = await code_store.used_codes(connection, 1, limit=9, skip=0)
    assert batch is not None and (batch.used, batch.revoked, batch.unused) == (1, 1, 3)
    assert batch.terms == YEAR and batch.by == "90001" and batch.state is BatchState.ACTIVE
    assert used.by == "20001" and used.at == NOW


async def test_a_used_code_is_not_used_again(desk: CodeDesk) -> None:
    (code,) = await desk.make()
    first = await desk.redeem(code)
    assert isinstance(first, Redeemed)
    async with desk.database.write() as connection:
        used = code_store.UsedCode(first.change.entry.number, "20001", NOW)
        assert not await code_store.mark_used(connection, hash_of(code, KEY), used)


async def test_the_last_day_itself_counts(desk: CodeDesk) -> None:
    terms = code_store.CodeTerms(YEAR.duration, last_day=date(2026, 6, 30))
    (code,) = await desk.make(1, terms)
    async with desk.database.read() as connection:
        found = [
            await code_store.find_code_for(connection, hash_of(code, KEY), "20001", date(2026, month, 30))
            for month in (6, 7)
        ]
    assert found[0] is not None and found[0].terms == terms and found[1] is None
