"""Opens the application when the bot starts, runs the work beside the answering, and closes all in order at
the end."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from nonebot import logger
from nonebot.adapters import Bot as BaseBot
from nonebot.adapters.onebot.v11 import Bot
from nonebot.drivers import Driver

from jianggao.application import Application
from jianggao.chat.commands.command_registry import registry
from jianggao.chat.commands.conversations import CHECKED_EVERY
from jianggao.chat.daily_backups import back_up_daily
from jianggao.chat.data_cleaning import clean_data
from jianggao.chat.database_watch import watch_database
from jianggao.chat.joining.events import watch_joining
from jianggao.chat.reminders.rounds import remind
from jianggao.chat.running_bot import RunningBot, set_running_bot
from jianggao.chat.services import ChatServices
from jianggao.chat.stopping import StopTimer
from jianggao.clock import Clock
from jianggao.errors import CannotWrite
from jianggao.library.import_report import MANY_REREAD
from jianggao.redeem_codes import issuing
from jianggao.redeem_codes.issuing import broken_off
from jianggao.search import warm_up
from jianggao.settings import Settings

_IMPORT_RESTS = 1.5
"""An import rests half as long again as it writes while the bot answers, so that a search takes at most twice
as long."""
_WRITTEN_DOWN_IN = 0.5
"""Seconds at the end for requests to write down what became of their answers."""
_PROGRESS_EVERY = 10.0
"""Seconds between two lines of the log on a long import."""


def run_application(driver: Driver, settings: Settings, clock: Clock, monotonic: Callable[[], float]) -> None:
    """Opens the application when the driver starts, and closes it when the driver stops."""
    lifecycle = Lifecycle(settings, clock, monotonic)
    driver.on_startup(lifecycle.start)
    driver.on_bot_connect(lifecycle.connected)
    driver.on_bot_disconnect(lifecycle.disconnected)
    driver.on_shutdown(lifecycle.stop)


class Lifecycle:
    """The hooks that a driver calls, from the start to the end of one bot."""

    def __init__(self, settings: Settings, clock: Clock, monotonic: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock
        self._monotonic = monotonic
        self._running: RunningBot | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        """What goes on beside the answering until the bot stops."""

    async def start(self) -> None:
        """Opens the application, and begins what goes on beside the answering."""
        StopTimer(is_sending=self._is_sending, finish=self.finish_sends).watch_signals()
        application = await Application.open(
            self._settings, clock=self._clock, monotonic=self._monotonic, rest=_IMPORT_RESTS
        )
        running = self._running = RunningBot(application)
        set_running_bot(running)
        try:
            await self._begin_to_answer(running)
        except BaseException:
            # An open database has threads, which would keep a process alive that answers nobody.
            await self.stop()
            raise

    async def _begin_to_answer(self, running: RunningBot) -> None:
        services = running.services
        await services.answers.take_over()
        await revoke_codes_left_over(services)
        await services.pushes.take_over()
        await reopen_conversations(services)
        await asyncio.to_thread(warm_up)
        # All that has been loaded stays: 300,000 objects, which a full collection looks at for a tenth of a
        # second each time, while nothing else runs (https://docs.python.org/3/library/gc.html#gc.freeze).
        gc.collect()
        gc.freeze()
        self._begin(import_library(services))
        self._begin(end_silent_conversations(services))
        self._begin(back_up_daily(services))
        self._begin(watch_database(services))
        self._begin(clean_data(services))
        self._begin(services.answers.give_what_waits())
        self._begin(services.pushes.deliver())
        self._begin(remind(services))
        self._begin(watch_joining(running.joining))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _is_sending(self) -> bool:
        return self._running is not None and self._running.services.senders.leaving > 0

    async def finish_sends(self) -> None:
        """Admits nothing and begins no send any more; returns when the sends that have begun have ended,
        while their line is up."""
        if self._running is not None:
            self._running.admission.is_closed = True
            self._running.joining.is_closed = True
            await self._running.services.senders.stop()

    async def connected(self, bot: BaseBot) -> None:
        """Goes on with what waited for the account. Beside this hook: the implementation's answers to sends
        come in only after it."""
        if self._running is None:
            return
        services = self._running.services
        if isinstance(bot, Bot):
            services.senders.of(bot).line_is_up(bot)
            services.answers.in_background(services.answers.go_on())
            services.answers.in_background(tell_reopened(services, bot))
            services.known_friends.ask(bot)
            self._running.joining.look_up(bot)
        self._begin(services.notices.tell_what_waits())

    async def disconnected(self, bot: BaseBot) -> None:
        """Lets what the account sends wait for its next connection."""
        if self._running is not None:
            self._running.services.senders.line_is_down(bot.self_id)

    async def stop(self) -> None:
        """Ends what goes on beside the answering, lets outcomes be stored, and closes the application."""
        running, self._running = self._running, None
        if running is None:
            return
        services = running.services
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        running.joining.is_closed = True
        await services.close()
        await running.joining.all_done(within=_WRITTEN_DOWN_IN)
        await services.requests.all_done(within=_WRITTEN_DOWN_IN)
        await services.answers.background_done(within=_WRITTEN_DOWN_IN)
        await services.pushes.background_done(within=_WRITTEN_DOWN_IN)
        set_running_bot(None)
        await services.application.close()


async def revoke_codes_left_over(services: ChatServices) -> None:
    """Revokes the redeem codes that an ended bot, or a verb, had made and not handed over for certain. Of those
    of a verb superusers hear; who ordered some in chat gets the answer that was stored for this."""
    async with services.application.database.write() as connection:
        left = await issuing.revoke_interrupted(connection, services.application.clock())
    for batch in left:
        logger.warning(f"batch {batch.number} of redeem codes was not handed over, and is revoked")
        if not batch.by:
            await services.notices.tell_superusers(broken_off(batch))


async def reopen_conversations(services: ChatServices) -> None:
    """Lets every plugin open the conversations again that were open when the bot ended."""
    for reopener in registry.reopeners:
        await reopener(services)


async def end_silent_conversations(
    services: ChatServices, rest: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Ends conversations in which nothing was said for too long, for as long as the bot runs. They are
    checked every few seconds instead of by a timer each: the bot's clock is a parameter, which may be set."""
    while True:
        services.conversations.end_silent(services.application.monotonic())
        await rest(CHECKED_EVERY)


async def tell_reopened(services: ChatServices, bot: Bot) -> None:
    """Tells those whose conversation outlived a restart, or was lost by it."""
    for reopened in services.conversations.take_reopened(bot.self_id):
        await services.senders.of(bot).to_friend(reopened.account, reopened.text, expires_after=3_600)


async def tell_of_rereading(services: ChatServices, files: int) -> None:
    """Tells superusers that so many unchanged files are being read again, and that everything else goes
    on."""
    await services.notices.tell_superusers(
        f"程序升级了，正在按新的读法重读 {files} 个文件，读完再告诉你。其间照常答，篇号不变。"
    )


async def import_library(services: ChatServices) -> None:
    """Imports the library at the start, and tells superusers what needs their attention."""
    application = services.application
    last_logged = application.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal last_logged
        if application.monotonic() - last_logged >= _PROGRESS_EVERY:
            last_logged = application.monotonic()
            logger.info(f"import: {done} of {total} files")

    async def before_rereading(files: int) -> None:
        logger.info(f"import: {files} unchanged files are read again, as the parser is another one")
        if files > MANY_REREAD:
            # In the background: reading doesn't wait for QQ.
            services.answers.in_background(tell_of_rereading(services, files))

    try:
        report = await application.importer.run(progress=progress, before_rereading=before_rereading)
    except CannotWrite as error:
        logger.warning(f"the import at the start did not go on ({error.explanation.cause})")
        await services.notices.tell_superusers(
            f"启动时载入资料停下了：{error.explanation.cause}。现有资料照常可查；处理后请发“重新载入”。",
        )
        return
    except Exception:
        logger.exception("the import at the start failed")
        services.imports.add("failed")
        await services.notices.tell_superusers(
            "启动时载入资料出错了，已记录。现有资料照常可查；处理后请发“重新载入”。"
        )
        return
    services.imports.add("needs attention" if report.needs_attention else "complete")
    for line in report.render().splitlines():
        logger.info(line)
    if report.notifies_superusers:
        await services.notices.tell_superusers(report.render())
