"""Lets those who wait for the same thing have it one after the other, by rank."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

Rank = tuple[int, ...]
"""The lowest comes first."""


class Turns:
    """One has the turn at a time; then who has the lowest rank of those who wait, of equals who came first."""

    def __init__(self) -> None:
        self._is_taken = False
        self._waiting: list[tuple[Rank, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    @asynccontextmanager
    async def turn(self, rank: Rank) -> AsyncIterator[None]:
        """Waits for the turn, and has it within the block."""
        if self._is_taken:
            await self._wait(rank)
        self._is_taken = True
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, rank: Rank) -> None:
        mine = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (rank, next(self._numbers), mine))
        try:
            await mine
        except asyncio.CancelledError:
            # It may have been given the turn in the same moment.
            if not mine.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """Gives the turn to the next one who still waits. It stays taken meanwhile."""
        while self._waiting:
            _, _, theirs = heapq.heappop(self._waiting)
            if not theirs.done():
                theirs.set_result(None)
                return
        self._is_taken = False
