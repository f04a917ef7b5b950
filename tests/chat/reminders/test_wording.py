"""A reminder is judged and worded when it leaves, by the ledger as it stands then."""

from __future__ import annotations

from typing import Any

import pytest
from kept_answers import rows
from reminded_chat import Reminding, number_in, told
from simulated_chat import MEMBER, SUPERUSER, Chat

from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration


@pytest.fixture
async def reminding(chat: Chat, connected: None) -> Reminding:
    """A week before the end; the reminder is ordered and hasn't left."""
    one = Reminding(chat)
    chat.clock.advance(days=358)
    await one.rounds.check()
    return one


async def states(chat: Chat) -> list[str]:
    return [row[0] for row in await rows(chat, "SELECT state FROM pushes ORDER BY id")]


async def test_it_counts_the_days_that_are_left_when_it_leaves(chat: Chat, reminding: Reminding) -> None:
    chat.clock.advance(days=2)
    assert told(await reminding.look(), MEMBER) == ["你的会员还有 5 天到期（有效期至 2027-03-18）。"]


@pytest.mark.parametrize("command", ["续期 20001 1年", "停用 20001 倒卖", "撤销 1", "开通 20001 1天"])
async def test_it_does_not_leave_when_it_is_not_due_any_more(
    chat: Chat, reminding: Reminding, command: str
) -> None:
    await chat.say(command, SUPERUSER)
    chat.sent.clear()
    await reminding.services.pushes.step()
    assert chat.sent == [] and await states(chat) == ["dropped"]


async def test_what_is_undone_brings_it_back(chat: Chat, reminding: Reminding) -> None:
    renewed = await chat.ask(f"续期 {MEMBER} 1年", SUPERUSER)
    assert await reminding.look() == []
    await chat.say(f"撤销 {number_in(renewed)}", SUPERUSER)
    assert told(await reminding.look(), MEMBER) == ["你的会员还有 7 天到期（有效期至 2027-03-18）。"]
    assert await reminding.look() == []


async def test_the_reminder_of_an_earlier_end_gives_way_to_that_of_the_new_one(
    chat: Chat, reminding: Reminding
) -> None:
    chat.clock.advance(days=4)
    await chat.say(f"续期 {MEMBER} 1天", SUPERUSER)
    assert told(await reminding.look(), MEMBER) == ["你的会员还有 4 天到期（有效期至 2027-03-19）。"]
    assert await states(chat) == ["dropped", "delivered"]


async def test_a_reminder_that_the_next_one_has_replaced_is_dropped(chat: Chat, reminding: Reminding) -> None:
    chat.clock.advance(days=6)
    assert told(await reminding.look(), MEMBER) == ["你的会员还有 1 天到期（有效期至 2027-03-18）。"]
    assert await states(chat) == ["expired", "delivered"]


async def test_the_reminder_of_a_trial_invites_to_subscribe(chat: Chat, connected: None) -> None:
    one, act = Reminding(chat), Act("90001", "trial", chat.clock(), chat.application.settings.timezone)
    async with chat.application.database.write() as connection:
        await administration.grant(connection, "30001", Duration(days=3), act, is_trial=True)
    assert told(await one.days(2), 30001) == ["你的试用还有 1 天到期（有效期至 2026-03-21）。"]
    sent = await one.days(2)
    assert told(sent, 30001)[1] == "你的试用 3 月 21 日结束了。" and "可以订阅" in sent[-1].text


async def test_what_was_used_this_year_is_told_after_the_end(chat: Chat, connected: None) -> None:
    one = Reminding(chat)
    chat.clock.advance(days=360)
    for words in ("检索 台账", "检索 台账 2", "下一页", "检索 台账"):
        await chat.say(words, MEMBER)
    await chat.say("检索 台账", 30001)
    await chat.say("检索 台账", SUPERUSER)
    await chat.say("全文 8", MEMBER)
    sent = await one.days(6)
    assert told(sent, MEMBER)[-1] == "你的会员 3 月 18 日到期了。今年你查了 3 次，取了 1 篇。"


async def test_a_search_is_counted_in_the_transaction_of_its_message(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.access import usage_counts

    event: Any = chat.event("检索 台账", MEMBER)
    await chat.send(event)
    chat.forget()
    await chat.send(event)  # pushed twice by the implementation
    assert await rows(chat, "SELECT account, year, searches FROM usage_counts") == [("20001", 2026, 1)]

    async def fails(*args: Any) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(usage_counts, "count_search", fails)
    assert "出错了" in await chat.ask("检索 台账", MEMBER)
