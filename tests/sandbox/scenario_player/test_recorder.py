"""What is recorded on the page can be read again as a scenario with the same steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Chat
from jianggao.sandbox.scenario_player.recorder import ScenarioRecorder
from jianggao.sandbox.scenario_player.steps import (
    AdvanceStep,
    ExpectPrivateStep,
    ExpectStep,
    MuteStep,
    SayStep,
    read_scenario,
)
from jianggao.sandbox.simulation import Simulation

GROUP, PRIVATE = Chat("group", cast.FREE_GROUP), Chat("private", cast.VISITOR)


@pytest.fixture
def simulation(tmp_path: Path) -> Simulation:
    return Simulation(tmp_path, profile="llbot")


@pytest.fixture
def recorder(simulation: Simulation) -> ScenarioRecorder:
    return ScenarioRecorder(simulation)


def test_what_was_done_is_read_again_by_aliases(recorder: ScenarioRecorder, simulation: Simulation) -> None:
    recorder.said(cast.VISITOR, GROUP, "检索 水利", (cast.BOT,))
    answer = [{"type": "text", "data": {"text": "\n共 3 段\n1.2 水利"}}]
    recorder.answered(simulation.world.say(cast.BOT, GROUP, answer))
    recorder.said(cast.VISITOR, PRIVATE, "全文 1", ())
    recorder.answered(simulation.world.send_file(cast.BOT, PRIVATE, "讲话.txt", "　".encode()))
    recorder.did("mute", **{"in": cast.FREE_GROUP, "seconds": 60})
    scenario = read_scenario(recorder.to_yaml(), "x")
    assert scenario.profile == "llbot"
    said, expected, asked, sent, muted = scenario.steps
    assert said == SayStep(speaker="访客", place="免费群", text="检索 水利", at=["机器人"])
    assert expected == ExpectStep(place="免费群", text="共 3 段")
    assert asked == SayStep(speaker="访客", text="全文 1")
    assert isinstance(sent, ExpectPrivateStep) and sent.to == "访客"
    assert muted == MuteStep(place=cast.FREE_GROUP, seconds=60)


def test_only_the_beginning_of_an_answer_is_expected(
    recorder: ScenarioRecorder, simulation: Simulation
) -> None:
    answer = [{"type": "text", "data": {"text": "长" * 100}}]
    recorder.answered(simulation.world.say(cast.BOT, GROUP, answer))
    (step,) = read_scenario(recorder.to_yaml(), "x").steps
    assert isinstance(step, ExpectStep) and step.text == "长" * 40


def test_an_empty_recording_can_be_read(recorder: ScenarioRecorder) -> None:
    assert read_scenario(recorder.to_yaml(), "x").steps == (AdvanceStep(minutes=0),)
