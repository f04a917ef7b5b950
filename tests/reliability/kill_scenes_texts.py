"""Texts that leave while the bot is killed: full texts and sections, of which nothing may leave
unrecorded."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field

from implementation import Sent
from kill_scene import Scene
from kill_stage import WITHIN_THE_WINDOW, KillStage, counted, hidden_sections
from stored import rows_of

FORMS = ("文本", "文档", "转发")


@dataclass
class FullTexts(Scene):
    """A member has full texts sent, in all forms, several at once. None has left that isn't recorded; what is
    recorded and never left is noted as not sent."""

    name = "full texts"
    answers = 5
    member: int = 0
    asked: dict[int, str] = field(default_factory=dict)
    """The titles of the speeches that were asked for, by number."""
    received: set[int] = field(default_factory=set)

    async def furnish(self, stage: KillStage) -> None:
        self.member = await stage.member()
        self.asked = {}
        self.received = set()

    async def act(self, stage: KillStage) -> None:
        speeches = rows_of(
            stage.bot.database,
            """SELECT DISTINCT versions.speech, versions.title FROM versions
               JOIN speeches ON speeches.version = versions.id
               WHERE material_date >= ? AND withdrawn_at IS NULL ORDER BY 1""",
            WITHIN_THE_WINDOW,
        )
        chosen = stage.rng.sample(speeches, min(5, len(speeches)))
        await asyncio.gather(*(self._ask(stage, *choice) for choice in chosen))

    async def _ask(self, stage: KillStage, speech: int, title: str) -> None:
        self.asked[speech] = title

        def is_answer(sent: Sent) -> bool:
            if sent.person != self.member or title not in sent.text:
                return False
            self.received.add(speech)
            return True

        await stage.command(
            f"全文 {speech} {stage.rng.choice(FORMS)}",
            is_answer,
            person=self.member,
            count=counted(
                """SELECT count(*) FROM deliveries JOIN versions ON versions.id = deliveries.version
                   WHERE account = ? AND section IS NULL AND versions.speech = ?""",
                str(self.member),
                speech,
            ),
            names=(str(self.member), "全文"),
            is_taken_back=lambda connection: self._outcome(stage, speech) in ("refused", "unknown"),
        )

    def _outcome(self, stage: KillStage, speech: int) -> str:
        rows = rows_of(
            stage.bot.database,
            """SELECT outcome FROM deliveries JOIN versions ON versions.id = deliveries.version
               WHERE account = ? AND section IS NULL AND versions.speech = ?""",
            str(self.member),
            speech,
        )
        return str(rows[0][0]) if rows else "nothing"

    def wrong(self, stage: KillStage) -> list[str]:
        found = []
        for speech in self.asked:
            outcome = self._outcome(stage, speech)
            if speech in self.received and outcome not in ("delivered", "unknown"):
                found.append(f"全文 {speech} of {self.member} was received, its record says {outcome}")
            if speech not in self.received and outcome in ("delivered", "recorded"):
                found.append(f"全文 {speech} of {self.member} never left, its record says {outcome}")
        return found


@dataclass
class Sections(Scene):
    """A member reads sections in private, each of which is recorded before it leaves."""

    name = "sections"
    answers = 12

    async def act(self, stage: KillStage) -> None:
        member = await stage.member()
        chosen = stage.rng.sample(hidden_sections(stage), 12)
        await asyncio.gather(*(self._read(stage, member, *choice) for choice in chosen))

    async def _read(self, stage: KillStage, member: int, speech: int, ordinal: int, section: int) -> None:
        await stage.command(
            f"段落 {speech}.{ordinal}",
            lambda sent: sent.person == member and bool(re.match(rf"{speech}\.{ordinal}\s", sent.text)),
            person=member,
            count=counted(
                "SELECT count(*) FROM deliveries WHERE account = ? AND section = ?", str(member), section
            ),
            has_to_be_answered=False,
        )
