"""Says where a bot is killed: at a moment, at a commit of its database, or when something leaves it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

from implementation import Sent
from kill_stage import KillStage

_LATEST = 1.2
"""Seconds after a scene began: most are over by then."""
_ANSWERED_WITHIN = 0.01


@dataclass(frozen=True, slots=True)
class Point:
    """Where a bot is killed. `arm` is called when the scene begins; the bot kills itself or is killed then.
    `kind` is its kind in the table of kills."""

    name: str
    kind: str
    arm: Callable[[KillStage], None]
    order: str = ""
    """Of a commit: the order that dying.py reads."""


def moment(seconds: float) -> Point:
    """Returns the point so many seconds after the scene began."""

    def arm(stage: KillStage) -> None:
        asyncio.get_running_loop().call_later(seconds, _blow(stage))

    return Point(f"{seconds:.3f} s into it", "moments", arm)


def _blow(stage: KillStage) -> Callable[[], None]:
    """Kills the process that runs now, and none that was started after it: it may be dead by then."""
    meant = stage.bot.pid

    def strike() -> None:
        if stage.bot.pid == meant:
            stage.bot.strike()

    return strike


def commit(when: str, number: int) -> Point:
    """Returns the point `before` or `after` the commit of that number."""

    order = f"{when} {number}"
    return Point(
        f"{when} commit {number}", f"{when} a commit", lambda stage: stage.bot.order_death(order), order
    )


def send(number: int, *, is_answered: bool) -> Point:
    """Returns the point at which so many messages have left: at once, so that the bot never learns what
    became of the last, or just after it has learned that."""

    def arm(stage: KillStage) -> None:
        left = number

        def struck(sent: Sent) -> None:
            nonlocal left
            left -= 1
            if left == 0 and is_answered:
                asyncio.get_running_loop().call_later(_ANSWERED_WITHIN, _blow(stage))
            elif left == 0:
                stage.bot.strike()

        stage.struck = struck

    heard = "heard of" if is_answered else "unheard of"
    return Point(f"at send {number}, {heard}", f"at a send, {heard}", arm)


def drawn(rng: random.Random, answers: int) -> Point:
    """Returns a random point for a scene of so many answers."""
    lot = rng.randrange(5)
    if lot == 0:
        return moment(_LATEST * rng.random() ** 2)
    if lot in (1, 2):
        return commit("before" if lot == 1 else "after", rng.randint(1, answers))
    return send(rng.randint(1, answers), is_answered=lot == 3)
