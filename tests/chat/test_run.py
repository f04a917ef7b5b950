"""All plugins are loaded, or the bot does not start."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.errors import CannotStart


def test_each_folder_of_plugins_is_loaded(plugins: None) -> None:
    from jianggao.chat.run import PLUGINS

    folders = Path(__file__).parents[2] / "plugins"
    assert sorted(PLUGINS) == sorted(path.parent.name for path in folders.glob("*/__init__.py"))


def test_a_plugin_that_does_not_load_stops_the_start(plugins: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """NoneBot itself would only log it, and the bot would run without the commands."""
    from jianggao.chat import run

    monkeypatch.setattr(run, "install_admission", lambda: None)  # it is installed, and stays so
    monkeypatch.setattr(run, "PLUGINS", ("search", "absent"))
    monkeypatch.setattr(run.nonebot, "load_plugin", lambda name: None)
    with pytest.raises(CannotStart, match=r"插件没有载入：plugins\.absent"):
        run.load_plugins()
