"""Work beside the answering goes on after a failure, and is logged without flooding."""

from __future__ import annotations

import asyncio

import pytest

from jianggao.errors import CannotRead, CannotWrite, DiskFull


async def test_it_goes_on_after_each_failure_and_rests_as_long_as_that_one_wants(plugins: None) -> None:
    from nonebot import logger

    from jianggao.chat.logs.throttled import ThrottledLog
    from jianggao.chat.repeated_work import AFTER_A_FAILURE, repeat

    outcomes = [
        None,
        0.5,
        CannotWrite(DiskFull("磁盘满了")),
        CannotRead(DiskFull("磁盘满了")),
        ValueError("a bug"),
    ]
    rests: list[float] = []

    async def work() -> float | None:
        outcome = outcomes[len(rests)]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == len(outcomes):
            raise asyncio.CancelledError

    lines: list[str] = []
    handler = logger.add(lambda message: lines.append(str(message)), format="{message}")
    with pytest.raises(asyncio.CancelledError):
        await repeat(work, rest, every=2.0, warnings=ThrottledLog(lambda: 0.0), not_done="nothing is counted")
    logger.remove(handler)
    assert rests == [2.0, 0.5, 2.0, 2.0, AFTER_A_FAILURE]
    assert len(lines) == 2  # the second warning is the same as the first
    assert lines[0].startswith("nothing is counted (") and "Traceback" not in lines[0]
    assert lines[1].startswith("nothing is counted\n") and "ValueError: a bug" in lines[1]
