"""Tells superusers what they must have read before anything follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import Enum

from nonebot import logger

from jianggao.chat.sending.notices import connected
from jianggao.chat.services import ChatServices
from jianggao.outbound import limited_accounts
from jianggao.outbound.growing_pause import FIRST, LONGEST, GrowingPause
from jianggao.outbound.send_outcomes import Delivered, Refused

MOST_UNKNOWN = 3
"""How many notices that may have arrived make their matters count as told: an implementation may deliver
everything and never say so."""


class Told(Enum):
    """What superusers have got of a text."""

    SURELY = "surely"
    """At least one of them has it."""
    PERHAPS = "perhaps"
    NOT = "not"


async def tell(services: ChatServices, text: str) -> Told:
    """Sends a text to each superuser now, by the accounts that QQ hasn't limited lately, and returns what they
    have got of it. Nothing is kept for later: the caller, who has it stored, tries again."""
    application = services.application
    async with application.database.read() as connection:
        resting = await limited_accounts.resting(connection, application.clock())
    if all(bot.self_id in resting for bot in connected()):
        return Told.NOT
    outcomes = await services.notices.tell_each(text, application.settings.superusers, without=resting)
    if any(isinstance(outcome, Delivered) for outcome in outcomes.values()):
        return Told.SURELY
    is_refused = all(isinstance(outcome, Refused) for outcome in outcomes.values())
    return Told.NOT if is_refused else Told.PERHAPS


class RepeatedNotice:
    """A notice that is sent until a superuser has it, with pauses that grow."""

    def __init__(
        self, services: ChatServices, first: timedelta = FIRST, longest: timedelta = LONGEST
    ) -> None:
        self._services = services
        self._pause = GrowingPause(first, longest)
        self._perhaps: dict[int, int] = {}

    @property
    def is_due(self) -> bool:
        """Whether it may be sent now."""
        return self._pause.is_over(self._services.application.monotonic())

    async def was_told(self, text: str) -> bool:
        """Sends it, and returns whether a superuser surely has it."""
        return await self._told(text) is Told.SURELY

    async def told_of(self, text: str, numbers: Sequence[int]) -> Sequence[int]:
        """Sends it, and returns which of the matters that it names count as told: all if a superuser has it,
        else those that superusers may have read of often enough."""
        told = await self._told(text)
        if told is Told.SURELY:
            self._perhaps.clear()
            return numbers
        if told is Told.NOT:
            return ()
        # Only of those that still wait: others have been settled otherwise.
        self._perhaps = {number: self._perhaps.get(number, 0) + 1 for number in numbers}
        often = [number for number in numbers if self._perhaps[number] >= MOST_UNKNOWN]
        if often:
            logger.error(f"whether superusers read of {len(often)} matters is unknown; they were told often")
        return often

    async def _told(self, text: str) -> Told:
        told = await tell(self._services, text)
        if told is Told.SURELY:
            self._pause.succeeded()
        else:
            self._pause.failed(self._services.application.monotonic())
        return told
