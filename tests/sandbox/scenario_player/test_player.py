"""All stories come true; the runner says plainly when one doesn't, and when one is written wrongly."""

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
from jianggao.errors import WrongUse
from jianggao.layout import SAMPLE_LIBRARY as SAMPLES
from jianggao.sandbox.qq.faults import KINDS
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.scenario_player.player import play
from jianggao.sandbox.scenario_player.steps import FaultStep, Story, read_file, read_story
from jianggao.sandbox.simulation import BEGINS_BEFORE
from jianggao.settings import load_settings

FOLDER = ROOT / "jianggao" / "sandbox" / "scenarios"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.fixture(scope="module")
def read_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database has read the sample library when a stage's bot does: read once for all stories."""
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
async def test_the_story_comes_true(path: Path, read_samples: Path) -> None:
    lines: list[str] = []
    assert await play(read_file(path), lines.append, data=read_samples), "\n".join(lines[-30:])


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return [read_file(path) for path in FILES]


def test_there_are_enough_with_every_profile_and_every_fault(stories: list[Story]) -> None:
    assert len(stories) >= 20
    assert {story.profile for story in stories} == set(PROFILES)
    faults = [step for story in stories for step in story.steps if isinstance(step, FaultStep)]
    assert {fault.name for fault in faults} == set(KINDS)
    assert {16, 110, 120, 299, 46} <= {int(fault.value) for fault in faults if fault.name == "result"}


def test_every_command_is_used(stories: list[Story], plugins: None) -> None:
    from jianggao.chat.commands.command_registry import registry

    said = "\n".join(getattr(step, "text", "") or "" for story in stories for step in story.steps)
    unused = [
        command.name
        for command in registry.commands
        if not any(re.search(rf"(?m)^/?{re.escape(word)}", said) for word in (command.name, *command.aliases))
    ]
    assert unused == []


async def test_a_story_that_goes_another_way_fails_and_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    story = read_story(
        """
        name: 想当然
        steps:
          - say: {as: 访客, text: 全文 1}
          - expect_private: {to: 访客, kind: file}
        """,
        "story",
    )
    lines: list[str] = []
    monkeypatch.setattr("jianggao.sandbox.scenario_player.player._WAITS", 1.0)
    assert not await play(story, lines.append)
    assert "第 2 步" in lines[-1] and "会员可看" in lines[-1]


@pytest.mark.parametrize(
    ("text", "told"),
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
def test_a_wrong_story_is_refused_with_what_to_write(text: str, told: str) -> None:
    with pytest.raises(WrongUse, match=re.escape(told)):
        read_story(text, "story.yaml")


def test_exit_codes(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("steps: nothing", "utf-8")
    runner = CliRunner()
    assert runner.invoke(bot.command_line, ["scenario", str(wrong)]).exit_code == 2
    assert runner.invoke(bot.command_line, ["scenario", str(tmp_path / "none.yaml")]).exit_code == 2
    assert "jianggao.sandbox.simulation" in sys.modules
