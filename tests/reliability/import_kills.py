"""Kills a bot while it reads the library: the first time, and when files have changed, come and gone.

Checked after each: the file is whole, what was acknowledged before is there; and when the bot has been
started again, the library holds what a clean import of the same files holds, every file under the number that
it had.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from implementation import Implementation
from installed_bot import ROOT, InstalledBot, tracebacks
from kill_points import Point, commit
from kills import SETTINGS, Kill, KillSeries, doctor_finds
from process import SUPERUSER, TOKEN
from speech_texts import numbered
from stored import is_whole, listed_texts, rows_of
from waiting import until

from jianggao.application import Application
from jianggao.benchmarks.generated import write_library
from jianggao.settings import load_settings

_SPEECHES = 24
_STARTS_IN, _READS_FOR = 4.0, 2.5
"""Seconds of a start, and of an import: kills are drawn from these."""
_DIES_WITHIN = 10.0
_COMMITS = 12
_MEMBER = 50_001


class ImportKills:
    """One bot whose library is read, changed and read again."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)
        self._library = folder / "library"
        write_library(self._library, _SPEECHES, [ROOT / "data" / "speeches"], seed)
        self._bots = 0
        self._members: list[int] = []
        self.bot = self._fresh_bot()

    async def kill_in_first_import(self, number: int) -> Kill:
        """Kills a bot with a new database, at any moment up to the end of the import."""
        self.bot.end()
        self.bot = self._fresh_bot()
        self._members = []
        seconds = self._chance.random() * (_STARTS_IN + _READS_FOR)
        point = Point(f"{seconds:.2f} s after its first start", "moments", lambda stage: None)
        self.bot.launch()
        await asyncio.sleep(seconds)
        return await self._looked_after(Kill(number, "first import", point))

    async def kill_in_reload(self, number: int) -> Kill:
        """Kills a bot that reads changed files, just after the operator has made somebody a member."""
        self._change_files()
        qq = Implementation(self.bot.port, TOKEN)
        await qq.connect()
        member = _MEMBER + number
        await qq.ask(f"开通 {member} 1年", person=SUPERUSER)
        self._members.append(member)
        point = self._point()
        if point.order:
            self.bot.order_death(point.order)
        await qq.say("重新载入", person=SUPERUSER)
        seconds = _DIES_WITHIN if point.order else self._chance.random() * _READS_FOR
        await until(lambda: self.bot.end_code() is not None, seconds)
        kill = Kill(number, "changed files", point, reached=self.bot.end_code() is not None)
        self.bot.kill()
        await qq.close()
        self.bot.orders.unlink(missing_ok=True)
        kill.reached = kill.reached or not point.order
        return await self._looked_after(kill)

    def _point(self) -> Point:
        if self._chance.random() < 0.4:
            return Point("while the files are read", "moments", lambda stage: None)
        return commit(self._chance.choice(("before", "after")), self._chance.randint(1, _COMMITS))

    async def _looked_after(self, kill: Kill) -> Kill:
        self.bot.kill()
        kill.asked = kill.acknowledged = len(self._members)
        numbers = self._numbers()
        if self.bot.database.exists() and not is_whole(self.bot.database):
            kill.faults.append("the database is damaged")
        await asyncio.to_thread(self.bot.start)
        clean = await self._clean_import()
        if listed_texts(self.bot.database) != clean:
            kill.faults.append("the library isn't what a clean import gives")
        now = self._numbers()
        if any(now.get(path, number) != number for path, number in numbers.items()):
            kill.faults.append("a speech has another number now")
        stored = {int(member) for (member,) in rows_of(self.bot.database, "SELECT member FROM ledger")}
        lost = set(self._members) - stored
        kill.faults += [f"{member} was acknowledged and is lost" for member in lost]
        kill.faults += await doctor_finds(self.bot)
        return kill

    def _numbers(self) -> dict[str, int]:
        """Returns the number of each file's speech; nothing while there is no usable database."""
        if not self.bot.database.exists():
            return {}
        tables = rows_of(self.bot.database, "SELECT 1 FROM sqlite_master WHERE name = 'sources'")
        if not tables:
            return {}
        sql = "SELECT path, speech FROM sources WHERE present = 1 AND speech IS NOT NULL"
        return {str(path): int(number) for path, number in rows_of(self.bot.database, sql)}

    def _change_files(self) -> None:
        """Changes a few files, deletes one, adds one and renames one."""
        files = sorted(self._library.rglob("*.txt"))
        changed = self._chance.sample(files, 6)
        for file in changed[:4]:
            with file.open("a", encoding="utf-8") as opened:
                opened.write(f"会后补充第{self._chance.randrange(10**6)}号：数字已经改过，贴在门口。\n")
        changed[4].unlink()
        changed[5].rename(changed[5].with_name(f"改名{self._chance.randrange(10**6)}.txt"))
        seed = self._chance.randrange(10_000)
        changed[4].with_name(f"新到{seed}.txt").write_text(numbered("渠道养护", seed), "utf-8")

    def _fresh_bot(self) -> InstalledBot:
        self._bots += 1
        return InstalledBot(self._folder / f"bot{self._bots}", self._library, SETTINGS)

    async def _clean_import(self) -> list[tuple[object, ...]]:
        """Returns what an undisturbed import of these files into an empty database lists."""
        self._bots += 1
        database = self._folder / f"clean{self._bots}" / "bot.db"
        values = {"DATABASE_FILE": str(database), "LIBRARY_DIR": str(self._library)}
        application = await Application.open(load_settings(values), workers=0)
        try:
            await application.importer.run()
        finally:
            await application.close()
        return listed_texts(database)


async def run_import_kills(series: KillSeries, folder: Path, count: int, seed: int) -> None:
    """Kills so many times, the first third during a first import, and adds the kills to the series."""
    kills = ImportKills(folder, seed)
    try:
        for at in range(count):
            first = at <= count // 3
            number = len(series.kills) + 1
            made = await (kills.kill_in_first_import(number) if first else kills.kill_in_reload(number))
            series.add(made)
        series.tracebacks += tracebacks(kills.bot.log)
    finally:
        kills.bot.end()
