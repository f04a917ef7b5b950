"""Pushes that QQ refuses: for good, for the moment, or only by one account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from nonebot.adapters.onebot.v11 import ActionFailed, NetworkError
from overdue_answers import Accounts
from pushed_messages import KIND, Words, ordered, pushes, refusing, states, step
from simulated_chat import FREE_GROUP, MEMBER, SELF, SUPERUSER, VISITOR, Chat

from jianggao.outbound.limited_accounts import RESTS_FOR


async def test_nothing_is_tried_without_a_connection(chat: Chat) -> None:
    await ordered(chat, MEMBER)
    assert not await step(chat)
    assert await states(chat) == ["waiting"]


@pytest.mark.parametrize(("code", "state"), [(16, "refused"), (110, "refused"), (299, "waiting")])
async def test_a_refusal_is_for_good_or_for_the_moment(
    chat: Chat, connected: None, code: int, state: str
) -> None:
    chat.clock.advance(minutes=10)
    chat.answer = refusing(code)
    await ordered(chat, MEMBER)
    await step(chat)
    assert await states(chat) == [state] and len(chat.actions) == 1
    chat.answer = lambda action, data: None
    chat.clock.advance(minutes=11)
    await step(chat)
    assert len(chat.sent) == (state == "waiting")


async def test_right_after_a_start_another_account_may_still_connect(chat: Chat, connected: None) -> None:
    chat.answer = refusing(16)
    await ordered(chat, MEMBER)
    await step(chat)
    assert await states(chat) == ["waiting"]
    chat.clock.advance(minutes=9)
    assert not await step(chat)
    chat.clock.advance(minutes=1)
    await step(chat)
    assert await states(chat) == ["refused"]


async def test_a_muted_group_is_tried_again_an_hour_later(chat: Chat, connected: None) -> None:
    chat.answer = refusing(120)
    await ordered(chat, FREE_GROUP, in_group=True)
    await step(chat)
    chat.answer = lambda action, data: None
    chat.clock.advance(minutes=59)
    assert not await step(chat)
    chat.clock.advance(minutes=1)
    await step(chat)
    assert [one.group for one in chat.sent] == [FREE_GROUP]


async def test_a_limited_account_rests_for_an_hour_and_superusers_hear_of_it(
    chat: Chat, connected: None
) -> None:
    def limited(action: str, data: dict[str, Any]) -> None:
        if data.get("user_id") != SUPERUSER:
            raise ActionFailed(status="failed", retcode=1200, message="result: 46")

    chat.answer = limited
    await ordered(chat, MEMBER, VISITOR)
    await step(chat)
    assert [one.person for one in chat.sent] == [SUPERUSER] and "先停一小时" in chat.sent[0].text
    assert await states(chat) == ["waiting", "waiting"]
    chat.clock.advance(minutes=59)
    assert not await step(chat)
    chat.clock.advance(minutes=1)
    await step(chat)
    assert len(chat.sent) == 1  # limited still, and told of once a day
    chat.answer = lambda action, data: None
    for _ in range(2):
        chat.clock.advance(hours=RESTS_FOR / timedelta(hours=1))
        await step(chat)
    assert await states(chat) == ["delivered", "delivered"]


async def test_a_restart_shortens_no_rest(chat: Chat, connected: None) -> None:
    chat.answer = refusing(46)
    await ordered(chat, MEMBER)
    await step(chat)
    chat.forget()
    chat.services.senders.of(chat.bot)
    chat.actions.clear()
    chat.clock.advance(minutes=59)
    assert not await step(chat) and chat.actions == []
    chat.clock.advance(minutes=1)
    assert await step(chat)


async def test_another_account_goes_on_while_one_is_limited(chat: Chat, accounts: Accounts) -> None:
    accounts.connect(SELF), accounts.connect(SELF + 1)
    tries: list[str] = []
    not_a_friend_of_the_second = False

    def refuse(account: str) -> None:
        tries.append(account)
        if account == str(SELF):
            raise ActionFailed(status="failed", retcode=1200, message="result: 46")
        if not_a_friend_of_the_second:
            raise ActionFailed(status="failed", retcode=1200, message="result: 16")

    accounts.refuse = refuse
    await ordered(chat, MEMBER, VISITOR)
    first, second = str(SELF), str(SELF + 1)
    await step(chat)
    await pushes(chat).background_done()  # superusers are told of it, too
    assert tries[0] == first and (second, "你好") in accounts.sent
    chat.clock.advance(minutes=5)
    tries.clear()
    await step(chat)
    assert tries == [second]
    assert await states(chat) == ["delivered", "delivered"]
    not_a_friend_of_the_second = True
    chat.clock.advance(minutes=10)
    await ordered(chat, MEMBER + 1)
    tries.clear()
    await step(chat)
    assert tries == [second] and (await states(chat))[-1] == "waiting"  # the first may be a friend


async def test_another_account_may_be_a_friend(chat: Chat, accounts: Accounts) -> None:
    accounts.connect(SELF), accounts.connect(SELF + 1)
    tries: list[str] = []

    def refuse(account: str) -> None:
        tries.append(account)
        if account == str(SELF):
            raise ActionFailed(status="failed", retcode=1200, message="result: 16")

    accounts.refuse = refuse
    await ordered(chat, MEMBER)
    await step(chat)
    assert tries == [str(SELF), str(SELF + 1)]
    assert accounts.sent == [(str(SELF + 1), "你好")] and await states(chat) == ["delivered"]


async def test_what_may_have_arrived_by_one_account_is_not_tried_by_another(
    chat: Chat, accounts: Accounts
) -> None:
    accounts.connect(SELF), accounts.connect(SELF + 1)
    tries: list[str] = []

    def silent(account: str) -> None:
        tries.append(account)
        raise NetworkError("timeout")

    accounts.refuse = silent
    await ordered(chat, MEMBER)
    await step(chat)
    assert len(tries) == 1 and await states(chat) == ["unknown"]


async def test_a_line_that_is_down_leaves_it_waiting(chat: Chat, accounts: Accounts) -> None:
    accounts.connect(SELF)
    await ordered(chat, MEMBER)
    sender = accounts.delivery(SELF)
    pushes(chat).wordings[KIND] = words = Words("你好")
    words.then = sender.line_is_down
    await step(chat)
    assert accounts.sent == [] and await states(chat) == ["waiting"]
    words.then = lambda: None
    await step(chat)
    assert len(accounts.sent) == 1


async def test_an_account_that_refused_waits_for_the_others_without_trying_again(
    chat: Chat, accounts: Accounts
) -> None:
    first, second = str(SELF), str(SELF + 1)
    accounts.connect(SELF), accounts.connect(SELF + 1)
    tries: list[str] = []

    def refuse(account: str) -> None:
        tries.append(account)
        if account == first:
            raise ActionFailed(status="failed", retcode=1200, message="result: 16")

    accounts.refuse = refuse
    accounts.cut(SELF + 1)
    await ordered(chat, MEMBER)
    for _ in range(12):
        await step(chat)
        chat.clock.advance(minutes=10)
    assert tries == [first] and await states(chat) == ["waiting"]
    accounts.connect(SELF + 1)
    await step(chat)
    assert tries == [first, second] and await states(chat) == ["delivered"]


async def test_an_account_that_is_gone_for_a_day_is_not_waited_for(chat: Chat, accounts: Accounts) -> None:
    accounts.connect(SELF), accounts.connect(SELF + 1)
    tries: list[str] = []

    def refuse(account: str) -> None:
        tries.append(account)
        raise ActionFailed(status="failed", retcode=1200, message="result: 16")

    accounts.refuse = refuse
    accounts.cut(SELF + 1)
    await ordered(chat, MEMBER)
    for _ in range(24):
        await step(chat)
        chat.clock.advance(hours=1)
    assert await states(chat) == ["waiting"]
    chat.clock.advance(minutes=10)
    await step(chat)
    assert await states(chat) == ["refused"] and tries == [str(SELF)]
    await ordered(chat, MEMBER + 1)
    chat.clock.advance(minutes=1)
    await step(chat)
    assert await states(chat) == ["refused", "refused"]  # at once
