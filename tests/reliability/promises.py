"""Compares what the bot was asked to do with what it said it had done and with what its database holds."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from implementation import Implementation, Sent
from process import SUPERUSER

LISTED = ("没来得及回复", "回复没有发出去", "不确定有没有发到")
"""Headings in the list of effects whose answers were lost, or may have been, which the superuser gets."""
_QUIET = 0.7
"""Seconds without a message after which nothing more is expected."""


@dataclass
class Effect:
    """A message that changes something. `is_answer` tells its answer from everything else that leaves the
    bot; `count` says how often the change stands in the database (None: that can't be counted); `names` are
    the words by which the superuser's list of unanswered effects would name it."""

    what: str
    event: dict[str, Any]
    is_answer: Callable[[Sent], bool]
    count: Callable[[sqlite3.Connection], int] | None = None
    names: tuple[str, ...] = ()
    has_to_be_answered: bool = True
    """Whether the answer may not be lost; those that only show something may."""
    is_taken_back: Callable[[sqlite3.Connection], bool] = lambda connection: False
    """Whether the bot has noted by itself that nothing came of it, so that no answer is due."""
    alike: str = ""
    """What the answers to several messages have in common that nothing tells apart."""
    answers: int = 0
    listed: bool = False
    acknowledged: bool = False
    """Whether the answer had come before the kill."""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, sent: Sent) -> bool:
        """Notes a message if it is the answer, or the list that names this effect. Returns whether it is the
        answer."""
        if (
            sent.person == SUPERUSER
            and "file" not in sent.params
            and any(head in sent.text for head in LISTED)
        ):
            self.listed = self.listed or any(
                all(name in line for name in self.names) for line in sent.text.splitlines() if self.names
            )
        elif self.is_answer(sent):
            self.answers += 1
            self.arrived.set()
            return True
        return False

    @property
    def settled(self) -> bool:
        """Whether it was answered or listed."""
        return self.answers > 0 or self.listed


@dataclass
class Promises:
    """All effects that were asked for of one bot, over all its lives."""

    database: Path
    effects: list[Effect] = field(default_factory=list)
    fresh: list[Effect] = field(default_factory=list)
    """Those since the last restart."""

    heard: int = 0
    """How many messages left the bot so far."""

    def hear(self, sent: Sent) -> None:
        """Takes a message of the bot. Of effects whose answers are alike, the first that still waits takes
        it."""
        self.heard += 1
        taken: set[str] = set()
        for effect in sorted(self.fresh, key=lambda effect: effect.answers):
            if effect.alike not in taken and effect.hear(sent) and effect.alike:
                taken.add(effect.alike)

    async def ask(self, qq: Implementation, effect: Effect, *, waits: bool = True) -> None:
        """Says the message and waits for its answer; forever, if the bot dies before."""
        self.fresh.append(effect)
        await qq.repeat(effect.event)
        if waits:
            await effect.arrived.wait()

    def end_life(self) -> None:
        """Notes that the bot is dead: what was answered by now was acknowledged."""
        for effect in self.fresh:
            effect.acknowledged = effect.answers > 0

    def begin_life(self) -> None:
        """Begins anew after a restart; effects of earlier lives are checked ever after."""
        self.effects += self.fresh
        self.fresh = []

    def broken(self, *, over: bool) -> list[str]:
        """Returns what is not as it was promised, in words.

        `over`: the bot was restarted, all was said again and time was given, so that all that was asked for
        must have happened and been answered.
        """
        faults = []
        of_now = {id(effect) for effect in self.fresh}
        with closing(sqlite3.connect(self.database)) as connection:
            for effect in (*self.effects, *list(self.fresh)):
                times = effect.count(connection) if effect.count is not None else None
                if times is not None and times > 1:
                    faults.append(f"{effect.what}: happened {times} times")
                if times == 0 and effect.acknowledged:
                    faults.append(f"{effect.what}: was acknowledged and is lost")
                elif times == 0 and over and id(effect) in of_now:
                    faults.append(f"{effect.what}: was said again after the restart and didn't happen")
            for effect in self.fresh if over else ():
                if effect.answers > 1:
                    faults.append(f"{effect.what}: answered {effect.answers} times")
                due = effect.has_to_be_answered and not effect.settled
                if due and not effect.is_taken_back(connection):
                    faults.append(f"{effect.what}: neither answered nor listed")
        return faults

    async def settle(self, patience: float) -> None:
        """Waits until nothing more is due of this life, or `patience` seconds; at least until nothing has
        come for a moment: answers that nobody is due may still come, and second ones."""
        now = asyncio.get_running_loop().time
        deadline, last, heard = now() + patience, now(), self.heard
        while now() < deadline:
            if heard != self.heard:
                last, heard = now(), self.heard
            if now() - last >= _QUIET and not await asyncio.to_thread(self.broken, over=True):
                return
            await asyncio.sleep(0.1)
