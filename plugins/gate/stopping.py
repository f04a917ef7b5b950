"""The bot ends within seconds of being asked to, whatever it is in the middle of (docs/rules.md, Stopping).

What was acknowledged is stored by then, and all else may be cut off at any point (invariant 5): an orderly end is
waited for only so long.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

from nonebot import logger

from plugins.unblocked import finish_writing

CONNECTIONS_CLOSE_IN = 1
"""Seconds for peers to let go of their connections; uvicorn takes whole ones."""
_ORDERLY_END_IN = 2.5
"""Seconds from the signal for everything to end by itself."""
_LAST_RESORT_IN = 3.5
"""Seconds from the signal until the process ends without Python's help: one long step in C may hold the interpreter, and
with it the thread that would end it."""
_LAST_WORDS_IN = 0.5
CUT_OFF = 1
"""The exit code of an end that was not orderly."""


class StopTimer:
    """From the first signal to end on, the time in which the end must come."""

    def __init__(self) -> None:
        self._timer: threading.Timer | None = None

    def watch_signals(self) -> None:
        """Start the time at SIGTERM and Ctrl-C, which still do what they did before. To be called in the main thread,
        with the server's own handlers in place."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._watch(number)

    def _watch(self, number: signal.Signals) -> None:
        before = signal.getsignal(number)

        def asked(received: int, frame: FrameType | None) -> Any:
            self.start()
            return before(received, frame) if callable(before) else None

        signal.signal(number, asked)

    def start(self) -> None:
        """The end must come within seconds from now on."""
        if self._timer is not None:
            return
        self._timer = threading.Timer(_ORDERLY_END_IN, cut_off)
        self._timer.daemon = True
        self._timer.start()
        if sys.__stderr__ is not None:  # it writes there where the process stood
            faulthandler.dump_traceback_later(_LAST_RESORT_IN, exit=True, file=sys.__stderr__)


def cut_off() -> None:
    """End the process and its workers at once, leaving in the log what did not end by itself."""
    logger.warning("the end was cut off; these had not ended:")
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            logger.warning(f"thread {thread.name}")
    for worker in multiprocessing.active_children():
        logger.warning(f"worker {worker.name}")
        worker.kill()
    finish_writing(_LAST_WORDS_IN)
    os._exit(CUT_OFF)
