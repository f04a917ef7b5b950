"""The line to QQ breaks while answers wait: each of them arrives once, by the next line."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from implementation import Implementation, Sent
from installed_bot import TRACEBACK, InstalledBot
from process import SUPERUSER, TOKEN
from stored import rows_of
from waiting import until

FREE_GROUP, MEMBER_GROUP, MEMBER = 700001, 700002, 20001
PACE = {"SEND_INTERVAL": "0.3"}
AWAY = 2.0
GRANTS = range(61_001, 61_009)
_COME_WITHIN = 45.0


@pytest.fixture
async def qq(bot: InstalledBot) -> AsyncIterator[Implementation]:
    """Connected to a bot that sends one message 0.3 seconds after the other."""
    bot.values = {**bot.values, **PACE}
    bot.write_settings()
    await asyncio.to_thread(bot.start)
    qq = Implementation(bot.port, TOKEN)
    await qq.connect()
    yield qq
    await qq.close()


def _stored(bot: InstalledBot, table: str) -> int:
    """How many rows a table has."""
    return int(rows_of(bot.database, f"SELECT count(*) FROM {table}")[0][0])


def _granted(sent: list[Sent]) -> Counter[int]:
    """How often each grant was answered."""
    texts = [message.text for message in sent if message.person == SUPERUSER]
    return Counter(member for text in texts for member in GRANTS if text.startswith(f"已开通 {member}，"))


async def _cut_after(qq: Implementation, answers: int) -> None:
    """Break the line when so many grants have been answered and the bot has heard of it; come back later."""
    assert await until(lambda: sum(_granted(qq.sent).values()) >= answers, _COME_WITHIN)
    await asyncio.sleep(0.1)
    await qq.cut()
    await asyncio.sleep(AWAY)
    await qq.connect()


async def _all_answered(qq: Implementation) -> Counter[int]:
    await until(lambda: len(_granted(qq.sent)) == len(GRANTS), _COME_WITHIN)
    await asyncio.sleep(1.5)  # what would come a second time comes now
    return _granted(qq.sent)


@pytest.mark.parametrize("cuts", [(1,), (0, 3, 5)])
async def test_each_answer_with_an_effect_comes_once_over_a_cut_of_two_seconds(
    bot: InstalledBot, qq: Implementation, cuts: tuple[int, ...]
) -> None:
    events = [await qq.say(f"开通 {member} 1年", person=SUPERUSER) for member in GRANTS]
    assert await until(lambda: _stored(bot, "ledger") == len(GRANTS), _COME_WITHIN)
    for answers in cuts:
        await _cut_after(qq, answers)
        for event in events:  # as implementations do that don't know whether they were heard
            await qq.repeat(event)
    assert await _all_answered(qq) == Counter(dict.fromkeys(GRANTS, 1))
    assert _stored(bot, "ledger") == len(GRANTS)
    assert TRACEBACK not in bot.log


async def test_a_cut_before_the_effect_is_stored_loses_no_answer(
    bot: InstalledBot, qq: Implementation
) -> None:
    events = [await qq.say(f"开通 {member} 1年", person=SUPERUSER) for member in GRANTS]
    await qq.cut()
    await asyncio.sleep(AWAY)
    await qq.connect()
    for event in events:
        await qq.repeat(event)
    assert await _all_answered(qq) == Counter(dict.fromkeys(GRANTS, 1))
    assert _stored(bot, "ledger") == len(GRANTS)


async def test_answers_in_groups_and_full_texts_wait_for_the_line_too(
    bot: InstalledBot, qq: Implementation
) -> None:
    await qq.ask(f"开通 {MEMBER} 1年", person=SUPERUSER)
    for member in GRANTS:
        await qq.say(f"开通 {member} 1年", person=SUPERUSER)
    bound = await qq.say("绑定免费群", person=SUPERUSER, group=FREE_GROUP)
    await qq.say("绑定会员群", person=SUPERUSER, group=MEMBER_GROUP)
    await qq.say("全文 2 文本", person=MEMBER)
    assert await until(lambda: _stored(bot, "deliveries") == 1, _COME_WITHIN)
    await _cut_after(qq, 1)
    await qq.repeat(bound)
    assert await _all_answered(qq) == Counter(dict.fromkeys(GRANTS, 1))
    for group, kind in ((FREE_GROUP, "免费群"), (MEMBER_GROUP, "会员群")):
        answers = [
            message
            for message in qq.sent
            if message.group == group and message.text.startswith(f"已绑定为{kind}")
        ]
        assert len(answers) == 1, f"the answer in {group} came {len(answers)} times"
    texts = [
        message for message in qq.sent if message.action == "upload_private_file" and message.person == MEMBER
    ]
    assert len(texts) == 1, f"the full text came {len(texts)} times"
    assert rows_of(bot.database, "SELECT outcome FROM deliveries") == [("delivered",)]


async def test_a_line_that_breaks_in_the_middle_of_a_send_gets_no_answer_twice(
    bot: InstalledBot, qq: Implementation
) -> None:
    """The account took the message and never said so: it may not be sent again, since nobody knows."""
    taken: list[Sent] = []

    def take_in_silence(sent: Sent) -> None:
        taken.append(sent)
        if len(taken) == 3:
            qq.silent.add(sent.action)

    qq.hear = take_in_silence
    for member in GRANTS:
        await qq.say(f"开通 {member} 1年", person=SUPERUSER)
    assert await until(lambda: len(taken) >= 3, _COME_WITHIN)
    await qq.cut()
    qq.silent.clear()
    await asyncio.sleep(AWAY)
    await qq.connect()
    answered = await _all_answered(qq)
    assert answered == Counter(dict.fromkeys(GRANTS, 1))
    assert TRACEBACK not in bot.log
