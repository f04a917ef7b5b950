"""The bot ends soon after it is asked to, at any moment; `stop_moments.py` has all moments, this a few of
them."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest
from process import PACELESS, BotProcess
from process_figures import AVAILABLE
from stop_moments import MOMENTS, end_at, render
from waiting import until

_HERE = (
    "1.2 s into the import",
    "long letters: zhifa",
    "a download by a call that nobody answers",
    "a deaf peer",
    "changes under way",
)
_ON_A_BUSY_MACHINE = 15.0
"""Seconds: the bot's time counts on, but other programs hold the processors too. What hangs, hangs longer."""


@pytest.mark.skipif(not AVAILABLE, reason="children are counted in /proc")
@pytest.mark.parametrize("name", _HERE)
async def test_it_ends_and_leaves_all_in_order(
    tmp_path: Path, imported: Path, library: Path, name: str
) -> None:
    moment = next(candidate for candidate in MOMENTS if candidate.name == name)
    ended = await end_at(
        moment, tmp_path / "bot", library, seed=7, promised=_ON_A_BUSY_MACHINE, data=imported / "data"
    )
    assert not ended.faults, render(ended)


async def test_what_never_ends_is_cut_off(tmp_path: Path, imported: Path, library: Path) -> None:
    launcher = Path(__file__).with_name("launch_stuck.py")
    bot = BotProcess(tmp_path / "bot", library, PACELESS, launcher=launcher, data=imported / "data")
    try:
        await asyncio.to_thread(bot.start)
        bot.send(signal.SIGTERM)
        assert await until(lambda: bot.end_code() is not None, 60)
        assert bot.end_code() == 1
        assert "the end was cut off" in bot.log
    finally:
        bot.kill()
