"""Answers to what was changed: stored with it, given once, over cuts of the line, or listed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from kept_answers import answers, delivery, look, queued, rows, start, states, stop, until, with_empty_outbox
from nonebot.adapters.onebot.v11 import ActionFailed, ApiNotAvailable, NetworkError
from simulated_chat import FREE_GROUP, MEMBER, SELF, SUPERUSER, VISITOR, Chat

from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused


@pytest.fixture
async def chat(chat: Chat) -> Chat:
    return await with_empty_outbox(chat)


# --- stored with the change ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "group"),
    [
        (f"开通 {VISITOR} 1年", None),
        (f"续期 {MEMBER} 1月", FREE_GROUP),
        (f"停用 {MEMBER}", None),
        ("撤销 1", None),
        ("下架 1", None),
        ("解绑", FREE_GROUP),
        ("重新载入", None),
    ],
)
async def test_what_changes_something_keeps_its_answer_until_it_is_given(
    chat: Chat, command: str, group: int | None
) -> None:
    sent = await chat.say(command, SUPERUSER, group)
    kept = await rows(chat, "SELECT state, text, kind, chat, self_id, asker FROM outbox")
    where = ("private", str(SUPERUSER)) if group is None else ("group", str(group))
    assert "记录" in sent[0].text or command in ("下架 1", "解绑", "重新载入")
    # Its words, which may be about people, go with its delivery.
    assert kept == [("delivered", "", *where, str(SELF), str(SUPERUSER))]


@pytest.mark.parametrize(
    "command", ["会员列表", "检索 台账", "帮助", "开通 20001", "下架 99", f"开通 {MEMBER} x"]
)
async def test_what_changes_nothing_keeps_none(chat: Chat, command: str) -> None:
    await chat.say(command, SUPERUSER)
    assert await states(chat) == []


async def test_the_answer_is_stored_in_the_transaction_of_the_change(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it can't be, nothing is changed either, and the error is told."""
    from jianggao.outbound import outbox_store

    async def fails(*args: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outbox_store, "add", fails)
    assert "出错了" in await chat.ask(f"开通 {VISITOR} 1年", SUPERUSER)
    assert await rows(chat, f"SELECT 1 FROM ledger WHERE member = '{VISITOR}'") == []
    assert answers(chat)._in_hand == set()


async def test_an_answer_leaves_after_it_was_written_down_that_it_does(chat: Chat) -> None:
    seen: list[list[str]] = []

    async def watched() -> None:
        seen.append(await states(chat))

    chat.answer = lambda action, data: watched()
    await chat.say(f"开通 {VISITOR} 1年", SUPERUSER)
    assert seen == [["sending"]] and await states(chat) == ["delivered"]


# --- the line --------------------------------------------------------------------------------------------------------


async def test_answers_wait_for_the_connection_and_come_once(chat: Chat) -> None:
    await queued(chat, f"开通 {VISITOR} 1年", "下架 1")
    assert chat.sent == [] and await states(chat) == ["waiting", "waiting"]
    delivery(chat).line_is_up(chat.bot)
    await asyncio.gather(*chat.running)  # type: ignore[attr-defined]
    await look(chat)
    assert ["已开通" in chat.sent[0].text, "已下架" in chat.sent[1].text] == [True, True]
    assert await states(chat) == ["delivered", "delivered"] and len(chat.sent) == 2


async def test_a_send_that_found_the_line_down_is_not_burnt(chat: Chat) -> None:
    tries: list[str] = []

    def down_at_first(action: str, data: dict[str, Any]) -> None:
        tries.append(action)
        if len(tries) == 1:
            raise ApiNotAvailable

    chat.answer = down_at_first
    task = asyncio.create_task(chat.say(f"开通 {VISITOR} 1年", SUPERUSER))
    await until(lambda: tries and not delivery_is_up(chat))
    assert not task.done()
    delivery(chat)
    await task
    assert len(chat.sent) == 1 and await states(chat) == ["delivered"]


def delivery_is_up(chat: Chat) -> bool:
    return bool(chat.services.senders.known(str(SELF)).is_connected)


async def test_a_line_that_ends_during_a_send_leaves_it_unknown_at_once(chat: Chat, connected: None) -> None:
    never = asyncio.Event()
    chat.answer = lambda action, data: never.wait()
    task = asyncio.create_task(chat.say(f"开通 {VISITOR} 1年", SUPERUSER))
    await until(lambda: chat.actions)
    delivery(chat).line_is_down()
    await asyncio.wait_for(task, 5)
    assert await states(chat) == ["unknown"]
    chat.answer = lambda action, data: None
    await look(chat)
    assert len(chat.sent) == 1 and chat.sent[0].text.startswith("不确定有没有发到：")
    assert f"已开通 {VISITOR}，记录号 2" in chat.sent[0].text and chat.sent[0].person == SUPERUSER
    await look(chat)
    assert len(chat.sent) == 1 and await states(chat) == ["listed"]


# --- refused, unknown, and failing -----------------------------------------------------------------------------------


async def test_an_answer_that_was_refused_for_good_is_listed(chat: Chat, connected: None) -> None:
    def muted(action: str, data: dict[str, Any]) -> None:
        if "group_id" in data:
            raise ActionFailed(status="failed", retcode=1200, message="result: 120")

    chat.answer = muted
    assert await chat.say(f"开通 {VISITOR} 1年", SUPERUSER, FREE_GROUP) == []
    await look(chat)
    assert [one.person for one in chat.sent] == [SUPERUSER]
    assert chat.sent[0].text.startswith("已办，回复没有发出去：") and "记录号 2" in chat.sent[0].text


async def test_an_answer_that_may_not_have_arrived_is_not_sent_again(chat: Chat) -> None:
    def silent(action: str, data: dict[str, Any]) -> None:
        raise NetworkError("timeout")

    chat.answer = silent
    await chat.say(f"开通 {VISITOR} 1年", SUPERUSER)
    before = len(chat.actions)
    await look(chat)
    assert len(chat.actions) == before and await states(chat) == ["unknown"]


async def test_where_it_cannot_be_written_down_that_it_leaves_it_stays(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, connected: None
) -> None:
    """A disk that is full for a moment: the answer comes when there is room again, once."""
    from jianggao.outbound import outbox_store

    begin = outbox_store.begin

    async def full(*args: Any) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outbox_store, "begin", full)
    assert await chat.say(f"开通 {VISITOR} 1年", SUPERUSER) == []
    assert await states(chat) == ["waiting"]
    monkeypatch.setattr(outbox_store, "begin", begin)
    await look(chat)
    await look(chat)
    assert len(chat.sent) == 1 and await states(chat) == ["delivered"]


async def test_two_who_try_to_give_an_answer_give_it_once(chat: Chat) -> None:
    await queued(chat, f"开通 {VISITOR} 1年")
    number = (await rows(chat, "SELECT id FROM outbox"))[0][0]
    again = asyncio.create_task(answers(chat).give(number, delivery(chat)))
    await asyncio.sleep(0.01)
    delivery(chat).line_is_up(chat.bot)
    outcome = await again
    assert isinstance(outcome, Delivered) or outcome == Refused(RefusalReason.ALREADY_BEGUN)
    await asyncio.gather(*chat.running)  # type: ignore[attr-defined]
    await look(chat)
    assert len(chat.sent) == 1 and await states(chat) == ["delivered"]


# --- full texts ------------------------------------------------------------------------------------------------------


async def outcomes(chat: Chat) -> list[str]:
    return [
        row[0] for row in await rows(chat, "SELECT outcome FROM deliveries WHERE section IS NULL ORDER BY id")
    ]


@pytest.mark.parametrize("kill", [False, True])
async def test_a_full_text_that_never_left_counts_for_nothing_and_the_member_hears_of_it(
    chat: Chat, connected: None, kill: bool
) -> None:
    await queued(chat, "全文 1", person=MEMBER)
    assert await outcomes(chat) == ["recorded"]
    await stop(chat, kill=kill)
    await start(chat)
    assert await outcomes(chat) == ["refused"]
    assert [(one.person, "请再发一次：全文 1" in one.text) for one in chat.sent] == [(MEMBER, True)]
    assert "取全文 20 篇" in await chat.ask("我的会员", MEMBER)


async def test_of_a_full_text_that_never_left_nobody_hears_too_late(chat: Chat, connected: None) -> None:
    await queued(chat, "全文 1", person=MEMBER)
    await stop(chat, kill=True)
    chat.clock.advance(minutes=11)
    await start(chat)
    assert chat.sent == [] and await states(chat) == ["dropped"] and await outcomes(chat) == ["refused"]


async def test_a_full_text_that_was_leaving_at_a_kill_stays_counted_and_is_listed(
    chat: Chat, connected: None
) -> None:
    never = asyncio.Event()
    chat.answer = lambda action, data: never.wait()
    task = asyncio.create_task(chat.say("全文 1", MEMBER))
    await until(lambda: chat.actions)
    await stop(chat, kill=True)
    await asyncio.gather(task, return_exceptions=True)
    chat.answer = lambda action, data: None
    await start(chat)
    assert await outcomes(chat) == ["unknown"]
    assert [one.person for one in chat.sent] == [SUPERUSER]
    assert f"全文（{MEMBER} 要的），可能已经发到" in chat.sent[0].text
    assert "取全文 19 篇" in await chat.ask("我的会员", MEMBER)


async def test_a_full_text_that_expired_counts_for_nothing(chat: Chat) -> None:
    await queued(chat, "全文 1", person=MEMBER)
    chat.clock.advance(minutes=11)
    await until_outcome(chat, "refused")
    delivery(chat).line_is_up(chat.bot)
    await until(lambda: chat.sent)
    assert "全文没有发出去" in chat.sent[0].text
    assert "取全文 20 篇" in await chat.ask("我的会员", MEMBER)


async def until_outcome(chat: Chat, outcome: str) -> None:
    for _ in range(500):
        if await outcomes(chat) == [outcome]:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(await outcomes(chat))


async def test_a_full_text_is_sent_once_the_line_is_up(chat: Chat) -> None:
    await queued(chat, "全文 1", person=MEMBER)
    delivery(chat).line_is_up(chat.bot)
    await until_outcome(chat, "delivered")
    assert [one.action for one in chat.sent] == ["upload_private_file"]
    assert await states(chat) == ["dropped"]
