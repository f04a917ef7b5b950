from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli_cases import CommandLine


@pytest.fixture
def terminal(imported: Path, tmp_path: Path) -> CommandLine:
    """A command line whose bot has read the small library."""
    shutil.copytree(imported, tmp_path, dirs_exist_ok=True)
    (tmp_path / "copies").mkdir()
    return CommandLine(tmp_path / "library", tmp_path / "data" / "bot.db")
