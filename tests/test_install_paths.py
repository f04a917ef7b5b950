"""In a checkout the plugins and the data stand beside the package."""

from __future__ import annotations

from pathlib import Path

import pytest
from project_root import ROOT

from jianggao import install_paths


def test_a_checkout_is_recognised() -> None:
    assert not install_paths.IS_INSTALLED and install_paths.PROJECT == ROOT
    assert install_paths.PLUGIN_PACKAGE == "plugins" and install_paths.COMMAND == "python bot.py"


def test_what_comes_with_the_program_is_there() -> None:
    assert any(install_paths.SAMPLE_LIBRARY.rglob("*.txt"))
    assert install_paths.SYNONYMS.is_file()
    assert (install_paths.PROJECT / "plugins" / "search" / "__init__.py").is_file()


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], "jianggao"),
        (["import"], "jianggao"),
        (["--home", "/srv/bot", "import"], "jianggao --home /srv/bot"),
        (["--home=/srv/bot"], "jianggao --home /srv/bot"),
        (["--home", "/srv/我的 bot", "search", "词"], "jianggao --home '/srv/我的 bot'"),
        (["--home", "/a", "--home", "/b", "import"], "jianggao --home /b"),
        (["--port", "8091", "--home", "/srv/bot", "--sandbox"], "jianggao --home /srv/bot"),
        (["search", "--home", "/srv/bot"], "jianggao"),
        (["--folder", "--home", "import"], "jianggao"),
        (["--home"], "jianggao"),
    ],
)
def test_advice_names_the_same_home(arguments: list[str], command: str) -> None:
    assert install_paths.typed_command(arguments, "jianggao") == command


def test_a_home_is_named_from_the_root_of_the_disk() -> None:
    assert (
        install_paths.typed_command(["--home", "bot"], "jianggao") == f"jianggao --home {Path.cwd() / 'bot'}"
    )


def test_the_program_is_named_as_it_can_be_typed_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    elsewhere = f"{tmp_path}/别 处/bot.py"
    for is_installed in (False, True):
        assert install_paths.typed_program("bot.py", is_installed=is_installed) == "python bot.py"
        assert install_paths.typed_program(elsewhere, is_installed=is_installed) == f"python '{elsewhere}'"
    assert install_paths.typed_program("/usr/bin/jianggao", is_installed=True) == "jianggao"
    assert install_paths.typed_program("/usr/bin/pytest", is_installed=False) == "python bot.py"


def test_a_current_folder_that_was_deleted_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert install_paths.typed_command(["--home", "../h"], "jianggao") == "jianggao --home ../h"
    assert install_paths.typed_program("bot.py") == "python bot.py"
