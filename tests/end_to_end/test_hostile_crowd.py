"""A hostile crowd for a minute; `hostile_crowd.py` has the long run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_crowd import run_crowd
from process_figures import AVAILABLE

_CALLS = 500
_ON_A_BUSY_MACHINE = 10.0
"""Seconds until an answer counts as late here, where other tests and programs run too. What hangs, hangs
longer."""


@pytest.mark.skipif(not AVAILABLE, reason="memory is read in /proc")
async def test_everything_due_is_answered_and_nothing_else(tmp_path: Path, library: Path) -> None:
    result = await run_crowd(
        tmp_path, library, _CALLS, seed=11, late=_ON_A_BUSY_MACHINE, idle=1.0, patience=30.0
    )
    assert len(result.due) >= _CALLS // 2
    assert result.faults == [], result.render()
