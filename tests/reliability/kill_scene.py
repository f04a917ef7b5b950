"""Declares what a scene of the kills does: it prepares what it needs, acts until the kill (what waits for an
answer then is cancelled), goes on after the restart, and reports what is wrong beyond what `Promises`
checks."""

from __future__ import annotations

from kill_stage import KillStage


class Scene:
    """A scene; `name` is what reports call it."""

    name = ""
    answers = 0
    """How many answers it gets at least; there are as many commits."""

    async def furnish(self, stage: KillStage) -> None:
        """Prepares what must be there before it begins."""

    async def act(self, stage: KillStage) -> None:
        """Does what may be interrupted by the kill. Ends when all is said and answered."""

    async def go_on(self, stage: KillStage) -> None:
        """Goes on after the restart, when all has been said once more."""

    def wrong(self, stage: KillStage) -> list[str]:
        """Returns what is not as it was promised, at the end."""
        return []
