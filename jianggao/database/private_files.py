"""Makes files that only the bot's account may read: the database, its keys, backups, evidence.

Modes don't depend on the umask. On Windows, where files have the rights of their folder, nothing is done.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from glob import escape
from pathlib import Path

_FILE, _FOLDER = 0o600, 0o700
_OTHERS = 0o077
_HAS_MODES = sys.platform != "win32"


def private_folder(folder: Path) -> None:
    """Makes a folder, with the folders above it that are missing, for this account alone.

    A folder that exists stays as it is, since an operator may share other things in it.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=_FOLDER, exist_ok=True)
        if _HAS_MODES:
            place.chmod(_FOLDER)


def private_file(path: Path) -> None:
    """Makes an empty file for this account alone before anything is written to it. An existing file keeps
    its contents."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, _FILE))
    make_private([path])


def copy_privately(source: Path, target: Path) -> None:
    """Copies a small file so that at no moment others can read the copy."""
    content = source.read_bytes()
    # An existing file would keep its modes until they are changed.
    target.unlink(missing_ok=True)
    private_file(target)
    target.write_bytes(content)


def fsync(path: Path) -> None:
    """Brings a file, or the names in a folder, to the disk. Systems that don't allow it (folders on
    Windows) are left alone."""
    with suppress(PermissionError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def make_private(paths: Iterable[Path]) -> None:
    """Takes all rights of others on these files away. Files of another owner stay as they are: `doctor`
    names them."""
    for path in readable_by_others(paths):
        try:
            path.chmod(_FILE)
        except PermissionError:
            continue


def make_database_private(database_file: Path) -> None:
    """Makes the files of a database private that an earlier release, or a copy by hand, left readable.

    Its folder is made private too if nothing else lies in it.
    """
    own = database_files(database_file)
    make_private(own)
    folder = database_file.parent
    if _HAS_MODES and set(own) == set(folder.iterdir()) and stat.S_IMODE(folder.stat().st_mode) & _OTHERS:
        try:
            folder.chmod(_FOLDER)
        except PermissionError:
            return


def database_files(database_file: Path) -> list[Path]:
    """Returns all files that belong to a database: itself, `-wal`, `-shm`, lock, keys, and what a restore
    kept beside them."""
    names = (f"{escape(database_file.name)}*", f"{escape(database_file.stem)}.*.key*")
    found = {path for name in names for path in database_file.parent.glob(name) if path.is_file()}
    return sorted(found)


def readable_by_others(paths: Iterable[Path]) -> list[Path]:
    """Returns those of the files that exist and that other accounts of the machine may read or write."""
    if not _HAS_MODES:
        return []
    return [path for path in paths if path.exists() and stat.S_IMODE(path.stat().st_mode) & _OTHERS]
