"""Keeps one person's commands in the order in which they came, though messages are handled at the same time:
an implementation that hands over a backlog sends 开通 and 停用 at the same moment."""

from __future__ import annotations

import asyncio
from contextlib import suppress

LONGEST_WAIT = 10.0
"""Seconds that a message waits for those before it: one that hangs must not silence its sender."""


class Turn:
    """The place of one message among those of its sender: `wait` for the messages before it, and `end` it
    when the next may begin."""

    def __init__(self, order: Order, account: str, before: Turn | None) -> None:
        self._order = order
        self._account = account
        self._before = before
        self._ended = asyncio.Event()

    async def wait(self) -> None:
        """Returns when the messages before it have had their effect, or have taken too long."""
        before, self._before = self._before, None
        if before is not None:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(before._ended.wait(), self._order.longest_wait)

    def end(self) -> None:
        """Lets the next message begin. A second call does nothing."""
        self._ended.set()
        self._order.forget(self._account, self)


class Order:
    """The turns of all people whose messages are being handled."""

    def __init__(self, longest_wait: float = LONGEST_WAIT) -> None:
        self.longest_wait = longest_wait
        self._last: dict[str, Turn] = {}

    def take(self, account: str) -> Turn:
        """Returns the next turn of this person."""
        turn = self._last[account] = Turn(self, account, self._last.get(account))
        return turn

    def forget(self, account: str, turn: Turn) -> None:
        """Forgets a turn that has ended, unless another message waits behind it."""
        if self._last.get(account) is turn:
            del self._last[account]

    def __len__(self) -> int:
        return len(self._last)
