"""Repeats work beside the answering, for as long as the bot runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nonebot import logger

from jianggao.chat.logs.throttled import ThrottledLog
from jianggao.errors import CannotRead, CannotWrite

Rest = Callable[[float], Awaitable[None]]
"""Waits for so many seconds."""
AFTER_A_FAILURE = 60.0
"""Seconds until the next try after one that failed unexpectedly: its traceback is logged each time."""


async def repeat(
    work: Callable[[], Awaitable[float | None]],
    rest: Rest,
    *,
    every: float,
    warnings: ThrottledLog,
    not_done: str,
) -> None:
    """Does the work again and again, each time after the seconds that it returned, `every` where it returned
    None or the database was in the way. A failure is logged, as `not_done`, and followed by the next try."""
    while True:
        pause: float | None = None
        try:
            pause = await work()
        except (CannotRead, CannotWrite) as error:
            warnings.warning(f"{not_done} ({error.explanation.cause})")
        except Exception:
            logger.exception(not_done)
            pause = AFTER_A_FAILURE
        await rest(every if pause is None else pause)
