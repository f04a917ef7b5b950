"""From the start to the end of the running bot."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

import pytest
from code_desk import CodeDesk
from conftest import MovableClock
from running_plugins import running
from speech_texts import PLAIN

from jianggao.application import Application
from jianggao.database import Database
from jianggao.settings import load_settings


async def test_what_is_loaded_for_good_is_not_looked_at_by_the_collector_again(
    plugins: None, tmp_path: Path, library: Path
) -> None:
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(tmp_path / "bot.db")})
    async with running(settings):
        kept, looked_at = gc.get_freeze_count(), len(gc.get_objects())
    assert kept > 100_000 and looked_at < kept / 2


async def test_what_goes_on_beside_the_answers_begins_with_the_bot_and_ends_with_it(
    plugins: None, tmp_path: Path, library: Path
) -> None:
    beside = {
        "import_library",
        "end_silent_conversations",
        "back_up_daily",
        "watch_database",
        "give_what_waits",
        "deliver",
        "remind",
    }
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(tmp_path / "bot.db")})
    async with running(settings):
        assert beside <= names_of_tasks()
    assert not beside & names_of_tasks()


async def test_a_start_that_fails_leaves_nothing_open(
    plugins: None, tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat import lifecycle

    def fail() -> None:
        raise MemoryError("no room for the dictionaries")

    monkeypatch.setattr(lifecycle, "warm_up", fail)
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(tmp_path / "bot.db")})
    with pytest.raises(MemoryError):
        async with running(settings):
            pass
    database = await Database.open(settings.database_file)  # nobody else has it
    await database.close()


def names_of_tasks() -> set[str]:
    return {task.get_coro().__name__ for task in asyncio.all_tasks()}  # type: ignore[union-attr]


async def test_superusers_hear_at_the_start_of_a_day_that_may_be_wrong(
    plugins: None,
    application: Application,
    library: Path,
    clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from jianggao.chat import lifecycle
    from jianggao.chat.services import ChatServices

    services, told = ChatServices(application), []

    async def tell(text: str) -> None:
        told.append(text)

    monkeypatch.setattr(services.notices, "tell_superusers", tell)
    await lifecycle.import_library(services)
    clock.advance(days=3)
    (library / "无日期.txt").write_text(PLAIN.replace("日期：2023-05-12\n\n", ""), encoding="utf-8")
    await lifecycle.import_library(services)
    assert len(told) == 1 and "晚了 3 天" in told[0] and "2026-03-21" in told[0]


async def test_superusers_hear_before_and_after_that_a_library_is_read_anew(
    plugins: None, application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat import lifecycle
    from jianggao.chat.services import ChatServices
    from jianggao.library import importer

    services, told = ChatServices(application), []

    async def tell(text: str) -> None:
        told.append(text)

    monkeypatch.setattr(services.notices, "tell_superusers", tell)
    monkeypatch.setattr(importer, "PARSER_VERSION", "a later one")
    await lifecycle.import_library(services)
    await services.answers.background_done()
    assert len(told) == 2 and "正在按新的读法重读 8 个文件" in told[0] and "篇号不变" in told[0]
    assert "没有改过的 8 个文件按新的读法重读完了" in told[1] and "没有变化" in told[1]
    await lifecycle.import_library(services)
    await services.answers.background_done()
    assert len(told) == 2, "once"


async def test_a_few_files_are_read_anew_without_a_word(
    plugins: None, application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat import lifecycle
    from jianggao.chat.services import ChatServices
    from jianggao.library import import_report, importer

    services, told = ChatServices(application), []

    async def tell(text: str) -> None:
        told.append(text)

    monkeypatch.setattr(services.notices, "tell_superusers", tell)
    monkeypatch.setattr(importer, "PARSER_VERSION", "a later one")
    monkeypatch.setattr(import_report, "MANY_REREAD", 8)
    monkeypatch.setattr(lifecycle, "MANY_REREAD", 8)
    await lifecycle.import_library(services)
    await services.answers.background_done()
    assert told == []


async def test_codes_that_were_not_handed_over_are_revoked_at_the_start(
    plugins: None, tmp_path: Path, library: Path
) -> None:
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(tmp_path / "bot.db")})
    database = await Database.open(settings.database_file)
    await CodeDesk(database).make(2, active=False)
    await database.close()
    async with running(settings):
        pass
    database = await Database.open(settings.database_file)
    states = await CodeDesk(database).rows("SELECT state FROM code_batches")
    await database.close()
    assert states == [("revoked",)]
