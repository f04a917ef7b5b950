"""Runs bot.py as it is, but kills the process at a commit of the database where a file orders it.

`python dying.py BOT_PY ORDERS`: as soon as ORDERS exists, commits are counted. It holds `before N` or `after
N`: the process gets SIGKILL when the N-th is asked for, or as soon as it is done and before anybody hears of
that.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
from pathlib import Path

import aiosqlite

_commit = aiosqlite.Connection.commit
_left: dict[str, int] = {}


def _heard_order(orders: Path) -> bool:
    """Whether commits are being counted."""
    if not _left and orders.exists():
        when, number = orders.read_text("ascii").split()
        orders.unlink()
        _left[when] = int(number)
    return bool(_left)


def obey(orders: Path) -> None:
    """Kills the process at the commit that ORDERS names."""

    async def commit(connection: aiosqlite.Connection) -> None:
        counted = _heard_order(orders)
        for when in _left:
            _left[when] -= 1
        if counted and _left.get("before") == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        await _commit(connection)
        if counted and _left.get("after") == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    aiosqlite.Connection.commit = commit  # type: ignore[method-assign]


if __name__ == "__main__":
    bot, orders = sys.argv[1:]
    obey(Path(orders))
    sys.argv = [bot]
    runpy.run_path(bot, run_name="__main__")
