"""Limits how many files are fetched at once: a few in all, and one of each person, so that a crowd can't fill
the memory.

A file is in memory, as the implementation gave it and decoded, until it has been written down.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from jianggao.errors import WrongUse

AT_ONCE = 2
"""Files of all people together; superusers have a place of their own beside them."""
LONGEST_WAIT = 30.0
"""Seconds that a file waits for a place."""
BUSY = "现在发文件的人多，这条没有收下。请过一分钟再发。"


class DownloadTurns:
    """Gives out the places for files that are being fetched."""

    def __init__(self, at_once: int = AT_ONCE, longest_wait: float = LONGEST_WAIT) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._first_place = asyncio.Semaphore(1)
        self._longest_wait = longest_wait
        self._coming: set[str] = set()
        """The people who hold a place, or wait for one."""

    @asynccontextmanager
    async def turn(self, account: str, *, first: bool) -> AsyncIterator[None]:
        """Holds a place inside the block; `first`: the one of superusers. Raises WrongUse for a second file
        of the same person at the same time, and after waiting too long."""
        if account in self._coming:
            raise WrongUse(BUSY)
        self._coming.add(account)
        try:
            places = self._first_place if first else self._places
            try:
                await asyncio.wait_for(places.acquire(), self._longest_wait)
            except asyncio.TimeoutError:
                raise WrongUse(BUSY) from None
            try:
                yield
            finally:
                places.release()
        finally:
            self._coming.discard(account)
