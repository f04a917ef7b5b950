"""A restore or backup that is killed at any moment leaves a whole state, and the next one goes on. Each
fourth moment here; `kill_moments.py` tries all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from project_root import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a child is forked for each moment")
@pytest.mark.parametrize("what", ["restore", "restore-damaged", "backup", "folder"])
def test_killed_at_each_moment_nothing_is_lost_and_the_next_goes_on(what: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kill_moments.py")), what, str(tmp_path / "run"), "4"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[-1]) > 40
