"""What an answer shows is judged again when it leaves the queue: by the sections and speeches that stand in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from chat import MEMBER, SUPERUSER, Chat

from jianggao.clock import to_text
from jianggao.library import store
from jianggao.membership import standing
from jianggao.membership.access import PREVIEW
from jianggao.membership.standing import Act
from jianggao.outbound.outcomes import RefusalReason, Refused

QUESTIONS = (
    "提纲 8",
    "提纲 水利冬修",
    "段落 8.3",
    "检索 卡脖子的闸",
    "检索 闸门 主题:水利",
    "金句 渠水有声",
    "随机 卡脖子的闸",
    "全文 8",
    "全文 8 文本",
    "全文 8 转发",
)
CHANGED = "没有发出"


def meanwhile(chat: Chat, change: Callable[[], Awaitable[None]]) -> list[Any]:
    """Makes a change between the next answer's making and its turn in the queue; gives the outcomes of what was
    queued."""
    from plugins.delivery import delivery_for

    queue = delivery_for(chat.bot, chat.house)._queue
    submit = queue.submit
    outcomes: list[Any] = []

    async def changed(entry: Any) -> Any:
        queue.submit = submit  # type: ignore[method-assign]
        await change()
        outcomes.append(await submit(entry))
        return outcomes[-1]

    queue.submit = changed  # type: ignore[method-assign]
    return outcomes


async def take_down(chat: Chat, number: int = 8) -> None:
    async with chat.house.database.write() as connection:
        await store.set_taken_down(connection, number, to_text(chat.clock()))
        await store.list_speech(connection, number)


async def withdraw(chat: Chat) -> None:
    async with chat.house.database.write() as connection:
        await store.set_withdrawn(connection, 8, to_text(chat.clock()))
        await store.list_speech(connection, 8)


async def suspend(chat: Chat) -> None:
    act = Act(str(SUPERUSER), "by-hand", chat.clock(), chat.house.settings.timezone, "转卖")
    async with chat.house.database.write() as connection:
        await standing.suspend(connection, str(MEMBER), act)


async def renew(chat: Chat) -> None:
    """Another window, in which everything that was read still lies."""
    from jianggao.membership.durations import parse_duration

    act = Act(str(SUPERUSER), "by-hand", chat.clock(), chat.house.settings.timezone, "")
    async with chat.house.database.write() as connection:
        await standing.renew(connection, str(MEMBER), parse_duration("1年"), act)


def shows_the_speech(sent: list[Any]) -> bool:
    return any("水利冬修" in one.text or one.action.startswith("upload") for one in sent)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("change", [take_down, withdraw], ids=["taken down", "withdrawn"])
async def test_nothing_of_a_speech_that_is_gone_leaves(
    chat: Chat, question: str, change: Callable[[Chat], Awaitable[None]]
) -> None:
    assert shows_the_speech(await chat.say(question, MEMBER)), "it would show the speech"
    outcomes = meanwhile(chat, lambda: change(chat))
    sent = await chat.say(question, MEMBER)
    assert outcomes == [Refused(RefusalReason.NOT_ALLOWED)]
    assert not shows_the_speech(sent)
    assert [CHANGED in one.text for one in sent] == [True]


@pytest.mark.parametrize("ask", ["段落 {number}", "检索 “{words}”", "全文 8"])
async def test_nothing_leaves_to_somebody_who_was_suspended_meanwhile(chat: Chat, ask: str) -> None:
    async with chat.house.database.read() as connection:
        speech = await store.speech(connection, 8)
        assert speech is not None
        rows = await store.sections_of_version(connection, speech.version)
    row = max((row for row in rows if row.audience != PREVIEW), key=lambda row: len(row.body))
    question = ask.format(number=f"8.{row.ordinal}", words=row.body[5:20])
    outcomes = meanwhile(chat, lambda: suspend(chat))
    sent = await chat.say(question, MEMBER)
    assert outcomes == [Refused(RefusalReason.NOT_ALLOWED)]
    assert not shows_the_speech(sent)
    assert [CHANGED in one.text for one in sent] == [True]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_renewal_meanwhile_stops_no_answer(chat: Chat, question: str) -> None:
    """Another window is no reason: what leaves may still be read."""
    outcomes = meanwhile(chat, lambda: renew(chat))
    assert shows_the_speech(await chat.say(question, MEMBER))
    assert not any(isinstance(one, Refused) for one in outcomes)


async def test_a_replaced_version_doesn_t_leave(chat: Chat, library: Any) -> None:
    path = next(path for path in library.rglob("*.txt") if "卡脖子的闸" in path.read_text("utf-8", "ignore"))

    async def replace() -> None:
        path.write_text(path.read_text("utf-8").replace("×镇的三号闸", "×镇的五号闸"), "utf-8")
        await chat.house.importer.run()

    outcomes = meanwhile(chat, replace)
    sent = await chat.say("检索 卡脖子的闸", MEMBER)
    assert outcomes == [Refused(RefusalReason.NOT_ALLOWED)] and [CHANGED in one.text for one in sent] == [
        True
    ]


@pytest.mark.parametrize("gone", [5, 6, 7])
async def test_similar_sections_of_a_speech_that_is_gone_don_t_leave(chat: Chat, gone: int) -> None:
    """Neither where the speech asked about is gone, nor where one of those that are like it is."""
    before = await chat.ask("相近 5.3", MEMBER)
    concerned = f"{gone}." in before
    outcomes = meanwhile(chat, lambda: take_down(chat, gone))
    sent = await chat.say("相近 5.3", MEMBER)
    assert [isinstance(one, Refused) for one in outcomes] == [concerned]
    assert [CHANGED in one.text for one in sent] == [concerned]
