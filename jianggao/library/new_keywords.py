"""Chooses the keywords of a new speech: what it shares with others tells no word more than they tell."""

from __future__ import annotations

from collections.abc import Sequence

import aiosqlite

from jianggao.library import version_store
from jianggao.library.preparation import PreparedSpeech
from jianggao.library.shown_texts import Relative


async def keywords_of_new(
    connection: aiosqlite.Connection, prepared: PreparedSpeech, related: Sequence[Relative]
) -> Sequence[str]:
    """Returns the keywords of a new speech; `related` are the speeches with the same words.

    One that is mostly other speeches' text under a new name has only keywords that they have: the same
    chapter put in again under ten names must not tell ten times as many of its words.
    """
    shared = sum(relative.shared for relative in related)
    # Less than half is a quotation or a shared chapter: the rest of the text has keywords of its own.
    if not related or shared * 2 < len(prepared.runs):
        return prepared.keywords
    numbers = [relative.number for relative in related]
    known = await version_store.keywords_among(connection, numbers, prepared.keywords)
    return [word for word in prepared.keywords if word in known]
