"""Tells why no file can stand at a path: a closed folder on the way, a link that leads nowhere, a device
in its place."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from jianggao.database.disk import (
    existing_folder,
    mounted_read_only,
)
from jianggao.errors import (
    FolderUnusable,
)

_WRONG_NAMES = (errno.ELOOP, errno.ENAMETOOLONG)


def unusable_place(path: Path) -> FolderUnusable | None:
    """Returns why no file can stand at `path`; None where one can, or where one stands."""
    try:
        kind = path.stat().st_mode
    except OSError as error:
        return _unusable_folder(path) if error.errno not in _WRONG_NAMES else wrong_name(path, error)
    except ValueError:
        return FolderUnusable(f"{path} 不能是文件名。请换一个。")
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        return FolderUnusable(
            f"{path} 是设备、管道或套接字，不是文件。请换成文件名，例如 data/bot.db（DATABASE_FILE）。"
        )
    return _unusable_folder(path)


def require_usable(path: Path) -> None:
    """Raises FolderUnusable if no file can stand at `path`. Nothing is opened, since to open a pipe is to
    wait."""
    unusable = unusable_place(path)
    if unusable is not None:
        raise unusable


def wrong_name(path: Path, error: OSError) -> FolderUnusable:
    """Returns the error of a path that leads in a circle or is too long."""
    if error.errno == errno.ELOOP:
        return FolderUnusable(f"{path} 的链接绕回了自己。请改正这个链接，或换一个文件名。")
    return FolderUnusable(f"{path.name[:40]}… 这个名字（或路径）太长了。请换一个短一点的。")


def closed_folder(path: Path) -> FolderUnusable | None:
    """Returns the error of the outermost folder on the way to `path` that this user may not enter; None if
    there is none."""
    for folder in reversed(path.absolute().parents):
        if folder.is_dir() and not os.access(folder, os.X_OK):
            return FolderUnusable(
                f"没有权限进入文件夹 {folder}。请把它交给运行机器人的用户（chown、chmod u+x），或换一个文件夹，再试。"
            )
    return None


def _unusable_folder(path: Path) -> FolderUnusable | None:
    """Returns why no file can stand at `path` for a folder on the way to it, or one in its place; None if one
    can."""
    # This comes first: what lies in a closed folder can't be asked about.
    closed = closed_folder(path)
    if closed is not None:
        return closed
    if path.is_dir():
        return FolderUnusable(
            f"{path} 是文件夹，不是文件。请写上文件名，例如 {path / 'bot.db'}（DATABASE_FILE）。"
        )
    for folder in reversed(path.parents):
        if folder.is_symlink() and not folder.exists():
            return FolderUnusable(
                f"{folder} 指向的地方不存在，放不了 {path.name}。请改正这个链接，或换一个文件夹。"
            )
        if folder.exists() and not folder.is_dir():
            return FolderUnusable(
                f"{folder} 是文件，不是文件夹，放不了 {path.name}。请换一个文件夹，或把它移走。"
            )
    existing = existing_folder(path)
    if not path.exists() and not os.access(existing, os.W_OK) and not mounted_read_only(existing):
        return FolderUnusable(
            f"不能在 {existing} 里建文件或文件夹。请换一个文件夹，或改它的权限（chmod u+w）。"
        )
    return None
