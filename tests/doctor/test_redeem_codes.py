"""Codes that don't fit the ledger are told; nobody mends them by guessing."""

from __future__ import annotations

import pytest
from code_desk import CodeDesk
from doctor_cases import RESTORE, Installation

from jianggao.database import Database


@pytest.fixture
async def with_codes(installation: Installation) -> Installation:
    """Three codes of which one is used: entry 41."""
    database = await Database.open(installation.database)
    desk = CodeDesk(database)
    codes = await desk.make(3)
    await desk.redeem(codes[0], "20999")
    await database.close()
    return installation


async def test_codes_that_fit_are_counted(with_codes: Installation) -> None:
    found = next(finding for finding in await with_codes.examine(quick=True) if finding.what == "卡密")
    assert found.wrong == () and found.noted.startswith("3 张，用掉 1 张")


async def test_a_batch_that_was_never_handed_over_is_told(with_codes: Installation) -> None:
    database = await Database.open(with_codes.database)
    await CodeDesk(database).make(active=False)
    await database.close()
    (wrong,) = [line for line in await with_codes.wrong(quick=True) if "卡密" in line]
    assert "第 2 批卡密没有发完" in wrong and "请删掉" in wrong


@pytest.mark.parametrize(
    ("trigger", "statement", "said"),
    [
        (
            "redeem_codes_never_deleted",
            "DELETE FROM redeem_codes WHERE entry IS NULL",
            "第 1 批卡密的张数不对",
        ),
        (
            "redeem_codes_are_spent_once",
            "UPDATE redeem_codes SET used_by = '1' WHERE entry = 41",
            "卡密记的第 41 号会员记录不是它的兑换",
        ),
        (
            "redeem_codes_are_spent_once",
            "UPDATE redeem_codes SET entry = NULL, used_by = NULL, used_at = NULL WHERE entry = 41",
            "第 41 号兑换没有对应的卡密",
        ),
    ],
)
async def test_codes_that_do_not_fit_are_told(
    with_codes: Installation, trigger: str, statement: str, said: str
) -> None:
    with_codes.edit(f"DROP TRIGGER {trigger}", statement)
    wrong = [line for line in await with_codes.wrong(quick=True) if "卡密" in line]
    assert len(wrong) == 1 and said in wrong[0] and RESTORE in wrong[0]
