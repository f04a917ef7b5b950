"""Another program that holds the database's lock for writing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
connection.execute("BEGIN " + sys.argv[2])
print("held", flush=True)
sys.stdin.read()
connection.rollback()
connection.close()
"""


@contextmanager
def held_by_another(path: Path, how: str = "EXCLUSIVE") -> Iterator[int]:
    """Held within the block; gives the id of the process."""
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, path, how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield holder.pid
    finally:
        holder.communicate("", timeout=30)
