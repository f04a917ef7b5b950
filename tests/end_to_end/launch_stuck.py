"""Runs the bot as `launch.py` does, but its application never finishes closing."""

from __future__ import annotations

import asyncio
import runpy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from jianggao.application import Application


async def _never_close(application: Application) -> None:
    await asyncio.sleep(3_600)


if __name__ == "__main__":
    closes = Application.close
    checked = False

    async def close(application: Application) -> None:
        """Closes the first application, which is opened for a check before the start; no other."""
        global checked
        await (_never_close(application) if checked else closes(application))
        checked = True

    Application.close = close  # type: ignore[method-assign]
    runpy.run_path(str(Path(__file__).with_name("launch.py")), run_name="__main__")
