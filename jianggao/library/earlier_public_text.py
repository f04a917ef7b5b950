"""Narrows public text that an earlier release chose by wider rules to the one budget of today, once.

Nothing becomes more public by it: headings are only cut shorter, keywords and previews only taken away. What
was shown before stays counted, so that later versions add nothing to it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

import aiosqlite

from jianggao.database import Database
from jianggao.library import import_report_store, shown_texts, speech_store, version_store
from jianggao.library.keywords import fitting_keywords
from jianggao.library.public_part import Body, ChoosePublicPart, HeadingText, PublicPart, VersionText
from jianggao.library.text_fingerprints import sampled_runs
from jianggao.text.normal_form import normal_form

logger = logging.getLogger(__name__)

VERSION = "one budget"
"""The rules by which public text is chosen today."""
_FACT = "public text version"
"""The name of the stored value that says by which rules public text was chosen last."""


async def narrow_public_text(database: Database, choose: ChoosePublicPart) -> None:
    """Brings every speech's public text within the budget, if that wasn't done yet.

    Killed at any point, it goes on at the next run: doing it twice changes nothing.
    """
    async with database.read() as connection:
        if await import_report_store.fact(connection, _FACT) == VERSION:
            return
        numbers = await speech_store.all_numbers(connection)
    for number in numbers:
        async with database.write() as connection:
            await _narrow(connection, number, choose)
    async with database.write() as connection:
        # The index holds public text too: it must be made anew with what is public now.
        if numbers:
            await import_report_store.set_fact(connection, "index version", "before one budget")
            logger.info("the public text of %d speeches was brought within the one budget", len(numbers))
        await import_report_store.set_fact(connection, _FACT, VERSION)


async def _narrow(connection: aiosqlite.Connection, number: int, choose: ChoosePublicPart) -> None:
    """Chooses the public text of one speech anew, within what an earlier release has shown of it, and stores
    it."""
    for version in await version_store.versions_of(connection, number):
        runs = sampled_runs(normal_form(await speech_store.text_behind_front(connection, version)))
        await shown_texts.add_runs(connection, number, runs)
    speech = await speech_store.speech(connection, number)
    if speech is None:
        # A number without a version: an import of the first release was killed between the two.
        return
    sections = await speech_store.sections_of_version(connection, speech.version)
    text = await speech_store.text_behind_front(connection, speech.version)
    letters = normal_form(text)
    names = [speech.title, *(heading.public for heading in speech.headings)]
    keywords = fitting_keywords(letters, speech.keywords, names)
    version_text = VersionText(
        [Body(row.ordinal, normal_form(row.body)) for row in sections],
        [HeadingText(heading.public, len(heading.public)) for heading in speech.headings],
        letters,
        bool(keywords),
    )
    # Speeches are narrowed by rising numbers: only those before this one show what they will show.
    before = await shown_texts.shown_before(connection, number, sampled_runs(letters), below=number)
    earlier = {row.ordinal: row.audience for row in sections}
    public = choose(
        number, version_text, replace(before, to_all=(), to_groups=(), once=(), audiences=earlier)
    )
    await shown_texts.count_only_once(connection, number)
    await shown_texts.remember_shown(connection, number, version_text, public)
    await _store(connection, speech, sections, keywords, public)


async def _store(
    connection: aiosqlite.Connection,
    speech: speech_store.SpeechRow,
    sections: list[speech_store.SectionRow],
    keywords: tuple[str, ...],
    public: PublicPart,
) -> None:
    forms = {heading.public: form for heading, form in zip(speech.headings, public.headings, strict=True)}
    headings = [replace(heading, public=forms[heading.public]) for heading in speech.headings]
    await version_store.set_headings(connection, speech.version, headings)
    await version_store.set_keywords(connection, speech.number, keywords)
    await version_store.set_public_sections(
        connection,
        [
            (section.id, public.audiences[section.ordinal], _public_label(section, forms))
            for section in sections
        ],
    )


def _public_label(section: speech_store.SectionRow, forms: Mapping[str, str]) -> str:
    """Returns the public headings of a section in their public form of today, by that of before.

    A heading of which no form is known (two releases cut it at different places) is left out whole.
    """
    return "\n".join(forms.get(line, "…") for line in section.public_label.split("\n") if line)
