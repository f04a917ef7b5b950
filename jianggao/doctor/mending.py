"""Mends for `doctor --mend` what can be made again without touching anything that people entrusted to the
bot.

Ledger, deliveries, examinations, reports, codes and keys are never written here. Where pages of the file are
damaged, the file is copied aside first, byte for byte.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from jianggao.application import Application
from jianggao.backups.backup import backup_lock
from jianggao.clock import Clock, system_clock
from jianggao.database import Database
from jianggao.database.failures import explain_error
from jianggao.database.ownership import owned
from jianggao.database.private_files import database_files, make_private
from jianggao.doctor import rebuilding, topics
from jianggao.doctor.checks import examine
from jianggao.doctor.finding import CheckContext, Finding, Remedy
from jianggao.doctor.library_texts import broken_off_files
from jianggao.doctor.surroundings import secret_files_open_to_others, unfinished
from jianggao.errors import JianggaoError
from jianggao.install_paths import COMMAND
from jianggao.library import import_report_store, index, listing, speech_store
from jianggao.settings import Settings

_UNEXPECTED = (sqlite3.Error, OSError, ValueError, TypeError, LookupError)


@dataclass(slots=True)
class MendResult:
    """What was done, in Chinese lines, and what is found after it."""

    done: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


async def mend(
    settings: Settings,
    *,
    rebuild: bool = False,
    now: Clock = system_clock,
    env_file: Path | None = None,
    tell: Callable[[str], object] = lambda _: None,
) -> MendResult:
    """Does what helps against what is found; returns what was done.

    `rebuild` makes the index anew in any case. `tell` gets a line before something that takes long. Raises
    DatabaseInUse, before anything is touched, while a bot runs on the database.
    """
    mended = MendResult()
    with _locked(settings.database_file):
        findings = await examine(settings, now=now, env_file=env_file)
        wanted = {remedy for finding in findings for remedy in finding.remedies}
        if rebuild and settings.database_file.exists():
            wanted.add(Remedy.INDEX)
        context = CheckContext(settings, now(), env_file=env_file)
        for remedy, step in _WHILE_LOCKED.items():
            if remedy in wanted:
                await _do(partial(asyncio.to_thread, step, context), context, mended)
    # From here on the application opens the database and takes the lock itself.
    if Remedy.INDEX in wanted:
        tell("正在按讲稿重建索引，讲稿多时要几分钟……")
        await _do(lambda: _rebuild(settings), context, mended)
    if Remedy.IMPORT in wanted:
        await _do(lambda: _finish_imports(context), context, mended)
    mended.findings = await examine(settings, now=now, env_file=env_file)
    return mended


def _locked(database_file: Path) -> AbstractContextManager[None]:
    """Returns the database's lock, so that no bot starts meanwhile; where there is no folder for it, no
    bot runs there."""
    if not database_file.parent.is_dir():
        return nullcontext()
    return owned(database_file, f"运行 {COMMAND} doctor --mend")


async def _do(step: Callable[[], Awaitable[list[str]]], context: CheckContext, mended: MendResult) -> None:
    """Takes a step; if it fails, its cause is noted and the others go on."""
    try:
        mended.done += await step()
    except JianggaoError as error:
        mended.done.append(f"没做成：{error}")
    except _UNEXPECTED as error:
        expected = explain_error(error, context.path, deletable_folders=context.settings.logs_and_backups)
        mended.done.append(f"没做成：{expected or f'{type(error).__name__}：{error}'}")
    finally:
        context.close()


def _make_private(context: CheckContext) -> list[str]:
    make_private([*database_files(context.path), *secret_files_open_to_others(context.env_file)])
    return ["把数据文件改成了只有运行机器人的用户能读（600）"]


def _delete_leftovers(context: CheckContext) -> list[str]:
    with backup_lock(context.path):  # so that none of them is a backup under way
        found = unfinished(context)
        for folder in found:
            shutil.rmtree(folder)
    return [f"删掉了没写完的 {folder}" for folder in found]


def _remake_damaged(context: CheckContext) -> list[str]:
    return rebuilding.remake_damaged(context)


def _complete_schema(context: CheckContext) -> list[str]:
    with closing(rebuilding.open_to_write(context.path)) as connection:
        return [f"重新加上了 {name}" for name in rebuilding.complete_schema(connection)]


_WHILE_LOCKED: dict[Remedy, Callable[[CheckContext], list[str]]] = {
    Remedy.PRIVATE_FILES: _make_private,
    Remedy.LEFTOVERS: _delete_leftovers,
    Remedy.DAMAGED_INDEX: _remake_damaged,
    Remedy.SCHEMA: _complete_schema,
}
"""Steps for which no bot may start; the others open the database and lock it themselves."""


async def _rebuild(settings: Settings) -> list[str]:
    database = await Database.open(settings.database_file)
    try:
        async with database.write() as connection:
            await listing.settle_listed(connection)
            await topics.correct_topics(connection)
            await listing.rebuild_index(connection)
            await import_report_store.set_fact(connection, "index version", index.VERSION)
        async with database.read() as connection:
            speeches, sections = await speech_store.count_listed(connection)
    finally:
        await database.close()
    return [f"按讲稿重建了索引（{speeches} 篇、{sections} 段）"]


async def _finish_imports(context: CheckContext) -> list[str]:
    """Reads the files of which an import left a part, and no others."""
    files = await asyncio.to_thread(broken_off_files, context)
    context.close()
    application = await Application.open(context.settings, workers=0)
    try:
        for file in files:
            await application.importer.run(under=context.settings.library_dir / file)
    finally:
        await application.close()
    return [f"读完了 {file}" for file in files]
