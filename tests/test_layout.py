"""In a checkout the plugins and the data stand beside the package."""

from __future__ import annotations

from project_root import ROOT

from jianggao import layout


def test_a_checkout_is_recognised() -> None:
    assert not layout.IS_INSTALLED and layout.PROJECT == ROOT
    assert layout.PLUGIN_PACKAGE == "plugins" and layout.COMMAND == "python bot.py"


def test_what_comes_with_the_program_is_there() -> None:
    assert any(layout.SAMPLE_LIBRARY.rglob("*.txt"))
    assert layout.SYNONYMS.is_file()
    assert (layout.PROJECT / "plugins" / "search" / "__init__.py").is_file()
