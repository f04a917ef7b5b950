"""The connection delivers events and answers, reconnects by itself, and lets each fault happen where it is
meant to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from jianggao.sandbox import cast
from jianggao.sandbox.qq import connection as connection_module
from jianggao.sandbox.qq.actions import Actions
from jianggao.sandbox.qq.connection import BotConnection
from jianggao.sandbox.qq.faults import FAULT_KINDS, Faults
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import Chat, World

GROUP, PRIVATE = Chat("group", cast.MEMBER_GROUP), Chat("private", cast.VISITOR)
TEXT = [{"type": "text", "data": {"text": "渠水有声"}}]
TO_GROUP = {"action": "send_group_msg", "params": {"group_id": int(GROUP.number), "message": TEXT}}
TO_PERSON = {"action": "send_private_msg", "params": {"user_id": int(PRIVATE.number), "message": TEXT}}


OF_GROUPS = ("request_refused", "request_ignored", "request_unseen", "kick_unanswered")
"""Faults that happen to no send."""


class RecordingSocket:
    """Keeps what the bot would receive."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []

    async def send(self, text: str) -> None:
        self.received.append(json.loads(text))

    async def close(self) -> None:
        """Nothing is connected."""


@pytest.fixture
def connection(world: World) -> BotConnection:
    connection = BotConnection("", "", Actions(world, PROFILES["napcat"]), Faults())
    connection._socket = RecordingSocket()  # type: ignore[assignment]
    return connection


async def answers(connection: BotConnection, call: dict[str, Any]) -> list[int]:
    """Makes a call and returns the retcodes that the bot receives."""
    socket: Any = connection._socket
    before = len(socket.received)
    await connection._answer(call)
    return [answer["retcode"] for answer in socket.received[before:]]


# --- faults -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(FAULT_KINDS) - {"duplicate", *OF_GROUPS}))
async def test_a_send_elsewhere_does_not_use_up_a_fault(connection: BotConnection, name: str) -> None:
    connection.faults.add(name, chat=GROUP)
    assert await answers(connection, TO_PERSON) == [0]
    assert await answers(connection, {"action": "get_status"}) == [0]
    assert [fault.name for fault in connection.faults.active] == [name]
    await connection._answer(TO_GROUP)
    assert connection.faults.active == []


async def test_a_group_is_refused_though_somebody_is_answered_in_private_first(
    connection: BotConnection,
) -> None:
    connection.faults.add("result", value=120, chat=GROUP)
    assert await answers(connection, TO_PERSON) == [0]
    assert await answers(connection, TO_GROUP) == [1200]
    assert await answers(connection, TO_GROUP) == [0]


async def test_a_fault_for_somebodys_private_chat_spares_the_group(connection: BotConnection) -> None:
    connection.faults.add("result", value=16, chat=PRIVATE)
    assert await answers(connection, TO_GROUP) == [0]
    assert await answers(connection, TO_PERSON) == [1200]


async def test_a_fault_for_no_chat_happens_to_the_next_send(connection: BotConnection) -> None:
    connection.faults.add("result", value=46)
    assert await answers(connection, TO_PERSON) == [1200]
    assert await answers(connection, TO_GROUP) == [0]


@pytest.mark.parametrize(
    ("name", "is_done", "retcodes"),
    [
        ("silence", True, []),
        ("disconnect", True, []),
        ("result", False, [1200]),
        ("unknown_call", False, [1404]),
        ("half_open", False, []),
    ],
)
async def test_what_a_fault_does_to_a_send_and_to_its_answer(
    connection: BotConnection, name: str, is_done: bool, retcodes: list[int]
) -> None:
    connection.faults.add(name)
    assert await answers(connection, TO_GROUP) == retcodes
    assert (len(connection.actions.world.messages) == 1) == is_done


async def test_a_half_open_connection_answers_no_call_at_all(connection: BotConnection) -> None:
    connection.faults.add("half_open", value=60)
    assert await answers(connection, {"action": "get_status"}) == []
    assert await answers(connection, TO_PERSON) == []


async def test_two_answers_change_places(connection: BotConnection) -> None:
    connection.faults.add("reorder")
    assert await answers(connection, {**TO_GROUP, "echo": 1}) == []
    assert await answers(connection, {**TO_PERSON, "echo": 2}) == [0, 0]
    socket: Any = connection._socket
    assert [answer["echo"] for answer in socket.received] == [2, 1]


async def test_an_answer_to_a_request_is_refused_or_has_no_effect(connection: BotConnection) -> None:
    world = connection.actions.world
    flag = world.ask_to_join(cast.VISITOR, cast.MEMBER_GROUP).flag
    call = {"action": "set_group_add_request", "params": {"flag": flag, "approve": True}}
    connection.faults.add("request_refused", chat=GROUP)
    connection.faults.add("request_ignored")
    assert await answers(connection, call) == [1200]
    assert await answers(connection, call) == [0]
    assert cast.VISITOR not in world.groups[cast.MEMBER_GROUP].roles
    assert await answers(connection, call) == [0]
    assert cast.VISITOR in world.groups[cast.MEMBER_GROUP].roles
    connection.faults.add("kick_unanswered", chat=GROUP)
    kick = {"group_id": int(GROUP.number), "user_id": int(cast.VISITOR)}
    assert await answers(connection, {"action": "set_group_kick", "params": kick}) == []
    assert cast.VISITOR not in world.groups[cast.MEMBER_GROUP].roles


async def test_requests_and_newcomers_are_pushed_twice_or_not_at_all(connection: BotConnection) -> None:
    world = connection.actions.world
    connection.connected = False
    world.listeners.append(connection.on_event)
    connection.faults.add("request_unseen", chat=GROUP)
    world.ask_to_join(cast.VISITOR, cast.MEMBER_GROUP)
    assert connection._waiting == []
    connection.faults.add("duplicate", chat=GROUP, count=2)
    world.ask_to_join(cast.VISITOR, cast.FREE_GROUP)
    world.ask_to_join(cast.VISITOR, cast.MEMBER_GROUP)
    world.join(cast.VISITOR, cast.MEMBER_GROUP)
    kinds = [event.get("request_type") or event.get("notice_type") for event in connection._waiting]
    assert kinds == ["group", "group", "group", "group_increase", "group_increase"]


async def test_a_message_elsewhere_is_not_pushed_twice(connection: BotConnection) -> None:
    connection.faults.add("duplicate", chat=GROUP)
    world = connection.actions.world
    world.listeners.append(connection.on_event)
    world.say(cast.VISITOR, PRIVATE, TEXT)
    world.say(cast.MEMBER, GROUP, TEXT)
    senders = [event["user_id"] for event in connection._waiting]
    assert senders == [int(cast.VISITOR), int(cast.MEMBER), int(cast.MEMBER)]


async def test_an_exempt_call_meets_no_fault(connection: BotConnection) -> None:
    connection.is_exempt = lambda action, params: True
    for name in FAULT_KINDS:
        connection.faults.add(name)
    assert await answers(connection, TO_PERSON) == [0]
    assert len(connection.faults.active) == len(FAULT_KINDS)


# --- over a real WebSocket ----------------------------------------------------------------------------------


class Bot:
    """Accepts connections and keeps what it receives."""

    def __init__(self) -> None:
        self.headers: list[dict[str, str]] = []
        self.events: list[dict[str, Any]] = []
        self.sockets: list[ServerConnection] = []
        self._changed = asyncio.Condition()

    async def serve(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        self.headers.append(dict(socket.request.headers.raw_items()))
        self.sockets.append(socket)
        async for raw in socket:
            async with self._changed:
                self.events.append(json.loads(raw))
                self._changed.notify_all()

    async def received(self, kind: str, count: int = 1) -> list[dict[str, Any]]:
        """Waits until so many events of a kind came, and returns them."""

        def events() -> list[dict[str, Any]]:
            return [event for event in self.events if event.get("post_type") == kind]

        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: len(events()) >= count), 30)
        return events()


@pytest.fixture
async def bot() -> AsyncIterator[tuple[Bot, str]]:
    bot = Bot()
    async with serve(bot.serve, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield bot, f"ws://127.0.0.1:{port}/"


async def test_events_wait_for_the_connection_and_survive_a_broken_one(
    world: World, bot: tuple[Bot, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "_RETRY_PAUSE", 0.01)
    receiver, url = bot
    changes: list[bool] = []
    connection = BotConnection(
        url, "secret", Actions(world, PROFILES["napcat"]), Faults(), on_change=changes.append
    )
    world.listeners.append(connection.on_event)
    world.say(cast.VISITOR, PRIVATE, TEXT)
    connection.open()
    try:
        (first,) = await receiver.received("message")
        assert first["user_id"] == int(cast.VISITOR)
        assert receiver.headers[0]["Authorization"] == "Bearer secret"
        assert receiver.headers[0]["X-Self-ID"] == cast.BOT
        await receiver.sockets[0].close()
        await receiver.received("meta_event", 2)
        world.say(cast.MEMBER, PRIVATE, TEXT)
        events = await receiver.received("message", 2)
        assert [event["user_id"] for event in events] == [int(cast.VISITOR), int(cast.MEMBER)]
        assert changes == [True, False, True]
    finally:
        await connection.close()
    assert receiver.events[0]["meta_event_type"] == "lifecycle"
