"""Volumes of speeches that share most of their words: each year's keeps its number, whatever becomes of the
file."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from public_texts import sentence

from jianggao.application import Application
from jianggao.library.part_likeness import NewText, PresentText, likenesses
from jianggao.library.speech_store import speeches

EDITS = ("", "这句是校对时补的。", "这句是再校时换的。")


def report(year: int, *, edit: str = "", own: int = 0, title: str = "", dated: bool = True) -> str:
    """One year's report: the same words each year but for the year, a figure and `own` paragraphs."""
    rng, own_rng = random.Random("年报"), random.Random(year)
    paragraphs = [sentence(rng, 80) for _ in range(9)]
    for at in range(own):
        paragraphs[3 + at] = sentence(own_rng, 80)
    return "\n".join(
        [
            title or f"在{year}年渡口修缮总结会上的讲话",
            f"（{year}年12月9日）" if dated else "",
            "同志们：",
            f"{year}年的渡口修完了，一共修了{year % 97}处。{edit}",
            *paragraphs,
            "我就讲这些，谢谢大家。",
        ]
    )


def write(file: Path, *texts: str) -> None:
    file.parent.mkdir(exist_ok=True)
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text("\n\n".join(texts) + "\n", "utf-8")
    os.utime(file, ns=(before + 1_000_000_000, before + 1_000_000_000))


@pytest.fixture
def file(library: Path) -> Path:
    """The only file of the library: a volume."""
    for path in library.iterdir():
        shutil.rmtree(path)
    return library / "渡口" / "年报.txt"


@pytest.fixture
async def bot(open_application: Callable[..., Any], file: Path) -> Application:
    application: Application = await open_application()
    return application


async def years(application: Application) -> dict[int, int]:
    """The years of the listed speeches by their numbers."""
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT number FROM speeches")
        found = await speeches(connection, [row[0] for row in rows])
    return {number: speech.material_date.year for number, speech in sorted(found.items()) if speech.listed}


YEARS = (2021, 2022, 2023, 2024)
CHANGES = {
    "the first taken out": ((2022, 2023, 2024), {2: 2022, 3: 2023, 4: 2024}),
    "one in the middle taken out": ((2021, 2023, 2024), {1: 2021, 3: 2023, 4: 2024}),
    "one put in front": ((2025, *YEARS), {1: 2021, 2: 2022, 3: 2023, 4: 2024, 5: 2025}),
    "one put in the middle": (
        (2021, 2022, 2020, 2023, 2024),
        {1: 2021, 2: 2022, 3: 2023, 4: 2024, 5: 2020},
    ),
    "the newest first": ((2024, 2023, 2022, 2021), {1: 2021, 2: 2022, 3: 2023, 4: 2024}),
    "another order and another year": ((2023, 2025, 2022, 2024), {2: 2022, 3: 2023, 4: 2024, 5: 2025}),
    "the oldest for the newest": ((2022, 2023, 2024, 2025), {2: 2022, 3: 2023, 4: 2024, 5: 2025}),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("own", [0, 2, 5])
@pytest.mark.parametrize("is_edited", [False, True])
async def test_each_year_keeps_its_number(
    bot: Application, file: Path, change: str, own: int, *, is_edited: bool
) -> None:
    write(file, *(report(year, own=own) for year in YEARS))
    await bot.importer.run()
    kept, expected = CHANGES[change]
    write(file, *(report(year, own=own, edit=EDITS[is_edited]) for year in kept))
    await bot.importer.run()
    assert await years(bot) == expected


async def test_numbers_stay_through_one_change_after_another(bot: Application, file: Path) -> None:
    write(file, *map(report, YEARS))
    await bot.importer.run()
    write(file, *(report(year, edit=EDITS[1]) for year in (2022, 2023, 2024)))
    await bot.importer.run()
    write(file, *(report(year, edit=EDITS[2]) for year in (2025, 2024, 2023, 2022)))
    await bot.importer.run()
    assert await years(bot) == {2: 2022, 3: 2023, 4: 2024, 5: 2025}
    write(file, *map(report, (2026, 2025, *YEARS)))
    await bot.importer.run()
    assert await years(bot) == {1: 2021, 2: 2022, 3: 2023, 4: 2024, 5: 2025, 6: 2026}


@pytest.mark.parametrize("own", [0, 2])
async def test_the_day_decides_where_all_have_one_title(bot: Application, file: Path, own: int) -> None:
    title = "在渡口修缮总结会上的讲话"
    write(file, *(report(year, own=own, title=title) for year in YEARS))
    await bot.importer.run()
    write(file, *(report(year, own=own, title=title, edit=EDITS[1]) for year in (2024, 2022, 2023)))
    await bot.importer.run()
    assert await years(bot) == {2: 2022, 3: 2023, 4: 2024}


async def test_a_speech_under_another_title_keeps_its_number_by_what_it_alone_says(
    bot: Application, file: Path
) -> None:
    write(file, *(report(year, own=4) for year in YEARS))
    await bot.importer.run()
    renamed = report(2022, own=4, edit=EDITS[1], title="在渡口验收会上的讲话", dated=False)
    edited = [report(year, own=4, edit=EDITS[1]) for year in (2024, 2021, 2023)]
    write(file, edited[0], renamed, *edited[1:])
    report_of_import = await bot.importer.run()
    assert (report_of_import.added, report_of_import.withdrawn) == ([], [])
    async with bot.database.read() as connection:
        found = await speeches(connection, [1, 2, 3, 4])
    assert found[2].title == "在渡口验收会上的讲话"
    assert [found[number].material_date.year for number in (1, 3, 4)] == [2021, 2023, 2024]


def likeliest(texts: list[NewText], stored: dict[int, PresentText]) -> list[tuple[int, int]]:
    found = likenesses(texts, stored, [text.runs for text in texts])
    return [(likeness.at, likeness.number) for likeness in found]


def stored_text(title: str, runs: range | set[int]) -> PresentText:
    return PresentText(title, None, frozenset(runs), frozenset())


def test_the_title_outweighs_a_few_words_and_not_many() -> None:
    stored = {1: stored_text("甲", {*range(90), *range(100, 110)}), 2: stored_text("乙", {*range(100)})}
    few = NewText("甲", None, [*range(92), 200, 201], "")
    assert likeliest([few], stored)[0] == (0, 1)
    assert likeliest([NewText("甲", None, [*range(100)], "")], stored)[0] == (0, 2)


def test_a_text_that_is_there_twice_is_no_common_one() -> None:
    twice = [NewText("丙", None, range(50), "a"), NewText("丙", None, range(50), "b")]
    assert likeliest(twice, {1: stored_text("甲", range(50))}) == [(0, 1), (1, 1)]


def test_what_others_share_alone_makes_no_speech() -> None:
    parts = [NewText("丙", None, range(50), "a"), NewText("丁", None, range(60), "b")]
    assert likeliest(parts, {1: stored_text("甲", range(50))}) == []
