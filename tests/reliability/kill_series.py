"""Runs all kinds of kills in one series, for the tests and for the long run."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from import_kills import run_import_kills
from kills import Kill, KillSeries, run_scene_kills

_IMPORTS = 5
"""Every fifth kill meets an import."""


async def run_kills(
    folder: Path, count: int, seed: int, tell: Callable[[Kill], None] = lambda kill: None
) -> KillSeries:
    """Runs so many kills and returns the series; `tell` gets each."""
    series, started = KillSeries(seed, tell=tell), time.monotonic()
    of_imports = count // _IMPORTS
    await run_scene_kills(series, folder / "scenes", count - of_imports, seed)
    if of_imports:
        await run_import_kills(series, folder / "imports", of_imports, seed)
    series.seconds = time.monotonic() - started
    return series
