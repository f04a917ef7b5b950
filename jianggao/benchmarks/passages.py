"""Reads the sections of a library in the form in which every compared engine gets them: the same texts and
words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from jianggao.application import Application
from jianggao.library import hit_store, listing, speech_store
from jianggao.settings import Settings, load_settings
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import words

_SPEECHES_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Passage:
    """A section, with the public facts of its speech."""

    id: int
    """Its row's id, larger for newer ones."""
    number: str
    """As people write it: `12.3`."""
    source: str
    """The path of the speech's file in the library."""
    text: str
    """Heading and body in normal form."""
    words: tuple[str, ...]
    """The words that the bot's own index cuts heading and body into."""
    title: str
    """The title of the speech."""
    year: int
    topics: tuple[str, ...]


def settings_for(library: Path, database: Path) -> Settings:
    """Returns default settings for a library and a database, whatever `.env` says."""
    return load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(database)})


async def passages_of(application: Application) -> AsyncIterator[list[Passage]]:
    """Yields every listed section, those of some speeches at a time."""
    async with application.database.read() as connection:
        numbers = await listing.listed_numbers(connection)
    for start in range(0, len(numbers), _SPEECHES_AT_ONCE):
        yield await _of_speeches(application, numbers[start : start + _SPEECHES_AT_ONCE])


async def _of_speeches(application: Application, numbers: list[int]) -> list[Passage]:
    passages = []
    sources = (
        await application.database.run_in_snapshot(
            lambda connection: hit_store.look_up(connection, [], numbers)
        )
    ).sources
    async with application.database.read() as connection:
        for speech in (await speech_store.speeches(connection, numbers)).values():
            if speech.number not in sources:  # it went meanwhile
                continue
            for row in await speech_store.sections_of_version(connection, speech.version):
                text = f"{row.label}\n{row.body}"
                passages.append(
                    Passage(
                        id=row.id,
                        number=f"{row.speech}.{row.ordinal}",
                        source=sources[row.speech],
                        text=normal_form(text),
                        words=tuple(words(text)),
                        title=speech.title,
                        year=speech.material_date.year,
                        topics=speech.topics,
                    )
                )
    return passages
