"""Puts files into a library under any name, and lists what was read of it."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from jianggao.application import Application


def put(folder: Path, name: bytes, text: str) -> Path:
    """A file of that name in bytes."""
    path = Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))  # noqa: PTH118  # bytes
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


async def listed(application: Application) -> dict[str, int]:
    """The number of the speech that each present source is, by the source's name."""
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(
            """SELECT path, speech FROM sources JOIN speeches s ON s.number = speech
               WHERE present = 1 AND withdrawn_at IS NULL"""
        )
    return {row[0]: row[1] for row in rows}


def archive_of(path: Path, members: list[tuple[str, str]]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members:
            archive.writestr(name, text)
