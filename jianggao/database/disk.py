"""What the file system says about the place of a database: room, write protection, and what could be deleted there."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from glob import escape
from pathlib import Path

from jianggao.database.backup_manifest import SUFFIX, read_manifest
from jianggao.database.key_files import keys_beside
from jianggao.database.unfinished_backups import own_parts
from jianggao.errors import JianggaoError

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


def may_be_deleted(path: Path, further: Iterable[Path] = ()) -> list[str]:
    """What lies about the database that it doesn't need, with its size, the safest first: unfinished backups, closed
    logs, all backups of it but the newest, what a restore or a mend kept. `further` are folders of logs and backups; what
    lies on another disk makes no room on this one. What isn't known to be ours is never named."""
    folder = existing_folder(path)
    places = [
        place
        for place in dict.fromkeys([folder / "logs", folder / "backups", *further])
        if _disk_of(place) == _disk_of(folder)
    ]
    logs = [file for place in places for file in _there(place, "*.log*") if file.suffix != ".log"]
    own = frozenset(keys_beside(path))
    found = (
        _listed("没写完的备份", [part for place in (folder, *places) for part in own_parts(place, path)]),
        _listed("旧日志", logs),
        _listed("旧备份（最新的留着）", _backups(places, own)[:-1]),
        _listed("恢复时留下的旧数据库", _there(folder, f"{escape(path.name)}.before-restore*")),
        _listed("修复时留下的旧数据库", _there(folder, f"{escape(path.name)}.before-mend*")),
    )
    return [one for one in found if one]


def _disk_of(folder: Path) -> int | None:
    """The device that holds a folder; None where it isn't there or can't be asked."""
    try:
        return folder.stat().st_dev
    except OSError:
        return None


def _backups(places: Iterable[Path], own: frozenset[str]) -> list[Path]:
    """The folders of whole backups of the database with these keys, the oldest first."""
    found = []
    for place in places:
        for named in _there(place, f"*/*{SUFFIX}"):
            with contextlib.suppress(JianggaoError, OSError):
                database = named.with_name(named.name.removesuffix(SUFFIX))
                manifest = read_manifest(database)
                whole = manifest is not None and database.is_file() and named.parent.suffix != ".part"
                if manifest is not None and whole and manifest.of_database in own:
                    found.append((manifest.made_at, named.parent))
    return [folder for _, folder in sorted(found)]


def _there(folder: Path, pattern: str) -> list[Path]:
    """What is in a folder by this pattern, the oldest first; none where the folder can't be read."""
    with contextlib.suppress(OSError):
        files = [file for file in folder.glob(pattern) if not file.is_symlink()]
        return sorted(files, key=lambda file: file.stat().st_mtime)
    return []


def _listed(what: str, there: list[Path]) -> str:
    """The first of these files, how many there are and their size; empty where there are none."""
    if not there:
        return ""
    size = in_words(sum(map(size_of, there)))
    if len(there) == 1:
        return f"{what} {there[0]}（{size}）"
    return f"{what} {there[0]} 等 {len(there)} 个（{size}）"


def size_of(path: Path) -> int:
    """The bytes of a file, or of all files in a folder; what goes meanwhile counts for nothing."""
    files = path.rglob("*") if path.is_dir() else [path]
    size = 0
    for file in files:
        with contextlib.suppress(OSError):
            if file.is_file() and not file.is_symlink():
                size += file.stat().st_size
    return size


def in_words(size: int) -> str:
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


def most_open_files() -> int | None:
    """How many files this process may have open; None where there is no such limit, or the system tells none."""
    if sys.platform == "win32":
        return None
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return None if limit == resource.RLIM_INFINITY else limit


def may_open(files: int) -> bool:
    """Whether this process may open so many files more."""
    with ExitStack() as opened:
        for _ in range(files):
            try:
                descriptor = os.open(os.devnull, os.O_RDONLY)
            except OSError as error:
                return error.errno not in (errno.EMFILE, errno.ENFILE)
            opened.callback(os.close, descriptor)
    return True
