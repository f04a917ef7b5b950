"""From the start to the end of the running bot: the house opens, the library is imported beside the answering."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from nonebot import logger
from nonebot.drivers import Driver

from jianggao.clock import Clock
from jianggao.house import House
from jianggao.library.search import warm_up
from jianggao.settings import Settings
from plugins.delivery.sender import close_all
from plugins.gate.alerts import tell_superusers, tell_what_waits
from plugins.gate.current import set_house
from plugins.gate.dialogues import dialogues, end_dialogues_on_time
from plugins.gate.health import imports
from plugins.gate.stopping import StopTimer

_IMPORT_RESTS = 1.5
"""An import rests half as long again as it writes while the bot answers, so that a search takes at most twice as long."""
_PROGRESS_EVERY = 10.0
"""Seconds between two lines of the log on a long import."""


def live_in(driver: Driver, settings: Settings, clock: Clock, monotonic: Callable[[], float]) -> None:
    """Open the house when the driver starts and leave it when it stops."""
    residents: list[tuple[House, asyncio.Task[None]]] = []
    tellings: set[asyncio.Task[None]] = set()

    async def move_in() -> None:
        StopTimer().watch_signals()
        house = await House.open(settings, clock=clock, monotonic=monotonic, rest=_IMPORT_RESTS)
        set_house(house)
        await asyncio.to_thread(warm_up)
        residents.append((house, asyncio.create_task(import_library(house))))
        tellings.add(asyncio.create_task(end_dialogues_on_time(house.monotonic)))

    async def greet() -> None:
        """The answers that a telling waits for come in only after this hook: it must not wait for them itself."""
        for house, _ in residents:
            task = asyncio.create_task(tell_what_waits(house))
            tellings.add(task)
            task.add_done_callback(tellings.discard)

    async def move_out() -> None:
        for house, task in residents:
            for running in (task, *tellings):
                running.cancel()
            await asyncio.gather(task, *tellings, return_exceptions=True)
            dialogues.end_all()
            await close_all()
            set_house(None)
            await house.close()

    driver.on_startup(move_in)
    driver.on_bot_connect(greet)
    driver.on_shutdown(move_out)


async def import_library(house: House) -> None:
    """The import at the start; superusers hear of what needs them."""
    told = house.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal told
        if house.monotonic() - told >= _PROGRESS_EVERY:
            told = house.monotonic()
            logger.info(f"import: {done} of {total} files")

    try:
        report = await house.importer.run(progress=progress)
    except Exception:
        logger.exception("the import at the start failed")
        imports.add("failed")
        await tell_superusers(house, "启动时载入资料出错了，已记录。现有资料照常可查；处理后请发“重新载入”。")
        return
    imports.add("needs attention" if report.needs_attention else "complete")
    for line in report.render().splitlines():
        logger.info(line)
    if report.needs_attention:
        await tell_superusers(house, report.render())
