"""Questions that are made to be hard stop neither the answers to others nor the end of the bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from implementation import Implementation
from process import BotProcess

Start = Callable[..., BotProcess]
Connect = Callable[[BotProcess], Awaitable[Implementation]]
HARD = (
    "xian" * 48 + "q",
    "zhifa" * 39,
    "guangang" * 20 + "v",
    "“" + "的一是在了" * 39 + "”",
    "的 一 是 在 了 和 有 大 这 主",
)
ASKER, OTHER = 40_000, 49_999


@pytest.mark.parametrize("rounds", [4])
async def test_two_messages_do_not_kill_search(start_bot: Start, connect_to: Connect, rounds: int) -> None:
    """Two of the first kind burnt a core for hours, answered nobody any more, and outlived SIGTERM."""
    bot = start_bot()
    qq = await connect_to(bot)
    before = len(qq.sent)
    for at in range(rounds * len(HARD)):
        await qq.say(f"检索 {HARD[at % len(HARD)]}", person=ASKER + at)
    assert "共 " in (await qq.ask("检索 台账", person=OTHER)).text
    for at in range(rounds * len(HARD)):
        answer = await qq.wait_for(lambda one, at=at: one.person == ASKER + at, after=before)  # type: ignore[misc]
        assert "出错" not in answer.text
    for at in range(rounds * len(HARD)):
        await qq.say(f"检索 {HARD[at % len(HARD)]}", person=ASKER + at)
    assert bot.stop() in (0, 1)  # orderly, or cut off where the machine is slow
