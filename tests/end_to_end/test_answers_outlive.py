"""What was done is answered, once: over a cut of the line, an orderly stop, kill -9, and too late a start."""

from __future__ import annotations

import asyncio
import re
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from implementation import Implementation, Sent
from process import SUPERUSER, BotProcess

PACED = {"SEND_INTERVAL": "1.5"}
_ENTRY = re.compile(r"记录号 (\d+)")
_OVERDUE = "已办但没来得及回复"
_UNSURE = "不确定有没有发到"


def stored(bot: BotProcess, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(bot.database)) as connection:
        return connection.execute(sql).fetchall()


async def until(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        await asyncio.sleep(0.02)


def entries(sent: list[Sent]) -> list[int]:
    """The entries of the ledger that answers (not lists) name."""
    answers = [
        message.text for message in sent if _OVERDUE not in message.text and _UNSURE not in message.text
    ]
    return sorted(int(number) for text in answers for number in _ENTRY.findall(text))


def lists(sent: list[Sent], head: str) -> list[str]:
    return [message.text for message in sent if head in message.text]


async def grants(qq: Implementation, bot: BotProcess, count: int) -> None:
    """So many grants, stored, of which the answers wait."""
    for member in range(50_001, 50_001 + count):
        await qq.say(f"开通 {member} 1年", person=SUPERUSER)
    await until(lambda: len(stored(bot, "SELECT 1 FROM ledger")) == count)


def one_more_overdue(bot: BotProcess) -> None:
    """An answer that waits since then too, `记录号 77`, in the outbox of a bot that doesn't run."""
    with closing(sqlite3.connect(bot.database)) as connection, connection:
        connection.execute(
            """INSERT INTO outbox
                   (at, message, command, asker, self_id, kind, chat, text, heard_unbound, is_notice, state)
               SELECT at, message, command, asker, self_id, kind, chat, '已开通，记录号 77', 0, 0, 'waiting'
               FROM outbox WHERE state = 'listed' LIMIT 1"""
        )


async def ended(bot: BotProcess) -> float:
    started = time.monotonic()
    await until(lambda: bot.end_code() is not None)
    return time.monotonic() - started


async def test_a_cut_line_loses_no_answer_and_doubles_none(
    start_bot: Callable[..., BotProcess], connect_to: Callable[..., Any]
) -> None:
    """It is cut until behind the moment at which the next answer was to leave."""
    bot = start_bot(**PACED)
    qq = await connect_to(bot)
    await grants(qq, bot, 3)
    await qq.wait_for(lambda message: "记录号 1" in message.text)
    await qq.close()
    await until(lambda: f"{qq.self_id} hung up" in bot.log or f"the line of {qq.self_id} broke" in bot.log)
    next_leaves = qq.sent[-1].at + float(PACED["SEND_INTERVAL"])
    await until(lambda: time.monotonic() > next_leaves + 0.5)
    again = await connect_to(bot)
    await until(lambda: len(entries(qq.sent + again.sent)) >= 3)
    await again.settle(person=SUPERUSER)
    assert entries(qq.sent + again.sent) == [1, 2, 3]
    assert "Traceback" not in bot.log


async def test_six_queued_answers_outlive_an_orderly_stop(
    start_bot: Callable[..., BotProcess], connect_to: Callable[..., Any]
) -> None:
    bot = start_bot(**PACED)
    qq = await connect_to(bot)
    await grants(qq, bot, 6)
    bot.send(signal.SIGTERM)
    assert await ended(bot) < 8
    before = entries(qq.sent)
    assert len(before) < 6, "they were to wait"
    bot.start()
    again = await connect_to(bot)
    await until(lambda: len(entries(again.sent)) >= 6 - len(before))
    await again.settle(person=SUPERUSER)
    assert entries(qq.sent + again.sent) == [1, 2, 3, 4, 5, 6]
    assert not lists(again.sent, _UNSURE) and not lists(again.sent, _OVERDUE)
    assert "Traceback" not in bot.log


@pytest.mark.parametrize("after", [0.0, 0.05, 0.3, 1.6])
async def test_a_kill_between_change_and_answer_loses_none(
    start_bot: Callable[..., BotProcess], connect_to: Callable[..., Any], after: float
) -> None:
    """Each is answered or, where it was just leaving, listed; and no entry is answered twice."""
    bot = start_bot(**PACED)
    qq = await connect_to(bot)
    await grants(qq, bot, 4)
    await asyncio.sleep(after)
    bot.kill()
    bot.start()
    again = await connect_to(bot)

    def numbers_listed() -> set[int]:
        unsure = [int(number) for text in lists(again.sent, _UNSURE) for number in _ENTRY.findall(text)]
        return {*entries(qq.sent + again.sent), *unsure}

    await until(lambda: numbers_listed() == {1, 2, 3, 4})
    await again.settle(person=SUPERUSER)
    answered = entries(qq.sent + again.sent)
    assert len(answered) == len(set(answered))


async def test_after_more_than_ten_minutes_superusers_get_one_list(
    start_bot: Callable[..., BotProcess], connect_to: Callable[..., Any]
) -> None:
    bot = start_bot(**PACED)
    qq = await connect_to(bot)
    await grants(qq, bot, 5)
    bot.kill()
    before = entries(qq.sent)
    bot.advance(days=11 / 1_440)
    bot.start()
    again = await connect_to(bot)
    found = await again.wait_for(lambda message: _OVERDUE in message.text)
    assert found.person == SUPERUSER
    listed = {int(number) for number in _ENTRY.findall(found.text)}
    assert listed | set(before) == {1, 2, 3, 4, 5}
    for number, member in stored(bot, "SELECT number, member FROM ledger"):
        assert (f"{member}，记录号 {number}，" in found.text) == (number in listed)
    bot.stop()
    one_more_overdue(bot)
    bot.start()
    third = await connect_to(bot)
    await third.wait_for(lambda message: _OVERDUE in message.text)  # it has looked again at all that waits
    await third.settle(person=SUPERUSER)
    (next_list,) = lists(third.sent, _OVERDUE)
    assert _ENTRY.findall(next_list) == ["77"]
    assert len(lists(again.sent, _OVERDUE)) == 1
    assert not entries([*again.sent, *third.sent])


async def test_a_send_without_an_outcome_is_listed_and_not_sent_again(
    start_bot: Callable[..., BotProcess], connect_to: Callable[..., Any]
) -> None:
    bot = start_bot()
    qq = await connect_to(bot)
    qq.silent.add("send_private_msg")
    await qq.say("开通 50001 1年", person=SUPERUSER)
    await qq.wait_for(lambda message: "记录号 1" in message.text)
    bot.send(signal.SIGTERM)
    assert 2 < await ended(bot) < 8, "the send was waited for, but not for ever"
    bot.start()
    again = await connect_to(bot)
    found = await again.wait_for(lambda message: _UNSURE in message.text)
    assert "记录号 1" in found.text and "50001" in found.text
    await again.settle(person=SUPERUSER)
    assert entries(again.sent) == []


async def test_a_stop_ends_the_sends_that_have_begun(
    start_bot: Callable[..., BotProcess], connect_to: Callable[..., Any]
) -> None:
    """The implementation answers two seconds later: the line is held for it."""
    bot = start_bot()
    qq = await connect_to(bot)
    act, released = qq._act, asyncio.Event()

    async def slow(action: str, params: dict[str, Any], echo: Any) -> None:
        if action.startswith("send_"):
            asyncio.get_running_loop().call_later(2, released.set)
            await released.wait()
        await act(action, params, echo)

    qq._act = slow  # type: ignore[method-assign]
    await qq.say("开通 50001 1年", person=SUPERUSER)
    await until(lambda: stored(bot, "SELECT state FROM outbox") == [("sending",)])
    bot.send(signal.SIGTERM)
    assert await ended(bot) < 8
    assert stored(bot, "SELECT state FROM outbox") == [("delivered",)]
    assert "Traceback" not in bot.log


async def test_an_idle_bot_still_ends_at_once(
    start_bot: Callable[..., BotProcess], connect_to: Callable[..., Any]
) -> None:
    bot = start_bot()
    qq = await connect_to(bot)
    await qq.settle(person=SUPERUSER)
    bot.send(signal.SIGTERM)
    assert await ended(bot) < 4
