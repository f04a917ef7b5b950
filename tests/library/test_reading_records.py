"""What was made of a text is recorded with it, and forgotten with it."""

from __future__ import annotations

from doubtful_texts import OFFER, speech_of
from stored_speeches import TODAY, prepared, store

from jianggao.database import Database
from jianggao.library import edge_lines, reading_note_store
from jianggao.library.preparation import PreparedSource
from jianggao.library.reading_records import forget_reading, record_reading, record_refusal


async def test_a_reading_is_recorded_with_its_lines(database: Database) -> None:
    speech = prepared(speech_of("晒谷", OFFER).replace("（2025年3月4日）\n", ""))
    async with database.write() as connection:
        number = await store(connection, speech)
        note = await record_reading(connection, "甲.txt", speech, number, 1)
        assert note.day == TODAY.isoformat() and note.doubtful[0].number is not None
        assert await reading_note_store.notes_of_speech(connection, number) == [note]
        assert await edge_lines.unknown_lines(connection, 2) == [OFFER]


async def test_a_refusal_leaves_the_lines_of_the_text_before(database: Database) -> None:
    speech = prepared(speech_of("晒谷", OFFER))
    async with database.write() as connection:
        number = await store(connection, speech)
        await record_reading(connection, "甲.txt", speech, number, 1)
        note = await record_refusal(connection, PreparedSource("甲.txt", (), None, "空文件"), number, 2)
        assert await reading_note_store.urgent_notes(connection, 9) == [note] and note.refusal == "空文件"
        assert len(await edge_lines.unknown_lines(connection, 2)) == 1
        await forget_reading(connection, "甲.txt")
        assert await edge_lines.unknown_lines(connection, 2) == []
        assert (await reading_note_store.count_notes(connection)).texts == 0
