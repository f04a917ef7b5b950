"""A volume that loses most of its speeches at once is held back until somebody confirms; what it was split into
is told."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from long_texts import killed_after
from public_texts import sentence

from jianggao.application import Application
from jianggao.library import preparation, speech_store
from jianggao.library.leaving_texts import must_be_confirmed, number_list
from jianggao.sources.files import SourceText, read_source

NAMES = ("防汛", "抗旱", "护林", "修桥", "清塘", "春耕", "秋收", "开学", "盘点", "迎新", "护路", "禁渔")


def speech(name: str) -> str:
    rng = random.Random(name)
    lines = [f"一、先说{name}", *(sentence(rng, 90) for _ in range(6)), "我就讲这些，谢谢大家。"]
    return "\n".join([f"在{name}会上的讲话", "同志们：", *lines])


def write(file: Path, names: tuple[str, ...]) -> None:
    file.parent.mkdir(exist_ok=True)
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text("\n\n".join(map(speech, names)) + "\n", "utf-8")
    os.utime(file, ns=(before + 1_000_000_000, before + 1_000_000_000))


@pytest.fixture
def file(library: Path) -> Path:
    """The only file of the library: a volume."""
    for path in library.iterdir():
        shutil.rmtree(path)
    return library / "水利" / "汇编.txt"


@pytest.fixture
async def bot(open_application: Callable[..., Any], file: Path) -> Application:
    application: Application = await open_application()
    write(file, NAMES)
    await application.importer.run()
    assert len(await listed(application)) == 12
    return application


async def listed(application: Application) -> dict[str, int]:
    """The listed speeches' numbers by what stands between 在 and 会上 in their titles."""
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT number FROM speeches")
        speeches = await speech_store.speeches(connection, [row[0] for row in rows])
    return {
        speech.title.removeprefix("在").split("会上")[0]: speech.number
        for speech in speeches.values()
        if speech.listed
    }


@pytest.mark.parametrize("left", [NAMES[:1], NAMES[4:6], NAMES[3:9]])
async def test_what_a_volume_loses_at_once_is_held_back_until_somebody_confirms(
    bot: Application, file: Path, left: tuple[str, ...]
) -> None:
    before = await listed(bot)
    write(file, left)
    for _ in range(2):  # it is told at each import until then
        report = await bot.importer.run()
        assert await listed(bot) == before and report.withdrawn == []
        assert report.held_back == 12 - len(left) and report.needs_attention
        assert f"水利/汇编.txt：少了 {12 - len(left)} 篇" in report.render()
        assert "重新载入 确认" in report.render()
    report = await bot.importer.run(confirmed=True)
    assert await listed(bot) == {name: before[name] for name in left}
    assert len(report.withdrawn) == 12 - len(left) and report.held_back == 0
    report = await bot.importer.run()
    assert (report.held_back, report.unchanged_files, report.withdrawn) == (0, 1, [])


async def test_a_volume_that_is_put_back_is_whole_again(bot: Application, file: Path) -> None:
    before = await listed(bot)
    write(file, NAMES[:1])
    await bot.importer.run()
    write(file, NAMES)
    report = await bot.importer.run()
    assert await listed(bot) == before
    assert (report.held_back, report.added, report.changed, report.withdrawn) == (0, [], [], [])


async def test_a_volume_of_other_speeches_is_held_back(bot: Application, file: Path) -> None:
    before = await listed(bot)
    file.write_text("\n\n".join(speech(f"{name}二次") for name in ("防汛", "抗旱")) + "\n", "utf-8")
    report = await bot.importer.run()
    assert report.held_back >= 10 and report.withdrawn == []
    assert {*before.values()} <= {*(await listed(bot)).values()}


CHANGES = {
    "a few taken out": NAMES[:7],
    "one put before": ("试航", *NAMES),
    "another order": NAMES[::-1],
}


@pytest.mark.parametrize("change", [*CHANGES])
async def test_a_volume_in_work_is_not_held_back(bot: Application, file: Path, change: str) -> None:
    before = await listed(bot)
    write(file, CHANGES[change])
    report = await bot.importer.run()
    after = await listed(bot)
    assert report.held_back == 0 and {*after} == {*CHANGES[change]}
    assert all(after[name] == before[name] for name in after if name in before)


async def test_other_titles_are_no_loss(bot: Application, file: Path) -> None:
    before = await listed(bot)
    file.write_text(file.read_text("utf-8").replace("会上的讲话", "动员会上的讲话"), "utf-8")
    report = await bot.importer.run()
    assert (report.held_back, report.withdrawn) == (0, [])
    assert sorted((await listed(bot)).values()) == sorted(before.values())


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("confirmed", [False, True])
async def test_a_kill_in_between_withdraws_nothing_unconfirmed(
    bot: Application, file: Path, monkeypatch: pytest.MonkeyPatch, at: int, confirmed: bool
) -> None:
    before = await listed(bot)
    write(file, NAMES[:2])
    with killed_after(at, bot, monkeypatch):
        await bot.importer.run(confirmed=confirmed)
    await bot.importer.run()
    assert len(await listed(bot)) in ((2, 12) if confirmed else (12,))
    await bot.importer.run(confirmed=True)
    assert await listed(bot) == {name: before[name] for name in NAMES[:2]}


async def test_a_speech_that_is_split_stays_with_its_first_part_and_is_told(
    bot: Application, file: Path
) -> None:
    whole = file.with_name("合稿.txt")
    names = ("渡口", "茶山", "碾坊", "晒场")
    parts = "\n\n".join(map(speech, names))
    whole.write_text("=====不拆分=====\n" + parts, "utf-8")
    await bot.importer.run()
    assert (await listed(bot))["渡口"] == 13
    write(whole, names)
    report = await bot.importer.run()
    after = await listed(bot)
    assert [after[name] for name in names] == [13, 14, 15, 16]
    assert "水利/合稿.txt：13《在渡口会上的讲话》拆成 4 篇（13–16）" in report.problems


@pytest.mark.parametrize(
    ("lost", "texts", "expected"),
    [(5, 5, False), (6, 12, True), (6, 13, False), (0, 0, False), (11, 12, True)],
)
def test_so_many_must_be_confirmed(lost: int, texts: int, expected: bool) -> None:
    assert must_be_confirmed(lost, texts) is expected


def test_numbers_in_a_row_are_told_as_one() -> None:
    assert number_list([15, *range(201, 349)]) == "15、201–348"
    assert number_list([3, 1, 2, 7, 8]) == "1–3、7、8"
    assert number_list([4]) == "4" and number_list([]) == ""


async def test_copies_of_a_volume_that_are_read_again_alike_keep_their_numbers(
    open_application: Callable[..., Any], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_less(path: Path, name: str) -> list[Any]:
        # An earlier release lost the closing words.
        return [
            replace(source, text=source.text.replace("我就讲这些，谢谢大家。", "谢谢大家。"))
            for source in read_source(path, name)
            if isinstance(source, SourceText)
        ]

    application: Application = await open_application()
    write(file, NAMES[:3])
    shutil.copy(file, file.with_name("汇编(1).txt"))
    with monkeypatch.context() as patched:
        patched.setattr(preparation, "read_source", read_less)
        await application.importer.run()
    before = await listed(application)
    assert before == {"防汛": 1, "抗旱": 2, "护林": 3}
    async with application.database.write() as connection:
        await connection.execute("UPDATE files SET parser = '0'")
    report = await application.importer.run()
    assert await listed(application) == before
    assert (report.added, report.withdrawn, len(report.changed)) == ([], [], 3)
