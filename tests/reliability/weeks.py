"""Runs weeks of use in an hour: a town of groups and people uses the bot, whose clock is moved on by hours
again and again, while the library changes, backups are made, the line breaks and the bot is killed a few
times.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from hostile_calls import Call, text
from hostile_crowd import SETTINGS as CROWD_SETTINGS
from hostile_files import given
from implementation import Implementation
from installed_bot import ROOT, InstalledBot
from process import SUPERUSER, TOKEN, BotProcess
from process_figures import resident, waited_for_a_processor
from weeks_account import Account, account_of
from weeks_crowd import WeeksCrowd
from weeks_people import Town

from jianggao.benchmarks.generated import write_library

JUMPS, JUMP = 36, 20.0
"""How often the clock is moved on in the run, and by how many hours: less than a day, a month in all."""
KILLS = (0.01, 0.02, 0.03)
"""When the bot is killed, as shares of the run: early, so that memory is compared within one life."""
BASELINE = 1 / 6
"""When memory is measured first; of an hour, after ten minutes."""
CUTS, IMPORTS, BACKUPS = 12, 12, 6
_AWAY, _STILL_ANSWERED = 2.0, 10.0
"""Seconds that a cut lasts, and after which nobody waits any more for what was under way."""
_SAMPLED_EVERY = 5.0
_SPEECHES = 100
SETTINGS = {**CROWD_SETTINGS, "LOG_LEVEL": "INFO"}


class ClockedBot(InstalledBot):
    """The bot as an operator has it, but started so that its clock can be moved."""

    def command(self) -> list[str]:
        return BotProcess.command(self)

    def settings(self) -> dict[str, str]:
        return BotProcess.settings(self)

    def environment(self) -> dict[str, str]:
        return {**InstalledBot.environment(self), **self.settings()}


@dataclass
class Weeks:
    """One long run."""

    folder: Path
    minutes: float
    town: Town
    seed: int
    rate: float
    tell: Callable[[str], None] = lambda line: None
    kills: int = 0
    cuts: int = 0
    jumps: int = 0
    imports: int = 0
    backups: int = 0
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Samples: seconds since the beginning, megabytes."""
    children: float = 0.0

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._library = self.folder / "library"
        write_library(self._library, _SPEECHES, [ROOT / "data" / "speeches"], self.seed)
        self.bot = ClockedBot(self.folder / "bot", self._library, SETTINGS)
        self.qq = Implementation(self.bot.port, TOKEN, offset=self.bot.offset, answer=given)
        self.crowd = WeeksCrowd(
            self.qq,
            0,
            self.seed,
            town=self.town,
            rate=self.rate,
            waited=lambda: waited_for_a_processor(self.bot.pid),
        )

    async def run(self) -> Account:
        """Runs all of it and returns the account of what came of it."""
        await asyncio.to_thread(self.bot.verb, "import")
        await asyncio.to_thread(self.bot.start)
        try:
            await self.qq.connect()
            await self._furnish()
            self._began = time.monotonic()
            self.crowd.begin()
            sampling = asyncio.create_task(self._sample())
            await self._follow_the_plan()
            await self.crowd.end()
            sampling.cancel()
            await asyncio.gather(sampling, return_exceptions=True)
            seconds = time.monotonic() - self._began
            await self.qq.close()
            code = await asyncio.to_thread(self.bot.stop)
            return await asyncio.to_thread(account_of, self, seconds, code)
        finally:
            await self.qq.close()
            self.bot.end()

    async def _furnish(self) -> None:
        for group in self.town.member_groups:
            await self.qq.ask("绑定会员群", person=SUPERUSER, group=group)
        for group in self.town.free_groups:
            await self.qq.ask("绑定免费群", person=SUPERUSER, group=group)
        for at, member in enumerate(self.town.members):
            span = ("1周", "3周", "1年", "3年")[at % 4]
            await self.qq.ask(f"开通 {member} {span}", person=SUPERUSER)

    # --- the plan -------------------------------------------------------------------------------------------

    async def _follow_the_plan(self) -> None:
        deeds: list[tuple[float, Callable[[], Awaitable[None]]]] = [
            *((share, self._kill) for share in KILLS),
            *((at / (JUMPS + 1), self._jump) for at in range(1, JUMPS + 1)),
            *(((at - 0.5) / CUTS, self._cut) for at in range(1, CUTS + 1)),
            *(((at - 0.3) / IMPORTS, self._import) for at in range(1, IMPORTS + 1)),
            *(((at - 0.6) / BACKUPS, self._back_up) for at in range(1, BACKUPS + 1)),
        ]
        for share, do in sorted(deeds, key=lambda deed: deed[0]):
            await asyncio.sleep(max(0.0, self._began + 60 * self.minutes * share - time.monotonic()))
            await do()
            self.tell(f"{(time.monotonic() - self._began) / 60:5.1f} min  {do.__name__.strip('_')}")
        await asyncio.sleep(max(0.0, self._began + 60 * self.minutes - time.monotonic()))

    async def _jump(self) -> None:
        await self.crowd.hold()
        self.bot.advance(days=JUMP / 24)
        self.jumps += 1
        self.crowd.go_on()

    async def _kill(self) -> None:
        self.crowd.interrupt()
        await asyncio.to_thread(self.bot.kill)
        await self.qq.close()
        self.crowd.give_up()
        await asyncio.to_thread(self.bot.start)
        await self.qq.connect()
        self.kills += 1
        self.crowd.go_on()

    async def _cut(self) -> None:
        self.crowd.interrupt()
        await self.qq.cut()
        await asyncio.sleep(_AWAY)
        await self.qq.connect()
        self.cuts += 1
        self.crowd.go_on()
        asyncio.get_running_loop().call_later(_STILL_ANSWERED, self.crowd.give_up)

    async def _import(self) -> None:
        """Changes files while people read them, and has the operator import them."""
        rng, files = self._chance, sorted(self._library.rglob("*.txt"))
        for file in rng.sample(files, 5):
            changed = (
                f"第{rng.randrange(10**6)}号补充：会后又核了一遍台账，原来报的数字改了三处，都贴在门口了。"
            )
            with file.open("a", encoding="utf-8") as opened:
                opened.write(changed + "\n")
        gone = rng.choice(files)
        fresh = gone.with_name(f"新到{rng.randrange(10**6)}.txt")
        gone.rename(fresh)
        await self.crowd.say_once(Call("operator heavy", text("重新载入")))
        self.imports += 1

    async def _back_up(self) -> None:
        await self.crowd.say_once(Call("operator heavy", text("备份")))
        self.backups += 1

    async def _sample(self) -> None:
        from process_figures import children

        while True:
            with suppress(AssertionError):
                pid = self.bot.pid
                self.memory.append((time.monotonic() - self._began, resident(pid)))
                self.children = max(self.children, sum(map(resident, children(pid))))
            await asyncio.sleep(_SAMPLED_EVERY)


async def run_weeks(
    folder: Path,
    *,
    minutes: float,
    groups: int,
    people: int,
    seed: int = 1,
    rate: float = 6.0,
    tell: Callable[[str], None] = lambda line: None,
) -> Account:
    """Runs for so many minutes with so many groups and people, and returns the account."""
    folder.mkdir(parents=True, exist_ok=True)
    return await Weeks(folder, minutes, Town.of(groups, people), seed, rate, tell).run()
