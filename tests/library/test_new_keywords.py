"""What a new speech shares with others tells no word more than they tell."""

from __future__ import annotations

from speech_texts import FULL, numbered
from stored_speeches import prepared, store

from jianggao.database import Database
from jianggao.library import version_store
from jianggao.library.new_keywords import keywords_of_new
from jianggao.library.shown_texts import relatives


async def test_a_name_more_tells_no_more_words(database: Database) -> None:
    """A text that is mostly another's has no keywords but those of the other."""
    again, other = prepared(FULL.replace("动员会上", "总结会上")), prepared(numbered("护理", 3))
    assert again.keywords and other.keywords
    async with database.write() as connection:
        number = await store(connection, prepared(FULL))
        await version_store.set_keywords(connection, number, ["渠长", again.keywords[1]])
        related = await relatives(connection, None, again.runs)
        assert await keywords_of_new(connection, again, related) == [again.keywords[1]]
        related = await relatives(connection, None, other.runs)
        assert list(await keywords_of_new(connection, other, related)) == list(other.keywords)
