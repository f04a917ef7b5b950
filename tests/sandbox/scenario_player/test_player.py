"""All scenarios succeed; the player says plainly at which step one does not, and refuses what could never
happen."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from project_root import ROOT

import bot
from jianggao.application import Application
from jianggao.clock import system_clock
from jianggao.install_paths import SAMPLE_LIBRARY as SAMPLES
from jianggao.sandbox import cast
from jianggao.sandbox.qq.faults import FAULT_KINDS
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import Chat
from jianggao.sandbox.scenario_player.player import ScenarioFailed, ScenarioPlayer, play_scenario
from jianggao.sandbox.scenario_player.steps import FaultStep, Scenario, read_scenario, read_scenario_file
from jianggao.sandbox.simulation import BEGINS_BEFORE, Simulation
from jianggao.settings import load_settings

FOLDER = ROOT / "jianggao" / "sandbox" / "scenarios"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.fixture(scope="module")
def read_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database has read the sample library already, so that it is read once for all
    scenarios."""
    folder = tmp_path_factory.mktemp("samples") / "data"
    settings = load_settings({"LIBRARY_DIR": str(SAMPLES), "DATABASE_FILE": str(folder / "bot.db")})

    async def read() -> None:
        application = await Application.open(
            settings, clock=lambda: system_clock() - BEGINS_BEFORE, workers=0
        )
        try:
            await application.importer.run()
        finally:
            await application.close()

    asyncio.run(read())
    return folder


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_the_scenario_is_as_expected(path: Path, read_samples: Path) -> None:
    lines: list[str] = []
    assert await play_scenario(read_scenario_file(path), lines.append, data=read_samples), "\n".join(
        lines[-30:]
    )


@pytest.fixture(scope="module")
def scenarios() -> list[Scenario]:
    return [read_scenario_file(path) for path in FILES]


def test_there_are_enough_with_every_profile_and_every_fault(scenarios: list[Scenario]) -> None:
    assert len(scenarios) >= 20
    assert {scenario.profile for scenario in scenarios} == set(PROFILES)
    faults = [step for scenario in scenarios for step in scenario.steps if isinstance(step, FaultStep)]
    assert {fault.name for fault in faults} == set(FAULT_KINDS)
    assert {16, 110, 120, 299, 46} <= {int(fault.value) for fault in faults if fault.name == "result"}


def test_every_command_is_used(scenarios: list[Scenario], plugins: None) -> None:
    from jianggao.chat.commands.command_registry import registry

    typed = "\n".join(getattr(step, "text", "") or "" for scenario in scenarios for step in scenario.steps)
    unused = [
        command.name
        for command in registry.commands
        if not any(
            re.search(rf"(?m)^/?{re.escape(word)}", typed) for word in (command.name, *command.aliases)
        )
    ]
    assert unused == []


async def test_a_scenario_that_goes_another_way_fails_and_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = read_scenario(
        """
        name: 想当然
        steps:
          - say: {as: 访客, text: 全文 1}
          - expect_private: {to: 访客, kind: file}
        """,
        "x",
    )
    lines: list[str] = []
    monkeypatch.setattr("jianggao.sandbox.scenario_player.player._ANSWER_TIMEOUT", 1.0)
    assert not await play_scenario(scenario, lines.append)
    assert "第 2 步" in lines[-1] and "会员可看" in lines[-1]


# --- faults that are meant for one chat ---------------------------------------------------------------------


async def play_fault(tmp_path: Path, fault: str) -> Simulation:
    simulation = Simulation(tmp_path)
    scenario = read_scenario(f"steps: [{{fault: {{name: silence, {fault}}}}}]", "x")
    await ScenarioPlayer(simulation, lambda line: None).play(scenario)
    return simulation


@pytest.mark.parametrize(
    ("fault", "chat"),
    [
        ("in: 会员群", Chat("group", cast.MEMBER_GROUP)),
        ("to: 访客", Chat("private", cast.VISITOR)),
        ("count: 1", None),
    ],
)
async def test_a_scenario_says_which_chat_a_fault_is_meant_for(
    tmp_path: Path, fault: str, chat: Chat | None
) -> None:
    simulation = await play_fault(tmp_path, fault)
    assert [fault.chat for fault in simulation.faults.active] == [chat]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("in: 访客", "第 1 步：故障等不到：“访客”不是群（私聊写 to）"),
        ("in: 12345", "“12345”不是群"),
        ("to: 会员群", "机器人和“会员群”没有私聊（群写 in）"),
        ("to: 机器人", "没有私聊"),
        ("to: 谁也不是", "没有“谁也不是”这个人"),
    ],
)
async def test_a_fault_that_could_never_happen_is_refused(tmp_path: Path, fault: str, error: str) -> None:
    with pytest.raises(ScenarioFailed) as failed:
        await play_fault(tmp_path, fault)
    assert error in str(failed.value)


def test_exit_codes(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("steps: nothing", "utf-8")
    runner = CliRunner()
    assert runner.invoke(bot.command_line, ["scenario", str(wrong)]).exit_code == 2
    assert runner.invoke(bot.command_line, ["scenario", str(tmp_path / "none.yaml")]).exit_code == 2
    assert "jianggao.sandbox.simulation" in sys.modules
