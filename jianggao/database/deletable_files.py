"""Lists the files near a database that it doesn't need, for an operator whose disk is full."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from glob import escape
from pathlib import Path

from jianggao.database.backup_manifest import SUFFIX, read_manifest
from jianggao.database.disk import existing_folder, format_size, size_of
from jianggao.database.key_files import keys_beside
from jianggao.database.unfinished_backups import find_unfinished
from jianggao.errors import JianggaoError


def list_deletable(path: Path, deletable_folders: Iterable[Path] = ()) -> list[str]:
    """Returns Chinese phrases that name what can be deleted, with sizes, the safest first.

    These are unfinished backups, closed logs, all backups of this database but the newest, and what a restore
    or a mend kept. `deletable_folders` are folders of logs and backups. Files that aren't known to be the
    bot's own are never named.
    """
    folder = existing_folder(path)
    places = [
        place
        for place in dict.fromkeys([folder / "logs", folder / "backups", *deletable_folders])
        # What lies on another disk makes no room on this one.
        if _disk_of(place) == _disk_of(folder)
    ]
    # The log that is being written ends in `.log`; closed ones have a number behind it.
    logs = [file for place in places for file in _there(place, "*.log*") if file.suffix != ".log"]
    own = frozenset(keys_beside(path))
    found = (
        _listed(
            "没写完的备份", [part for place in (folder, *places) for part in find_unfinished(place, path)]
        ),
        _listed("旧日志", logs),
        _listed("旧备份（最新的留着）", _backups(places, own)[:-1]),
        _listed("恢复时留下的旧数据库", _there(folder, f"{escape(path.name)}.before-restore*")),
        _listed("修复时留下的旧数据库", _there(folder, f"{escape(path.name)}.before-mend*")),
    )
    return [phrase for phrase in found if phrase]


def _disk_of(folder: Path) -> int | None:
    """Returns the device that holds a folder; None where the folder doesn't exist or can't be asked."""
    try:
        return folder.stat().st_dev
    except OSError:
        return None


def _backups(places: Iterable[Path], own: frozenset[str]) -> list[Path]:
    """Returns the folders of complete backups of the database with the key ids `own`, the oldest first."""
    found = []
    for place in places:
        for named in _there(place, f"*/*{SUFFIX}"):
            with contextlib.suppress(JianggaoError, OSError):
                database = named.with_name(named.name.removesuffix(SUFFIX))
                manifest = read_manifest(database)
                whole = manifest is not None and database.is_file() and named.parent.suffix != ".part"
                if manifest is not None and whole and manifest.database_id in own:
                    found.append((manifest.made_at, named.parent))
    return [folder for _, folder in sorted(found)]


def _there(folder: Path, pattern: str) -> list[Path]:
    """Returns the files in a folder that match a pattern, the oldest first; none where the folder can't be
    read."""
    with contextlib.suppress(OSError):
        files = [file for file in folder.glob(pattern) if not file.is_symlink()]
        return sorted(files, key=lambda file: file.stat().st_mtime)
    return []


def _listed(what: str, there: list[Path]) -> str:
    """Returns the first of these files, how many there are and their size; empty where there are none."""
    if not there:
        return ""
    size = format_size(sum(map(size_of, there)))
    if len(there) == 1:
        return f"{what} {there[0]}（{size}）"
    return f"{what} {there[0]} 等 {len(there)} 个（{size}）"
