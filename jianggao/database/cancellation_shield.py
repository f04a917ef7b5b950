"""Finishes a step of the database even if the coroutine that asked for it is cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


async def uncancelled(step: Awaitable[T]) -> T:
    """Returns the result of `step`, which is finished even if the caller is cancelled meanwhile; the
    cancellation follows after it.

    A BEGIN or COMMIT runs in the connection's thread whatever happens to the coroutine that asked for it:
    going on before it has ended would let the next coroutine into a transaction that isn't its own.
    """
    task = asyncio.ensure_future(step)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            # Then it is the step that was cancelled, and not who waits for it.
            if task.cancelled():
                raise
            cancelled = error
        except BaseException:
            if not task.done():
                raise
    error_of_step = task.exception()
    if error_of_step is not None:
        raise error_of_step
    if cancelled is not None:
        raise cancelled
    return task.result()
