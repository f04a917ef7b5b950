"""Which speeches the parts of a volume are: their numbers stay with their texts, whatever becomes of the
file.

This file is long because parts leave, change and come back in many ways, each with a test of its own."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from long_texts import is_whole, killed_after, long_text
from public_texts import BESIDE, PREVIEW_SHARE, public_texts
from volume_library import NAMES, body, numbers, speech, write

from jianggao.access.overlap import RunPlaces
from jianggao.application import Application
from jianggao.library import source_store, speech_store, version_store
from jianggao.text.normal_form import normal_form


@pytest.fixture
def file(library: Path) -> Path:
    """The only file of the library: a volume."""
    for path in library.iterdir():
        shutil.rmtree(path)
    return library / "水利" / "汇编.txt"


@pytest.fixture
async def bot(open_application: Callable[..., Any], file: Path) -> Application:
    application: Application = await open_application()
    return application


async def stored_paths(application: Application, path: str = "水利/汇编.txt") -> list[str]:
    async with application.database.read() as connection:
        return [row.path for row in await source_store.sources_of_file(connection, path)]


async def test_a_volume_becomes_speeches_with_the_topic_of_its_folder(bot: Application, file: Path) -> None:
    write(file, *map(speech, NAMES[:3]))
    report = await bot.importer.run()
    assert report.added[1] == "2《在抗旱会上的讲话》（水利/汇编.txt/在抗旱会上的讲话）"
    assert await numbers(bot) == {"防汛": 1, "抗旱": 2, "护林": 3}
    async with bot.database.read() as connection:
        assert (await speech_store.require_listed(connection, 2)).topics == ("水利",)
    again = await bot.importer.run()
    assert (again.added, again.changed, again.same_text, again.unchanged_files) == ([], [], [], 1)


CHANGES = {
    "one put before": (("修桥", "防汛", "抗旱", "护林"), {"防汛": 1, "抗旱": 2, "护林": 3, "修桥": 4}),
    "one taken out": (("防汛", "护林"), {"防汛": 1, "护林": 3}),
    "another order": (("护林", "防汛", "抗旱"), {"防汛": 1, "抗旱": 2, "护林": 3}),
    "one for another": (("防汛", "修桥", "护林"), {"防汛": 1, "修桥": 4, "护林": 3}),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_numbers_stay_with_the_texts(bot: Application, file: Path, change: str) -> None:
    write(file, *map(speech, NAMES[:3]))
    await bot.importer.run()
    names, expected = CHANGES[change]
    write(file, *map(speech, names))
    report = await bot.importer.run()
    assert await numbers(bot) == expected
    assert report.changed == [] and report.same_text == []
    assert len(report.withdrawn) == len({"防汛", "抗旱", "护林"} - {*names})


async def test_edited_speeches_in_another_order_under_other_titles_keep_their_numbers(
    bot: Application, file: Path
) -> None:
    write(file, *map(speech, NAMES[:3]))
    await bot.importer.run()
    edited = [speech(name, changed="改过的话，今年照旧，一个字也不少。") for name in ("护林", "防汛", "抗旱")]
    edited[0] = edited[0].replace("在护林会上的讲话", "在守山会上的讲话")
    write(file, *edited)
    report = await bot.importer.run()
    assert await numbers(bot) == {"防汛": 1, "抗旱": 2, "守山": 3}
    assert len(report.changed) == 3 and (report.added, report.withdrawn) == ([], [])


async def test_a_speech_of_other_words_under_the_same_title_keeps_its_number(
    bot: Application, file: Path
) -> None:
    write(file, *map(speech, NAMES[:2]))
    await bot.importer.run()
    write(file, speech("防汛"), speech("抗旱", seed=7))
    assert len((await bot.importer.run()).changed) == 1
    assert await numbers(bot) == {"防汛": 1, "抗旱": 2}


@pytest.mark.parametrize("is_edited", [False, True])
async def test_a_renamed_volume_keeps_its_numbers(bot: Application, file: Path, *, is_edited: bool) -> None:
    write(file, *map(speech, NAMES[:3]))
    await bot.importer.run()
    file.rename(file.with_name("2024年讲话.txt"))
    if is_edited:
        edited = speech("抗旱", changed="改过的话，今年照旧，一个字也不少。")
        write(file.with_name("2024年讲话.txt"), speech("防汛"), edited, speech("护林"))
    report = await bot.importer.run()
    assert await numbers(bot) == {"防汛": 1, "抗旱": 2, "护林": 3}
    assert (report.added, report.withdrawn) == ([], [])


async def test_a_speech_that_left_the_volume_comes_back_with_its_number(bot: Application, file: Path) -> None:
    write(file, *map(speech, NAMES[:3]))
    await bot.importer.run()
    write(file, *map(speech, ("防汛", "护林")))
    assert (await bot.importer.run()).withdrawn == ["2《在抗旱会上的讲话》"]
    write(file, *map(speech, NAMES[:3]))
    assert (await bot.importer.run()).returned == ["2《在抗旱会上的讲话》（水利/汇编.txt/在抗旱会上的讲话）"]
    assert await numbers(bot) == {"防汛": 1, "抗旱": 2, "护林": 3}


EDIT = "改过的话，今年照旧，一个字也不少。"


async def test_a_speech_that_comes_back_edited_keeps_its_number(bot: Application, file: Path) -> None:
    write(file, *map(speech, NAMES[:3]))
    await bot.importer.run()
    write(file, *map(speech, ("防汛", "护林")))
    await bot.importer.run()
    write(file, speech("防汛"), speech("抗旱", changed=EDIT), speech("护林"), speech("修桥"))
    report = await bot.importer.run()
    assert await numbers(bot) == {"防汛": 1, "抗旱": 2, "护林": 3, "修桥": 4}
    assert report.returned == ["2《在抗旱会上的讲话》（水利/汇编.txt/在抗旱会上的讲话）"]


async def test_a_volume_that_comes_back_edited_keeps_its_numbers(bot: Application, file: Path) -> None:
    write(file, *map(speech, NAMES[:3]))
    write(file.with_name("春耕.txt"), speech("春耕"))
    await bot.importer.run()
    before = await numbers(bot)
    file.unlink()
    await bot.importer.run()
    assert {*await numbers(bot)} == {"春耕"}
    write(file, *(speech(name, changed=EDIT + name) for name in ("护林", "抗旱", "防汛")))
    await bot.importer.run()
    assert await numbers(bot) == before


async def test_an_earlier_version_that_comes_back_keeps_its_number(bot: Application, file: Path) -> None:
    """Its words have changed altogether since: the text itself says which it is."""
    for seed in (1, 7):
        write(file, speech("防汛"), speech("抗旱", seed=seed), speech("护林"))
        await bot.importer.run()
    write(file, *map(speech, ("防汛", "护林")))
    await bot.importer.run()
    write(file, *map(speech, ("防汛", "抗旱", "护林", "修桥")))
    await bot.importer.run()
    assert await numbers(bot) == {"防汛": 1, "抗旱": 2, "护林": 3, "修桥": 4}


async def test_a_volume_that_was_kept_whole_is_split_again_into_the_same_numbers(
    bot: Application, file: Path
) -> None:
    write(file, *map(speech, NAMES[:3]))
    await bot.importer.run()
    write(file, "=====不拆分=====\n" + speech("防汛"), *map(speech, NAMES[1:3]))
    await bot.importer.run()
    assert len(await numbers(bot)) == 1
    write(file, *(speech(name, changed=EDIT + name) for name in NAMES[:3]))
    await bot.importer.run()
    assert await numbers(bot) == {"防汛": 1, "抗旱": 2, "护林": 3}


async def test_a_speech_that_left_takes_no_number_of_one_that_is_present(
    bot: Application, file: Path
) -> None:
    write(file, *map(speech, NAMES[:3]))
    await bot.importer.run()
    write(file, *map(speech, ("防汛", "护林")))
    await bot.importer.run()
    # Both are edited, the one that is present and the one that comes back.
    write(file, speech("防汛", changed=EDIT), speech("抗旱", changed=EDIT + "抗旱"), speech("护林"))
    await bot.importer.run()
    assert await numbers(bot) == {"防汛": 1, "抗旱": 2, "护林": 3}


async def test_a_part_that_was_taken_down_comes_back_edited_and_stays_down(
    bot: Application, file: Path
) -> None:
    write(file, *map(speech, NAMES[:3]))
    await bot.importer.run()
    async with bot.database.write() as connection:
        await version_store.set_taken_down(connection, 2, "2026-03-18T04:00:00.000000+00:00")
    write(file, *map(speech, ("防汛", "护林")))
    await bot.importer.run()
    write(file, speech("防汛"), speech("抗旱", changed=EDIT), speech("护林"))
    report = await bot.importer.run()
    assert await numbers(bot) == {"防汛": 1, "护林": 3} and report.added == []


async def test_a_speech_that_has_a_file_of_its_own_now_keeps_its_number(bot: Application, file: Path) -> None:
    write(file, *map(speech, NAMES[:3]))
    await bot.importer.run()
    write(file, *map(speech, ("防汛", "护林")))
    write(file.with_name("抗旱.txt"), speech("抗旱"))
    report = await bot.importer.run()
    assert await numbers(bot) == {"防汛": 1, "抗旱": 2, "护林": 3} and report.withdrawn == []


async def as_one_speech(
    bot: Application, file: Path, monkeypatch: pytest.MonkeyPatch, *speeches: str
) -> None:
    """Import the file as an earlier release did, which split none."""
    write(file, *speeches)
    with monkeypatch.context() as patched:
        patched.setattr("jianggao.parsing.volumes.pieces_of", lambda layout: [])
        await bot.importer.run()
    async with bot.database.write() as connection:
        await connection.execute("UPDATE files SET parser = '0'")


async def test_a_file_that_was_one_speech_gives_its_number_to_the_part_with_most_of_it(
    bot: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = (speech("防汛"), speech("抗旱", paragraphs=20), speech("护林"))
    await as_one_speech(bot, file, monkeypatch, *parts)
    assert await numbers(bot) == {"防汛": 1}
    report = await bot.importer.run()
    assert await numbers(bot) == {"防汛": 2, "抗旱": 1, "护林": 3}
    assert report.withdrawn == [] and len(report.changed) == 1
    assert all("/" in path.removeprefix("水利/") for path in await stored_paths(bot))


async def test_a_volume_that_becomes_one_speech_again_keeps_a_number(
    bot: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = (speech("防汛"), speech("抗旱", paragraphs=20))
    write(file, *parts)
    await bot.importer.run()
    write(file, "=====不拆分=====\n" + parts[0], parts[1])
    report = await bot.importer.run()
    assert await numbers(bot) == {"防汛": 2} and report.withdrawn == ["1《在防汛会上的讲话》"]
    assert await stored_paths(bot) == ["水利/汇编.txt"]
    write(file, *parts)
    await bot.importer.run()
    assert await numbers(bot) == {"防汛": 1, "抗旱": 2}


async def test_a_copy_in_another_file_is_not_taken_along(bot: Application, file: Path) -> None:
    write(file.with_name("抗旱.txt"), speech("抗旱"))
    write(file, *map(speech, NAMES[:2]))
    await bot.importer.run()
    before = await numbers(bot)
    write(file, speech("防汛"), speech("抗旱", changed="改过的话，今年照旧，一个字也不少。"))
    report = await bot.importer.run()
    async with bot.database.read() as connection:
        holders = await source_store.sources_of_speech(connection, before["抗旱"])
    assert [row.path for row in holders] == ["水利/抗旱.txt"] and len(report.added) == 1


async def test_volumes_in_an_archive_keep_their_numbers(bot: Application, file: Path) -> None:
    archive = file.with_name("集.zip")
    archive.parent.mkdir(exist_ok=True)
    for names in (NAMES[:3], ("修桥", "护林", "防汛")):
        with zipfile.ZipFile(archive, "w") as opened:
            opened.writestr("甲.txt", "\n\n".join(map(speech, names)))
            opened.writestr("乙.txt", speech("春耕"))
        os.utime(archive, (1, len(names[0]) + names.index(names[-1]) + (names != NAMES[:3])))
        await bot.importer.run()
        async with bot.database.read() as connection:
            assert (await speech_store.require_listed(connection, 1)).topics == ("水利",)
    assert await numbers(bot) == {"防汛": 1, "护林": 3, "春耕": 4, "修桥": 5}
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("甲.txt", b"\x00\xff\x00\xfe\x01" * 40)
        opened.writestr("乙.txt", speech("春耕"))
    os.utime(archive, (9, 99))
    report = await bot.importer.run()
    assert len(report.refused) == 1 and len(await numbers(bot)) == 4, "it can't be read today"


@pytest.mark.parametrize("at", [1, 2, 3, 4, 5, 6])
async def test_what_a_kill_leaves_is_finished_with_the_same_numbers(
    bot: Application, file: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    parts = (speech("防汛"), speech("抗旱", paragraphs=20), speech("护林"))
    await as_one_speech(bot, file, monkeypatch, *parts)
    monkeypatch.setattr("jianggao.library.file_storing.TRANSACTION_SECONDS", 0.0005)
    with killed_after(at, bot, monkeypatch):
        await bot.importer.run()
    await bot.importer.run()
    assert await numbers(bot) == {"防汛": 2, "抗旱": 1, "护林": 3}
    write(file, parts[2], parts[1].replace("会上", "大会上", 1), speech("修桥"), parts[0])
    with killed_after(at, bot, monkeypatch):
        await bot.importer.run()
    await bot.importer.run()
    assert {*(await numbers(bot)).values()} >= {1, 2, 3} and (await numbers(bot))["护林"] == 3


@pytest.mark.parametrize("at", [1, 3, 5, 8, 12])
async def test_a_long_part_that_is_stored_in_pieces_keeps_its_number_over_a_kill(
    bot: Application, file: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    write(file, long_text("铁桶"), speech("抗旱"))
    await bot.importer.run()
    assert await numbers(bot) == {"全县冬修水利大": 1, "抗旱": 2}
    write(file, speech("防汛"), speech("抗旱"), long_text("木桶"))
    with killed_after(at, bot, monkeypatch):
        await bot.importer.run()
    await bot.importer.run()
    assert await numbers(bot) == {"全县冬修水利大": 1, "抗旱": 2, "防汛": 3}
    await is_whole(bot)


class LearntOfPart:
    """The letters of a part that somebody has learnt, also from pieces that reach beyond it."""

    def __init__(self, letters: str) -> None:
        self._places = RunPlaces(letters)
        self._mask = bytearray(len(letters))

    async def learn_all(self, application: Application) -> None:
        for texts in (await public_texts(application)).values():
            for text in map(normal_form, texts):
                for start, stop in self._places.spans(text):
                    self._mask[start:stop] = b"\1" * (stop - start)

    @property
    def share(self) -> float:
        return sum(self._mask) / len(self._mask)


async def test_what_was_shown_of_one_speech_counts_for_its_parts(
    bot: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = {"防汛": 14, "抗旱": 20, "护林": 14}
    parts = [speech(name, paragraphs=size) for name, size in sizes.items()]
    await as_one_speech(bot, file, monkeypatch, *parts)
    learnt = {
        name: LearntOfPart(normal_form("".join([*body(name, 1, size), "我就讲这些，谢谢大家。"])))
        for name, size in sizes.items()
    }
    for own in learnt.values():
        await own.learn_all(bot)
    before = {name: own.share for name, own in learnt.items()}
    assert max(before.values()) > 0.2
    await bot.importer.run()
    assert len(await numbers(bot)) == 3
    for name, own in learnt.items():
        await own.learn_all(bot)
        assert own.share <= max(before[name], PREVIEW_SHARE + BESIDE), name


async def test_parts_of_a_speech_that_was_taken_down_stay_down(
    bot: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await as_one_speech(bot, file, monkeypatch, *map(speech, NAMES[:3]))
    async with bot.database.write() as connection:
        await version_store.set_taken_down(connection, 1, "2026-03-18T04:00:00.000000+00:00")
    report = await bot.importer.run()
    assert await numbers(bot) == {} and sum("先下架" in problem for problem in report.problems) == 2
