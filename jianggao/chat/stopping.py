"""Ends the bot within seconds of being asked to, whatever it is in the middle of (docs/rules.md, Stopping).

What was acknowledged is stored by then, and all else may be cut off at any point (docs/rules.md, invariant
5), so that an orderly end gets only so many seconds. Sends that have begun are waited for first, while their
line is still up; what hasn't begun stays in the outbox.
"""

from __future__ import annotations

import asyncio
import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any

from nonebot import logger

from jianggao.nonblocking_output import finish_writing

CONNECTIONS_CLOSE_IN = 1
"""Seconds for peers to close their connections; uvicorn takes whole seconds."""
SENDS_END_IN = 4.0
"""Seconds for the sends that have begun."""
_ORDERLY_END_IN = 2.5
"""Seconds from the signal, or from the last send's end, for everything to end by itself."""
_ALL_ENDED_IN = 7.0
"""Seconds from the signal for all of this."""
_LAST_RESORT_AFTER = 1.0
"""Seconds more until the process ends without Python's help: one long step in C may hold the interpreter, and
with it the thread that would end it."""
_LAST_WORDS_IN = 0.5
"""Seconds for the last lines of the log to be written."""
CUT_OFF = 1
"""The exit code of an end that was not orderly."""


class StopTimer:
    """Ends the process by force if it hasn't ended by itself within seconds of the first signal.

    `finish` begins no further send and returns when those that have begun have ended; `is_sending` says
    whether there are any. The handler that was there before is called after `finish`.
    """

    def __init__(
        self,
        is_sending: Callable[[], bool] = lambda: False,
        finish: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._is_sending = is_sending
        self._finish = finish
        self._timer: threading.Timer | None = None
        self._all_ended_by = 0.0
        self._finishing: asyncio.Task[None] | None = None

    def watch_signals(self) -> None:
        """Starts the timer at SIGTERM and Ctrl-C, whose earlier handlers are still called. Call it in the
        main thread, with the server's own handlers in place; within the loop if there is a `finish`."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._watch(number)

    def _watch(self, number: signal.Signals) -> None:
        before = signal.getsignal(number)
        loop = None if self._finish is None else asyncio.get_running_loop()

        def go_on(received: int, frame: FrameType | None) -> Any:
            return before(received, frame) if callable(before) else None

        def asked(received: int, frame: FrameType | None) -> Any:
            first = self._timer is None
            self.start()
            if loop is None or not first:  # who asks twice isn't kept waiting
                return go_on(received, frame)
            loop.call_soon_threadsafe(self._begin_to_finish, lambda: go_on(received, None))
            return None

        signal.signal(number, asked)

    def start(self) -> None:
        """Starts the timer: the process ends within seconds from now on. A second call does nothing."""
        if self._timer is not None:
            return
        self._all_ended_by = time.monotonic() + _ALL_ENDED_IN
        self._end_in(_ALL_ENDED_IN if self._is_sending() else _ORDERLY_END_IN)

    def _end_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(seconds, cut_off)
        self._timer.daemon = True
        self._timer.start()
        if sys.__stderr__ is not None:  # faulthandler writes there what each thread was doing
            last = seconds + _LAST_RESORT_AFTER
            faulthandler.dump_traceback_later(last, exit=True, file=sys.__stderr__)

    def _begin_to_finish(self, go_on: Callable[[], Any]) -> None:
        self._finishing = asyncio.ensure_future(self._finished(go_on))

    async def _finished(self, go_on: Callable[[], Any]) -> None:
        assert self._finish is not None
        try:
            await asyncio.wait_for(self._finish(), SENDS_END_IN)
        except asyncio.TimeoutError:
            logger.warning("whether the last sends have arrived is unknown")
        except Exception:
            logger.exception("the sends could not be ended in order")
        finally:
            self._end_in(max(0.0, min(_ORDERLY_END_IN, self._all_ended_by - time.monotonic())))
            go_on()


def cut_off() -> None:
    """Ends the process and its workers at once, leaving in the log what did not end by itself."""
    logger.warning("the end was cut off; these had not ended:")
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            logger.warning(f"thread {thread.name}")
    for worker in multiprocessing.active_children():
        logger.warning(f"worker {worker.name}")
        worker.kill()
    finish_writing(_LAST_WORDS_IN)
    os._exit(CUT_OFF)
