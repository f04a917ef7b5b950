"""A page's commands act on the simulation and are recorded; what cannot be done is said to that page
alone."""

from __future__ import annotations

import asyncio
import base64
from datetime import timedelta
from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Chat
from jianggao.sandbox.scenario_player.steps import (
    AdvanceStep,
    BefriendStep,
    FaultStep,
    SayStep,
    read_scenario,
)
from jianggao.sandbox.simulation import Simulation
from jianggao.sandbox.web.page_commands import PageCommands
from jianggao.sandbox.web.page_state import PageState
from jianggao.sandbox.web.viewers import Viewer, Viewers

GROUP, PRIVATE = Chat("group", cast.FREE_GROUP), Chat("private", cast.VISITOR)


class RecordingViewer(Viewer):
    """Keeps what the page would be shown."""

    def __init__(self) -> None:
        self.shown: list[dict[str, Any]] = []

    def show(self, update: dict[str, Any]) -> None:
        self.shown.append(update)

    @property
    def errors(self) -> list[str]:
        return [update["text"] for update in self.shown if update["type"] == "error"]


@pytest.fixture
def viewer() -> RecordingViewer:
    return RecordingViewer()


@pytest.fixture
def everybody() -> RecordingViewer:
    """Another page, which sees what all pages are shown."""
    return RecordingViewer()


@pytest.fixture
def commands(simulation: Simulation, everybody: RecordingViewer) -> PageCommands:
    viewers = Viewers()
    viewers._viewers.append(everybody)
    commands = PageCommands(simulation, PageState(simulation), viewers)
    commands.start_recording()
    return commands


async def test_a_message_is_said_with_its_mention_and_quotation(
    commands: PageCommands, simulation: Simulation, viewer: RecordingViewer
) -> None:
    quoted = simulation.say(cast.BOT, GROUP, "共 3 段").number
    command = {"do": "say", "as": cast.VISITOR, "chat": str(GROUP), "text": "下一页", "at": [cast.BOT]}
    await commands.carry_out({**command, "reply": f"m{quoted}"}, viewer)
    said = simulation.world.history(GROUP)[-1]
    assert [part["type"] for part in said.parts] == ["reply", "at", "text"]
    assert viewer.errors == []


@pytest.mark.parametrize(
    ("speaker", "chat", "error"),
    [
        (cast.RESELLER, f"private:{cast.RESELLER}", "还不是机器人的好友，发不了私聊。先加好友。"),
        (cast.EXPIRED, str(GROUP), "不在这个群里，说不了话。"),
    ],
)
async def test_a_refusal_is_said_in_chinese_to_that_page_alone(
    commands: PageCommands,
    viewer: RecordingViewer,
    everybody: RecordingViewer,
    speaker: str,
    chat: str,
    error: str,
) -> None:
    await commands.carry_out({"do": "say", "as": speaker, "chat": chat, "text": "在吗"}, viewer)
    assert viewer.errors == [error] and everybody.shown == []


async def test_before_the_scene_is_set_nothing_is_done(
    commands: PageCommands, simulation: Simulation, viewer: RecordingViewer
) -> None:
    simulation.ready = False
    await commands.carry_out({"do": "advance", "days": 1}, viewer)
    assert viewer.errors == ["正在布置场景，稍等几秒。"] and simulation.bot.offset == timedelta(0)


async def test_a_file_gets_a_name_without_folders_and_a_largest_size(
    commands: PageCommands, simulation: Simulation, viewer: RecordingViewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.sandbox.web.page_commands._LARGEST_FILE", 8)
    command = {"do": "file", "as": cast.VISITOR, "chat": str(PRIVATE), "name": "../a\\b" + "长" * 200}
    for content in (b"12345678", b"123456789"):
        await commands.carry_out({**command, "content": base64.b64encode(content).decode()}, viewer)
    await commands.carry_out({**command, "content": "1"}, viewer)
    (file,) = simulation.world.files.values()
    assert file.content == b"12345678" and file.name.startswith(".._a_b") and len(file.name) == 120
    assert viewer.errors == ["做不到：文件超过 20 MB", "做不到：文件没有传完整"]


@pytest.mark.parametrize("days", [-1, 3_661, "nan", float("nan")])
async def test_the_clock_goes_on_by_ten_years_at_most(
    commands: PageCommands, simulation: Simulation, viewer: RecordingViewer, days: object
) -> None:
    await commands.carry_out({"do": "advance", "days": days}, viewer)
    assert viewer.errors == ["做不到：一次最多往后十年"] and simulation.bot.offset == timedelta(0)


async def test_what_is_done_is_recorded_in_order_and_saved(
    commands: PageCommands, simulation: Simulation, viewer: RecordingViewer, everybody: RecordingViewer
) -> None:
    for command in (
        {"do": "say", "as": cast.VISITOR, "chat": str(GROUP), "text": "检索 水利"},
        {"do": "fault", "name": "silence", "count": 2},
        {"do": "advance", "days": 1},
        {"do": "befriend", "as": cast.RESELLER, "friend": True},
        {"do": "save"},
    ):
        await commands.carry_out(command, viewer)
    assert viewer.errors == []
    scenario = read_scenario(viewer.shown[-1]["yaml"], "x")
    assert scenario.steps == (
        SayStep(speaker="访客", place="免费群", text="检索 水利"),
        FaultStep(name="silence", count=2),
        AdvanceStep(days=1),
        BefriendStep(who=cast.RESELLER),
    )
    assert [update["type"] for update in everybody.shown] == ["faults", "chats"]


async def test_clearing_empties_chats_faults_log_and_recording(
    commands: PageCommands, simulation: Simulation, viewer: RecordingViewer, everybody: RecordingViewer
) -> None:
    await commands.carry_out({"do": "say", "as": cast.VISITOR, "chat": str(GROUP), "text": "检索"}, viewer)
    await commands.carry_out({"do": "fault", "name": "silence"}, viewer)
    simulation.monitor.called("send_group_msg", {"group_id": None})
    await commands.carry_out({"do": "reset"}, viewer)
    assert simulation.world.messages == {} and simulation.faults.active == []
    assert simulation.monitor.violations == []
    assert everybody.shown[-1]["type"] == "state"
    await commands.carry_out({"do": "save"}, viewer)
    assert read_scenario(viewer.shown[-1]["yaml"], "x").steps == (AdvanceStep(minutes=0),)


async def test_a_scenario_is_played_again_without_being_recorded(
    commands: PageCommands, simulation: Simulation, viewer: RecordingViewer
) -> None:
    yaml = "profile: llbot\nsteps: [{join: {as: 到期会员, in: 免费群}}, {mute: {in: 免费群}}]"
    await commands.carry_out({"do": "replay", "yaml": yaml}, viewer)
    assert viewer.shown[-1]["type"] == "replayed" and viewer.shown[-1]["ok"]
    assert simulation.actions.profile.name == "llbot"
    assert cast.EXPIRED in simulation.world.groups[cast.FREE_GROUP].roles
    await commands.carry_out({"do": "replay", "yaml": "steps: [{say: {as: 谁, text: x}}]"}, viewer)
    assert not viewer.shown[-1]["ok"] and "✗ 第 1 步" in viewer.shown[-1]["log"]
    assert len(simulation.listeners) == 0, "players do not stay"


async def test_one_scenario_is_played_at_a_time(commands: PageCommands, viewer: RecordingViewer) -> None:
    await commands._replaying.acquire()
    await asyncio.wait_for(commands.carry_out({"do": "replay", "yaml": "steps: [{advance: {}}]"}, viewer), 30)
    assert viewer.errors == ["做不到：上一个场景还没演完"]


async def test_requests_are_made_and_answered(
    commands: PageCommands, simulation: Simulation, viewer: RecordingViewer
) -> None:
    await commands.carry_out({"do": "join", "as": cast.EXPIRED, "group": cast.FREE_GROUP}, viewer)
    (flag,) = simulation.world.requests
    await commands.carry_out({"do": "answer_request", "flag": flag, "approve": True}, viewer)
    assert cast.EXPIRED in simulation.world.groups[cast.FREE_GROUP].roles
    await commands.carry_out({"do": "bot", "act": "dance"}, viewer)
    assert viewer.errors == ["做不到：不认得 dance"]
