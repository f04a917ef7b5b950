"""A member's suggestions know words of locked text only from months of which the member may read every
day."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from jianggao.application import Application
from jianggao.database.reading_threads import Snapshot
from jianggao.deadline import TimeLimit
from jianggao.library.section_ids import EVERY_ID, IdRange, first_id, last_id, month_of, whole_months
from jianggao.search.visible_index import VisibleIndex
from jianggao.settings import load_settings

DAYS = [date(2025, 3, 10), date(2025, 4, 10), date(2025, 6, 30)]


def span(first: date, last: date) -> IdRange:
    return first_id(first), last_id(last)


@pytest.mark.parametrize(
    ("first", "last", "since", "until"),
    [
        ((2025, 3, 1), (2025, 3, 31), (2025, 3), (2025, 3)),
        ((2025, 3, 2), (2025, 5, 31), (2025, 4), (2025, 5)),
        ((2024, 12, 31), (2025, 12, 30), (2025, 1), (2025, 11)),
        ((2024, 2, 1), (2024, 2, 29), (2024, 2), (2024, 2)),
        ((2024, 2, 1), (2024, 2, 28), (2024, 2), (2024, 1)),
    ],
)
def test_whole_months(
    first: tuple[int, int, int], last: tuple[int, int, int], since: tuple[int, int], until: tuple[int, int]
) -> None:
    found = whole_months(*span(date(*first), date(*last)))
    assert found == (month_of(date(*since, 1)), month_of(date(*until, 1)))


def test_a_month_is_whole_if_each_of_its_days_lies_in_the_span() -> None:
    rng = random.Random(5)
    start = date(2020, 1, 1)
    for _ in range(500):
        first = start + timedelta(rng.randrange(900))
        last = first + timedelta(rng.randrange(100))
        since, until = whole_months(*span(first, last))
        for day in (first, last, first + (last - first) / 2):
            days = [start + timedelta(at) for at in range(-60, 1200)]
            whole = all(first <= other <= last for other in days if month_of(other) == month_of(day))
            assert (since <= month_of(day) <= until) == whole


def test_everything_has_all_months() -> None:
    since, until = whole_months(*EVERY_ID)
    assert since <= month_of(date(1, 1, 1)) and until >= month_of(date(9999, 12, 1))


async def test_words_of_other_months_are_not_looked_at(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    for day, word in zip(DAYS, ("网格员", "河长制", "田长制"), strict=True):
        paragraphs = [
            f"{number}、讲第{number}点。" + "开头的话说给大家听，" * 12 for number in "一二三四五六"
        ]
        text = "\n".join(paragraphs) + f"\n七、再说一点。{word}要把事情办好。" + f"请{word}到村里看一看，" * 9
        (library / f"{day.isoformat()} 讲话{day.month}.txt").write_text(
            f"讲话{day.month}\n同志们：\n{text}\n", "utf-8"
        )
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(tmp_path / "bot.db")})
    application = await Application.open(
        settings,
        clock=lambda: datetime(2026, 1, 1, tzinfo=timezone.utc),
        rng=random.Random(1),
        random_bytes=random.Random(1).randbytes,
        workers=0,
        time_limit=TimeLimit(seconds=3_600),
    )
    try:
        await application.importer.run()
        async with application.database.write() as connection:
            await connection.execute("DELETE FROM public_vocabulary")  # as if each stood in locked text alone
            await connection.execute("DELETE FROM vocabulary")
            for day, word in zip(DAYS, ("甲", "乙", "丙"), strict=True):
                await connection.execute(
                    "INSERT INTO vocabulary VALUES ('du yin', ?, ?)", (month_of(day), word)
                )

        def read(readable: IdRange | None) -> list[str]:
            return VisibleIndex(snapshot, readable).words_read("du yin")

        found = {}

        def work(given: Snapshot) -> None:
            nonlocal snapshot
            snapshot = given
            found["nobody"] = read(None)
            found["all"] = read(EVERY_ID)
            found["April"] = read(span(date(2025, 3, 11), date(2025, 6, 29)))
            found["from April"] = read(span(date(2025, 4, 1), date(2025, 6, 30)))

        snapshot: Snapshot
        await application.database.run_in_snapshot(work)
        assert found == {"nobody": [], "all": ["丙", "乙", "甲"], "April": ["乙"], "from April": ["丙", "乙"]}
    finally:
        await application.close()
