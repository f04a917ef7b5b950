"""Keeps the topics of a speech those of the folders in which its files lie."""

from __future__ import annotations

import aiosqlite

from jianggao.library import source_store, speech_store, version_store
from jianggao.library.preparation import topics_of


async def settle_topics(connection: aiosqlite.Connection, number: int) -> bool:
    """Gives a speech the topics of all its present sources; returns whether they changed."""
    sources = await source_store.sources_of_speech(connection, number)
    wanted = {topic for source in sources for topic in topics_of(source.path)}
    speech = await speech_store.speech(connection, number)
    assert speech is not None
    if wanted == set(speech.topics):
        return False
    await version_store.set_topics(connection, number, wanted)
    return True
