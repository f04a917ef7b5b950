"""kill -9 in the middle of every kind of change; `long_run.py kills` has the long series."""

from __future__ import annotations

from pathlib import Path

from import_kills import run_import_kills
from installed_bot import tracebacks
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


_ORPHAN = """Traceback (most recent call last):
  File "<string>", line 1, in <module>
  File "/usr/lib/python3.11/multiprocessing/spawn.py", line 122, in spawn_main
    exitcode = _main(fd, parent_sentinel)
               ^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/multiprocessing/spawn.py", line 130, in _main
    preparation_data = reduction.pickle.load(from_parent)
EOFError: Ran out of input
"""
_OURS = """Traceback (most recent call last):
  File "/bot/plugins/gate/dispatch.py", line 125, in run
    await handler(request)
EOFError: Ran out of input
"""


def test_a_worker_that_a_kill_orphaned_is_no_fault_of_the_bot() -> None:
    assert tracebacks(_ORPHAN) == 0
    assert tracebacks("started\n" + _OURS + _ORPHAN + "stopped\n" + _OURS + _ORPHAN) == 2
