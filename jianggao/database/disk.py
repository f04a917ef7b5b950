"""Asks the file system about the place of a database: free space, write protection, limits of this
process."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

if sys.platform != "win32":
    # Imported early: where no file can be opened any more, no module can be loaded.
    import resource

LITTLE = 256 * 1024
"""Bytes: a disk with less than this left counts as full when writing failed on it."""
SPARE = 8 << 20
"""Bytes that a backup, a restore or a mend leaves free on the disk."""
_PROBE = 64 * 1024
"""Bytes that are written to find out whether there is room."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def has_room(path: Path) -> bool:
    """Returns whether something can still be written on the disk of `path`.

    Enough must be free, and a small file must be writable there: the free bytes of a disk say nothing about a
    user's quota.
    """
    if reaches_size_limit(path):
        return False
    return free_bytes(path) >= LITTLE and not _probe_says_full(existing_folder(path) / f".{path.name}.room")


def _probe_says_full(probe: Path) -> bool:
    try:
        # A link in the probe's place isn't followed: it could lead to somebody's file.
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
    """Returns the bytes of a file, or of all files in a folder. Files that disappear meanwhile count 0."""
    files = path.rglob("*") if path.is_dir() else [path]
    size = 0
    for file in files:
        with contextlib.suppress(OSError):
            if file.is_file() and not file.is_symlink():
                size += file.stat().st_size
    return size


def format_size(size: int) -> str:
    """Returns a number of bytes as text for a person: KB, MB or GB."""
    if size < 1_000_000:
        return f"{size // 1_000} KB"
    return f"{size / 1_000_000:.0f} MB" if size < 1_000_000_000 else f"{size / 1_000_000_000:.1f} GB"


def existing_folder(path: Path) -> Path:
    """Returns the nearest folder above `path` that exists."""
    return next((folder for folder in path.parents if folder.is_dir()), Path(path.anchor or "."))


def free_bytes(path: Path) -> int:
    """Returns the bytes that are left for this user on the disk of `path`."""
    return shutil.disk_usage(existing_folder(path)).free


def size_limit() -> int | None:
    """Returns how many bytes a file of this process may have (RLIMIT_FSIZE); None where there is no such
    limit."""
    if sys.platform == "win32":
        return None
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return None if limit == resource.RLIM_INFINITY else limit


def reaches_size_limit(path: Path) -> bool:
    """Returns whether the database or its -wal is as large as this process may write."""
    limit = size_limit()
    return limit is not None and _largest(path) + _PROBE >= limit


def _largest(path: Path) -> int:
    files = (path, path.with_name(path.name + "-wal"))
    return max((file.stat().st_size for file in files if file.is_file()), default=0)


def is_read_only(path: Path) -> bool:
    """Returns whether `path` can't be written, or can't be created where it doesn't exist."""
    folder = existing_folder(path)
    return mounted_read_only(folder) or not os.access(path if path.exists() else folder, os.W_OK)


def mounted_read_only(folder: Path) -> bool:
    """Returns whether the file system of `folder` is mounted read-only."""
    if sys.platform == "win32":
        return False
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def open_files_limit() -> int | None:
    """Returns how many files this process may have open (RLIMIT_NOFILE); None where there is no such
    limit."""
    if sys.platform == "win32":
        return None
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return None if limit == resource.RLIM_INFINITY else limit


def can_open(files: int) -> bool:
    """Returns whether this process may open so many more files."""
    with ExitStack() as opened:
        for _ in range(files):
            try:
                descriptor = os.open(os.devnull, os.O_RDONLY)
            except OSError as error:
                return error.errno not in (errno.EMFILE, errno.ENFILE)
            opened.callback(os.close, descriptor)
    return True
