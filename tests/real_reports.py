"""Reports of your own, that tests try beside the sample library: `REPORTS_DIR=folder pytest`. None is kept
here."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = os.environ.get("REPORTS_DIR")
REPORTS = Path(_FOLDER) if _FOLDER else None
"""Their folder; None: the sample library alone is tried."""


def report_files() -> list[Path]:
    """The text files in it, by name."""
    return sorted(REPORTS.rglob("*.txt")) if REPORTS else []
