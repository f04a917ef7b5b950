"""Starts a bot as an operator has it, on the small library of all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from installed_bot import InstalledBot
from process import PACELESS, RATELESS


@pytest.fixture
def bot(tmp_path: Path, imported: Path, read_library: Path) -> Iterator[InstalledBot]:
    """Not started yet, but its database has read the library; dead at the end."""
    bot = InstalledBot(tmp_path / "bot", read_library, {**PACELESS, **RATELESS}, data=imported / "data")
    yield bot
    bot.end()
