"""Compares a text with the version of its speech that is stored."""

from __future__ import annotations

import aiosqlite

from jianggao.library import speech_store
from jianggao.library.preparation import PreparedSpeech


async def differs(
    connection: aiosqlite.Connection, speech: speech_store.SpeechRow, prepared: PreparedSpeech
) -> bool:
    """Returns whether the same words come with another date, punctuation or division into title, front,
    headings and sections."""
    if prepared.date is not None and prepared.date != speech.material_date:
        return True
    # A new parser may read another title, or other headings, out of the very same lines.
    outline = [(heading.level, heading.mark, heading.text, heading.section) for heading in speech.headings]
    read = [(heading.level, heading.mark, heading.text, heading.section) for heading in prepared.headings]
    if (prepared.title, prepared.salutation, prepared.occasion, read) != (
        speech.title,
        speech.salutation,
        speech.occasion,
        outline,
    ):
        return True
    stored = await speech_store.sections_of_version(connection, speech.version)
    before = [(section.ordinal, section.label, section.lead, section.body) for section in stored]
    now = [(section.ordinal, section.label, section.lead, section.body) for section in prepared.sections]
    return prepared.front != speech.front or now != before
