"""Starts the bot as the sandbox's child: with a clock that can be moved, and nothing of the live bot's.

`python -m jianggao.sandbox.launcher FILE`: FILE holds how many seconds the clock is ahead. All settings come in the
environment.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from jianggao.clock import system_clock
from jianggao.errors import CannotStart
from jianggao.layout import PROJECT
from jianggao.start import start


def offset_in(file: Path) -> Callable[[], float]:
    """Gives how many seconds the clocks are ahead now."""
    return lambda: float(file.read_text("ascii"))


def main() -> None:
    """Run the bot. Exit code 1 with a line for each wrong setting."""
    try:
        ahead = offset_in(Path(sys.argv[1]))
        start(
            PROJECT,
            clock=lambda: system_clock() + timedelta(seconds=ahead()),
            monotonic=lambda: time.monotonic() + ahead(),
        )
    except CannotStart as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
