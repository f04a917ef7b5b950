"""Which backup there is to go back to."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from jianggao.settings import Settings

_LOOKED_AT = 5
"""Newest first; older ones aren't opened."""


def folder_of(settings: Settings) -> Path:
    """Where backups go; where none are made by themselves, those of 备份."""
    return settings.backup_dir or settings.database_file.parent / "backups"


def backups(folder: Path) -> list[Path]:
    """The copied databases in a folder, newest first; none where it can't be read."""
    with suppress(OSError):
        found = [path for path in folder.rglob("*.db") if path.is_file()]
        return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)
    return []


def way_back(settings: Settings) -> str:
    """The sentence that names the newest backup which opens, and how to restore it; where there is none, what to do."""
    folder = folder_of(settings)
    for path in backups(folder)[:_LOOKED_AT]:
        if _opens(path):
            made = datetime.fromtimestamp(path.stat().st_mtime, settings.timezone)
            return (
                f"请停掉机器人，用备份恢复：python bot.py restore {path}"
                f"（{made:%Y-%m-%d %H:%M} 的；之后办的事要补办）。"
            )
    return (
        f"请停掉机器人，用备份恢复：python bot.py restore 备份文件（{folder} 里没有能用的；"
        "有另存的就用它，没有就先别动这个文件）。"
    )


def _opens(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT max(number) FROM migrations").fetchone()
            connection.execute("SELECT max(number) FROM ledger").fetchone()
    except (sqlite3.Error, OSError):
        return False
    return True
