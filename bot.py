"""The entry: `python bot.py` runs the bot; with a verb it works offline. See README.md."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from jianggao.cli.main import command_line
from jianggao.clock import Clock, system_clock
from jianggao.start import start

HOME = Path(__file__).resolve().parent
"""The folder of the settings and the data: the one that this file stands in."""


def main(
    clock: Clock = system_clock,
    env_file: Path | None = HOME / ".env",
    monotonic: Callable[[], float] = time.monotonic,
) -> None:
    """Runs the bot until it is stopped. Raises CannotStart with one line for each thing that is wrong."""
    start(HOME, env_file=env_file, clock=clock, monotonic=monotonic)


if __name__ == "__main__":
    command_line(obj=HOME)
