"""Frames as no implementation should send them: the line stays, the bot answers on, its log holds no
traceback."""

from __future__ import annotations

import asyncio

from frame_fuzz import fuzz
from installed_bot import InstalledBot

COUNT = 3_000
SEED = 11


async def test_thousands_of_malformed_frames_leave_the_line_and_the_log_in_order(bot: InstalledBot) -> None:
    await asyncio.to_thread(bot.start)
    result = await fuzz(bot, COUNT, SEED)
    assert result.frames == COUNT
    assert result.answered >= COUNT // 500
    assert result.clean, result
