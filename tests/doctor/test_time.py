"""The whole look takes a small part of the time that reading the texts in took."""

from __future__ import annotations

import time
from pathlib import Path

from doctor_cases import Installation, import_all
from project_root import ROOT

from jianggao.benchmarks.generated import write_library
from jianggao.doctor import examine

SAMPLES = ROOT / "data" / "speeches"


async def test_a_look_takes_less_than_a_sixth_of_an_import(tmp_path: Path) -> None:
    """What texts mean is computed anew: without that it would be a ninth. By processor time, both on the same
    machine."""
    installation = Installation(tmp_path)
    write_library(installation.library, 120, sorted(SAMPLES.rglob("*.txt")), 1)
    started = time.process_time()
    await import_all(installation)
    imported = time.process_time()
    await examine(installation.settings)
    assert time.process_time() - imported < (imported - started) / 6
