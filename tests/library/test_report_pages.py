"""The pages of the report, and what is told of one text."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from stored_speeches import AT, prepared, speech_text, store

from jianggao.database import Database
from jianggao.errors import NotFound
from jianggao.library import import_report_store, reading_note_store
from jianggao.library.import_report import ImportReport
from jianggao.library.reading_notes import ReadingNote
from jianggao.library.report_pages import report_page, speech_told, texts_named

ZONE = ZoneInfo("Asia/Shanghai")


async def test_before_the_first_import_the_report_says_what_to_do(database: Database) -> None:
    async with database.read() as connection:
        assert await report_page(connection, 1, ZONE) == "还没有载入过。发“重新载入”。"


async def test_every_text_stands_on_one_page_and_those_to_look_at_first(database: Database) -> None:
    async with database.write() as connection:
        await import_report_store.add_report(connection, AT, ImportReport(speeches=23).to_json())
        for at in range(23):
            note = ReadingNote(f"{at:02}.txt", title=f"第{at}篇", characters=900, headings=1)
            await reading_note_store.put_note(connection, note, 1)
        await reading_note_store.put_note(connection, ReadingNote("坏.txt", refusal="坏了"), 1)
        first = await report_page(connection, 1, ZONE)
        assert (
            first.startswith("2026-03-18 12:00 的载入：\n资料库现有 23 篇")
            and "坏.txt：没有读入：坏了" in first
        )
        assert "全部 23 篇和没能读的 1 个一行一个，发“查看报告 第2页”" in first
        pages = [await report_page(connection, page, ZONE) for page in (2, 3, 4)]
        assert pages[0].splitlines()[1] == "· 坏.txt：没有读入：坏了"
        listed = "\n".join(pages)
        assert all(listed.count(f"{at:02}.txt") == 1 for at in range(23))
        assert "下一页发“查看报告 第3页”" in pages[0] and "这是最后一页" in pages[2]
        with pytest.raises(NotFound, match="共 4 页"):
            await report_page(connection, 5, ZONE)


async def test_where_there_is_nothing_to_look_at_it_says_so(database: Database) -> None:
    async with database.write() as connection:
        await import_report_store.add_report(connection, AT, ImportReport().to_json())
        assert "没有要看一看的文件。" in await report_page(connection, 1, ZONE)


async def test_a_speech_of_two_files_is_told_by_both(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, prepared(speech_text("在晒谷会上的讲话", "看天")))
        for name in ("甲.txt", "甲(1).txt"):
            note = ReadingNote(name, number, "在晒谷会上的讲话", characters=900, headings=1)
            await reading_note_store.put_note(connection, note, 1)
        told = await speech_told(connection, number)
        assert "（甲.txt）" in told and "（甲(1).txt）" in told
        assert (await texts_named(connection, "晒谷")).startswith("有 2 篇：\n· 1《在晒谷会上的讲话》")
        assert (await texts_named(connection, "(1)")).startswith("1《在晒谷会上的讲话》（甲(1).txt）")
        with pytest.raises(NotFound, match="没有第 9 篇的记录"):
            await speech_told(connection, 9)
        with pytest.raises(NotFound, match="没有名字里有“渡口”的文件"):
            await texts_named(connection, "渡口")
