"""What a member used in a year."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from jianggao.access import deliveries, usage_counts
from jianggao.access.usage_counts import YearOfUse
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.database import Database

ZONE = ZoneInfo("Asia/Shanghai")
NEW_YEAR = datetime(2025, 12, 31, 16, tzinfo=timezone.utc)  # midnight in Shanghai


async def test_searches_and_full_texts_count_by_calendar_year(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.db")
    place = Place(PlaceKind.PRIVATE, "20001")
    async with database.write() as connection:
        for year in (2025, 2026, 2026):
            await usage_counts.count_search(connection, "20001", year)
        moments = [NEW_YEAR - timedelta(seconds=1), NEW_YEAR, NEW_YEAR, NEW_YEAR + timedelta(days=364)]
        for version, at in enumerate(moments):
            number = await deliveries.record_delivery(
                connection,
                account="20001",
                version=version // 3,
                section=None,
                place=place,
                form="text",
                at=at,
            )
            if at == NEW_YEAR and version == 2:
                await deliveries.settle(connection, [number], deliveries.DeliveryOutcome.REFUSED)
        used = [
            await usage_counts.used_in(connection, ["20001"], [year], ZONE) for year in (2025, 2026, 2027)
        ]
        assert used == [YearOfUse(2025, 1, 1), YearOfUse(2026, 2, 2), YearOfUse(2027)]
        assert await usage_counts.used_in(connection, ["20002"], [2026], ZONE) == YearOfUse(2026)
        both = await usage_counts.used_in(connection, ["20001", "20002"], [2025, 2026], ZONE)
        assert both == YearOfUse(2025, 3, 2)
    await database.close()
