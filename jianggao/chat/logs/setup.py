"""Sets up the log: lines of NoneBot and of other libraries go to stdout and to files in LOG_DIR, without
tokens and secrets, written in the background. Errors are remembered by kind and place."""

from __future__ import annotations

import logging
import math
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nonebot.log import LoguruHandler, default_filter, default_format, logger, logger_id

from jianggao.chat.logs.files import LOG_NAME, LogFile
from jianggao.clock import Clock, system_clock
from jianggao.nonblocking_output import BackgroundWriter
from jianggao.recent_errors import ERRORS_NAME, RecentErrors, RecordedError, place_in, place_of
from jianggao.redaction import make_redactor

if TYPE_CHECKING:
    from loguru import Record

_OTHERS = ("asyncio", "websockets", "httpcore", "concurrent.futures")
"""Loggers of libraries that would otherwise write to stderr, past the redactor."""
_FILE_FORMAT = "{time:YYYY-MM-DD HH:mm:ss} [{level}] {name} | {message}"
_ERRORS_LARGEST = 250_000
"""Bytes of the file of errors; one full file is kept beside it."""
_INFO, _ERROR = 20, 40
_TRACEBACK_EVERY = 60.0
_MOST_TRACEBACKS = 200
"""Tracebacks of different errors in `_TRACEBACK_EVERY` seconds."""
_SEEN = "exception_seen"
"""The key in a record's `extra` under which the limit notes the kind and place of its exception."""

recent_errors = RecentErrors()
"""What 最近错误 shows."""


class TracebackLimit:
    """Writes the traceback of an error once a minute for each kind and place, and a line of all others: what
    a peer can cause at will must not fill the disk.

    The filter of each sink calls it. It can't be a patcher of the logger: loguru has only one, and
    `nonebot.init` sets its own.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._written_at: dict[str, float] = {}

    def __call__(self, record: Record) -> None:
        """Shortens a record before it is written, and notes in its `extra` what its error was. All sinks get
        the same record: a second call changes nothing."""
        error = record["exception"]
        if error is None or error.type is None or _SEEN in record["extra"]:
            return
        kind, place = error.type.__name__, place_of(error.traceback)
        record["extra"][_SEEN] = (kind, place)
        if not self._is_due(f"{kind} {place}"):
            record["exception"] = None
            record["message"] += f" ({kind} at {place}, as written out before)"

    def _is_due(self, key: str) -> bool:
        now = self._monotonic()
        if now - self._written_at.get(key, -math.inf) < _TRACEBACK_EVERY:
            return False
        if key not in self._written_at and len(self._written_at) >= _MOST_TRACEBACKS:
            recent = {place: at for place, at in self._written_at.items() if now - at < _TRACEBACK_EVERY}
            self._written_at = recent
            if len(recent) >= _MOST_TRACEBACKS:
                return False
        self._written_at[key] = now
        return True


def log_discreetly(secrets: Iterable[str], folder: Path, clock: Clock = system_clock) -> None:
    """Sends the log of NoneBot and of other libraries through a redactor, which removes `secrets`, to stdout
    and to files in `folder`."""
    hide = make_redactor(secrets)
    logger.remove(logger_id)
    limit = TracebackLimit()
    _add_sink(lambda message: _print(hide(message)), limit, default_format, colors=_colors())
    file = BackgroundWriter("writes the log", LogFile(folder / LOG_NAME).write)
    _add_sink(lambda message: file.put(hide(message)), limit, _FILE_FORMAT)
    _remember_errors(folder, clock, limit)
    for name in _OTHERS:
        library = logging.getLogger(name)
        library.addHandler(LoguruHandler())
        library.propagate = False
        library.setLevel(logging.WARNING)


def _add_sink(
    write: Callable[[str], None], limit: TracebackLimit, form: str, *, colors: bool = False
) -> None:
    def is_written(record: Record) -> bool:
        if not _is_written(record):
            return False
        limit(record)
        return True

    logger.add(
        write,
        level=0,
        diagnose=False,  # values of variables would be texts and tokens
        filter=is_written,
        format=form,
        colorize=colors,
    )


def _colors() -> bool:
    return sys.stdout.isatty() and sys.platform != "win32"


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _is_written(record: Record) -> bool:
    """Returns whether a record has the level of LOG_LEVEL, and isn't NoneBot's line about an event that is
    not for the bot, of which there may be hundreds a second."""
    is_noise = record["level"].no == _INFO and record["message"].endswith("is ignored")
    return default_filter(record) and not (is_noise and (record["name"] or "").startswith("nonebot"))


def _remember_errors(folder: Path, clock: Clock, limit: TracebackLimit) -> None:
    """Keeps every error from now on in memory and in a file of its own, after reading those of earlier runs
    from the file."""
    recent_errors.read_back(folder)
    file = BackgroundWriter("writes errors", LogFile(folder / ERRORS_NAME, _ERRORS_LARGEST, 1).write)

    def remember(message: Any) -> None:
        record = message.record
        limit(record)  # at a LOG_LEVEL above ERROR no other sink calls it
        kind, place = record["extra"].get(_SEEN) or (
            record["level"].name,
            place_in(Path(record["file"].path), record["line"]),
        )
        seen = RecordedError(clock(), kind, place)
        recent_errors.add(seen)
        file.put(seen.to_line())

    logger.add(remember, level=_ERROR, diagnose=False, format="{message}")
