"""Runs the bot as `launch.py` does, but for one thing that never ends when the bot does."""

from __future__ import annotations

import asyncio
import runpy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from jianggao.application import Application


async def _never(application: Application) -> None:
    await asyncio.sleep(3_600)


if __name__ == "__main__":
    closes = Application.close
    checked = False

    async def close(application: Application) -> None:
        """The first house is the one that is opened for a check before the start."""
        global checked
        await (_never(application) if checked else closes(application))
        checked = True

    Application.close = close  # type: ignore[method-assign]
    runpy.run_path(str(Path(__file__).with_name("launch.py")), run_name="__main__")
