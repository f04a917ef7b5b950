"""Starts the bot as the sandbox's child: with a clock that can be moved, and nothing of the live bot's.

`python -m sandbox.launcher FILE`: FILE holds how many seconds the clock is ahead. All settings come in the environment.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path

import bot
from jianggao.clock import Clock, system_clock
from jianggao.errors import CannotStart


def moved_clock(offset_file: Path) -> Clock:
    """The machine's time, moved by what the file says."""

    def now() -> datetime:
        return system_clock() + timedelta(seconds=float(offset_file.read_text("ascii")))

    return now


def main() -> None:
    """Run the bot. Exit code 1 with a line for each wrong setting."""
    try:
        bot.main(clock=moved_clock(Path(sys.argv[1])), env_file=None)
    except CannotStart as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
