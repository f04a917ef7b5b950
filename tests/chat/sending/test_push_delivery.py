"""Pushes: in daytime, one at a time, behind the answers, each once, judged as they leave."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from kept_answers import rows, until
from nonebot.adapters.onebot.v11 import NetworkError
from pushed_messages import KIND, Words, at, ordered, pushes, states, step
from simulated_chat import MEMBER, SELF, SUPERUSER, VISITOR, Chat

from jianggao.outbound import push_store
from jianggao.outbound.push_store import StoredPush

# --- when ------------------------------------------------------------------------------------------------------------


async def test_a_push_leaves_in_daytime_after_it_was_written_down_that_it_does(
    chat: Chat, connected: None
) -> None:
    seen: list[list[str]] = []

    async def watched() -> None:
        seen.append(await states(chat))

    chat.answer = lambda action, data: watched()
    await ordered(chat, MEMBER)
    assert await step(chat)
    assert seen == [["sending"]] and await states(chat) == ["delivered"]
    assert [(one.person, one.text) for one in chat.sent] == [(MEMBER, "你好")]
    assert not await step(chat)


@pytest.mark.parametrize(("hour", "leaves"), [(21, True), (22, False), (3, False), (7, False), (8, True)])
async def test_nothing_leaves_at_night(chat: Chat, connected: None, hour: int, leaves: bool) -> None:
    await ordered(chat, MEMBER, not_before=chat.application.clock() - timedelta(days=1))
    at(chat, hour, 59 if hour in (21, 7) else 0)
    assert await step(chat) is leaves
    assert bool(chat.sent) is leaves


async def test_without_quiet_hours_it_leaves_at_night_too(open_chat: Any, monkeypatch: Any) -> None:
    chat: Chat = await open_chat(imported=False, QUIET_HOURS="")
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {str(SELF): chat.bot})
    at(chat, 3)
    await ordered(chat, MEMBER)
    await step(chat)
    assert len(chat.sent) == 1


async def test_what_waits_in_the_queue_when_the_night_begins_stays(chat: Chat, connected: None) -> None:
    at(chat, 21, 59)
    await ordered(chat, MEMBER)
    pushes(chat).wordings[KIND] = words = Words("你好")
    words.then = lambda: at(chat, 22)
    await step(chat)
    assert chat.sent == [] and await states(chat) == ["waiting"]
    words.then = lambda: None
    at(chat, 8, days=2)
    await step(chat)
    assert len(chat.sent) == 1


async def test_pushes_keep_their_distance(chat: Chat, connected: None) -> None:
    await ordered(chat, MEMBER, VISITOR, SUPERUSER)
    times = []
    for _ in range(60):
        before = len(chat.sent)
        await step(chat)
        times += [chat.clock.monotonic()] * (len(chat.sent) - before)
        chat.clock.advance(seconds=1)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(times) == 3 and all(5 <= gap <= 16 for gap in gaps) and gaps[0] != gaps[1]


async def test_without_an_interval_they_follow_at_once(open_chat: Any, monkeypatch: Any) -> None:
    chat: Chat = await open_chat(imported=False, PUSH_INTERVAL="0-0")
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {str(SELF): chat.bot})
    await ordered(chat, *range(20001, 20021))
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 21:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await pushes(chat).deliver(rest)
    assert len(chat.sent) == 20 and rests == [0.0] * 20 + [2.0]


async def test_answers_leave_before_pushes(open_chat: Any, monkeypatch: Any) -> None:
    from jianggao.outbound.queue import Priority

    chat: Chat = await open_chat(imported=False)
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {str(SELF): chat.bot})
    seen: list[Priority] = []
    queue = chat.services.senders.of(chat.bot)._queue
    submit = queue.submit

    async def watched(entry: Any) -> Any:
        seen.append(entry.priority)
        return await submit(entry)

    monkeypatch.setattr(queue, "submit", watched)
    await ordered(chat, MEMBER)
    await step(chat)
    await chat.say("帮助", VISITOR)
    assert seen == [Priority.PUSH, Priority.ANSWER]


# --- once ------------------------------------------------------------------------------------------------------------


async def killed(chat: Chat) -> None:
    """The bot is killed and starts again: nothing more is written down."""
    for task in list(pushes(chat)._background._running):
        task.cancel()
    await asyncio.sleep(0)
    chat.forget()
    await pushes(chat).take_over()


async def test_killed_before_it_began_it_leaves_after_the_restart(chat: Chat, connected: None) -> None:
    await ordered(chat, MEMBER)
    await killed(chat)
    await step(chat)
    assert len(chat.sent) == 1 and await states(chat) == ["delivered"]


async def test_killed_between_the_record_and_the_send_it_is_unknown(chat: Chat, connected: None) -> None:
    await ordered(chat, MEMBER)
    async with chat.application.database.write() as connection:
        assert await push_store.begin(connection, 1, "你好")
    await killed(chat)
    assert not await step(chat)
    assert chat.sent == [] and await states(chat) == ["unknown"]


async def test_killed_between_the_send_and_its_outcome_it_is_unknown(chat: Chat, connected: None) -> None:
    never = asyncio.Event()
    chat.answer = lambda action, data: never.wait()
    await ordered(chat, MEMBER)
    task = asyncio.create_task(pushes(chat).step())
    await until(lambda: chat.actions)
    task.cancel()
    await killed(chat)
    chat.answer = lambda action, data: None
    assert not await step(chat)
    assert len(chat.actions) == 1 and await states(chat) == ["unknown"]


async def test_a_loop_that_is_cancelled_lets_what_is_leaving_end(chat: Chat, connected: None) -> None:
    go_on = asyncio.Event()

    async def slow() -> None:
        await go_on.wait()

    chat.answer = lambda action, data: slow()
    await ordered(chat, MEMBER)
    task = asyncio.create_task(pushes(chat).deliver())
    await until(lambda: chat.actions)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    await pushes(chat).background_done(5)
    assert await states(chat) == ["delivered"]


async def test_what_may_have_arrived_is_not_sent_again(chat: Chat, connected: None) -> None:
    def silent(action: str, data: dict[str, Any]) -> None:
        raise NetworkError("timeout")

    chat.answer = silent
    await ordered(chat, MEMBER)
    await step(chat)
    chat.answer = lambda action, data: None
    chat.clock.advance(hours=1)
    assert not await step(chat) and await states(chat) == ["unknown"] and len(chat.actions) == 1


async def test_where_it_cannot_be_written_down_that_it_leaves_it_stays(
    chat: Chat, connected: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = push_store.begin

    async def full(*args: Any) -> bool:
        raise OSError(28, "No space left on device")

    await ordered(chat, MEMBER)
    monkeypatch.setattr(push_store, "begin", full)
    await step(chat)
    assert chat.actions == [] and await states(chat) == ["waiting"]
    monkeypatch.setattr(push_store, "begin", begin)
    await step(chat)
    assert len(chat.sent) == 1


# --- judged ----------------------------------------------------------------------------------------------------------


async def test_it_says_what_is_true_when_it_leaves(chat: Chat, connected: None) -> None:
    await ordered(chat, MEMBER)
    pushes(chat).wordings[KIND] = Words("还有 6 天")
    await step(chat)
    assert [one.text for one in chat.sent] == ["还有 6 天"]
    assert await rows(chat, "SELECT text FROM pushes") == [("还有 6 天",)]


async def test_what_is_not_to_be_said_any_more_is_dropped(chat: Chat, connected: None) -> None:
    await ordered(chat, MEMBER)
    pushes(chat).wordings[KIND] = Words(None)
    assert await step(chat)
    assert chat.sent == [] and await states(chat) == ["dropped"]


async def test_it_is_judged_again_as_it_leaves(chat: Chat, connected: None) -> None:
    await ordered(chat, MEMBER)
    pushes(chat).wordings[KIND] = Words("还有 6 天", None)
    await step(chat)
    assert chat.sent == [] and await states(chat) == ["waiting"]
    chat.clock.advance(minutes=1)
    await step(chat)
    assert chat.sent == [] and await states(chat) == ["dropped"]


async def test_what_comes_too_late_is_dropped(chat: Chat, connected: None) -> None:
    await ordered(chat, MEMBER, expires_at=chat.application.clock() + timedelta(hours=1))
    chat.clock.advance(hours=1)
    await step(chat)
    assert chat.sent == [] and await states(chat) == ["expired"]


async def test_words_that_cannot_be_made_hold_up_nobody(chat: Chat, connected: None) -> None:
    async def fails(stored: StoredPush) -> str | None:
        raise KeyError("no such member")

    pushes(chat).wordings["broken"] = fails
    await ordered(chat, MEMBER, kind="broken")
    await ordered(chat, VISITOR)
    await step(chat)
    await step(chat)
    assert [one.person for one in chat.sent] == [VISITOR] and await states(chat) == ["waiting", "delivered"]


async def test_a_failure_is_followed_by_the_next_try(
    chat: Chat, connected: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_due, rests = push_store.next_due, []

    async def fails(*args: Any) -> None:
        raise ValueError("a bug")

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        monkeypatch.setattr(push_store, "next_due", next_due)
        if len(rests) == 2:
            raise asyncio.CancelledError

    await ordered(chat, MEMBER)
    monkeypatch.setattr(push_store, "next_due", fails)
    with pytest.raises(asyncio.CancelledError):
        await pushes(chat).deliver(rest)
    assert len(chat.sent) == 1 and rests == [60.0, 2.0]
