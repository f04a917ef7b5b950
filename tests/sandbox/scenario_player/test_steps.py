"""Scenarios are read from YAML; what is written wrongly is refused, with what may be written instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jianggao.errors import WrongUse
from jianggao.sandbox.scenario_player.steps import (
    STEPS,
    AdvanceStep,
    DisconnectStep,
    ExpectPrivateStep,
    RestartStep,
    SayStep,
    describe_step,
    read_scenario,
    read_scenario_file,
)


def test_steps_are_read_in_order_with_their_fields() -> None:
    scenario = read_scenario(
        """
        name: 访客问一句
        profile: llbot
        settings: {QUOTA_PER_DAY: 2}
        steps:
          - say: {as: 访客, in: 免费群, text: 检索 水利, at: 机器人}
          - expect_private: {to: 访客, kind: file}
          - disconnect
          - restart: {kill: true}
        """,
        "x.yaml",
    )
    assert (scenario.name, scenario.profile, scenario.settings) == (
        "访客问一句",
        "llbot",
        {"QUOTA_PER_DAY": "2"},
    )
    said, expected, disconnected, restarted = scenario.steps
    assert isinstance(said, SayStep) and (said.speaker, said.place, said.at) == ("访客", "免费群", ["机器人"])
    assert isinstance(expected, ExpectPrivateStep) and expected.kind == "file"
    assert isinstance(disconnected, DisconnectStep)
    assert isinstance(restarted, RestartStep) and restarted.kill


def test_numbers_are_read_as_text_where_text_is_meant() -> None:
    scenario = read_scenario("steps: [{say: {as: 30001, text: 12}}]", "x.yaml")
    assert scenario.steps[0] == SayStep(speaker="30001", text="12")
    assert scenario.name == "x.yaml"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("steps: [", "不是 YAML"),
        ("steps: []", "steps"),
        ("name: x", "steps"),
        ("steps: [{fly: {}}]", "第 1 步不认得"),
        ("steps: [{say: {text: x}}]", "第 1 步（say）"),
        ("steps: [{say: {as: 访客, txt: x}}]", "第 1 步（say）"),
        ("steps: [{fault: {name: earthquake}}]", "earthquake"),
        ("steps: [{fault: {name: result, value: 120, in: 会员群, to: 会员}}]", "只能写一个"),
        ("profile: icq\nsteps: [{disconnect: {}}]", "icq"),
        ("colour: red\nsteps: [{disconnect: {}}]", "colour"),
    ],
)
def test_a_wrong_scenario_is_refused_with_what_to_write(text: str, error: str) -> None:
    with pytest.raises(WrongUse, match=re.escape(error)):
        read_scenario(text, "scenario.yaml")


@pytest.mark.parametrize("repeat", [0, 1001])
def test_a_message_is_not_said_a_million_times(repeat: int) -> None:
    with pytest.raises(WrongUse, match="repeat"):
        read_scenario(f"steps: [{{say: {{as: 访客, text: x, repeat: {repeat}}}}}]", "x.yaml")


def test_a_file_is_read_with_and_without_a_mark(tmp_path: Path) -> None:
    text = "name: 断线\nsteps: [disconnect]\n"
    for encoding in ("utf-8", "utf-8-sig"):
        file = tmp_path / "scenario.yaml"
        file.write_text(text, encoding)
        assert read_scenario_file(file).name == "断线"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("name: 断线".encode("gbk"))
    for name in ("gbk.yaml", "none.yaml"):
        with pytest.raises(WrongUse, match=re.escape(name)):
            read_scenario_file(tmp_path / name)


def test_a_step_is_described_as_it_is_written() -> None:
    assert (
        describe_step(SayStep(speaker="访客", place="免费群", text="检索"))
        == "say as=访客，in=免费群，text=检索"
    )
    assert describe_step(AdvanceStep(days=3)) == "advance days=3.0"
    assert describe_step(DisconnectStep()).strip() == "disconnect"
    assert set(STEPS) >= {"say", "expect", "leak", "fault"}
