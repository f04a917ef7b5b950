"""What killed backups of a database leave: folders with names of ours, and nothing else."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path

_PART_WITH_TIME = re.compile(
    r".+\.(\d{14}|\d{8}-\d{6}(-\d+)?)\.[0-9a-f]{8}\.part|\d{8}-\d{6}(-\d+)?\.[0-9a-f]{8}\.part"
)


def database_tag(database_file: Path) -> str:
    """Tells this database's unfinished backups from those of others."""
    return sha256(os.fsencode(database_file.resolve())).hexdigest()[:8]


def find_unfinished(folder: Path, database_file: Path) -> list[Path]:
    """The folders in which killed backups of this database left what they had, in a folder of backups."""
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
