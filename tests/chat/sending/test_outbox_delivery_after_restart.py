"""Answers that a stop or a kill left in the outbox: given once after the restart, or listed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from kept_answers import delivery, look, queued, start, states, stop, until, with_empty_outbox
from nonebot.adapters.onebot.v11 import ActionFailed
from simulated_chat import FREE_GROUP, SUPERUSER, UNBOUND_GROUP, VISITOR, Chat


@pytest.fixture
async def chat(chat: Chat) -> Chat:
    return await with_empty_outbox(chat)


@pytest.mark.parametrize("kill", [False, True])
async def test_what_waited_is_given_after_a_restart_once(chat: Chat, connected: None, kill: bool) -> None:
    await queued(chat, *(f"开通 3000{number} 1年" for number in range(1, 7)))
    await stop(chat, kill=kill)
    assert chat.sent == [] and await states(chat) == ["waiting"] * 6
    chat.clock.advance(minutes=9)
    await start(chat)
    await look(chat)
    assert [f"3000{number}" in chat.sent[number - 1].text for number in range(1, 7)] == [True] * 6
    assert len(chat.sent) == 6 and await states(chat) == ["delivered"] * 6


async def test_after_ten_minutes_superusers_get_one_list_and_nobody_an_answer(
    chat: Chat, connected: None
) -> None:
    await queued(chat, f"开通 {VISITOR} 1年", "下架 1")
    await stop(chat, kill=True)
    chat.clock.advance(minutes=11)
    await start(chat)
    await look(chat)
    assert [one.person for one in chat.sent] == [SUPERUSER]
    assert chat.sent[0].text.startswith("已办但没来得及回复：\n· 开通（90001 发的）：“已开通 30001，记录号 2")
    assert await states(chat) == ["listed", "listed"]


async def test_a_list_is_bounded_and_the_rest_follows_in_further_ones(chat: Chat, connected: None) -> None:
    await queued(chat, *(f"开通 {30_001 + number} 1年" for number in range(25)))
    await stop(chat, kill=True)
    chat.clock.advance(minutes=11)
    await start(chat)
    assert [one.text.count("\n· ") for one in chat.sent] == [20, 5]
    assert "还有 5 条，接着发" in chat.sent[0].text and "还有" not in chat.sent[1].text
    said = "".join(one.text for one in chat.sent)
    assert all(f"已开通 {30_001 + number}" in said for number in range(25))
    assert await states(chat) == ["listed"] * 25


async def test_a_list_that_nobody_could_be_told_waits(chat: Chat, connected: None) -> None:
    def refusing(action: str, data: dict[str, Any]) -> None:
        raise ActionFailed(status="failed", retcode=1200, message="result: 16")

    await queued(chat, f"开通 {VISITOR} 1年")
    await stop(chat, kill=True)
    chat.clock.advance(minutes=11)
    chat.answer = refusing
    await start(chat)
    assert await states(chat) == ["waiting"]
    chat.answer = lambda action, data: None
    chat.clock.advance(minutes=1)
    await look(chat)
    assert len(chat.sent) == 1 and await states(chat) == ["listed"]


async def test_what_was_leaving_at_a_kill_is_listed_and_not_sent_again(chat: Chat, connected: None) -> None:
    never = asyncio.Event()
    chat.answer = lambda action, data: never.wait()
    task = asyncio.create_task(chat.say(f"开通 {VISITOR} 1年", SUPERUSER))
    await until(lambda: chat.actions)
    assert await states(chat) == ["sending"]
    await stop(chat, kill=True)
    await asyncio.gather(task, return_exceptions=True)
    chat.answer = lambda action, data: None
    await start(chat)
    assert [one.text.splitlines()[0] for one in chat.sent] == ["不确定有没有发到："]


async def test_an_answer_to_a_group_that_was_unbound_meanwhile_stays_and_is_listed(
    chat: Chat, connected: None
) -> None:
    """Judged again by what is stored: the process that knew the request is gone."""
    await queued(chat, f"开通 {VISITOR} 1年", group=FREE_GROUP)
    await stop(chat, kill=True)
    async with chat.application.database.write() as connection:
        await connection.execute("DELETE FROM group_bindings WHERE group_id = ?", (str(FREE_GROUP),))
    await start(chat)
    await look(chat)
    assert [(one.group, one.person) for one in chat.sent] == [(None, SUPERUSER)]
    assert chat.sent[0].text.startswith("已办，回复没有发出去：")


async def test_the_group_that_was_unbound_still_hears_that_it_was(chat: Chat, connected: None) -> None:
    await queued(chat, "解绑", group=FREE_GROUP)
    await stop(chat, kill=True)
    await start(chat)
    assert [(one.group, "已解绑" in one.text) for one in chat.sent] == [(FREE_GROUP, True)]


async def test_a_group_that_is_unbound_again_hears_nothing_of_its_binding(
    chat: Chat, connected: None
) -> None:
    await queued(chat, "绑定免费群", group=UNBOUND_GROUP)
    await queued(chat, "解绑", group=UNBOUND_GROUP)
    delivery(chat).line_is_up(chat.bot)
    await asyncio.gather(*chat.running)  # type: ignore[attr-defined]
    await look(chat)
    assert [one.text for one in chat.sent if one.group is not None] == ["已解绑，本群不再是免费群。"]
    assert ["已绑定为免费群" in one.text for one in chat.sent if one.group is None] == [True]


async def test_a_reload_that_was_broken_off_says_so_after_the_restart(
    chat: Chat, connected: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def hangs(**named: Any) -> Any:
        begun.set()
        await never.wait()

    monkeypatch.setattr(type(chat.application.importer), "run", lambda self, **named: hangs(**named))
    task = asyncio.create_task(chat.say("重新载入", SUPERUSER))
    await asyncio.wait_for(begun.wait(), 5)
    await stop(chat, kill=True)
    await asyncio.gather(task, return_exceptions=True)
    await start(chat)
    assert ["启动后会自己接着载入" in one.text for one in chat.sent] == [True]
