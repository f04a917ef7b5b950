"""Starts the bot with a clock that can be moved, as the child process of the sandbox.

`python -m jianggao.sandbox.launcher FILE`: FILE holds how many seconds the clock is ahead and may change at
any time. All settings come in the environment.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from jianggao.clock import system_clock
from jianggao.errors import CannotStart
from jianggao.install_paths import PROJECT
from jianggao.start import start


def offset_in(file: Path) -> Callable[[], float]:
    """Returns a function that reads from a file how many seconds the clocks are ahead."""
    return lambda: float(file.read_text("ascii"))


def main() -> None:
    """Runs the bot until it is stopped. Exits with code 1 and a line for each wrong setting."""
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
