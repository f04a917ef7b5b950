"""A blow is meant for the process that ran when it was prepared."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from kill_points import moment


@pytest.mark.parametrize(("pid_by_then", "blows"), [(7, 1), (8, 0)])
async def test_a_blow_does_not_meet_the_next_process(pid_by_then: int, blows: int) -> None:
    struck: list[int] = []
    bot = SimpleNamespace(pid=7, strike=lambda: struck.append(bot.pid))
    stage: Any = SimpleNamespace(bot=bot)
    moment(0).arm(stage)
    bot.pid = pid_by_then
    for _ in range(3):
        await asyncio.sleep(0)
    assert len(struck) == blows
