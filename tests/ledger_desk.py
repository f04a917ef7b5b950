"""An operator at the ledger: what is done to members, each act by a message of its own."""

from __future__ import annotations

from datetime import datetime, timezone
from itertools import count
from zoneinfo import ZoneInfo

from jianggao.database import Database
from jianggao.membership import administration, ledger_store
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration

OPERATOR = "90001"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)
YEAR, MONTH = Duration(years=1), Duration(months=1)
_messages = count(1)


def act(at: datetime = NOW, note: str = "") -> Act:
    """An act by a message that nothing was done by before."""
    return Act(OPERATOR, f"message {next(_messages)}", at, ZONE, note)


async def granted(
    database: Database, member: str = "10001", duration: Duration = YEAR, at: datetime = NOW
) -> None:
    """Grants somebody a membership."""
    async with database.write() as connection:
        await administration.grant(connection, member, duration, act(at))


async def entries(database: Database) -> int:
    """How many entries the ledger has."""
    async with database.read() as connection:
        return await ledger_store.count(connection)
