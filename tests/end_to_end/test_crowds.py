"""Crowds: chatter that isn't for the bot, and many searches at once."""

from __future__ import annotations

import itertools
import time
from collections.abc import Awaitable, Callable

from implementation import Implementation
from process import SUPERUSER, BotProcess

Start = Callable[..., BotProcess]
Connect = Callable[[BotProcess], Awaitable[Implementation]]
GROUP = 700001
CHATTER = ("今天的材料谁写完了", "收到", "查一下附件", "检索表在哪", "哈哈哈", "看到了，谢谢", "全文背诵")


async def test_chatter_leaves_no_trace_and_a_search_behind_it_is_answered(
    start_bot: Start, connect_to: Connect
) -> None:
    bot = start_bot()
    qq = await connect_to(bot)
    await qq.ask("绑定免费群", person=SUPERUSER, group=GROUP)
    said = len(qq.sent)
    for at in range(3_000):
        await qq.say(CHATTER[at % len(CHATTER)], person=40_000 + at % 500, group=GROUP)
    started = time.monotonic()
    answer = await qq.ask("检索 台账", person=SUPERUSER, group=GROUP)
    print(f"the search behind 3,000 messages was answered after {answer.at - started:.2f} s")
    assert answer.text.startswith("共 ")
    assert len(qq.sent) == said + 1
    assert "某人" not in bot.log and "附件" not in bot.log


async def test_of_many_searches_at_once_those_that_fit_are_answered_and_one_says_wait(
    start_bot: Start, connect_to: Connect
) -> None:
    pace = {"SEND_INTERVAL": "0.1", "GROUP_SEND_INTERVAL": "3", "GROUP_SENDS_PER_MINUTE": "8"}
    bot = start_bot(**pace, GROUP_PER_MINUTE="8", ASKER_PER_MINUTE="12")
    qq = await connect_to(bot)
    await qq.ask("绑定免费群", person=SUPERUSER, group=GROUP)
    before = len(qq.sent)
    for at in range(20):
        await qq.say("检索 台账", person=50_000 + at, group=GROUP)
    await qq.wait_for(lambda message: "稍后" in message.text, after=before)
    await qq.wait_for(
        lambda message: sum("共 " in other.text for other in qq.sent[before:]) == 3, after=before
    )
    bot.stop()
    texts = [message.text for message in qq.sent[before:]]
    answered = [text for text in texts if text.startswith("共 ")]
    notices = [text for text in texts if "稍后" in text]
    assert len(notices) == 1
    assert 3 <= len(answered) <= 4
    assert len(texts) == len(answered) + 1
    times = [message.at for message in qq.sent[before:]]
    assert all(later - earlier >= 2.9 for earlier, later in itertools.pairwise(times))
