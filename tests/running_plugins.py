"""The hooks that a driver calls, called by a test: the bot from its start to its end, without a server."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from jianggao.clock import system_clock
from jianggao.settings import Settings


class _Driver:
    def __init__(self) -> None:
        self.hooks: dict[str, Callable[[], Any]] = {}

    def __getattr__(self, name: str) -> Callable[[Callable[[], Any]], None]:
        return lambda hook: self.hooks.__setitem__(name, hook)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[None]:
    """The bot runs within the block."""
    from jianggao.chat.lifecycle import run_application

    driver = _Driver()
    run_application(driver, settings, system_clock, lambda: 0.0)  # type: ignore[arg-type]
    await driver.hooks["on_startup"]()
    try:
        yield
    finally:
        await driver.hooks["on_shutdown"]()
        gc.unfreeze()  # this process goes on
