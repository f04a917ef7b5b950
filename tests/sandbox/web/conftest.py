"""A simulation that is ready without a bot, for the tests of what pages see and do."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.sandbox.simulation import Simulation


@pytest.fixture
def simulation(tmp_path: Path) -> Simulation:
    simulation = Simulation(tmp_path / "sandbox")
    simulation.ready = True
    return simulation
