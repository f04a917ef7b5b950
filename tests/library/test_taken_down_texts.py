"""Words that a superuser took down don't come back by another number."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from public_texts import sentence
from volume_library import NAMES, body, numbers, speech, write

from jianggao.application import Application
from jianggao.library import version_store

EDIT = "闸门开到第三格就够了，再往上开，下游的秧苗会被冲走，这是去年的教训。"


@pytest.fixture
def file(library: Path) -> Path:
    """The only file of the library."""
    for path in library.iterdir():
        shutil.rmtree(path)
    return library / "水利" / "汇编.txt"


@pytest.fixture
async def bot(open_application: Callable[..., Any], file: Path) -> Application:
    application: Application = await open_application()
    return application


async def down(bot: Application, number: int) -> None:
    async with bot.database.write() as connection:
        await version_store.set_taken_down(connection, number, "2026-03-18T04:00:00.000000+00:00")


async def test_a_part_that_was_taken_down_does_not_come_back_as_the_only_text_of_its_file(
    bot: Application, file: Path
) -> None:
    write(file, speech("防汛"), speech("抗旱"))
    await bot.importer.run()
    await down(bot, 2)
    write(file, speech("防汛"))
    await bot.importer.run()
    write(file, speech("抗旱", changed=EDIT))
    await bot.importer.run()
    assert await numbers(bot) == {}
    write(file, speech("防汛"), speech("抗旱", changed=EDIT))
    await bot.importer.run()
    assert await numbers(bot) == {"防汛": 1}


@pytest.mark.parametrize("name", ["别的.txt", "别的/抗旱.txt"])
@pytest.mark.parametrize("is_volume", [False, True])
async def test_a_copy_of_a_speech_that_was_taken_down_comes_in_taken_down(
    bot: Application, file: Path, name: str, *, is_volume: bool
) -> None:
    write(file, *map(speech, NAMES[:3]))
    await bot.importer.run()
    write(file, speech("防汛"), speech("抗旱", changed=EDIT), speech("护林"))
    await bot.importer.run()
    await down(bot, 2)
    # The earlier version by another name, and one edited elsewhere.
    copy = [speech("抗旱"), speech("修桥")] if is_volume else [speech("抗旱")]
    write(file.parent / name, *copy)
    report = await bot.importer.run()
    assert "抗旱" not in await numbers(bot)
    assert [problem for problem in report.problems if "大部分文字和第 2 篇相同" in problem]
    assert ("修桥" in await numbers(bot)) is is_volume


async def test_what_shares_a_chapter_with_a_speech_that_was_taken_down_is_listed(
    bot: Application, file: Path
) -> None:
    write(file, *map(speech, NAMES[:3]))
    await bot.importer.run()
    await down(bot, 2)
    mine = [sentence(random.Random(f"新 {at}"), 90) for at in range(6)]
    shared = body("抗旱", 1)[1:5]
    write(file.parent / "新.txt", "\n".join(["在修桥会上的讲话", "同志们：", *mine, *shared, "谢谢大家。"]))
    report = await bot.importer.run()
    assert "修桥" in await numbers(bot) and report.problems == []


def mixed(name: str, own: int, shared: list[str]) -> str:
    """A speech with paragraphs of its own above those of another."""
    rng = random.Random(f"{name} 自己")
    mine = [sentence(rng, 90) for _ in range(own)]
    return "\n".join([f"在{name}会上的讲话", "同志们：", *mine, *shared, "我就讲这些，谢谢大家。"])


async def test_a_file_that_becomes_a_copy_is_taken_down(bot: Application, file: Path) -> None:
    other = file.parent / "别的.txt"
    write(file, speech("抗旱"))
    write(other, speech("修桥"))
    await bot.importer.run()
    taken = (await numbers(bot))["抗旱"]
    await down(bot, taken)
    write(other, speech("抗旱", changed=EDIT))
    report = await bot.importer.run()
    assert await numbers(bot) == {} and f"和第 {taken} 篇相同" in report.problems[0]


async def test_a_copy_that_was_away_comes_back_taken_down(bot: Application, file: Path) -> None:
    other = file.parent / "别的.txt"
    write(file, speech("抗旱"))
    write(other, speech("抗旱", changed=EDIT))
    await bot.importer.run()
    text = other.read_text("utf-8")
    other.unlink()
    await bot.importer.run()
    await down(bot, next(iter((await numbers(bot)).values())))
    write(other, text.strip())
    await bot.importer.run()
    assert await numbers(bot) == {}


async def test_a_longer_text_that_holds_all_of_it_is_taken_down(bot: Application, file: Path) -> None:
    write(file, speech("抗旱"))
    await bot.importer.run()
    await down(bot, 1)
    write(file.parent / "长.txt", mixed("修桥", 12, body("抗旱", 1)))
    report = await bot.importer.run()
    assert await numbers(bot) == {} and "里面有第 1 篇的全文" in report.problems[0]


@pytest.mark.parametrize("letter", [90, 50])
async def test_misread_letters_hide_no_copy(bot: Application, file: Path, letter: int) -> None:
    write(file, speech("抗旱"))
    await bot.importer.run()
    await down(bot, 1)
    misread = "".join("口" if at % letter == 7 else sign for at, sign in enumerate(speech("抗旱")))
    write(file.parent / "扫描.txt", misread)
    await bot.importer.run()
    assert await numbers(bot) == {}


@pytest.mark.parametrize(("own", "shared"), [(8, 4), (6, 6), (4, 4), (2, 2)])
async def test_half_of_another_files_words_are_no_copy(
    bot: Application, file: Path, own: int, shared: int
) -> None:
    whole = body("抗旱", 1, 12)
    write(file, "\n".join(["在抗旱会上的讲话", "同志们：", *whole, "我就讲这些，谢谢大家。"]))
    await bot.importer.run()
    await down(bot, 1)
    for at in range(4):
        write(file.parent / f"{at}.txt", mixed(f"修桥{at}", own, whole[1 + at : 1 + at + shared]))
    report = await bot.importer.run()
    assert len(await numbers(bot)) == 4 and report.problems == []


async def test_what_a_superuser_lists_again_stays_listed(bot: Application, file: Path) -> None:
    write(file, speech("抗旱"))
    await bot.importer.run()
    await down(bot, 1)
    write(file.parent / "别的.txt", speech("抗旱", changed=EDIT))
    await bot.importer.run()
    async with bot.database.write() as connection:
        await version_store.set_taken_down(connection, 2, None)
    await bot.importer.run()
    assert await numbers(bot) == {"抗旱": 2}
