"""Superusers hear of a database that cannot be used, once, and again when it can."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from foreign_lock import held_by_another
from simulated_chat import SUPERUSER, VISITOR, Chat


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianggao.database.writer.PATIENCE_MS", 200)


def stored(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(sql)]


class Told:
    """What superusers were told."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def tell_superusers(self, text: str) -> bool:
        self.texts.append(text)
        return True


async def test_superusers_hear_once_with_the_cause_and_again_when_it_is_over(chat: Chat) -> None:
    from jianggao.chat.database_watch import DatabaseWatch

    told = Told()
    watch = DatabaseWatch(chat.application, told)

    async def looks(count: int) -> None:
        for _ in range(count):
            chat.clock.advance(seconds=2)
            await watch.check()
            await asyncio.sleep(0)  # the telling goes on beside

    await looks(3)
    assert told.texts == []
    with held_by_another(chat.application.database.path) as holder:
        for number in range(30):
            await chat.ask(f"开通 {40_000 + number} 1年", SUPERUSER)
        await looks(60)
        assert len(told.texts) == 1
        assert f"进程 {holder}" in told.texts[0]
    await looks(20)
    assert len(told.texts) == 2
    assert "又能写了" in told.texts[1]
    assert (await chat.ask(f"开通 {VISITOR} 1年", SUPERUSER)).startswith("已开通")
    await looks(20)
    assert len(told.texts) == 2


async def test_what_waits_is_stored_also_where_nothing_was_wrong_with_the_database(chat: Chat) -> None:
    from jianggao.chat.database_watch import DatabaseWatch
    from jianggao.database.processed_messages import ProcessedMessage

    ProcessedMessage("one message", chat.application.clock(), chat.application.database).record_later()
    await DatabaseWatch(chat.application, Told()).check()
    assert "one message" in stored(chat.application.database.path, "SELECT message FROM claims")


async def test_tries_come_at_growing_intervals(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    from jianggao.chat.database_watch import DatabaseWatch

    watch, tries = DatabaseWatch(chat.application, Told()), []
    start = chat.clock.monotonic()

    async def still_locked() -> bool:
        tries.append(chat.clock.monotonic() - start)
        return False

    with held_by_another(chat.application.database.path):
        await chat.ask("帮助", VISITOR)
        monkeypatch.setattr(
            type(chat.application.database.writer), "try_to_write", lambda writer: still_locked()
        )
        for _ in range(60):
            await watch.check()
            chat.clock.advance(seconds=2)
    gaps = [tries[at + 1] - tries[at] for at in range(len(tries) - 1)]
    assert gaps == sorted(gaps)
    assert gaps[0] == 4
    assert gaps[-1] == 30


async def test_a_database_that_has_gone_is_told_without_any_command(chat: Chat) -> None:
    from jianggao.chat.database_watch import DatabaseWatch

    told = Told()
    watch = DatabaseWatch(chat.application, told)
    path = chat.application.database.path
    aside = path.with_name("aside")
    path.rename(aside)
    try:
        await watch.check()
        await asyncio.sleep(0)
        await watch.check()
        answer = await chat.ask(f"开通 {VISITOR} 1年", SUPERUSER)
    finally:
        aside.rename(path)
    assert len(told.texts) == 1
    assert "不见了" in told.texts[0]
    assert "数据库文件不见了" in answer
    chat.clock.advance(minutes=1)
    await watch.check()
    await watch.check()
    assert (await chat.ask(f"开通 {VISITOR} 1年", SUPERUSER)).startswith("已开通")
