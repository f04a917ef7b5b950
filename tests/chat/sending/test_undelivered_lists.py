"""What superusers hear of answers that weren't given: by any account, not for ever, and never not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from nonebot.adapters.onebot.v11 import ActionFailed, NetworkError
from overdue_answers import Accounts, answers, look, overdue, states
from simulated_chat import SELF, Chat

from jianggao.outbound import outbox_store

OTHER = 10002


def unreachable(account: str) -> None:
    raise ActionFailed(status="failed", retcode=1200, message="result: 16")


def may_have_arrived(account: str) -> None:
    raise NetworkError("timeout")


# --- by whichever account is there -----------------------------------------------------------------------------------


async def held_up(accounts: Accounts) -> None:
    """The account has just sent, so that what comes next waits for its turn."""
    queue = accounts.delivery(SELF)._queue
    queue._pace._free_at = accounts.chat.application.monotonic() + 3_600


async def until(holds: Callable[[], Any]) -> None:
    for _ in range(2_000):
        if holds():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came to that")


async def test_a_telling_leaves_by_another_account_when_its_line_goes_down(
    chat: Chat, accounts: Accounts
) -> None:
    accounts.connect(SELF)
    accounts.connect(OTHER)
    await held_up(accounts)
    telling = asyncio.create_task(chat.services.notices.tell_superusers("数据库写不了"))
    await until(lambda: accounts.delivery(SELF).waiting == 1)
    accounts.cut(SELF)
    assert await asyncio.wait_for(telling, 5)
    assert accounts.sent == [(str(OTHER), "数据库写不了")]


async def test_a_list_leaves_by_another_account_when_its_line_goes_down(
    chat: Chat, accounts: Accounts
) -> None:
    accounts.connect(SELF)
    accounts.connect(OTHER)
    await held_up(accounts)
    await overdue(chat)
    listing = asyncio.create_task(answers(chat).list_what_was_not_given())
    await until(lambda: accounts.delivery(SELF).waiting == 1)
    accounts.cut(SELF)
    await asyncio.wait_for(listing, 5)
    assert [account for account, _ in accounts.sent] == [str(OTHER)] and await states(chat) == ["listed"]


async def test_a_telling_waits_while_no_account_is_connected_and_is_said_once_one_is(
    chat: Chat, accounts: Accounts
) -> None:
    accounts.connect(SELF)
    await held_up(accounts)
    telling = asyncio.create_task(chat.services.notices.tell_superusers("数据库写不了"))
    await until(lambda: accounts.delivery(SELF).waiting == 1)
    accounts.cut(SELF)
    assert await asyncio.wait_for(telling, 5)
    await chat.services.notices.tell_what_waits()
    assert accounts.sent == []
    accounts.connect(OTHER)
    await chat.services.notices.tell_what_waits()
    await chat.services.notices.tell_what_waits()
    assert accounts.sent == [(str(OTHER), "数据库写不了")]


async def test_a_list_that_found_no_line_stays_in_the_database(chat: Chat, accounts: Accounts) -> None:
    """In memory it would be lost with the process, and its answers with it."""
    accounts.connect(SELF)
    await held_up(accounts)
    await overdue(chat)
    listing = asyncio.create_task(answers(chat).list_what_was_not_given())
    await until(lambda: accounts.delivery(SELF).waiting == 1)
    accounts.cut(SELF)
    await asyncio.wait_for(listing, 5)
    assert await states(chat) == ["waiting"]


# --- not for ever, and never not at all ------------------------------------------------------------------------------


async def looks_for(chat: Chat, minutes: int) -> None:
    for _ in range(minutes * 12):
        chat.clock.advance(seconds=5)
        await look(chat)


async def tries_within(minutes: int, chat: Chat, accounts: Accounts, fail: Callable[[str], None]) -> int:
    """How often a list was sent, where each send fails like this."""
    tries: list[str] = []

    def refuse(account: str) -> None:
        tries.append(account)
        fail(account)

    accounts.connect(SELF)
    accounts.refuse = refuse
    await overdue(chat)
    await looks_for(chat, minutes)
    return len(tries)


async def test_a_superuser_who_cannot_be_reached_is_tried_less_and_less_often(
    chat: Chat, accounts: Accounts
) -> None:
    tries = await tries_within(60, chat, accounts, unreachable)
    assert 4 <= tries <= 7 and await states(chat) == ["waiting"]


async def test_another_connection_or_another_answer_lets_a_list_go_out_sooner(
    chat: Chat, accounts: Accounts
) -> None:
    accounts.connect(SELF)
    accounts.refuse = unreachable
    await overdue(chat)
    await looks_for(chat, 20)
    accounts.refuse = lambda account: unreachable(account) if account == str(SELF) else None
    accounts.connect(OTHER)
    await looks_for(chat, 1)
    assert len(accounts.sent) == 1 and await states(chat) == ["listed"]


async def test_a_list_that_may_not_have_arrived_comes_again(chat: Chat, accounts: Accounts) -> None:
    accounts.connect(SELF)
    accounts.refuse = may_have_arrived
    await overdue(chat)
    await look(chat)
    assert await states(chat) == ["waiting"]
    accounts.refuse = lambda account: None
    accounts.connect(SELF)
    await looks_for(chat, 2)
    assert len(accounts.sent) == 1 and await states(chat) == ["listed"]


async def test_where_no_list_is_ever_confirmed_it_is_sent_three_times(chat: Chat, accounts: Accounts) -> None:
    tries = await tries_within(120, chat, accounts, may_have_arrived)
    assert tries == 3 and await states(chat) == ["listed"]


async def test_only_what_stood_in_a_list_that_was_heard_is_listed(chat: Chat, accounts: Accounts) -> None:
    accounts.connect(SELF)
    accounts.refuse = lambda account: unreachable(account) if accounts.sent else None
    await overdue(chat, 50)
    await look(chat)
    assert await states(chat) == ["listed"] * 20 + ["waiting"] * 30
    accounts.refuse = lambda account: None
    await looks_for(chat, 2)
    assert len(accounts.sent) == 3
    assert await states(chat) == ["listed"] * 50


async def test_a_list_shows_much_of_a_report(chat: Chat, accounts: Accounts) -> None:
    from jianggao.chat.sending.undelivered_lists import listed

    report = "载入完成。\n" + "\n".join(f"第 {number} 个文件读不了" for number in range(20))
    await overdue(chat, command="重新载入", text=report)
    async with chat.application.database.read() as connection:
        kept = await outbox_store.in_state(connection, outbox_store.AnswerState.WAITING)
    assert "第 19 个文件读不了" in listed(kept)


# --- a clock that was ahead ------------------------------------------------------------------------------------------


async def test_answers_of_a_clock_that_was_ahead_are_listed(chat: Chat, accounts: Accounts) -> None:
    accounts.connect(OTHER)
    await overdue(chat, at=chat.application.clock() + timedelta(days=3))
    await look(chat)
    assert len(accounts.sent) == 1 and await states(chat) == ["listed"]


async def test_a_matter_told_by_a_clock_that_was_ahead_is_told_again(chat: Chat, accounts: Accounts) -> None:
    accounts.connect(SELF)
    now = chat.application.clock()
    for at in (now + timedelta(days=3), now, now - timedelta(seconds=50)):
        await chat.services.notices.tell_superusers_daily("one", f"{at}", at)
    assert [text for _, text in accounts.sent] == [f"{now + timedelta(days=3)}", f"{now}"]
