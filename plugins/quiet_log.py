"""The log: NoneBot's and that of libraries with one of their own, to stdout and to files in LOG_DIR, without tokens and
secrets, in writing that nobody waits for. Errors are remembered by kind and place."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nonebot.log import LoguruHandler, default_filter, default_format, logger, logger_id

from jianggao.clock import Clock, system_clock
from jianggao.discretion import hider
from jianggao.recent_errors import ERRORS_NAME, RecentErrors, SeenError, place_of
from plugins.log_files import LOG_NAME, LogFile
from plugins.unblocked import BackgroundWriter

if TYPE_CHECKING:
    from loguru import Record

_OTHERS = ("asyncio", "websockets", "httpcore", "concurrent.futures")
"""Loggers of libraries that would else write to stderr past this."""
_FILE_FORMAT = "{time:YYYY-MM-DD HH:mm:ss} [{level}] {name} | {message}"
_ERRORS_LARGEST = 250_000
"""Bytes of the file of errors; one such is kept beside it."""
_INFO, _ERROR = 20, 40
_TRACEBACK_EVERY = 60.0
_MOST_TRACEBACKS = 200
"""Different ones that are remembered."""

recent_errors = RecentErrors()
"""What 最近错误 tells."""


class TracebackLimit:
    """Writes the traceback of an error once a minute for each kind and place, and a line of all others: what a peer can
    cause at will must not fill the disk."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._written_at: dict[str, float] = {}

    def __call__(self, record: Record) -> None:
        """Patch a record before it is written, and say in `extra` what its error was."""
        error = record["exception"]
        if error is None or error.type is None:
            return
        kind, place = error.type.__name__, place_of(error.traceback)
        record["extra"]["error"] = (kind, place)
        key, now = f"{kind} {place}", self._monotonic()
        if now - self._written_at.get(key, now - _TRACEBACK_EVERY) < _TRACEBACK_EVERY:
            record["exception"] = None
            record["message"] += f" ({kind} at {place}, as written out before)"
        elif key in self._written_at or len(self._written_at) < _MOST_TRACEBACKS:
            self._written_at[key] = now


def log_discreetly(secrets: Iterable[str], folder: Path, clock: Clock = system_clock) -> None:
    """Let NoneBot's log, and that of libraries that have one of their own, leave through a `hider`: to stdout where there
    is one, and to `folder`."""
    hide = hider(secrets)
    logger.remove(logger_id)
    logger.configure(patcher=TracebackLimit())
    if sys.stdout is not None:
        _add_sink(lambda message: _print(hide(message)), default_format, colors=_colors())
    file = BackgroundWriter("writes the log", LogFile(folder / LOG_NAME).write)
    _add_sink(lambda message: file.put(hide(message)), _FILE_FORMAT)
    _remember_errors(folder, clock)
    for name in _OTHERS:
        library = logging.getLogger(name)
        library.addHandler(LoguruHandler())
        library.propagate = False
        library.setLevel(logging.WARNING)


def _add_sink(write: Callable[[str], None], form: str, *, colors: bool = False) -> None:
    logger.add(
        write,
        level=0,
        diagnose=False,  # values of variables would be texts and tokens
        filter=_is_written,
        format=form,
        colorize=colors,
    )


def _colors() -> bool:
    return sys.stdout.isatty() and sys.platform != "win32"


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _is_written(record: Record) -> bool:
    """By LOG_LEVEL; and not a line for each event that is not for the bot, of which there may be hundreds a second."""
    is_noise = record["level"].no == _INFO and record["message"].endswith("is ignored")
    return default_filter(record) and not (is_noise and (record["name"] or "").startswith("nonebot"))


def _remember_errors(folder: Path, clock: Clock) -> None:
    """Keep every error from now on in memory and in a file of its own, from which those of earlier runs are read back."""
    recent_errors.read_back(folder)
    file = BackgroundWriter("writes errors", LogFile(folder / ERRORS_NAME, _ERRORS_LARGEST, 1).write)

    def remember(message: Any) -> None:
        record = message.record
        kind, place = record["extra"].get("error") or (
            record["level"].name,
            f"{record['name']}:{record['line']}",
        )
        seen = SeenError(clock(), kind, place)
        recent_errors.add(seen)
        file.put(seen.to_line())

    logger.add(remember, level=_ERROR, diagnose=False, format="{message}")
