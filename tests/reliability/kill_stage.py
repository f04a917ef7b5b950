"""Holds what every scene of the kills works with: the bot, its account on QQ, and what it promised."""

from __future__ import annotations

import base64
import itertools
import random
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from implementation import Implementation, Sent
from installed_bot import InstalledBot
from process import SUPERUSER, TOKEN
from promises import Effect, Promises
from stored import rows_of

WITHIN_THE_WINDOW = "2024-06-01"
"""Of the small library one speech is older, and no member of today may read it."""


@dataclass
class KillStage:
    """One bot over all its lives. `people` and `groups` never give the same number twice."""

    bot: InstalledBot
    rng: random.Random
    promises: Promises
    qq: Implementation
    people: Iterator[int] = field(default_factory=lambda: itertools.count(50_001))
    groups: Iterator[int] = field(default_factory=lambda: itertools.count(800_001))
    struck: Callable[[Sent], None] = lambda sent: None
    """Gets everything that leaves the bot, to kill the bot there."""

    @classmethod
    def on(cls, bot: InstalledBot, rng: random.Random) -> KillStage:
        """Returns the stage of a bot; nobody is connected yet."""
        promises = Promises(bot.database)
        stage = cls(bot, rng, promises, Implementation(bot.port, TOKEN, answer=evidence_given))
        stage.qq.hear = stage.hear
        return stage

    def hear(self, sent: Sent) -> None:
        self.promises.hear(sent)
        self.struck(sent)

    async def command(
        self,
        typed: str | list[dict[str, Any]],
        is_answer: Callable[[Sent], bool],
        *,
        person: int = SUPERUSER,
        group: int | None = None,
        waits: bool = True,
        **about: Any,
    ) -> Effect:
        """Says a command that changes something; `about` are fields of its Effect."""
        event = self.qq.message(typed, person=person, group=group)
        what = typed if isinstance(typed, str) else f"a {typed[0]['type']} of {person}"
        return await self.say_event(what, event, is_answer, waits=waits, **about)

    async def say_event(
        self,
        what: str,
        event: dict[str, Any],
        is_answer: Callable[[Sent], bool],
        *,
        waits: bool = True,
        **about: Any,
    ) -> Effect:
        """Says a message that is made already."""
        effect = Effect(what, event, is_answer, **about)
        await self.promises.ask(self.qq, effect, waits=waits)
        return effect

    async def member(self) -> int:
        """Makes a new member for a year and returns the account."""
        member = next(self.people)
        await self.command(
            f"开通 {member} 1年",
            says(f"已开通 {member}，"),
            count=ledger("grant", member),
            names=(str(member),),
        )
        return member


def says(start: str, person: int = SUPERUSER) -> Callable[[Sent], bool]:
    """Returns what tells whether a message is a private text to `person` that begins so."""
    return lambda sent: sent.person == person and "file" not in sent.params and sent.text.startswith(start)


def counted(sql: str, *values: Any) -> Callable[[sqlite3.Connection], int]:
    """Returns what counts rows by this query."""
    return lambda connection: int(connection.execute(sql, values).fetchone()[0])


def ledger(kind: str, member: int) -> Callable[[sqlite3.Connection], int]:
    """Returns what counts the ledger entries of a kind that a member has."""
    return counted("SELECT count(*) FROM ledger WHERE kind = ? AND member = ?", kind, str(member))


def hidden_sections(stage: KillStage) -> list[tuple[int, int, int]]:
    """Returns speech, ordinal and id of each section that a member of today may read, and nobody else."""
    return [
        (speech, ordinal, section)
        for speech, ordinal, section in rows_of(
            stage.bot.database,
            """SELECT sections.speech, ordinal, sections.id FROM sections
               JOIN versions ON versions.id = sections.version
               WHERE listed = 1 AND audience = 2 AND material_date >= ? ORDER BY 1, 2""",
            WITHIN_THE_WINDOW,
        )
    ]


def content_of(name: str) -> bytes:
    """Returns the bytes of a piece of evidence: each name has its own."""
    return f"证据 {name}\n".encode() * 40


def evidence_given(action: str, params: dict[str, Any]) -> dict[str, Any] | None:
    """Returns the account's answer when the bot fetches a piece of evidence; None for other calls."""
    if action in ("get_image", "get_file"):
        name = str(params.get("file_id") or params.get("file"))
        given = base64.b64encode(content_of(name)).decode("ascii")
        return {"status": "ok", "retcode": 0, "data": {"base64": given}}
    return None
