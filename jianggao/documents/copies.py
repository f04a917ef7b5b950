"""The copy of a speech that one person gets. Full texts and private sections take their text from here alone."""

from __future__ import annotations

from dataclasses import dataclass

import aiosqlite

from jianggao.documents.names import file_name
from jianggao.library import store

NOTICE = "仅供学习，禁止外传"


@dataclass(frozen=True, slots=True)
class Copy:
    """A person's copy: the text without the notice, and each section's part of it by ordinal."""

    title: str
    text: str
    sections: dict[int, str]

    @property
    def with_notice(self) -> str:
        """The text as it leaves, the notice at its head and its end."""
        return f"{NOTICE}\n\n{self.text.strip()}\n\n{NOTICE}\n"

    @property
    def file_name(self) -> str:
        """The title as a file name without suffix."""
        return file_name(self.title)


async def copy_for(connection: aiosqlite.Connection, person: str, version: int) -> Copy:
    """The copy of `version` that `person` gets: always the same for the same person and version."""
    del person  # every person's copy is the clean text so far
    rows = await connection.execute_fetchall("SELECT title FROM versions WHERE id = ?", (version,))
    title = str(next(iter(rows))[0])
    parts = await store.sections_of_version(connection, version)
    return Copy(title, await store.version_text(connection, version), {p.ordinal: p.body for p in parts})
