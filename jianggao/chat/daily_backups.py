"""Makes the daily backup (docs/rules.md, Backups).

Whether one is due is checked every few seconds: a timer would not notice that the clock was set.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nonebot import logger

from jianggao.application import Application
from jianggao.backups import BackupFolder, StoredBackup, backups_in, seal_ledger
from jianggao.backups.retention import count_missed
from jianggao.chat.sending.notices import Notices
from jianggao.chat.services import ChatServices
from jianggao.errors import JianggaoError

CHECK_INTERVAL = 5.0
"""Seconds between two checks whether a backup is due."""
FIRST_AFTER = 60.0
"""Seconds after the start until the first check, in which the bot has other work."""
AGAIN_AFTER = 3_600.0
"""Seconds until the next try after a backup that failed."""
_MATTER = "the daily backup"
_TOLD_WHEN_MISSED = 2
"""Missed backups of which superusers read. A bot that is off at night misses one, and makes it when it
starts."""


async def back_up_daily(
    services: ChatServices, rest: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Makes the daily backup whenever one is due, also one that was missed, for as long as the bot runs. Does
    nothing where BACKUP_DIR is off."""
    application = services.application
    if application.settings.backup_dir is None:
        return
    folder = backup_folder(application, application.settings.backup_dir)
    daily = DailyBackup(application, folder, services.notices)
    while True:
        await daily.check()
        await rest(CHECK_INTERVAL)


def backup_folder(application: Application, folder: Path) -> BackupFolder:
    """Returns the folder of this bot's backups."""
    return BackupFolder(application.database.path, folder, application.settings.timezone, application.clock)


@dataclass
class DailyBackup:
    """What is remembered from one check to the next."""

    application: Application
    folder: BackupFolder
    notices: Notices
    _not_before: float = field(init=False)
    _last: datetime | None = None
    """When the newest backup was made, as far as the folder was read."""
    _has_failed: bool = False

    def __post_init__(self) -> None:
        self._not_before = self.application.monotonic() + FIRST_AFTER

    async def check(self) -> None:
        """Makes a backup if one is due. Tells superusers of a failure; raises nothing."""
        application = self.application
        if application.monotonic() < self._not_before or not count_missed(
            self._last, application.clock(), application.settings.timezone
        ):
            return
        try:
            await self._make_if_due()
        except JianggaoError as error:
            await self._failed(str(error))
        except Exception:
            logger.exception("the daily backup failed")
            await self._failed("出错了，已记录。")

    async def _make_if_due(self) -> None:
        application, now = self.application, self.application.clock()
        before = self._last = await asyncio.to_thread(_newest_until, self.folder.folder, now)
        missed = count_missed(before, now, application.settings.timezone)
        if not missed:
            return
        await seal_ledger(application.database, application.keys, now)
        made = await self.folder.make(by_hand=False)
        self._last = made.manifest.made_at
        removed = await asyncio.to_thread(self.folder.clear_old, made)
        logger.info(f"daily backup {made.path.parent.name}, {len(removed)} old ones deleted")
        await self._succeeded(made, 0 if before is None else missed)

    async def _failed(self, why: str) -> None:
        """Notes a failure: the next try is in an hour, and superusers read of it once a day."""
        self._has_failed = True
        self._not_before = self.application.monotonic() + AGAIN_AFTER
        logger.warning("the daily backup was not made")
        last = "还没有好的备份"
        if self._last is not None:
            local = self._last.astimezone(self.application.settings.timezone)
            last = f"最近的好备份是 {local:%Y-%m-%d %H:%M} 的"
        text = f"自动备份没有做成：{why}（{last}。一小时后再试；处理好后也可以发“备份”。）"
        await self.notices.tell_superusers_daily(_MATTER, text, self.application.clock())

    async def _succeeded(self, made: StoredBackup, missed: int) -> None:
        name = made.path.parent.name
        if self._has_failed:
            self._has_failed = False
            await self.notices.tell_superusers(f"自动备份又做成了：{name}。")
        elif missed >= _TOLD_WHEN_MISSED:
            text = f"机器人没开的时候错过了 {missed} 次自动备份，已经补做：{name}。"
            await self.notices.tell_superusers(text)


def _newest_until(folder: Path, now: datetime) -> datetime | None:
    """Returns when the newest backup was made, None without one. Backups from the future don't count: they
    were made when the clock was wrong."""
    moments = (stored.manifest.made_at for stored in backups_in(folder))
    return max((moment for moment in moments if moment <= now), default=None)
