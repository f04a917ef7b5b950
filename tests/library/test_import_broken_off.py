"""An import that is broken off waits for no file: the bot must be able to end."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from speech_texts import numbered
from stuck_worker import never_ends

from jianggao.house import House
from jianggao.settings import load_settings


# The pool's own thread may find the future of a killed worker cancelled already; Python's has no answer to that.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_worker_with_a_file_in_hand_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = tmp_path / "speeches"
    library.mkdir()
    for at in range(5):
        (library / f"{at}.txt").write_text(numbered("台账", at), "utf-8")
    monkeypatch.setattr("jianggao.library.preparing.prepare_file", never_ends)
    settings = load_settings(
        {"LIBRARY_DIR": str(library), "DATABASE_FILE": str(tmp_path / "data" / "bot.db")}
    )
    house = await House.open(settings)
    try:
        running = asyncio.create_task(house.importer.run())
        await _until(lambda: bool(multiprocessing.active_children()))
        running.cancel()
        started = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert time.monotonic() - started < 150  # the file takes 300 s
        await _until(lambda: not multiprocessing.active_children())
    finally:
        await house.close()


async def _until(comes: Callable[[], bool]) -> None:
    for _ in range(6_000):
        if comes():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came")
