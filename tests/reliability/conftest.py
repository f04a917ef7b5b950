"""What every test here has: the small library of all tests, and a bot as an operator has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from installed_bot import InstalledBot
from process import PACELESS, RATELESS


@pytest.fixture
def bot(tmp_path: Path, imported: Path, read_library: Path) -> Iterator[InstalledBot]:
    """Not started yet, but its database has read the library; dead at the end."""
    one = InstalledBot(tmp_path / "bot", read_library, {**PACELESS, **RATELESS}, data=imported / "data")
    yield one
    one.end()
