"""The start: what is loaded for good doesn't cost time again and again."""

from __future__ import annotations

import gc
from pathlib import Path

from running import running

from jianggao.settings import load_settings


async def test_what_is_loaded_for_good_is_not_looked_at_by_the_collector_again(
    plugins: None, tmp_path: Path, library: Path
) -> None:
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(tmp_path / "bot.db")})
    async with running(settings):
        kept, looked_at = gc.get_freeze_count(), len(gc.get_objects())
    assert kept > 100_000 and looked_at < kept / 2
