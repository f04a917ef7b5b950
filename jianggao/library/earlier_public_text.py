"""Public text that an earlier release chose by wider rules is narrowed to the one budget of today, once.

Nothing becomes more public by it: headings are only cut shorter, keywords and previews only taken away. What was shown
before stays counted, so that later versions add nothing to it.
"""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import Any

import aiosqlite

from jianggao.database import Database
from jianggao.library import import_report_store, shown_texts, speech_store
from jianggao.library.keywords import fitting_keywords
from jianggao.library.public_part import Body, ChoosePublicPart, HeadingText, PublicPart, VersionText
from jianggao.library.text_runs import sampled_runs
from jianggao.text.normal_form import normal_form

logger = logging.getLogger(__name__)

VERSION = "one budget"
_FACT = "public text version"


async def narrow_public_text(database: Database, choose: ChoosePublicPart) -> None:
    """Bring every speech's public text within the budget, if that wasn't done yet. Killed at any point, it goes on at the
    next run: doing it twice changes nothing."""
    async with database.read() as connection:
        if await import_report_store.fact(connection, _FACT) == VERSION:
            return
        numbers = [
            row[0] for row in await connection.execute_fetchall("SELECT number FROM speeches ORDER BY number")
        ]
    for number in numbers:
        async with database.write() as connection:
            await _narrow(connection, number, choose)
    async with database.write() as connection:
        if numbers:
            await import_report_store.set_fact(connection, "index version", "before one budget")
            logger.info("the public text of %d speeches was brought within the one budget", len(numbers))
        await import_report_store.set_fact(connection, _FACT, VERSION)


async def _narrow(connection: aiosqlite.Connection, number: int, choose: ChoosePublicPart) -> None:
    for version in await connection.execute_fetchall("SELECT id FROM versions WHERE speech = ?", (number,)):
        runs = sampled_runs(normal_form(await _behind_front(connection, version[0])))
        await shown_texts.add_runs(connection, number, runs)
    speech = await speech_store.speech(connection, number)
    if (
        speech is None
    ):  # a number without a version: an import was killed between the two in the first release
        return
    sections = await speech_store.sections_of_version(connection, speech.version)
    text = await _behind_front(connection, speech.version)
    letters = normal_form(text)
    names = [speech.title, *(heading.public for heading in speech.headings)]
    keywords = fitting_keywords(letters, speech.keywords, names)
    version_text = VersionText(
        [Body(row.ordinal, normal_form(row.body)) for row in sections],
        [HeadingText(heading.public, len(heading.public)) for heading in speech.headings],
        letters,
        bool(keywords),
    )
    before = await shown_texts.shown_before(connection, number, sampled_runs(letters), below=number)
    earlier = {row.ordinal: row.audience for row in sections}
    public = choose(
        number, version_text, replace(before, to_all=(), to_groups=(), once=(), audiences=earlier)
    )
    await shown_texts.count_only_once(connection, number)
    await shown_texts.remember_shown(connection, number, version_text, public)
    await _store(connection, speech, sections, keywords, public)


async def _behind_front(connection: aiosqlite.Connection, version: int) -> str:
    rows = await speech_store.sections_of_version(connection, version)
    tails = await connection.execute_fetchall("SELECT tail FROM versions WHERE id = ?", (version,))
    return "".join([*(row.lead + row.body for row in rows), *(row[0] for row in tails)])


async def _store(
    connection: aiosqlite.Connection,
    speech: speech_store.SpeechRow,
    sections: list[speech_store.SectionRow],
    keywords: tuple[str, ...],
    public: PublicPart,
) -> None:
    cut = {heading.public: form for heading, form in zip(speech.headings, public.headings, strict=True)}
    headings: list[dict[str, Any]] = [
        {
            "level": one.level,
            "mark": one.mark,
            "text": one.text,
            "public": cut[one.public],
            "section": one.section,
        }
        for one in speech.headings
    ]
    await connection.execute(
        "UPDATE versions SET headings = ? WHERE id = ?",
        (json.dumps(headings, ensure_ascii=False), speech.version),
    )
    await connection.execute(
        "UPDATE speeches SET keywords = ? WHERE number = ?",
        (json.dumps(keywords, ensure_ascii=False), speech.number),
    )
    await connection.executemany(
        "UPDATE sections SET audience = ?, public_label = ? WHERE id = ?",
        [
            (
                public.audiences[row.ordinal],
                "\n".join(cut.get(line, "…") for line in row.public_label.split("\n") if line),
                row.id,
            )
            for row in sections
        ],
    )
