"""Pages are shown each event of the simulation in the form of its kind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Chat
from jianggao.sandbox.simulation import Simulation
from jianggao.sandbox.web.director import Director

GROUP = Chat("group", cast.FREE_GROUP)


@pytest.fixture
def shown(simulation: Simulation) -> list[dict[str, Any]]:
    """What all pages are shown from now on."""
    director = Director(simulation)
    updates: list[dict[str, Any]] = []
    director.viewers.show = updates.append  # type: ignore[method-assign]
    director.scene_is_set()
    assert [update["type"] for update in updates] == ["state"]
    updates.clear()
    return updates


async def test_messages_and_recalls_are_shown_as_messages(
    simulation: Simulation, shown: list[dict[str, Any]]
) -> None:
    message = simulation.say(cast.VISITOR, GROUP, "检索 水利")
    simulation.world.recall(message.number, by=cast.VISITOR)
    assert [update["type"] for update in shown] == ["message", "message"]
    assert [update["message"]["recalled"] for update in shown] == [False, True]


async def test_changes_of_members_are_shown_as_chats(
    simulation: Simulation, shown: list[dict[str, Any]]
) -> None:
    world = simulation.world
    world.join(cast.EXPIRED, cast.FREE_GROUP)
    world.mute(cast.BOT, cast.FREE_GROUP, 60, by=cast.SUPERUSER)
    world.leave(cast.EXPIRED, cast.FREE_GROUP)
    world.befriend(cast.RESELLER, friend=True)
    assert [update["type"] for update in shown] == ["chats"] * 4


async def test_requests_and_their_answers_are_shown(
    simulation: Simulation, shown: list[dict[str, Any]]
) -> None:
    request = simulation.world.ask_to_join(cast.EXPIRED, cast.FREE_GROUP)
    simulation.world.answer_request(request.flag, approve=False, by=cast.SUPERUSER)
    assert [len(update["requests"]) for update in shown] == [1, 0]


async def test_the_connection_the_clock_the_bot_and_violations_are_shown(
    simulation: Simulation, shown: list[dict[str, Any]]
) -> None:
    simulation.connection.on_wire("to_bot", "event", "message", {"text": "渠"})
    simulation.advance(timedelta(days=1))
    simulation.connection.on_change(True)
    simulation.monitor.called("send_group_msg", {"group_id": None})
    assert [update["type"] for update in shown] == ["wire", "faults", "now", "bot", "broken"]
    assert shown[-1]["invariant"]["what"] == "没有空参数"


async def test_only_what_the_bot_writes_after_the_scene_is_set_is_recorded(simulation: Simulation) -> None:
    director = Director(simulation)
    answer = "共 3 段"
    simulation.say(cast.BOT, GROUP, "布置场景时的回答")
    director.scene_is_set()
    simulation.say(cast.BOT, GROUP, answer)
    recorded = director.commands._recorder.to_yaml()
    assert answer in recorded and "布置场景" not in recorded
