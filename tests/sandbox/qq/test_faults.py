"""A fault that is meant for one chat waits for it, whoever is answered before."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.actions import Actions
from jianggao.sandbox.qq.connection import BotConnection
from jianggao.sandbox.qq.faults import KINDS, Faults
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import Chat, World
from jianggao.sandbox.scenario_player.player import Failed, Player
from jianggao.sandbox.scenario_player.steps import read_story
from jianggao.sandbox.simulation import Simulation

GROUP, PRIVATE = Chat("group", cast.MEMBER_GROUP), Chat("private", cast.VISITOR)
START = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
TEXT = [{"type": "text", "data": {"text": "渠水有声"}}]
TO_GROUP = {"action": "send_group_msg", "params": {"group_id": int(GROUP.number), "message": TEXT}}
TO_PERSON = {"action": "send_private_msg", "params": {"user_id": int(PRIVATE.number), "message": TEXT}}


class Socket:
    """Keeps what the bot would hear."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.is_closed = False

    async def send(self, text: str) -> None:
        self.heard.append(json.loads(text))

    async def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def line() -> BotConnection:
    world = World(cast.BOT, lambda: START)
    cast.people_the_world(world)
    one = BotConnection("", "", Actions(world, PROFILES["napcat"]), Faults())
    one._socket = Socket()  # type: ignore[assignment]
    return one


async def heard(line: BotConnection, call: dict[str, Any]) -> list[int]:
    """The result codes that the bot hears for a call."""
    socket: Any = line._socket
    before = len(socket.heard)
    await line._answer(call)
    return [one["retcode"] for one in socket.heard[before:]]


@pytest.mark.parametrize("name", sorted(set(KINDS) - {"duplicate"}))
async def test_a_send_elsewhere_does_not_use_up_a_fault(line: BotConnection, name: str) -> None:
    line.faults.add(name, chat=GROUP)
    assert await heard(line, TO_PERSON) == [0]
    assert await heard(line, {"action": "get_status"}) == [0]
    assert [fault.name for fault in line.faults.active] == [name]
    await line._answer(TO_GROUP)
    assert line.faults.active == []


async def test_a_group_is_refused_though_somebody_is_answered_in_private_first(line: BotConnection) -> None:
    line.faults.add("result", value=120, chat=GROUP)
    assert await heard(line, TO_PERSON) == [0]
    assert await heard(line, TO_GROUP) != [0]
    assert await heard(line, TO_GROUP) == [0]


async def test_a_fault_for_somebodys_private_chat_spares_the_group(line: BotConnection) -> None:
    line.faults.add("result", value=16, chat=PRIVATE)
    assert await heard(line, TO_GROUP) == [0]
    assert await heard(line, TO_PERSON) != [0]


async def test_a_fault_for_no_chat_befalls_the_next_send(line: BotConnection) -> None:
    line.faults.add("result", value=46)
    assert await heard(line, TO_PERSON) != [0]
    assert await heard(line, TO_GROUP) == [0]


async def test_a_message_elsewhere_is_not_pushed_twice(line: BotConnection) -> None:
    line.faults.add("duplicate", chat=GROUP)
    world = line.actions.world
    world.listeners.append(line.happened)
    world.say(cast.VISITOR, PRIVATE, TEXT)
    world.say(cast.MEMBER, GROUP, TEXT)
    assert [event["user_id"] for event in line._waiting] == [
        int(cast.VISITOR),
        int(cast.MEMBER),
        int(cast.MEMBER),
    ]


@pytest.mark.parametrize(
    ("action", "params", "chat"),
    [
        ("send_msg", {"message_type": "group", "group_id": 7}, Chat("group", "7")),
        ("send_msg", {"user_id": 3}, Chat("private", "3")),
        ("send_forward_msg", {"group_id": 7}, Chat("group", "7")),
        ("upload_group_file", {"group_id": 7}, Chat("group", "7")),
        ("upload_private_file", {"user_id": 3}, Chat("private", "3")),
        ("send_group_msg", {}, None),
        ("send_private_msg", {}, None),
    ],
)
def test_where_a_send_goes(
    line: BotConnection, action: str, params: dict[str, Any], chat: Chat | None
) -> None:
    assert line.actions.chat_of(action, params) == chat


async def test_what_only_finds_out_that_nothing_is_left_meets_no_fault(line: BotConnection) -> None:
    line.is_exempt = lambda action, params: True
    for name in KINDS:
        line.faults.add(name)
    assert await heard(line, TO_PERSON) == [0]
    assert len(line.faults.active) == len(KINDS)


# --- as stories write it ---------------------------------------------------------------------------------------------


async def play(tmp_path: Path, fault: str) -> Simulation:
    stage = Simulation(tmp_path)
    await Player(stage, lambda line: None).play(
        read_story(f"steps: [{{fault: {{name: silence, {fault}}}}}]", "x")
    )
    return stage


@pytest.mark.parametrize(
    ("fault", "chat"), [("in: 会员群", GROUP), ("to: 访客", PRIVATE), ("count: 1", None)]
)
async def test_a_story_says_which_chat_a_fault_is_meant_for(
    tmp_path: Path, fault: str, chat: Chat | None
) -> None:
    stage = await play(tmp_path, fault)
    assert [one.chat for one in stage.faults.active] == [chat]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("in: 访客", "第 1 步：故障等不到：“访客”不是群（私聊写 to）"),
        ("in: 12345", "“12345”不是群"),
        ("to: 会员群", "机器人和“会员群”没有私聊（群写 in）"),
        ("to: 机器人", "没有私聊"),
        ("to: 谁也不是", "没有“谁也不是”这个人"),
    ],
)
async def test_a_fault_that_would_wait_in_vain_is_told(tmp_path: Path, fault: str, told: str) -> None:
    with pytest.raises(Failed) as failed:
        await play(tmp_path, fault)
    assert told in str(failed.value)
