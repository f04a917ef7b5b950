from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from doctor_cases import Installation, copy_of, make_installation


@pytest.fixture(scope="session")
def sound_installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A database in order; it is only read and copied."""
    return asyncio.run(make_installation(tmp_path_factory.mktemp("doctor") / "sound"))


@pytest.fixture
def installation(sound_installation: Installation, tmp_path: Path) -> Installation:
    """A copy of it that the test may damage."""
    return copy_of(sound_installation, tmp_path / "installation")
