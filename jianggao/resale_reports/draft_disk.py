"""Writes, sets aside and deletes the files and notes of unfinished reports, each readable by its owner
alone."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from jianggao.database.failures import explain_error
from jianggao.errors import CannotWrite

logger = logging.getLogger(__name__)
T = TypeVar("T")

UNREAD = ".unread"
"""Ends the names of files that were set aside."""
_NUMBERED = re.compile(r"([0-9]{8,12})(?![0-9])")
"""Whatever has such a number: it isn't given again."""
NO_ROOM = "材料暂时存不下（{}），这条没有收下。请过一会儿再发。"
"""The answer where the disk doesn't take what was sent, with the cause in a few words."""


def on_disk(write: Callable[[Path, bytes], T], path: Path, content: bytes) -> T:
    """Writes by `write`, in a folder that is made again if somebody has deleted it. Raises CannotWrite with
    the cause."""
    try:
        try:
            return write(path, content)
        except FileNotFoundError:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            return write(path, content)
    except OSError as error:
        explanation = explain_error(error, path.parent)
        if explanation is None:
            raise
        raise CannotWrite(explanation, NO_ROOM.format(explanation.cause)) from error


def write(path: Path, content: bytes) -> str:
    """Writes a new file that its owner alone may read. Returns its SHA-256."""
    with private_file(path) as file:
        file.write(content)
    return hashlib.sha256(content).hexdigest()


def private_file(path: Path) -> BinaryIO:
    """Opens a new file that its owner alone may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def replace(path: Path, content: bytes) -> None:
    """Writes the file as a whole, or leaves what it was."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        with private_file(fresh) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        delete(fresh)  # on a full disk its beginning takes room that others need
        raise


def delete(path: Path) -> None:
    """Deletes a file of a draft. If the disk refuses, the conversation ends all the same, and the next start
    tidies."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        logger.warning(
            "%s of a draft could not be deleted: %s", path.name, error.strerror or type(error).__name__
        )


def set_aside(path: Path) -> None:
    """Gives a file a name that is no draft's and no note's, and logs it."""
    try:
        path.rename(path.with_name(path.name + UNREAD))
        logger.warning("%s of a draft was set aside as %s", path.name, path.name + UNREAD)
    except OSError as error:
        logger.warning("%s could not be set aside: %s", path.name, error.strerror or type(error).__name__)


def last_number(folder: Path) -> int:
    """Returns the greatest number that the name of anything in the folder begins with; 0 if there is none."""
    numbers = (match[1] for file in folder.iterdir() if (match := _NUMBERED.match(file.name)))
    return max(map(int, numbers), default=0)
