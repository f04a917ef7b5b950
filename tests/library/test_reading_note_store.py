"""Notes are stored one a text, and come with those first that somebody should look at."""

from __future__ import annotations

from stored_speeches import prepared, speech_text, store

from jianggao.database import Database
from jianggao.library import reading_note_store
from jianggao.library.reading_notes import ReadingNote


def fine(path: str, title: str = "晒谷", speech: int | None = None) -> ReadingNote:
    return ReadingNote(path, speech, title, characters=900, headings=1)


async def test_notes_come_by_run_and_urgency(database: Database) -> None:
    async with database.write() as connection:
        await reading_note_store.put_note(connection, ReadingNote("旧.txt", refusal="坏了"), 1)
        await reading_note_store.put_note(connection, ReadingNote("短.txt", title="短", characters=9), 2)
        await reading_note_store.put_note(connection, ReadingNote("新.txt", refusal="坏了"), 2)
        await reading_note_store.put_note(connection, fine("好.txt"), 2)
        urgent = await reading_note_store.urgent_notes(connection, 9)
        assert [note.path for note in urgent] == ["新.txt", "短.txt", "旧.txt"]
        pages = [await reading_note_store.notes_from(connection, start, 2) for start in (0, 2, 4)]
        assert [[note.path for note in page] for page in pages] == [
            ["新.txt", "短.txt"],
            ["旧.txt", "好.txt"],
            [],
        ]
        counts = await reading_note_store.count_notes(connection)
        assert (counts.texts, counts.urgent, counts.refused) == (4, 3, 2)


async def test_a_later_note_takes_the_place_of_the_one_before(database: Database) -> None:
    async with database.write() as connection:
        await reading_note_store.put_note(connection, ReadingNote("甲.txt", refusal="坏了"), 1)
        await reading_note_store.put_note(connection, fine("甲.txt"), 2)
        assert (await reading_note_store.count_notes(connection)).urgent == 0
        await reading_note_store.forget_note(connection, "甲.txt")
        assert (await reading_note_store.count_notes(connection)).texts == 0


async def test_notes_are_found_by_speech_and_by_words(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, prepared(speech_text("在晒谷会上的讲话", "看天")))
        await reading_note_store.put_note(connection, fine("党建/A.TXT", "晒谷的讲话", number), 1)
        await reading_note_store.put_note(connection, fine("水利/乙.txt", "渡口"), 1)
        assert [n.path for n in await reading_note_store.notes_of_speech(connection, number)] == [
            "党建/A.TXT"
        ]
        for words, paths in (("a.txt", ["党建/A.TXT"]), ("渡口", ["水利/乙.txt"]), ("%", []), ("_", [])):
            assert [n.path for n in await reading_note_store.notes_named(connection, words)] == paths
