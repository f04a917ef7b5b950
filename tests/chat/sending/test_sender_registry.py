"""Each account has one sender, which outlives its connections."""

from __future__ import annotations

from nonebot.adapters.onebot.v11 import Bot
from simulated_chat import FREE_GROUP, MEMBER, SELF, Chat


async def test_a_reconnection_keeps_the_pace(chat: Chat) -> None:
    first = chat.services.senders.of(chat.bot)
    again = chat.services.senders.of(Bot(chat.bot.adapter, chat.bot.self_id))
    assert again is first
    assert MEMBER and await chat.ask("帮助", MEMBER)


def test_an_account_that_was_never_connected_has_no_sender(chat: Chat) -> None:
    senders = chat.services.senders
    assert senders.known("40004") is None
    senders.line_is_down("40004")
    assert senders.known("40004") is None and senders.leaving == senders.waiting == 0


def test_an_account_that_says_something_is_connected(chat: Chat) -> None:
    senders = chat.services.senders
    senders.of(chat.bot)
    senders.line_is_down(str(SELF))
    assert not senders.known(str(SELF)).is_connected
    assert senders.of(chat.bot).is_connected


def test_another_connection_of_the_account_takes_the_place_of_the_first(chat: Chat) -> None:
    again = Bot(chat.bot.adapter, chat.bot.self_id)
    sender = chat.services.senders.of(chat.bot)
    assert chat.services.senders.of(again) is sender and sender.bot is again


async def test_after_the_end_nothing_is_sent(chat: Chat) -> None:
    from jianggao.outbound.send_outcomes import Delivered

    sender = chat.services.senders.of(chat.bot)
    await chat.services.senders.stop()
    assert not isinstance(await sender.to_group(str(FREE_GROUP), "晚了"), Delivered)
    assert chat.sent == [] and chat.services.senders.leaving == 0


def test_an_account_that_is_gone_is_awaited_for_a_day(chat: Chat) -> None:
    senders, other = chat.services.senders, Bot(chat.bot.adapter, "10002")
    senders.of(chat.bot), senders.of(other)
    senders.line_is_down("10002")
    chat.clock.advance(hours=24)
    assert senders.awaited == {str(SELF), "10002"}
    senders.line_is_down("10002")  # once more: it is gone since the first time
    chat.clock.advance(seconds=1)
    assert senders.awaited == {str(SELF)} and senders.accounts == {str(SELF), "10002"}
    senders.of(other)
    assert senders.awaited == {str(SELF), "10002"}
