"""`scenario` plays stories and says by its exit code whether they came true; `--sandbox` serves the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import bot
from jianggao.errors import CannotStart
from jianggao.sandbox.scenario_player import player


def run(*words: str) -> Result:
    return CliRunner().invoke(bot.command_line, list(words), catch_exceptions=False)


@pytest.fixture
def stories(tmp_path: Path) -> list[str]:
    """Two files with a story each; `play_scenario` is replaced in the tests, so that their steps aren't
    taken."""
    paths = [tmp_path / "first.yaml", tmp_path / "second.yaml"]
    for path in paths:
        path.write_text("title: 一个故事\nsteps: []\n", "utf-8")
    return [str(path) for path in paths]


def test_a_story_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    result = run("scenario", str(tmp_path / "none.yaml"))
    assert result.exit_code == 2 and "none.yaml" in result.output


def test_at_least_one_story_is_asked_for() -> None:
    assert run("scenario").exit_code == 2


@pytest.mark.parametrize("text", ["- not a story", "steps: 3", "{", "title: x\nsteps:\n  - unknown: 1\n"])
def test_what_is_no_story_is_told_in_a_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(text, "utf-8")
    result = run("scenario", str(path))
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) >= 1 and "Traceback" not in result.output


@pytest.mark.parametrize(("outcomes", "code"), [([True, True], 0), ([False, True], 1), ([True, False], 1)])
def test_every_story_is_played_and_all_must_come_true(
    stories: list[str], monkeypatch: pytest.MonkeyPatch, outcomes: list[bool], code: int
) -> None:
    left = list(outcomes)

    async def played(story: Any, echo: Any) -> bool:
        return left.pop(0)

    monkeypatch.setattr(player, "play_scenario", played)
    monkeypatch.setattr("jianggao.sandbox.scenario_player.steps.read_scenario_file", lambda path: path)
    assert run("scenario", *stories).exit_code == code
    assert left == []


def test_a_sandbox_that_cannot_start_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []

    def serve(*values: Any) -> None:
        asked.append(values)
        raise CannotStart("端口 8091 被占用。")

    monkeypatch.setattr("jianggao.sandbox.web.server.serve", serve)
    result = run("--home", str(tmp_path), "--sandbox", "--port", "8091", "--folder", str(tmp_path / "kept"))
    assert result.exit_code == 1 and result.output.strip() == "端口 8091 被占用。"
    assert asked == [("127.0.0.1", 8091, tmp_path / "kept", tmp_path.resolve())]


def test_a_sandbox_whose_bot_could_not_start_says_so_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise CannotStart("程序里的 word_vectors.gz 不见了")

    def serve(*_: Any) -> None:
        raise AssertionError("the page is served")

    monkeypatch.setattr("jianggao.sandbox.web.server.serve", serve)
    monkeypatch.setattr("jianggao.cli.sandbox_verbs.load_vectors", missing)
    result = run("--home", str(tmp_path), "--sandbox")
    assert result.exit_code == 1 and "word_vectors.gz 不见了" in result.output
