"""The daily backup: made once a day, also when the bot was off; what goes wrong is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from simulated_chat import SUPERUSER, Chat

from jianggao.application import Application
from jianggao.backups import backups_in

DailyOf = Callable[[Application], Any]


class RecordedNotices:
    """What superusers are told, in order; each matter as often as it is said."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def tell_superusers(self, text: str) -> bool:
        self.texts.append(text)
        return True

    async def tell_superusers_daily(self, matter: str, text: str, now: object) -> None:
        self.texts.append(text)


@pytest.fixture
def notices(plugins: None) -> RecordedNotices:
    return RecordedNotices()


@pytest.fixture
def told(notices: RecordedNotices) -> list[str]:
    return notices.texts


@pytest.fixture
def daily_of(notices: RecordedNotices) -> DailyOf:
    from jianggao.chat.daily_backups import DailyBackup, backup_folder

    def daily(application: Application) -> Any:
        assert application.settings.backup_dir is not None
        folder = backup_folder(application, application.settings.backup_dir)
        return DailyBackup(application, folder, notices)  # type: ignore[arg-type]

    return daily


def services_of(application: Application, notices: RecordedNotices) -> Any:
    return SimpleNamespace(application=application, notices=notices)


def stored(application: Application) -> list[str]:
    assert application.settings.backup_dir is not None
    return [one.path.parent.name for one in reversed(backups_in(application.settings.backup_dir))]


async def test_one_a_day_at_a_quiet_hour_and_the_first_a_minute_after_the_start(
    application: Application, clock: Any, told: list[str], daily_of: DailyOf
) -> None:
    daily = daily_of(application)
    await daily.check()
    assert stored(application) == []
    clock.advance(seconds=61)
    await daily.check()
    assert stored(application) == ["20260318-120101"]
    for _ in range(4 * 24):
        clock.advance(minutes=15)
        await daily.check()
    assert stored(application) == ["20260318-120101", "20260319-033101"]
    assert told == []


async def test_old_ones_go_when_a_new_one_is_good(
    application: Application, clock: Any, told: list[str], daily_of: DailyOf
) -> None:
    daily = daily_of(application)
    for _ in range(20):
        clock.advance(days=1)
        await daily.check()
    assert len(stored(application)) in (8, 9, 10)


async def test_several_that_were_missed_are_made_up_for_and_told(
    application: Application, clock: Any, told: list[str], daily_of: DailyOf
) -> None:
    clock.advance(days=1)
    first = daily_of(application)
    clock.advance(minutes=2)
    await first.check()
    clock.advance(days=1)
    again = daily_of(application)  # as after a night in which the bot was off
    clock.advance(minutes=2)
    await again.check()
    assert len(stored(application)) == 2 and told == []
    clock.advance(days=3)
    again = daily_of(application)
    clock.advance(minutes=2)
    await again.check()
    assert len(stored(application)) == 3
    assert len(told) == 1 and "错过了 3 次" in told[0] and stored(application)[-1] in told[0]


async def test_a_failure_is_told_tried_again_in_an_hour_and_its_end_is_told(
    application: Application, clock: Any, told: list[str], daily_of: DailyOf
) -> None:
    key = application.database.path.with_name("bot.marks.key")
    content = key.read_bytes()
    key.unlink()
    daily = daily_of(application)
    clock.advance(minutes=2)
    await daily.check()
    assert len(told) == 1 and "bot.marks.key" in told[0] and "还没有好的备份" in told[0]
    key.write_bytes(content)
    clock.advance(minutes=30)
    await daily.check()
    assert stored(application) == []
    clock.advance(minutes=31)
    await daily.check()
    assert len(stored(application)) == 1 and len(told) == 2 and "又做成了" in told[1]


async def test_what_nobody_expected_is_told_too_and_ends_nothing(
    application: Application,
    clock: Any,
    told: list[str],
    daily_of: DailyOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*anything: object) -> None:
        raise RuntimeError("unexpected")

    monkeypatch.setattr("jianggao.backups.backup.write_manifest", fails)
    daily = daily_of(application)
    clock.advance(minutes=2)
    await daily.check()
    assert stored(application) == [] and "出错了，已记录" in told[0]


async def test_a_backup_by_hand_counts_for_the_day(chat: Chat, clock: Any, daily_of: DailyOf) -> None:
    await chat.ask("备份", SUPERUSER)
    daily = daily_of(chat.application)
    clock.advance(minutes=2)
    await daily.check()
    assert len(stored(chat.application)) == 1


async def test_backups_from_the_future_of_a_wrong_clock_keep_none_from_being_made(
    application: Application, clock: Any, told: list[str], daily_of: DailyOf
) -> None:
    clock.advance(days=400)
    daily = daily_of(application)
    clock.advance(minutes=2)
    await daily.check()
    clock.now -= timedelta(days=400)
    daily = daily_of(application)
    clock.advance(minutes=2)
    await daily.check()
    clock.advance(days=1)
    await daily.check()
    assert len(stored(application)) == 3


async def test_a_folder_that_cannot_be_used_is_told(
    open_application: Callable[..., Any],
    clock: Any,
    told: list[str],
    daily_of: DailyOf,
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    application: Application = await open_application(BACKUP_DIR=str(tmp_path / "file" / "backups"))
    daily = daily_of(application)
    clock.advance(minutes=2)
    await daily.check()
    assert len(told) == 1 and "是文件，不是文件夹" in told[0]


async def test_off_makes_none_and_by_hand_still_works(
    open_application: Callable[..., Any], clock: Any, notices: RecordedNotices
) -> None:
    from jianggao.chat.daily_backups import back_up_daily

    application: Application = await open_application(BACKUP_DIR="off")

    async def never(seconds: float) -> None:
        raise AssertionError("there is nothing to wait for")

    await back_up_daily(services_of(application, notices), never)
    assert application.settings.backup_dir is None


async def test_it_looks_again_and_again_by_a_clock_that_is_moved(
    application: Application, clock: Any, notices: RecordedNotices
) -> None:
    from jianggao.chat.daily_backups import back_up_daily

    moves = iter((120, 86_400, 10, 86_400))

    async def rest(seconds: float) -> None:
        clock.advance(seconds=next(moves, None) or await _end())

    with pytest.raises(asyncio.CancelledError):
        await back_up_daily(services_of(application, notices), rest)
    assert len(stored(application)) == 3


async def _end() -> float:
    raise asyncio.CancelledError


async def test_a_database_gone_wrong_makes_no_backup_and_deletes_none(
    application: Application, clock: Any, told: list[str], daily_of: DailyOf
) -> None:
    daily = daily_of(application)
    clock.advance(minutes=2)
    await daily.check()
    async with application.database.write() as connection:
        await connection.execute("DROP TRIGGER ledger_never_updated")
        await connection.execute(
            """INSERT INTO ledger (kind, member, by_account, at, duration, note, message)
               VALUES ('grant', '20001', '9', 'not a moment', 'P1Y0M0W0D', '', 'm1')"""
        )
    clock.advance(days=1)
    await daily.check()
    assert len(stored(application)) == 1 and "会员记录里有读不懂的" in told[-1]


def test_the_default_folder_is_beside_the_database(application: Application) -> None:
    assert application.settings.backup_dir == application.database.path.parent / "backups"
