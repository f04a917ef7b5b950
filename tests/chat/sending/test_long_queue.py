"""Many wait for answers: one more is told so, in private too, instead of waiting for minutes."""

from __future__ import annotations

import pytest
from simulated_chat import FREE_GROUP, SUPERUSER, VISITOR, Chat


def _many_wait(chat: Chat, group: str | None) -> None:
    """Answers to others are being made: 20 of them take half a minute."""
    for _ in range(20):
        chat.services.senders.of(chat.bot).reservation(group).hold()


@pytest.fixture
async def busy(open_chat: object) -> Chat:
    chat: Chat = await open_chat(SEND_INTERVAL="1.5")  # type: ignore[operator]
    await chat.say("绑定免费群", SUPERUSER, FREE_GROUP)
    chat.clock.advance(minutes=2)
    return chat


async def test_in_private_too_who_would_wait_long_is_told_once(busy: Chat) -> None:
    _many_wait(busy, None)
    assert "排队较多" in await busy.ask("检索 台账", VISITOR)
    busy.clock.advance(seconds=10)
    assert await busy.say("检索 台账", VISITOR) == []
    assert "排队较多" in await busy.ask("检索 台账", VISITOR + 1)
    busy.clock.advance(seconds=55)
    assert "排队较多" in await busy.ask("检索 台账", VISITOR)


async def test_the_operator_is_answered_all_the_same(busy: Chat) -> None:
    _many_wait(busy, None)
    assert (await busy.ask("检索 台账", SUPERUSER)).startswith("共 ")


async def test_a_group_is_told_once_for_all(busy: Chat) -> None:
    _many_wait(busy, str(FREE_GROUP))
    assert "排队较多" in await busy.ask("检索 台账", VISITOR, FREE_GROUP)
    busy.clock.advance(seconds=10)
    assert await busy.say("检索 台账", VISITOR + 1, FREE_GROUP) == []
