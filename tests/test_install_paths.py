"""In a checkout the plugins and the data stand beside the package."""

from __future__ import annotations

from project_root import ROOT

from jianggao import install_paths


def test_a_checkout_is_recognised() -> None:
    assert not install_paths.IS_INSTALLED and install_paths.PROJECT == ROOT
    assert install_paths.PLUGIN_PACKAGE == "plugins" and install_paths.COMMAND == "python bot.py"


def test_what_comes_with_the_program_is_there() -> None:
    assert any(install_paths.SAMPLE_LIBRARY.rglob("*.txt"))
    assert install_paths.SYNONYMS.is_file()
    assert (install_paths.PROJECT / "plugins" / "search" / "__init__.py").is_file()
