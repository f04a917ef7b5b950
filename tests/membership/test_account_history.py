"""What is told of an account beside its number."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from jianggao.database import Database
from jianggao.membership import administration
from jianggao.membership.account_history import described, histories, holder
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration
from jianggao.people import people_store

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 5, 1, 20, tzinfo=timezone.utc)  # the 2nd of May in Shanghai


def act(message: str, at: datetime = NOW) -> Act:
    return Act("90001", message, at, ZONE)


async def test_an_account_is_told_with_its_names_and_where_its_subscription_went(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.db")
    async with database.write() as connection:
        await administration.grant(connection, "10001", Duration(years=1), act("a"))
        await administration.transfer(connection, "10001", "20002", act("b"))
        await administration.transfer(connection, "20002", "30003", act("c", NOW + timedelta(days=30)))
        await people_store.set_note(connection, "10001", "甲单位", "90001", NOW)
        known = await histories(connection, ["10001", "20002", "30003", "40004"])
        told = {account: described(account, known, ZONE) for account in known}
        await administration.undo(connection, 3, act("d"))
        undone = await histories(connection, ["10001"])
    await database.close()
    assert told == {
        "10001": "10001（备注“甲单位”，2026-05-02 转移到 20002，2026-06-01 转移到 30003）",
        "20002": "20002（2026-05-02 由 10001 转来，2026-06-01 转移到 30003）",
        "30003": "30003（2026-06-01 由 20002 转来）",
        "40004": "40004",
    }
    assert [holder(account, known) for account in known] == ["30003", "30003", "30003", "40004"]
    assert holder("10001", undone) == "20002"


def test_an_account_that_was_not_looked_up_stands_alone() -> None:
    assert described("10001", {}, ZONE) == holder("10001", {}) == "10001"
