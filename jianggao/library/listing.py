"""Brings the index in step with the stored speeches, and makes it anew.

A speech is listed if it can be found: it is neither withdrawn nor taken down.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date

import aiosqlite

from jianggao.library import hidden_sections, index, index_entries
from jianggao.library.hidden_sections import HiddenSections, HiddenState, not_hidden
from jianggao.library.preparation import PreparedSpeech, quotables_of
from jianggao.library.public_part import PublicPart
from jianggao.library.section_ids import speech_key
from jianggao.library.speech_store import (
    SECTION_COLUMNS,
    STORED_SECTION,
    SpeechRow,
    first_row,
    sections_of_version,
    speech,
)
from jianggao.library.version_store import SectionValues, add_quotables, outline, remove_version
from jianggao.text.segmentation import keywords

_LONG_TEXT = 20_000
"""Characters. What is computed from a longer text is computed in a thread, since answers wait for the event
loop."""


async def listed_numbers(connection: aiosqlite.Connection) -> list[int]:
    """Returns the numbers of all listed speeches, the lowest first."""
    rows = await connection.execute_fetchall(
        """SELECT number FROM speeches WHERE withdrawn_at IS NULL AND taken_down_at IS NULL AND version IS NOT NULL
           ORDER BY number"""
    )
    return [row[0] for row in rows]


async def unlisted_numbers(connection: aiosqlite.Connection) -> list[int]:
    """Returns the numbers of the stored speeches that can't be found, and may come back."""
    listed = set(await listed_numbers(connection))
    rows = await connection.execute_fetchall(
        "SELECT number FROM speeches WHERE version IS NOT NULL ORDER BY number"
    )
    return [row[0] for row in rows if row[0] not in listed]


async def list_speech(connection: aiosqlite.Connection, number: int) -> None:
    """Brings the index in step with a speech: its current version in, if it is listed; everything else
    out."""
    await unlist_speech(connection, number)
    row = await speech(connection, number)
    if row is None or not row.listed:
        return
    entry = await asyncio.to_thread(index_entry, row) if row.characters > _LONG_TEXT else index_entry(row)
    for sections in await hidden_sections.hidden(connection, row.version):
        await _change_terms(connection, sections, entry.terms)
        await hidden_sections.show(connection, row.version)
    # Some of what was hidden may be out already, or all of it.
    entries = await section_entries(connection, row.version, missing=True)
    at_once = (
        hidden_sections.SECTIONS_AT_ONCE
        if len(entries) > hidden_sections.LONG_SPEECH
        else hidden_sections.LONG_SPEECH
    )
    for at in range(0, len(entries), at_once):  # the loop answers between them
        await index.put_in_sections(connection, entry, entries[at : at + at_once])
    await index.put_in_speech(connection, entry)
    await connection.execute(
        "UPDATE sections SET listed = 1 WHERE version = ? AND listed = 0", (row.version,)
    )


async def unlist_speech(connection: aiosqlite.Connection, number: int) -> None:
    """Lets nobody find the speech from now on; nothing happens if it isn't in the index.

    A long one is hidden, and taken out of the index a few sections at a time (`take_out_hidden`).
    """
    shown = await hidden_sections.shown_range(connection, number)
    if shown is None or shown[2] <= hidden_sections.LONG_SPEECH:
        # Some of it may be hidden: those sections wait for `take_out_hidden`, and stay marked as listed till
        # then.
        await index.take_out(connection, number)
        await connection.execute(
            f"UPDATE sections SET listed = 0 WHERE speech = ? AND listed = 1 AND {not_hidden('id')}",
            (number,),
        )
        return
    for entry in await index.stored_speeches(connection, number):
        version = await hidden_sections.version_of(connection, shown[0])
        sections = HiddenSections(shown[0], shown[1], number, version, entry.terms, HiddenState.GONE)
        await hidden_sections.hide(connection, sections)
        await index.take_out_speech(connection, entry)


async def begin_to_put_in(
    connection: aiosqlite.Connection, number: int
) -> tuple[int, index_entries.SpeechEntry] | None:
    """Hides the current version of a long speech that is withdrawn or taken down, before it comes back.

    Its sections can be put in a few at a time then (`put_in_some`). Returns the version's id, and what the
    index should hold of the speech; None for any other speech, and for one that is both withdrawn and taken
    down and stays away.
    """
    row = await speech(connection, number)
    # Both: a file that is gone, taken down besides. It doesn't come back when one of the two ends.
    if row is None or row.withdrawn == row.taken_down:
        return None
    span = await first_row(
        connection, "SELECT min(id), max(id), count(*) FROM sections WHERE version = ?", (row.version,)
    )
    if span[2] <= hidden_sections.LONG_SPEECH:
        return None
    entry = await asyncio.to_thread(index_entry, row)
    already = await hidden_sections.hidden(connection, row.version)
    for sections in already:
        await _change_terms(connection, sections, entry.terms)
    if not already:
        sections = HiddenSections(span[0], span[1], number, row.version, entry.terms, HiddenState.GONE)
        await hidden_sections.hide(connection, sections)
    return row.version, entry


async def put_in_some(
    connection: aiosqlite.Connection, version: int, entry: index_entries.SpeechEntry
) -> bool:
    """Puts some of a version's missing sections into the index; returns whether there are more.

    Nothing happens if it isn't hidden with these terms any more: the speech may have been listed since the
    last step.
    """
    hidden = await hidden_sections.hidden(connection, version)
    if not any(sections.terms == entry.terms for sections in hidden):
        return False
    entries = await section_entries(connection, version, missing=True, limit=hidden_sections.SECTIONS_AT_ONCE)
    await index.put_in_sections(connection, entry, entries)
    await hidden_sections.mark_listed(connection, [section.id for section in entries])
    return len(entries) == hidden_sections.SECTIONS_AT_ONCE


async def take_out_hidden(connection: aiosqlite.Connection, version: int) -> bool:
    """Takes some hidden sections of a version out of the index; returns whether there are more.

    After the last they aren't hidden any more. Nothing happens if they aren't: the speech may have been
    listed again since the last step.
    """
    for sections in await hidden_sections.hidden(connection, version):
        return await _take_out_some(connection, sections)
    return False


async def _take_out_some(connection: aiosqlite.Connection, sections: HiddenSections) -> bool:
    """Takes some hidden sections out of the index, as `take_out_hidden` does; returns whether there are
    more."""
    ids = await hidden_sections.indexed_ids(connection, sections, hidden_sections.SECTIONS_AT_ONCE)
    await index.take_out_sections(connection, sections.terms, ids)
    await hidden_sections.mark_unlisted(connection, ids)
    if len(ids) == hidden_sections.SECTIONS_AT_ONCE:
        return True
    # What was never listed was left by an import that was killed. Nobody was shown any of it: it goes
    # altogether.
    was_listed = sections.state == HiddenState.GONE or await _is_current(connection, sections)
    if not was_listed and await remove_version(connection, sections.version):
        return True
    await hidden_sections.show(connection, sections.version)
    return False


async def _change_terms(connection: aiosqlite.Connection, sections: HiddenSections, terms: str) -> None:
    """Lets these terms of their speech lead to hidden sections once they are shown.

    The topic of a speech may change while it is hidden: its file was moved to another folder.
    """
    if sections.terms != terms:
        ids = await hidden_sections.indexed_ids(connection, sections)
        await index.change_terms(connection, sections.terms, terms, ids)
        await hidden_sections.set_terms(connection, sections.version, terms)


async def _is_current(connection: aiosqlite.Connection, sections: HiddenSections) -> bool:
    row = await first_row(connection, "SELECT version FROM speeches WHERE number = ?", (sections.speech,))
    return row is not None and bool(row[0] == sections.version)


def index_entry(row: SpeechRow) -> index_entries.SpeechEntry:
    """Returns what the index should hold of a speech.

    Telling words of its title and public headings lead to it as its keywords do, which leave them out
    (`library/keywords.py`).
    """
    names = [row.title, *(heading.public for heading in row.headings)]
    runs = [*names, *keywords("\n".join(names)), *row.keywords, *row.topics]
    return index_entries.speech_entry(
        speech_key(row.material_date, row.number), row.number, row.title, row.topics, runs
    )


def coming_entry(
    number: int,
    prepared: PreparedSpeech,
    public: PublicPart,
    day: date,
    keywords: Sequence[str],
    topics: Iterable[str],
) -> index_entries.SpeechEntry:
    """Returns what the index should hold of a speech when this version is current."""
    row = SpeechRow(
        number=number,
        version=0,
        title=prepared.title,
        salutation=prepared.salutation,
        occasion=prepared.occasion,
        material_date=day,
        headings=outline(prepared, public),
        front=prepared.front,
        tail=prepared.tail,
        text_hash=prepared.text_hash,
        characters=prepared.characters,
        keywords=tuple(keywords),
        topics=tuple(sorted(topics)),
        withdrawn=False,
        taken_down=False,
    )
    return index_entry(row)


async def section_entries(
    connection: aiosqlite.Connection, version: int, *, missing: bool = False, limit: int = -1
) -> list[index_entries.SectionEntry]:
    """Returns what the index should hold of a version's sections; with `missing`, of those that aren't in it.

    Up to `limit` of them (-1: all), the lowest ids first.
    """
    narrowed = "AND id NOT IN (SELECT id FROM indexed_sections)" if missing else ""
    rows = await connection.execute_fetchall(
        f"SELECT {SECTION_COLUMNS} FROM sections WHERE version = ? {narrowed} ORDER BY id LIMIT ?",
        (version, limit),
    )
    if len(list(rows)) > hidden_sections.LONG_SPEECH:
        return await asyncio.to_thread(lambda: list(map(index_entries.section_entry, rows)))
    return list(map(index_entries.section_entry, rows))


def entries_of_rows(rows: Iterable[SectionValues], occasion: str) -> list[index_entries.SectionEntry]:
    """Returns what the index should hold of sections that are about to be stored.

    `occasion` are the lines under the title of their speech.
    """
    names = STORED_SECTION.split(", ")
    entries = (dict(zip(names, (*row, 1), strict=True)) for row in rows)
    return [
        index_entries.section_entry({**entry, "occasion": occasion if entry["ordinal"] == 1 else ""})
        for entry in entries
    ]


async def settle_listed(connection: aiosqlite.Connection) -> None:
    """Repairs what marks sections as listed, before `rebuild_index` lists those of listed speeches.

    Sections lose the mark that aren't of a speech's current version, or whose speech can't be found.
    Sentences whose section isn't there, and topics whose speech isn't there, are removed.
    """
    await connection.execute(
        """UPDATE sections SET listed = 0 WHERE listed = 1 AND version NOT IN (
               SELECT version FROM speeches
               WHERE withdrawn_at IS NULL AND taken_down_at IS NULL AND version IS NOT NULL)"""
    )
    await connection.execute("DELETE FROM quotables WHERE section NOT IN (SELECT id FROM sections)")
    await connection.execute("DELETE FROM speech_topics WHERE speech NOT IN (SELECT number FROM speeches)")


async def rebuild_index(connection: aiosqlite.Connection) -> None:
    """Makes all that search uses anew from the stored texts, in one transaction.

    It is called by offline verbs: no bot runs that would wait for it.
    """
    await index.empty(connection)
    for number in await listed_numbers(connection):
        await rebuild_speech(connection, number)
    for number in await unlisted_numbers(connection):
        await renew_quotables(connection, number)


async def rebuild_speech(connection: aiosqlite.Connection, number: int) -> None:
    """Makes what search uses of a listed speech anew."""
    await list_speech(connection, number)
    await renew_quotables(connection, number)


async def renew_quotables(connection: aiosqlite.Connection, number: int) -> None:
    """Finds the sentences worth quoting of a speech anew, whether it is listed or not: when it comes back
    nothing of it is read again."""
    row = await speech(connection, number)
    assert row is not None
    for part in await sections_of_version(connection, row.version):
        await add_quotables(connection, part.id, quotables_of(part.body))
