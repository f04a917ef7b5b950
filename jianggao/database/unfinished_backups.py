"""Finds the folders that killed backups of a database left unfinished."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path

_PART_WITH_TIME = re.compile(
    r".+\.(\d{14}|\d{8}-\d{6}(-\d+)?)\.[0-9a-f]{8}\.part|\d{8}-\d{6}(-\d+)?\.[0-9a-f]{8}\.part"
)
"""The names that backups give to unfinished folders: a target's name and a moment, or a moment alone, then
the database's tag."""


def database_tag(database_file: Path) -> str:
    """Returns eight hexadecimal digits that tell this database's unfinished backups from those of other
    databases."""
    return sha256(os.fsencode(database_file.resolve())).hexdigest()[:8]


def find_unfinished(folder: Path, database_file: Path) -> list[Path]:
    """Returns the unfinished backups of this database in a folder; none where the folder can't be read."""
    tag = database_tag(database_file)
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return []
    return [
        path
        for path in inside
        if _PART_WITH_TIME.fullmatch(path.name)
        and path.name.endswith(f".{tag}.part")
        and path.is_dir()
        and not path.is_symlink()
    ]
