"""Which speech a text is, and what becomes of speeches whose files change."""

from __future__ import annotations

from datetime import date, datetime, timezone

import aiosqlite
import pytest
from stored_speeches import TODAY, choose_nothing, prepared, speech_text

from jianggao.database import Database
from jianggao.library import speech_store
from jianggao.library.destinations import Destination, NoDay, SpeechChange
from jianggao.library.import_clock import ImportClock
from jianggao.library.import_report import ImportReport
from jianggao.library.preparation import PreparedSource, topics_of
from jianggao.library.reconcile import Reconciler
from jianggao.library.scan import FoundFile
from jianggao.library.source_store import source, sources_of_file, sources_of_speech

NOW = datetime(2026, 3, 18, 4, tzinfo=timezone.utc)
CANAL = speech_text("在修渠会上的讲话", "修渠", "修闸")
CHANGED = speech_text("在修渠会上的讲话", "修渠", "修闸", "修坝")
ROAD = speech_text("在修路会上的讲话", "修路")
UNDATED = speech_text("在修桥会上的讲话", "修桥").replace("（2025年3月4日）\n", "")


@pytest.fixture
def reconciler() -> Reconciler:
    return Reconciler(choose_nothing, lambda number, ordinal: number, ImportClock(lambda: NOW, lambda: TODAY))


def file_of(path: str) -> FoundFile:
    """The file of a text; an archive for a path inside of one."""
    name = path.split(".zip/")[0] + ".zip" if ".zip/" in path else path
    return FoundFile(name, 1, 1, name)


async def put(
    connection: aiosqlite.Connection, reconciler: Reconciler, path: str, text: str | None
) -> tuple[int | None, ImportReport]:
    """Store a text, or a refusal; returns the speech that its source holds."""
    speech = prepared(text, path) if text is not None else None
    entry = PreparedSource(path, topics_of(path), speech, None if speech else "坏了")
    report = ImportReport()
    await reconciler.store_text(connection, file_of(path), entry, None, report)
    row = await source(connection, path)
    assert row is not None
    return row.speech, report


async def destination(
    connection: aiosqlite.Connection, reconciler: Reconciler, path: str, text: str
) -> Destination:
    entry = PreparedSource(path, topics_of(path), prepared(text, path), None)
    return await reconciler.destination(connection, file_of(path), entry, await source(connection, path))


async def test_new_words_are_a_new_speech(database: Database, reconciler: Reconciler) -> None:
    async with database.write() as connection:
        first, report = await put(connection, reconciler, "水利/甲.txt", CANAL)
        second, _ = await put(connection, reconciler, "交通/乙.txt", ROAD)
        row = await speech_store.require_listed(connection, 1)
    assert (first, second) == (1, 2)
    assert report.added == ["1《在修渠会上的讲话》（水利/甲.txt）"] and row.topics == ("水利",)


async def test_a_changed_file_is_a_new_version(database: Database, reconciler: Reconciler) -> None:
    async with database.write() as connection:
        await put(connection, reconciler, "甲.txt", CANAL)
        number, report = await put(connection, reconciler, "甲.txt", CHANGED)
        assert number == 1 and report.changed == ["1《在修渠会上的讲话》（甲.txt）"] and not report.added
        assert (await speech_store.count_listed(connection)) == (1, 3)
        _, report = await put(connection, reconciler, "甲.txt", CHANGED)
        assert report == ImportReport(notes=report.notes)


async def test_the_same_words_in_another_file_are_one_speech(
    database: Database, reconciler: Reconciler
) -> None:
    async with database.write() as connection:
        await put(connection, reconciler, "水利/甲.txt", CANAL)
        number, report = await put(connection, reconciler, "农业/乙.txt", CANAL.replace("。", "！"))
        assert number == 1 and report.same_text == ["农业/乙.txt = 1《在修渠会上的讲话》"]
        assert (await speech_store.require_listed(connection, 1)).topics == ("农业", "水利")
        _, report = await put(connection, reconciler, "农业/乙.txt", CANAL)
        assert report.same_text == []  # told once


async def test_a_second_file_that_changes_becomes_a_speech_of_its_own(
    database: Database, reconciler: Reconciler
) -> None:
    async with database.write() as connection:
        for path in ("甲.txt", "乙.txt"):
            await put(connection, reconciler, path, CANAL)
        assert await destination(connection, reconciler, "乙.txt", CHANGED) == Destination(
            None, SpeechChange.NEW_VERSION
        )
        number, _ = await put(connection, reconciler, "乙.txt", CHANGED)
        assert number == 2
        assert [row.path for row in await sources_of_speech(connection, 1)] == ["甲.txt"]


@pytest.mark.parametrize(
    "text",
    [CANAL.replace("3月4日", "3月5日"), CANAL.replace("来，守", "来。守"), CANAL.replace("同志们：\n", "")],
)
async def test_the_same_words_with_another_date_or_punctuation_are_a_new_version(
    database: Database, reconciler: Reconciler, text: str
) -> None:
    async with database.write() as connection:
        await put(connection, reconciler, "甲.txt", CANAL)
        changed = await destination(connection, reconciler, "甲.txt", text)
        same = await destination(connection, reconciler, "甲.txt", CANAL)
    assert changed == Destination(1, SpeechChange.NEW_VERSION)
    assert same == Destination(1, SpeechChange.NONE)


async def test_a_renamed_file_is_what_it_was_and_a_date_in_its_name_counts(
    database: Database, reconciler: Reconciler
) -> None:
    async with database.write() as connection:
        await put(connection, reconciler, "桥.txt", UNDATED)
        reconciler.gone_files = frozenset({"桥.txt"})
        number, report = await put(connection, reconciler, "2025-06-07 桥.txt", UNDATED)
        assert number == 1 and len(report.changed) == 1
        assert (await speech_store.require_listed(connection, 1)).material_date == date(2025, 6, 7)


async def test_a_speech_without_a_file_is_withdrawn_and_comes_back(
    database: Database, reconciler: Reconciler
) -> None:
    async with database.write() as connection:
        await put(connection, reconciler, "甲.txt", CANAL)
        row = await source(connection, "甲.txt")
        assert row is not None
        report = ImportReport()
        await reconciler.drop_source(connection, row, report)
        assert report.withdrawn == ["1《在修渠会上的讲话》"]
        assert await speech_store.count_listed(connection) == (0, 0)
        assert (await destination(connection, reconciler, "乙.txt", CANAL)).change is SpeechChange.COMES_BACK
        number, report = await put(connection, reconciler, "乙.txt", CANAL)
        assert number == 1 and report.returned == ["1《在修渠会上的讲话》（乙.txt）"]
        assert await speech_store.count_listed(connection) == (1, 2)


async def test_a_speech_whose_file_becomes_another_one_is_told_with_that_file(
    database: Database, reconciler: Reconciler
) -> None:
    async with database.write() as connection:
        await put(connection, reconciler, "甲.txt", CANAL)
        await put(connection, reconciler, "乙.txt", ROAD)
        number, report = await put(connection, reconciler, "甲.txt", ROAD)
        assert number == 2 and report.withdrawn == []
        assert report.displaced == ["1《在修渠会上的讲话》（甲.txt）"]


async def test_a_speech_with_another_file_stays_and_loses_the_topic(
    database: Database, reconciler: Reconciler
) -> None:
    async with database.write() as connection:
        for path in ("水利/甲.txt", "农业/乙.txt"):
            await put(connection, reconciler, path, CANAL)
        row = await source(connection, "水利/甲.txt")
        assert row is not None
        report = ImportReport()
        await reconciler.drop_source(connection, row, report)
        assert report.withdrawn == []
        assert (await speech_store.require_listed(connection, 1)).topics == ("农业",)


async def test_a_file_that_cannot_be_read_keeps_its_speech(
    database: Database, reconciler: Reconciler
) -> None:
    async with database.write() as connection:
        await put(connection, reconciler, "甲.txt", CANAL)
        number, report = await put(connection, reconciler, "甲.txt", None)
        assert number == 1 and report.refused == ["甲.txt：坏了"]
        assert (await speech_store.require_listed(connection, 1)).listed
        number, _ = await put(connection, reconciler, "新.txt", None)
        assert number is None


async def test_texts_that_an_archive_no_longer_holds_are_dropped(
    database: Database, reconciler: Reconciler
) -> None:
    async with database.write() as connection:
        for path, text in (("集.zip/甲.txt", CANAL), ("集.zip/乙.txt", ROAD)):
            await put(connection, reconciler, path, text)
        report = ImportReport()
        await reconciler.drop_texts(connection, "集.zip", {"集.zip/甲.txt"}, report)
        assert report.withdrawn == ["2《在修路会上的讲话》"]
        assert [row.path for row in await sources_of_file(connection, "集.zip")] == ["集.zip/甲.txt"]


async def test_under_a_doubtful_clock_a_new_text_needs_a_date(
    database: Database, reconciler: Reconciler
) -> None:
    reconciler._clock.is_doubted = True
    async with database.write() as connection:
        with pytest.raises(NoDay):
            await put(connection, reconciler, "桥.txt", UNDATED)
        number, _ = await put(connection, reconciler, "2025-06-07 桥.txt", UNDATED)
        assert number == 1
        number, report = await put(connection, reconciler, "桥.txt", UNDATED)
        assert number == 1 and report.same_text  # its words have a day already


async def test_an_undated_text_gets_the_day_of_its_import(database: Database, reconciler: Reconciler) -> None:
    async with database.write() as connection:
        _, report = await put(connection, reconciler, "桥.txt", UNDATED)
        assert report.undated == ["1《在修桥会上的讲话》"]
        assert (await speech_store.require_listed(connection, 1)).material_date == TODAY
