"""From the start to the end of the running bot: the house opens, the library is imported beside the answering."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable

from nonebot import logger
from nonebot.adapters import Bot as BaseBot
from nonebot.adapters.onebot.v11 import Bot
from nonebot.drivers import Driver

from jianggao.application import Application
from jianggao.chat.commands.conversations import conversations, end_silent_conversations
from jianggao.chat.commands.dispatch import end_all
from jianggao.chat.current import set_application
from jianggao.chat.daily_backups import back_up_daily
from jianggao.chat.database_watch import watch_database
from jianggao.chat.monitoring.health import imports
from jianggao.chat.receiving.admission import admission
from jianggao.chat.sending.answers import answers_of, give_what_waits
from jianggao.chat.sending.notices import tell_superusers, tell_what_waits
from jianggao.chat.sending.sender import close_all, leaving, line_is_down, sender_for, stop_all
from jianggao.chat.stopping import StopTimer
from jianggao.clock import Clock
from jianggao.errors import CannotWrite
from jianggao.search import warm_up
from jianggao.settings import Settings

_IMPORT_RESTS = 1.5
"""An import rests half as long again as it writes while the bot answers, so that a search takes at most twice as long."""
_WRITTEN_DOWN_IN = 0.5
"""Seconds at the end for requests to write down what became of their answers."""
_PROGRESS_EVERY = 10.0
"""Seconds between two lines of the log on a long import."""


def run_application(driver: Driver, settings: Settings, clock: Clock, monotonic: Callable[[], float]) -> None:
    """Open the house when the driver starts and leave it when it stops."""
    residents: list[tuple[Application, asyncio.Task[None]]] = []
    tellings: set[asyncio.Task[None]] = set()

    async def move_in() -> None:
        StopTimer(is_sending=lambda: leaving() > 0, finish=finish).watch_signals()
        application = await Application.open(settings, clock=clock, monotonic=monotonic, rest=_IMPORT_RESTS)
        set_application(application)
        await answers_of(application).take_over()
        await conversations.reopen_all(application)
        await asyncio.to_thread(warm_up)
        # All that has been loaded stays: 300,000 objects, which a full collection looks at for a tenth of a second each
        # time, while nothing else runs (https://docs.python.org/3/library/gc.html#gc.freeze).
        gc.collect()
        gc.freeze()
        residents.append((application, asyncio.create_task(import_library(application))))
        tellings.add(asyncio.create_task(end_silent_conversations(application.monotonic)))
        tellings.add(asyncio.create_task(back_up_daily(application)))
        tellings.add(asyncio.create_task(watch_database(application)))
        tellings.add(asyncio.create_task(give_what_waits(application)))

    async def finish() -> None:
        """Let nobody in and begin no send; what has begun ends while its line is up."""
        if residents:
            admission().is_shut = True
        await stop_all()

    async def greet(bot: BaseBot) -> None:
        """The answers that a telling waits for come in only after this hook: it must not wait for them itself."""
        for application, _ in residents:
            if isinstance(bot, Bot):
                sender_for(bot, application).line_is_up(bot)
                answers_of(application).in_background(answers_of(application).go_on())
                answers_of(application).in_background(tell_reopened(application, bot))
            task = asyncio.create_task(tell_what_waits(application))
            tellings.add(task)
            task.add_done_callback(tellings.discard)

    async def hang_up(bot: BaseBot) -> None:
        line_is_down(bot.self_id)

    async def move_out() -> None:
        for application, task in residents:
            for running in (task, *tellings):
                running.cancel()
            await asyncio.gather(task, *tellings, return_exceptions=True)
            conversations.forget_all()
            await close_all()
            await end_all(within=_WRITTEN_DOWN_IN)
            await answers_of(application).background_done(within=_WRITTEN_DOWN_IN)
            set_application(None)
            await application.close()

    driver.on_startup(move_in)
    driver.on_bot_connect(greet)
    driver.on_bot_disconnect(hang_up)
    driver.on_shutdown(move_out)


async def tell_reopened(application: Application, bot: Bot) -> None:
    """Say to those whose dialogue outlived a restart that it did."""
    for told in conversations.to_tell(bot.self_id):
        await sender_for(bot, application).to_friend(told.account, told.text, expires_after=3_600)


async def import_library(application: Application) -> None:
    """The import at the start; superusers hear of what needs them."""
    told = application.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal told
        if application.monotonic() - told >= _PROGRESS_EVERY:
            told = application.monotonic()
            logger.info(f"import: {done} of {total} files")

    try:
        report = await application.importer.run(progress=progress)
    except CannotWrite as error:
        logger.warning(f"the import at the start did not go on ({error.explanation.cause})")
        await tell_superusers(
            application,
            f"启动时载入资料停下了：{error.explanation.cause}。现有资料照常可查；处理后请发“重新载入”。",
        )
        return
    except Exception:
        logger.exception("the import at the start failed")
        imports.add("failed")
        await tell_superusers(
            application, "启动时载入资料出错了，已记录。现有资料照常可查；处理后请发“重新载入”。"
        )
        return
    imports.add("needs attention" if report.needs_attention else "complete")
    for line in report.render().splitlines():
        logger.info(line)
    if report.is_told_unasked:
        await tell_superusers(application, report.render())
