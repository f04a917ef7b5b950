from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from doctor_cases import Patient, copy_of, sound_patient


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Patient:
    """A database in order; it is only read and copied."""
    return asyncio.run(sound_patient(tmp_path_factory.mktemp("doctor") / "sound"))


@pytest.fixture
def patient(sound: Patient, tmp_path: Path) -> Patient:
    """A copy of it that the test may damage."""
    return copy_of(sound, tmp_path / "patient")
