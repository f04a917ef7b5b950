"""Answers and lists are judged as they leave, and say what was done also where the work took long."""

from __future__ import annotations

from typing import Any

import pytest
from overdue_answers import Accounts, look, overdue, states
from simulated_chat import FREE_GROUP, MEMBER, SELF, SUPERUSER, VISITOR, Chat

from jianggao.errors import CannotStart, CannotWrite
from jianggao.outbound import outbox_store

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
        rows = await connection.execute_fetchall("SELECT state FROM outbox")
    assert [tuple(row) for row in rows] == [("delivered",)]
