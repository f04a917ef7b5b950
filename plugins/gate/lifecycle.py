"""From the start to the end of the running bot: the house opens, the library is imported beside the answering."""

from __future__ import annotations

import asyncio

from nonebot import get_bots, logger
from nonebot.adapters.onebot.v11 import Bot
from nonebot.drivers import Driver

from jianggao.clock import Clock
from jianggao.house import House
from jianggao.settings import Settings
from plugins.delivery.sender import close_all, delivery_for
from plugins.gate.current import set_house


def live_in(driver: Driver, settings: Settings, clock: Clock) -> None:
    """Open the house when the driver starts and leave it when it stops."""
    residents: list[tuple[House, asyncio.Task[None]]] = []

    async def move_in() -> None:
        house = await House.open(settings, clock=clock)
        set_house(house)
        residents.append((house, asyncio.create_task(import_library(house))))

    async def move_out() -> None:
        for house, task in residents:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await close_all()
            set_house(None)
            await house.close()

    driver.on_startup(move_in)
    driver.on_shutdown(move_out)


async def import_library(house: House) -> None:
    """The import at the start; superusers hear of what needs them."""
    try:
        report = await house.importer.run()
    except Exception:
        logger.exception("the import at the start failed")
        return
    for line in report.render().splitlines():
        logger.info(line)
    if report.held_back or report.root_missing:
        await tell_superusers(house, report.render())


async def tell_superusers(house: House, text: str) -> None:
    """A private message to each superuser, from the first account that is connected."""
    for bot in get_bots().values():
        if isinstance(bot, Bot):
            for account in sorted(house.settings.superusers):
                await delivery_for(bot, house).to_friend(account, text)
            return
    logger.warning(f"nobody is connected to tell superusers: {text}")
