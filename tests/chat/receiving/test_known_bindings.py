"""What a group is bound as, when that changes while something is said there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiosqlite
import pytest
from simulated_chat import FREE_GROUP, SUPERUSER, UNBOUND_GROUP, VISITOR, Chat


class SlowDatabase:
    """A database whose reads and writes end when they are let go."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self.read_done = asyncio.Event()
        self.reading = asyncio.Event()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[aiosqlite.Connection]:
        async with self._database.read() as connection:
            yield connection
            self.reading.set()
            await self.read_done.wait()


async def test_what_is_said_behind_a_binding_under_way_is_answered(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The binding's transaction takes a while; a command arrives in the middle of it."""
    from plugins.groups import commands

    begun, goes_on, bind = asyncio.Event(), asyncio.Event(), commands.bind

    async def slow(*args: Any) -> None:
        begun.set()
        await goes_on.wait()
        await bind(*args)

    monkeypatch.setattr(commands, "bind", slow)
    binding = asyncio.create_task(chat.say("绑定免费群", SUPERUSER, UNBOUND_GROUP))
    await asyncio.wait_for(begun.wait(), 5)
    asked = asyncio.create_task(chat.say("订阅", VISITOR, UNBOUND_GROUP))
    elsewhere = await asyncio.wait_for(chat.services.known_bindings.binding(str(FREE_GROUP)), 1)
    assert elsewhere is not None, "other groups don't wait"
    await asyncio.sleep(0.01)
    assert not asked.done()
    goes_on.set()
    await asyncio.gather(binding, asked)
    assert [one.group for one in chat.sent] == [UNBOUND_GROUP, UNBOUND_GROUP]
    assert sorted("已绑定" in one.text for one in chat.sent) == [False, True]


@pytest.mark.parametrize("forgotten", [False, True])
async def test_both_at_the_same_moment_are_answered(chat: Chat, forgotten: bool) -> None:
    """As a superuser and a member who waits for it type them; also where the bindings aren't in memory
    yet."""
    if forgotten:
        chat.services.known_bindings.forget()
    await asyncio.gather(
        chat.say("绑定免费群", SUPERUSER, UNBOUND_GROUP), chat.say("订阅", VISITOR, UNBOUND_GROUP)
    )
    assert [one.group for one in chat.sent] == [UNBOUND_GROUP, UNBOUND_GROUP]


async def test_what_was_read_before_a_change_is_not_believed_after_it(chat: Chat) -> None:
    """It was, for ever: the group was bound, and every command in it met silence until the next restart."""
    from jianggao.access.group_bindings import bind
    from jianggao.access.verdicts import PlaceKind
    from jianggao.chat.receiving.known_bindings import KnownBindings

    slow: Any = SlowDatabase(chat.application.database)
    memory = KnownBindings(slow)
    group = str(UNBOUND_GROUP)
    asked = asyncio.create_task(memory.binding(group))
    await asyncio.wait_for(slow.reading.wait(), 5)
    async with memory.changing(), chat.application.database.write() as connection:
        await bind(connection, group, PlaceKind.FREE_GROUP, str(SUPERUSER), chat.clock.now)
    slow.read_done.set()
    found = await asked
    assert found is not None and found.kind is PlaceKind.FREE_GROUP
    assert await memory.binding(group) == found


async def test_a_binding_that_never_ends_is_not_waited_for_for_ever(chat: Chat) -> None:
    from jianggao.chat.receiving.known_bindings import KnownBindings

    memory = KnownBindings(chat.application.database, longest_wait=0.01)
    memory.expect(str(FREE_GROUP))
    assert await memory.binding(str(FREE_GROUP)) is not None


@pytest.mark.parametrize("typed", ["绑定免费群", "绑定会员群"])
async def test_a_binding_that_is_refused_holds_nobody_up(chat: Chat, typed: str) -> None:
    assert "本群已经是免费群" in await chat.ask(typed, SUPERUSER, FREE_GROUP)
    assert chat.services.known_bindings._expected == {}
    assert await chat.say("帮助", VISITOR, FREE_GROUP)


async def test_a_message_that_comes_twice_holds_nobody_up(chat: Chat) -> None:
    event = chat.event("绑定免费群", SUPERUSER, UNBOUND_GROUP)
    await chat.send(event)
    chat.forget()
    assert await chat.send(event) == []
    assert chat.services.known_bindings._expected == {}
