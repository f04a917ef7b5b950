"""What superusers hear of answers that weren't given: by any account, not for ever, and never not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from nonebot.adapters.onebot.v11 import ActionFailed, Bot, NetworkError
from simulated_chat import FREE_GROUP, MEMBER, SELF, SUPERUSER, VISITOR, Chat

from jianggao.errors import CannotStart, CannotWrite
from jianggao.outbound import outbox_store
from jianggao.outbound.outbox_store import OutboxAnswer

OTHER = 10002


class Accounts:
    """The accounts that are connected, and what each sent."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.bots: dict[str, Bot] = {}
        self.sent: list[tuple[str, str]] = []
        self.refuse: Callable[[str], Any] = lambda account: None

    def connect(self, account: int) -> Bot:
        """A new line of this account."""
        bot = Bot(self.chat.bot.adapter, str(account))

        async def call_api(api: str, **data: Any) -> Any:
            answer = self.refuse(bot.self_id)
            if asyncio.iscoroutine(answer):
                await answer
            text = data["message"][-1]["data"]["text"] if "message" in data else str(data["messages"])
            self.sent.append((bot.self_id, text))
            return {"message_id": 1}

        bot.call_api = call_api  # type: ignore[method-assign, assignment]
        self.bots[str(account)] = bot
        self.delivery(account)
        return bot

    def delivery(self, account: int) -> Any:
        return self.chat.services.senders.of(self.bots[str(account)])

    def cut(self, account: int) -> None:
        del self.bots[str(account)]
        self.chat.services.senders.line_is_down(str(account))


@pytest.fixture
async def accounts(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Accounts]:

    accounts = Accounts(chat)
    async with chat.application.database.write() as connection:
        await connection.execute("DELETE FROM outbox")
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: accounts.bots)
    yield accounts


def answers(chat: Chat) -> Any:
    return chat.services.answers


async def states(chat: Chat) -> list[str]:
    async with chat.application.database.read() as connection:
        return [row[0] for row in await connection.execute_fetchall("SELECT state FROM outbox ORDER BY id")]


async def look(chat: Chat) -> None:
    await answers(chat).go_on()
    await answers(chat).background_done()


async def overdue(chat: Chat, count: int = 1, text: str = "已开通 30001，记录号 2。", **fields: Any) -> None:
    """Answers that wait since eleven minutes."""
    at = fields.pop("at", chat.application.clock() - timedelta(minutes=11))
    values: dict[str, Any] = {"command": "开通", "asker": str(SUPERUSER), "group": None, **fields}
    async with chat.application.database.write() as connection:
        for number in range(count):
            answer = OutboxAnswer(
                at,
                f"m{number}",
                values["command"],
                values["asker"],
                str(SELF),
                values["group"],
                values["asker"],
                None,
                text,
            )
            await outbox_store.add(connection, answer)


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


# --- judged as it leaves ---------------------------------------------------------------------------------------------


async def test_who_is_no_superuser_any_more_gets_no_answer_and_present_ones_hear_of_it(
    chat: Chat, accounts: Accounts
) -> None:
    accounts.connect(SELF)
    await overdue(chat, at=chat.application.clock(), asker="90002", text="已开通 30001，备注：老王介绍。")
    await look(chat)
    await look(chat)
    assert [text.splitlines()[0] for _, text in accounts.sent] == ["已办，回复没有发出去："]
    assert await states(chat) == ["listed"]


async def test_a_member_still_gets_the_answer_to_a_command_that_is_for_all(
    chat: Chat, accounts: Accounts
) -> None:
    accounts.connect(SELF)
    await overdue(chat, at=chat.application.clock(), asker=str(MEMBER), command="举报", text="已收到。")
    await look(chat)
    assert accounts.sent == [(str(SELF), "已收到。")]


async def test_a_group_that_is_unbound_during_the_wait_for_the_database_hears_nothing(
    chat: Chat, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = outbox_store.begin

    async def unbound_first(connection: Any, *args: Any) -> bool:
        await connection.execute("DELETE FROM group_bindings")
        return await begin(connection, *args)

    monkeypatch.setattr(outbox_store, "begin", unbound_first)
    assert await chat.say(f"开通 {VISITOR} 1年", SUPERUSER, FREE_GROUP) == []
    assert await states(chat) == ["refused"]


async def test_a_full_text_does_not_leave_after_a_suspension_during_the_wait_for_the_database(
    chat: Chat, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.membership import administration
    from jianggao.membership.administration import Act

    begin = outbox_store.begin

    async def suspended_first(connection: Any, *args: Any) -> bool:
        act = Act(str(SUPERUSER), "by-hand", chat.clock(), chat.application.settings.timezone, "转卖")
        await administration.suspend(connection, str(MEMBER), act)
        return await begin(connection, *args)

    monkeypatch.setattr(outbox_store, "begin", suspended_first)
    sent = await chat.say("全文 1", MEMBER)
    assert [one.action for one in sent] == ["send_private_msg"] and "没有发出" in sent[0].text
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT outcome FROM deliveries WHERE section IS NULL")
    assert [row[0] for row in rows] == ["refused"]


# --- work that takes long --------------------------------------------------------------------------------------------


async def test_a_reload_that_takes_long_gives_its_report(
    chat: Chat, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = type(chat.application.importer).run

    async def takes_long(self: Any, **named: Any) -> Any:
        chat.clock.advance(minutes=30)
        return await run(self, **named)

    monkeypatch.setattr(type(chat.application.importer), "run", takes_long)
    sent = await chat.say("重新载入", SUPERUSER)
    assert len(sent) == 1 and "启动后会自己接着载入" not in sent[0].text
    assert await states(chat) == ["delivered"]


@pytest.mark.parametrize("may_wait", [20_000, 0])
async def test_what_was_done_is_said_also_where_that_is_stored_later(
    chat: Chat, accounts: Accounts, monkeypatch: pytest.MonkeyPatch, may_wait: int
) -> None:
    """The database can't be written when the work is done, but can when its answer's turn has come."""
    monkeypatch.setattr("jianggao.database.writer.WAITING_LIMIT", may_wait)
    monkeypatch.setattr("jianggao.database.writer.EXTRA_FOR_WHAT_HAPPENED", may_wait)
    rewrite, failed = outbox_store.rewrite, []

    async def locked_once(connection: Any, *args: Any, **named: Any) -> None:
        if not failed:
            failed.append(True)
            raise CannotWrite(CannotStart("被别的程序锁着"))
        await rewrite(connection, *args, **named)

    monkeypatch.setattr(outbox_store, "rewrite", locked_once)
    sent = await chat.say("重新载入", SUPERUSER)
    assert failed and len(sent) == 1 and "启动后会自己接着载入" not in sent[0].text
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT text, state FROM outbox")
    assert [tuple(row) for row in rows] == [(sent[0].text, "delivered")]
