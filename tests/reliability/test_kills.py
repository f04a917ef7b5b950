"""kill -9 in the middle of every kind of change; `long_run.py kills` has the long series."""

from __future__ import annotations

from pathlib import Path

from import_kills import run_import_kills
from kill_scenes import SCENES
from kills import KillSeries, run_scene_kills

SEED = 3


async def test_killed_in_every_kind_of_change_nothing_acknowledged_is_lost_and_nothing_happens_twice(
    tmp_path: Path,
) -> None:
    series = KillSeries(SEED)
    await run_scene_kills(series, tmp_path, len(SCENES), SEED)
    assert len(series.kills) == len(SCENES)
    assert sum(kill.reached for kill in series.kills) >= len(SCENES) // 2
    assert series.faults == [], "\n".join(kill.render() for kill in series.kills)


async def test_killed_while_it_reads_the_library_the_next_start_finishes_it(tmp_path: Path) -> None:
    series = KillSeries(SEED)
    await run_import_kills(series, tmp_path, 4, SEED)
    assert {kill.scene for kill in series.kills} == {"first import", "changed files"}
    assert series.faults == [], "\n".join(kill.render() for kill in series.kills)
