"""Refuses a start without a database where files beside its place say that there was one.

Such a start would show an empty library without a word.
"""

from __future__ import annotations

from pathlib import Path

from jianggao.database.acknowledged_entries import note_file
from jianggao.database.key_files import PURPOSES, key_file
from jianggao.database.rescue import rescued_files
from jianggao.errors import DatabaseMissing
from jianggao.install_paths import COMMAND


def require_no_traces(path: Path) -> None:
    """Raises DatabaseMissing if there is no database, or an empty file, beside what belonged to one."""
    # A folder or a pipe in the place has an error of its own.
    if path.exists() and (not path.is_file() or path.stat().st_size > 0):
        return
    found = find_traces(path)
    if not found:
        return
    names = "、".join(file.name for file in found)
    what = "是空的" if path.exists() else "不见了"
    rescued = rescued_files(path)
    # A copy that the bot saved is newer than any backup.
    if rescued:
        raise DatabaseMissing(
            f"数据库 {path} {what}。机器人上次运行时发现它不在，把数据另存为 {rescued[-1].name}："
            f"请把它改名为 {path.name}，再启动。"
        )
    raise DatabaseMissing(
        f"数据库 {path} {what}，但它旁边还有 {names}。请把数据库放回来，或者用备份恢复："
        f"{COMMAND} restore 备份文件。确实要从头开始，就先把这些文件移到别处。"
    )


def find_traces(path: Path) -> list[Path]:
    """Returns the files beside a database's place that say that there was one.

    They are all its keys together, its -wal, and the note of what was acknowledged. A single key says
    nothing: somebody may have brought it along.
    """
    keys = _there([key_file(path, purpose) for purpose in PURPOSES])
    others = _there([note_file(path), path.with_name(path.name + "-wal")])
    return [*(keys if len(keys) == len(PURPOSES) else []), *others]


def _there(files: list[Path]) -> list[Path]:
    return [file for file in files if file.is_file() and file.stat().st_size > 0]
