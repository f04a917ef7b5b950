"""Lists what lies about a database that it doesn't need, for an operator whose disk is full."""

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


def list_deletable(path: Path, further: Iterable[Path] = ()) -> list[str]:
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
        _listed(
            "没写完的备份", [part for place in (folder, *places) for part in find_unfinished(place, path)]
        ),
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
    size = format_size(sum(map(size_of, there)))
    if len(there) == 1:
        return f"{what} {there[0]}（{size}）"
    return f"{what} {there[0]} 等 {len(there)} 个（{size}）"
