"""What the file system says about the place of a database: room, write protection, and what could be deleted there."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

if sys.platform != "win32":
    import resource  # before it is wanted: where no file can be opened any more, no module can be loaded

LITTLE = 256 * 1024
"""Bytes: a disk with less than this left counts as full when writing failed on it."""
SPARE = 8 << 20
"""Bytes that a backup, a restore or a mend leaves free on the disk."""
_PROBE = 64 * 1024
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def has_room(path: Path) -> bool:
    """Whether something can still be written on the disk of `path`: enough is free, and a small file beside it can be
    written (a quota isn't seen otherwise) and grow."""
    if hits_size_limit(path):
        return False
    return free_bytes(path) >= LITTLE and not _probe_says_full(existing_folder(path) / f".{path.name}.room")


def _probe_says_full(probe: Path) -> bool:
    try:
        descriptor = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_LINK, 0o600)
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    try:
        os.write(descriptor, bytes(_PROBE))
        os.fsync(descriptor)
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    finally:
        os.close(descriptor)
        probe.unlink(missing_ok=True)
    return False


def size_of(path: Path) -> int:
    """The bytes of a file, or of all files in a folder; what goes meanwhile counts for nothing."""
    files = path.rglob("*") if path.is_dir() else [path]
    size = 0
    for file in files:
        with contextlib.suppress(OSError):
            if file.is_file() and not file.is_symlink():
                size += file.stat().st_size
    return size


def format_size(size: int) -> str:
    """A number of bytes for a person."""
    if size < 1_000_000:
        return f"{size // 1_000} KB"
    return f"{size / 1_000_000:.0f} MB" if size < 1_000_000_000 else f"{size / 1_000_000_000:.1f} GB"


def existing_folder(path: Path) -> Path:
    """The nearest folder above `path` that is there."""
    return next((folder for folder in path.parents if folder.is_dir()), Path(path.anchor or "."))


def free_bytes(path: Path) -> int:
    """What is left on the disk of `path` for this user."""
    return shutil.disk_usage(existing_folder(path)).free


def size_limit() -> int | None:
    """How large a file this process may write (RLIMIT_FSIZE), where there is such a limit."""
    if sys.platform == "win32":
        return None
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return None if limit == resource.RLIM_INFINITY else limit


def hits_size_limit(path: Path) -> bool:
    """Whether the database has reached the size that this process may write."""
    limit = size_limit()
    return limit is not None and _largest(path) + _PROBE >= limit


def _largest(path: Path) -> int:
    files = (path, path.with_name(path.name + "-wal"))
    return max((file.stat().st_size for file in files if file.is_file()), default=0)


def is_read_only(path: Path) -> bool:
    """Whether `path`, or a file that isn't there yet, can't be written."""
    folder = existing_folder(path)
    return mounted_read_only(folder) or not os.access(path if path.exists() else folder, os.W_OK)


def mounted_read_only(folder: Path) -> bool:
    """Whether the file system of `folder` is mounted for reading alone."""
    if sys.platform == "win32":
        return False
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def open_files_limit() -> int | None:
    """How many files this process may have open; None where there is no such limit, or the system tells none."""
    if sys.platform == "win32":
        return None
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return None if limit == resource.RLIM_INFINITY else limit


def can_open(files: int) -> bool:
    """Whether this process may open so many files more."""
    with ExitStack() as opened:
        for _ in range(files):
            try:
                descriptor = os.open(os.devnull, os.O_RDONLY)
            except OSError as error:
                return error.errno not in (errno.EMFILE, errno.ENFILE)
            opened.callback(os.close, descriptor)
    return True
