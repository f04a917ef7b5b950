"""Kills a bot again and again in the middle of its work, and checks after each kill what became of its
promises.

Checked right after the kill: the file is whole, and nothing acknowledged is gone. Then the bot is started
again, every message of the scene is said once more with its own id, as implementations do after a
reconnection, and it is checked that everything has happened once, was answered once or is listed to the
superuser, and that doctor finds nothing.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from installed_bot import InstalledBot, tracebacks
from kill_points import Point, drawn
from kill_scene import Scene
from kill_scenes import SCENES
from kill_stage import KillStage
from process import PACELESS, RATELESS, SUPERUSER, BotProcess
from speech_texts import numbered, write_library
from stored import is_whole
from waiting import until

from jianggao.clock import system_clock
from jianggao.doctor import examine
from jianggao.settings import load_settings

SETTINGS = {**PACELESS, **RATELESS, "FULL_TEXTS_PER_DAY": "1000000", "SECTIONS_PER_DAY": "1000000"}
_FURNISHED_WITHIN = 60.0
_DIES_WITHIN = 12.0
_SETTLES_WITHIN = 15.0
_GOES_ON_FOR = 60.0


@dataclass
class Kill:
    """One kill, and what was wrong after it."""

    number: int
    scene: str
    point: Point
    reached: bool = True
    """Whether the bot died where it should; otherwise the scene was over, and it died idle."""
    asked: int = 0
    acknowledged: int = 0
    listed: int = 0
    faults: list[str] = field(default_factory=list)

    def render(self) -> str:
        """Returns a line on the kill, and one for each fault."""
        where = self.point.name if self.reached else f"idle ({self.point.name} never came)"
        line = (
            f"{self.number:>4}  {self.scene}, {where}: {self.asked} asked, {self.acknowledged} acknowledged"
        )
        return "\n".join([line, *(f"      FAULT {fault}" for fault in self.faults)])


@dataclass
class KillSeries:
    """What came of a series of kills."""

    seed: int
    kills: list[Kill] = field(default_factory=list)
    seconds: float = 0.0
    tracebacks: int = 0
    tell: Callable[[Kill], None] = lambda kill: None
    """Gets each kill."""

    def add(self, kill: Kill) -> None:
        """Adds a kill."""
        self.kills.append(kill)
        self.tell(kill)

    @property
    def faults(self) -> list[str]:
        """Everything that was wrong, each with its kill."""
        found = [
            f"kill {kill.number} ({kill.scene}): {fault}" for kill in self.kills for fault in kill.faults
        ]
        return found + ([f"{self.tracebacks} tracebacks in the log"] if self.tracebacks else [])

    def figures(self) -> dict[str, object]:
        """Returns the figures of the summary."""
        reached = [kill for kill in self.kills if kill.reached]
        return {
            "kills": len(self.kills),
            "at the chosen point": len(reached),
            "seed": self.seed,
            "by scene": dict(Counter(kill.scene for kill in self.kills)),
            "by point": dict(Counter(kill.point.kind for kill in reached)),
            "changes asked for": sum(kill.asked for kill in self.kills),
            "acknowledged before the kill": sum(kill.acknowledged for kill in self.kills),
            "listed to the superuser": sum(kill.listed for kill in self.kills),
            "tracebacks": self.tracebacks,
            "minutes": round(self.seconds / 60, 1),
        }


async def run_scene_kills(series: KillSeries, folder: Path, count: int, seed: int) -> None:
    """Kills one bot so many times, scene by scene in turn, and adds the kills to the series."""
    rng = random.Random(seed)
    library = folder / "library"
    write_library(library)
    for at in range(6):
        (library / "水利" / f"new{at}.txt").write_text(numbered("渠道养护", 40 + at), "utf-8")
    stage = KillStage.on(InstalledBot(folder / "bot", library, SETTINGS), rng)
    try:
        await asyncio.to_thread(stage.bot.start)
        await stage.qq.connect()
        for at in range(count):
            scene = SCENES[at % len(SCENES)]()
            kill = Kill(len(series.kills) + 1, scene.name, drawn(rng, scene.answers))
            await _kill_in(stage, scene, kill)
            series.add(kill)
        await stage.qq.close()
        await asyncio.to_thread(stage.bot.stop)
        series.tracebacks += tracebacks(stage.bot.log)
        ended = await asyncio.to_thread(stage.bot.verb, "doctor")
        if ended.returncode:
            series.kills[-1].faults.append(
                f"doctor ended with {ended.returncode}: {ended.stdout}{ended.stderr}"
            )
    finally:
        stage.bot.end()
        await stage.qq.close()


async def _kill_in(stage: KillStage, scene: Scene, kill: Kill) -> None:
    if not stage.qq.connected:  # a machine that is very busy may miss the pings of a line
        await stage.qq.connect()
    await asyncio.wait_for(scene.furnish(stage), _FURNISHED_WITHIN)
    stage.promises.begin_life()
    await _die(stage, scene, kill)
    promises = stage.promises
    promises.end_life()
    kill.asked = len(promises.fresh)
    kill.acknowledged = sum(effect.acknowledged for effect in promises.fresh)
    if not await asyncio.to_thread(is_whole, stage.bot.database):
        kill.faults.append("the database is damaged")
    kill.faults += await asyncio.to_thread(promises.broken, over=False)
    await asyncio.to_thread(stage.bot.start)
    await stage.qq.close()
    await stage.qq.connect()
    await _say_all_again(stage)
    await _go_on(stage, scene, kill)
    await promises.settle(_SETTLES_WITHIN)
    await until(lambda: not scene.wrong(stage), _SETTLES_WITHIN)
    kill.listed = sum(effect.listed for effect in promises.fresh)
    kill.faults += await asyncio.to_thread(promises.broken, over=True)
    kill.faults += scene.wrong(stage) + await doctor_finds(stage.bot)
    promises.begin_life()


async def _die(stage: KillStage, scene: Scene, kill: Kill) -> None:
    """Lets the scene go on until the bot is dead."""
    kill.point.arm(stage)
    acting = asyncio.create_task(scene.act(stage))
    deadline = time.monotonic() + _DIES_WITHIN
    while stage.bot.end_code() is None and time.monotonic() < deadline:
        if acting.done() and acting.exception() is None and kill.reached:
            kill.reached = False
            deadline = time.monotonic() + 1.0  # the scene is over: what was to come last may still come
        await asyncio.sleep(0.01)
    kill.reached = stage.bot.end_code() is not None
    stage.struck = lambda sent: None
    await asyncio.to_thread(stage.bot.kill)
    stage.bot.orders.unlink(missing_ok=True)
    acting.cancel()
    await asyncio.gather(acting, return_exceptions=True)
    await stage.qq.ended()


async def _say_all_again(stage: KillStage) -> None:
    """Says every message of this life once more, each with its own id and time."""
    for effect in list(stage.promises.fresh):
        await stage.qq.repeat(effect.event)
    await stage.qq.settle(person=SUPERUSER)


async def _go_on(stage: KillStage, scene: Scene, kill: Kill) -> None:
    try:
        await asyncio.wait_for(scene.go_on(stage), _GOES_ON_FOR)
    except (asyncio.TimeoutError, AssertionError) as error:
        kill.faults.append(f"it could not go on after the restart ({type(error).__name__})")


async def doctor_finds(bot: BotProcess) -> list[str]:
    """Returns what doctor finds wrong with a bot's database, by the bot's own clock.

    It runs in a thread, so that pings are answered meanwhile.
    """
    settings = load_settings({"DATABASE_FILE": str(bot.database), "LIBRARY_DIR": str(bot.library)})

    def now() -> datetime:
        return system_clock() + timedelta(seconds=bot.offset())

    findings = await asyncio.to_thread(lambda: asyncio.run(examine(settings, now=now)))
    return [f"doctor: {finding.what}: {wrong}" for finding in findings for wrong in finding.wrong]
