"""Knows the library's texts by who may read them, so that the invariants recognise a text wherever the bot
shows it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from jianggao.library.section_ids import Audience
from jianggao.text.normal_form import normal_form

WINDOW_LENGTH = 24
"""Characters of a window: enough to recognise a text by, and longer than what an answer repeats of a
query."""


@dataclass(slots=True)
class KnownTexts:
    """Knows windows of the library's texts by who may read them, read from the database of the sandbox's
    bot."""

    database: Path
    public: set[str] = field(default_factory=set)
    """Windows of what everybody may read."""
    group: set[str] = field(default_factory=set)
    """Windows of what a member group may see besides."""
    private: set[str] = field(default_factory=set)
    """Windows of what only members may read, in private."""
    bound: dict[str, str] = field(default_factory=dict)
    """The kinds of the bound groups (`member`, `free`) by number."""
    _seen: tuple[int, int] = (-1, -1)
    """Number of sections and newest version when the texts were read last."""

    def refresh(self) -> None:
        """Reads again what has changed. Before the bot has made its database there is nothing to read."""
        if not self.database.exists():
            return
        with closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)) as connection:
            try:
                self.bound = dict(connection.execute("SELECT group_id, kind FROM group_bindings"))
                seen = connection.execute(
                    "SELECT count(*), coalesce(max(version), 0) FROM sections"
                ).fetchone()
                if seen == self._seen:
                    return
                rows = connection.execute("SELECT audience, public_label, body FROM sections").fetchall()
            except sqlite3.OperationalError:
                # The bot is making its tables just now; it shows no text before it has read one.
                return
        self._seen = seen
        self.public, self.group, self.private = set(), set(), set()
        for audience, label, body in rows:
            self.public |= text_windows(label)
            if audience == Audience.PREVIEW:
                self.public |= text_windows(body)
            elif audience == Audience.MEMBER_GROUP:
                self.group |= text_windows(body)
            else:
                self.private |= text_windows(body)

    def member_text_in(self, text: str, *, group_allowed: bool) -> bool:
        """Returns whether a text holds a window of what may not be read here.

        `group_allowed`: here is a member group, which may see more than a free group.
        """
        # A sentence that also stands in a public section gives nothing away.
        found = text_windows(text) - self.public
        if group_allowed:
            return bool((found - self.group) & self.private)
        return bool(found & (self.private | self.group))


def text_windows(text: str) -> set[str]:
    """Returns all runs of WINDOW_LENGTH characters in the normal form of a text."""
    normal = normal_form(text)
    return {normal[at : at + WINDOW_LENGTH] for at in range(len(normal) - WINDOW_LENGTH + 1)}
