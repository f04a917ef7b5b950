"""Questions that ran out of their time are counted by kind, and nothing else is stored of them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from jianggao.clock import to_text
from jianggao.database import Database
from jianggao.reading.slow_questions import count_slow_question, count_slow_questions

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=timezone.utc)


async def test_each_kind_is_counted_with_its_last_time(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.db")
    try:
        async with database.write() as connection:
            assert await count_slow_questions(connection) == 0
            for seconds, kind in enumerate(["检索", "随机", "检索"]):
                await count_slow_question(connection, kind, NOW + timedelta(seconds=seconds))
            assert await count_slow_questions(connection) == 3
            rows = await connection.execute_fetchall("SELECT * FROM slow_questions ORDER BY count")
        assert [tuple(row) for row in rows] == [
            ("随机", 1, to_text(NOW + timedelta(seconds=1))),
            ("检索", 2, to_text(NOW + timedelta(seconds=2))),
        ]
    finally:
        await database.close()
