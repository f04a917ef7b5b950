"""The command line: every verb is listed, found by its name, and loaded only when it is asked for."""

from __future__ import annotations

import importlib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import bot
from jianggao.cli import main
from jianggao.cli.main import command_line, default_home
from jianggao.errors import CannotStart
from jianggao.install_paths import PROJECT

VERBS = sorted(main._VERBS)


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_called_as_it_is_listed(name: str) -> None:
    module, _, attribute = main._VERBS[name].partition(":")
    verb = getattr(importlib.import_module(module), attribute)
    assert isinstance(verb, click.Command) and verb.name == name
    assert command_line.get_command(click.Context(command_line), name) is verb


def test_help_lists_all_verbs_with_what_they_do() -> None:
    shown = CliRunner().invoke(command_line, ["--help"])
    assert shown.exit_code == 0
    lines = {line.split()[0]: line.split() for line in shown.output.splitlines() if line.strip()}
    assert set(VERBS) <= set(lines) and all(len(lines[verb]) > 1 for verb in VERBS)


def test_what_is_no_verb_is_wrong_use() -> None:
    refused = CliRunner().invoke(command_line, ["serach", "乡村振兴"])
    assert refused.exit_code == 2 and "serach" in refused.output


def test_a_home_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    refused = CliRunner().invoke(command_line, ["--home", str(tmp_path / "none"), "search", "水利"])
    assert refused.exit_code == 2 and not list(tmp_path.iterdir())


def test_a_bot_without_a_token_is_one_line_and_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONEBOT_ACCESS_TOKEN", raising=False)
    monkeypatch.setattr("jianggao.start.keep_standard_descriptors", lambda: None)
    ended = CliRunner().invoke(command_line, ["--home", str(tmp_path)])
    assert ended.exit_code == 1 and "ONEBOT_ACCESS_TOKEN" in ended.output
    assert len(ended.output.strip().splitlines()) == 1


def test_the_named_home_comes_before_the_one_of_bot_py(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = []

    def started(home: Path, *, env_file: Path) -> None:
        homes.append((home, env_file))
        raise CannotStart("enough")

    monkeypatch.setattr(main, "start", started)
    (tmp_path / "one").mkdir()
    for words in ([], ["--home", str(tmp_path / "one")]):
        CliRunner().invoke(command_line, words, obj=bot.HOME)
    CliRunner().invoke(command_line, [])
    assert [home for home, _ in homes] == [bot.HOME, tmp_path / "one", default_home()]
    assert all(env_file == home / ".env" for home, env_file in homes)


def test_a_checkout_is_its_own_home() -> None:
    assert default_home() == PROJECT == bot.HOME
