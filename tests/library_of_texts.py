"""An application on a folder of texts, and which texts hold a line."""

from __future__ import annotations

import random
from datetime import datetime, timezone
from pathlib import Path

from jianggao.application import Application
from jianggao.library import speech_store
from jianggao.settings import load_settings

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
AT = "2026-03-18T04:00:00.000000+00:00"


async def opened(folder: Path, library: Path) -> Application:
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(folder / "bot.db")})
    return await Application.open(settings, clock=lambda: NOW, rng=random.Random(1), workers=0)


async def texts_of(application: Application) -> dict[str, str]:
    """The current text of each source."""
    found = {}
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT path, speech FROM sources WHERE present = 1")
        for path, number in rows:
            row = await speech_store.speech(connection, number)
            assert row is not None
            found[str(path)] = await speech_store.version_text(connection, row.version)
    return found


async def holders(application: Application, line: str) -> set[str]:
    return {path for path, text in (await texts_of(application)).items() if line in text}
