"""Keeps in memory what each group is bound as: every message of every group is judged by it, so it must cost
nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from jianggao.access.group_bindings import GroupBinding, bindings
from jianggao.database import Database

LONGEST_WAIT = 10.0
"""Seconds that a message waits for the binding of its group that was asked for before it."""


class KnownBindings:
    """The bindings as they are stored, read once and again after each change."""

    def __init__(self, database: Database, longest_wait: float = LONGEST_WAIT) -> None:
        self._database = database
        self._longest_wait = longest_wait
        self._known: dict[str, GroupBinding] | None = None
        self._changes = 0
        self._reading = asyncio.Lock()
        self._expected: dict[str, asyncio.Event] = {}

    async def binding(self, group: str) -> GroupBinding | None:
        """Returns what the group is bound as, None if it isn't. Waits for a binding that is under way: what
        is said right after 绑定 is meant for a group that is bound."""
        if self._known is None:  # a 绑定 of this group waits here too, and came first
            await self._read()
        expected = self._expected.get(group)
        if expected is not None:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(expected.wait(), self._longest_wait)
        known = await self._read() if self._known is None else self._known
        return known.get(group)

    async def _read(self) -> dict[str, GroupBinding]:
        """Reads the bindings, one caller after the other in the order they came. What was read before a
        change that was stored meanwhile isn't kept: it would be believed for ever."""
        async with self._reading:
            while self._known is None:
                changes = self._changes
                async with self._database.read() as connection:
                    read = await bindings(connection)
                if changes == self._changes:
                    self._known = read
            return self._known

    def expect(self, group: str) -> Callable[[], None]:
        """Notes that the group is about to be bound: `binding` waits for it until the returned function is
        called."""
        event = self._expected.setdefault(group, asyncio.Event())

        def ended() -> None:
            event.set()
            if self._expected.get(group) is event:
                del self._expected[group]

        return ended

    @asynccontextmanager
    async def changing(self) -> AsyncIterator[None]:
        """Forgets the bindings after the block, in which one is changed: also where it fails, since it may
        have been stored all the same."""
        try:
            yield
        finally:
            self.forget()

    def forget(self) -> None:
        """Forgets the bindings, so that they are read again for the next message."""
        self._changes += 1
        self._known = None
