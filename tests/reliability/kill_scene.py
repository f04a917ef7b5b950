"""What a scene of the kills is: it furnishes what it needs, acts until the kill (what waits for an answer then is
cancelled), goes on after the restart, and says what it finds wrong beyond what `Promises` watches."""

from __future__ import annotations

from kill_stage import KillStage


class Scene:
    """One scene; `name` is what the reports call it."""

    name = ""
    answers = 0
    """How many it has, at least; there are as many commits."""

    async def furnish(self, stage: KillStage) -> None:
        """What must be there before it begins."""

    async def act(self, stage: KillStage) -> None:
        """What goes on. Ends when all is said and answered."""

    async def go_on(self, stage: KillStage) -> None:
        """After the restart, when all has been said once more."""

    def wrong(self, stage: KillStage) -> list[str]:
        """What isn't as it was promised, at the end."""
        return []
