"""Which files were read, and what became of the texts in them."""

from __future__ import annotations

from dataclasses import replace

from library_of_texts import AT
from stored_speeches import prepared, speech_text, store

from jianggao.database import Database
from jianggao.library import source_store, version_store
from jianggao.library.scan import FoundFile
from jianggao.library.source_store import KnownFile, SourceRow

FILE = FoundFile("水利/甲.txt", 120, 1_700_000_000_123_456_789, "水利/甲.txt")


async def test_a_file_is_known_in_the_state_in_which_it_was_read(database: Database) -> None:
    async with database.write() as connection:
        await source_store.remember_file(connection, FILE, "parser 1")
        changed = replace(FILE, size=121)
        await source_store.remember_file(connection, changed, "parser 2")
        assert await source_store.known_files(connection) == {FILE.path: KnownFile(changed, "parser 2")}


async def test_a_name_that_is_no_utf_8_keeps_its_bytes(database: Database) -> None:
    file = replace(FILE, path="水利/会议.txt", location="水利/\udcbb\udce1.txt")
    async with database.write() as connection:
        await source_store.remember_file(connection, file, "1")
    async with database.read() as connection:
        known = await source_store.known_files(connection)
    assert known[file.path].file.location == file.location


async def test_a_file_that_is_gone_is_forgotten_and_its_texts_are_not(database: Database) -> None:
    row = SourceRow("甲.txt", "甲.txt", None, "空文件", present=True)
    async with database.write() as connection:
        await source_store.remember_file(connection, replace(FILE, path="甲.txt"), "1")
        await source_store.put_source(connection, row)
        await source_store.forget_file(connection, "甲.txt")
        assert await source_store.known_files(connection) == {}
        assert await source_store.source(connection, "甲.txt") == row


async def test_only_present_texts_hold_a_speech(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, prepared(speech_text("在修渠会上的讲话", "修渠")))
        other = await store(connection, prepared(speech_text("在修路会上的讲话", "修路")))
        rows = [
            SourceRow("集.zip/乙.txt", "集.zip", number, None, present=True),
            SourceRow("甲.txt", "甲.txt", number, None, present=True),
            SourceRow("旧.txt", "旧.txt", number, None, present=False),
            SourceRow("集.zip/丙.txt", "集.zip", other, None, present=True),
            SourceRow("集.zip/丁.txt", "集.zip", None, "读不懂", present=True),
        ]
        for row in rows:
            await source_store.put_source(connection, row)
        of_speech = await source_store.sources_of_speech(connection, number)
        of_file = await source_store.sources_of_file(connection, "集.zip")
        assert await source_store.sources_of_file(connection, "旧.txt") == []
        assert await source_store.source(connection, "没有.txt") is None
        assert await source_store.sources_that_left(connection, "旧.txt") == [rows[2]]
        assert await source_store.sources_that_left(connection, "集.zip") == []
        assert await source_store.taken_down(connection, "旧.txt") == {}
        await version_store.set_taken_down(connection, number, AT)
        assert await source_store.taken_down(connection, "旧.txt") == {number: True}, "present or not"
        assert await source_store.taken_down(connection, "集.zip") == {number: True}
        assert await source_store.taken_down(connection, "没有.txt") == {number: False}
    assert [row.path for row in of_speech] == sorted(["集.zip/乙.txt", "甲.txt"])
    assert {row.path for row in of_file} == {"集.zip/乙.txt", "集.zip/丙.txt", "集.zip/丁.txt"}
