"""Writes the log to files that are bounded in size and age and readable by the bot's own account alone. A
disk that takes nothing doesn't stop the bot."""

from __future__ import annotations

import errno
import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from jianggao.database.private_files import private_file, private_folder

LOG_NAME = "bot.log"
LARGEST = 10_000_000
"""Bytes of one file."""
KEPT = 13
"""Full files that are kept beside the one that is written: 140 MB in all."""
KEPT_DAYS = 14
_A_DAY = 86_400.0
_AGAIN_AFTER = 30.0
"""Seconds after which a disk that took nothing is tried again."""
_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EFBIG: "文件大小到了系统的上限",
    errno.EACCES: "没有写的权限",
    errno.EPERM: "没有写的权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOTDIR: "路径上有一个不是文件夹",
    errno.EEXIST: "那里有一个同名的文件",
}


class RotatingFile(RotatingFileHandler):
    """A file that is put aside when it is full, or when a new day begins; old ones are deleted. Raises
    OSError where that or writing fails."""

    terminator = ""

    def __init__(self, path: Path, largest: int, kept: int, wall_time: Callable[[], float]) -> None:
        super().__init__(
            path, maxBytes=largest, backupCount=kept, encoding="utf-8", errors="backslashreplace", delay=True
        )
        self._path = path
        self._wall_time = wall_time
        self._day = ""

    def write(self, text: str) -> None:
        """Appends a text. Raises OSError or ValueError."""
        self._close_if_moved()
        record = logging.makeLogRecord({"msg": text})
        if self.stream is None:
            self.stream = self._open()
        self.emit(record)

    def _close_if_moved(self) -> None:
        """Closes the file if somebody has deleted or moved it: what is written to it would be read by nobody,
        and take room."""
        if self.stream is None:
            return
        try:
            is_in_place = os.path.samestat(self._path.stat(), os.fstat(self.stream.fileno()))
        except FileNotFoundError:
            is_in_place = False
        if not is_in_place:
            self.give_up()

    def _open(self) -> TextIOWrapper:
        private_folder(self._path.parent)
        private_file(self._path)
        stat = self._path.stat()
        self._day = self._named(stat.st_mtime if stat.st_size else self._wall_time())
        self._forget_old()
        return super()._open()

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802
        """Returns whether the next text belongs into a new file."""
        return self._day != self._named(self._wall_time()) or bool(super().shouldRollover(record))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Raises what `emit` caught, instead of printing it: `LogFile` decides what follows."""
        raise

    def give_up(self) -> None:
        """Closes the file. What it couldn't write is lost."""
        stream, self.stream = self.stream, None
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.close()

    def _forget_old(self) -> None:
        oldest = self._wall_time() - KEPT_DAYS * _A_DAY
        for path in self._path.parent.glob(f"{self._path.name}.*"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()

    @staticmethod
    def _named(moment: float) -> str:
        return time.strftime("%Y-%m-%d", time.localtime(moment))


class LogFile:
    """A file of the log. `write` never raises: a disk that takes nothing is reported once on stderr, and
    tried again later."""

    def __init__(
        self,
        path: Path,
        largest: int = LARGEST,
        kept: int = KEPT,
        *,
        wall_time: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self._file = RotatingFile(path, largest, kept, wall_time)
        self._monotonic = monotonic
        self._again_at: float | None = None
        self.lost = 0
        """Lines that were not written since the start."""

    def close(self) -> None:
        """Closes the file; the next text opens it again."""
        self._file.give_up()

    def write(self, text: str) -> None:
        """Appends a text, or counts its lines as lost."""
        now = self._monotonic()
        if self._again_at is not None and now < self._again_at:
            self.lost += text.count("\n")
            return
        try:
            self._file.write(text)
        except (OSError, ValueError) as error:
            self._file.give_up()
            self.lost += text.count("\n")
            if self._again_at is None:
                _report(f"日志写不进 {self.path}（{_reason(error)}）。机器人照常运行；能写了会自动接着写。")
            self._again_at = now + _AGAIN_AFTER
        else:
            if self._again_at is not None:
                self._again_at = None
                _report(f"日志又写得进 {self.path} 了，其间少了 {self.lost} 行。")


def _reason(error: Exception) -> str:
    number = getattr(error, "errno", None)
    return _REASONS.get(number, f"{type(error).__name__} {number}") if number else type(error).__name__


def _report(text: str) -> None:
    """Writes to stderr alone, since it is the log that can't be written."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.write(text + "\n")
            sys.stderr.flush()
