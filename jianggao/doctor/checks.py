"""Lists the checks in their order and runs them."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from jianggao.clock import Clock, system_clock
from jianggao.database.failures import explain_error
from jianggao.doctor import (
    database_file,
    evidence,
    keys,
    ledger,
    library_texts,
    outbox,
    redeem_codes,
    schema,
    search_index,
    surroundings,
    topics,
)
from jianggao.doctor.finding import CheckContext, Finding
from jianggao.doctor.migrations import AFTER_THE_UPGRADE, is_of_the_schema, pending_migrations
from jianggao.errors import JianggaoError
from jianggao.settings import Settings

logger = logging.getLogger(__name__)

MANY = 500
"""The number of speeches from which on a second process saves more time than its start takes."""
_UNREADABLE = (sqlite3.Error, OSError, ValueError, TypeError, LookupError, ArithmeticError)
"""What a check can raise when it reads damaged bytes: they decode to anything."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: what it is about, and the function that yields its findings."""

    what: str
    """Names the check where it can't say anything itself."""
    find: Callable[[CheckContext], Iterable[Finding]]
    in_quick: bool = True
    """Whether `--quick` runs it too; it may read less then (`CheckContext.quick`)."""
    needs_database: bool = True
    """Whether it is left out where the database can't be read."""
    needs_whole: bool = False
    """Whether it is left out where SQLite finds broken pages: it would say the same again, and less
    clearly."""
    takes_long: bool = False
    """Whether it runs in a process of its own beside the others, where there are many texts."""


CHECKS = (
    Check("设置", surroundings.check_settings, needs_database=False),
    Check("资料文件夹", surroundings.check_library_folder, needs_database=False),
    Check("运行环境", surroundings.check_machine, needs_database=False),
    Check("磁盘", surroundings.check_disk, needs_database=False),
    Check("文件权限", surroundings.check_file_modes, needs_database=False),
    Check("没写完的文件", surroundings.check_unfinished_files, needs_database=False),
    Check("记下的错误", surroundings.check_logged_errors, needs_database=False),
    Check("备份", surroundings.check_backups, needs_database=False),
    Check("数据库", database_file.check_database_file),
    Check("数据库结构", schema.check_schema),
    Check("密钥", keys.check_keys),
    Check("会员记录", ledger.check_ledger_fold),
    Check("卡密", redeem_codes.check_redeem_codes),
    Check("只增不改的记录", ledger.check_append_only_tables),
    Check("确认过的记录", ledger.check_acknowledged_entries),
    Check("会员记录的封存", ledger.check_ledger_seals),
    Check("时间", surroundings.check_clock),
    Check("举报", evidence.check_evidence, needs_whole=True),
    Check("讲稿", library_texts.check_listed_speeches, needs_whole=True),
    Check("主题", topics.check_topics, needs_whole=True),
    Check("读入", library_texts.check_broken_off_imports, needs_whole=True),
    Check("索引", search_index.check_texts, in_quick=False, needs_whole=True),
    Check("检索表", search_index.check_bigram_tables, in_quick=False, needs_whole=True, takes_long=True),
    Check("等着的回复", outbox.check_outbox),
    Check("超时的查询", surroundings.check_slow_questions),
)


async def examine(
    settings: Settings, *, quick: bool = False, now: Clock = system_clock, env_file: Path | None = None
) -> list[Finding]:
    """Returns the findings of all checks, in order; only those without a database if there is none. Raises
    nothing for what files hold."""
    context = CheckContext(settings, now(), quick, env_file)
    try:
        return await asyncio.to_thread(lambda: list(_all_findings(context)))
    finally:
        context.close()


def _all_findings(context: CheckContext) -> Iterator[Finding]:
    state = database_file.read_file_state(context)
    checks = [check for check in CHECKS if check.in_quick or not context.quick]
    for check in checks:
        if not check.needs_database:
            yield from run(check, context)
    yield from state.findings
    if not state.can_be_read:
        return
    # SQLite's own check comes before all others: they say less of the same damage.
    context = replace(context, damage=database_file.damage_of(context))
    with _begun_apart([check for check in checks if check.takes_long], context) as begun:
        for check in checks:
            if check.needs_database:
                yield from _ended(check, context, begun.get(check))


@contextmanager
def _begun_apart(
    checks: Sequence[Check], context: CheckContext
) -> Iterator[dict[Check, Future[list[Finding]]]]:
    """Yields these checks running in another process, with a connection of its own; none where there are few
    texts.

    To start a process would take longer then. A thread wouldn't help, as SQLite asks Python for the terms of
    every row.
    """
    if not checks or _speeches(context) < MANY:
        yield {}
        return
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as apart:
        alone = replace(context, connections=[])
        yield {check: apart.submit(_run_alone, check, alone) for check in checks}


def _ended(check: Check, context: CheckContext, begun: Future[list[Finding]] | None) -> list[Finding]:
    """Returns the findings of a check, which may have been run in another process."""
    if begun is not None:
        try:
            return begun.result()
        except BrokenExecutor:  # the system has ended the process: for want of memory, mostly
            logger.warning("check %s ended with its process, and is made again here", check.what)
    return run(check, context)


def _run_alone(check: Check, context: CheckContext) -> list[Finding]:
    try:
        return run(check, context)
    finally:
        context.close()


def _speeches(context: CheckContext) -> int:
    """Returns how many speeches are stored; 0 if that can't be read."""
    try:
        return int(context.rows("SELECT count(*) FROM speeches")[0][0])
    except _UNREADABLE:  # a check reports that
        return 0


def run(check: Check, context: CheckContext) -> list[Finding]:
    """Returns the findings of a check. That it can't read what is stored is a finding too, with the cause
    and what to do."""
    if check.needs_whole and context.damage is not None:
        return [Finding(check.what, noted="等数据库修好以后再查")]
    try:
        return list(check.find(context))
    except JianggaoError as error:
        if not isinstance(error.__cause__, _UNREADABLE):
            return [Finding(check.what, (str(error),))]
        # The error's own words may be about a backup.
        return [_broken_off(check, context, error.__cause__)]
    except _UNREADABLE as error:
        logger.debug("check %s broke off", check.what, exc_info=True)
        return [_broken_off(check, context, error)]


def _broken_off(check: Check, context: CheckContext, error: Exception) -> Finding:
    """Returns the finding of a check that can't read what is stored: why, and what to do."""
    # A missing table is reported by the check of the schema, or made by the next start.
    if is_of_the_schema(error):
        if pending_migrations(context):
            return Finding(check.what, noted=AFTER_THE_UPGRADE)
        return Finding(check.what, (f"查不了（{error}）。请先照“数据库结构”那一条做，再检查一遍。",))
    if context.damage is not None:
        return Finding(check.what, (f"查不了（{error}）。请先照“数据库”那一条做，再检查一遍。",))
    expected = explain_error(error, context.path, deletable_folders=context.settings.logs_and_backups)
    if expected is not None and not database_file.is_damage(error):
        return Finding(check.what, (str(expected),))
    return Finding(check.what, (f"存的内容读不懂（{type(error).__name__}：{error}）。{context.way_back}",))


def render(findings: Iterable[Finding]) -> Iterator[str]:
    """Yields a line for each finding, and below it lines on what is wrong. No line holds what a terminal
    would obey."""
    for finding in findings:
        yield f"{'✗' if finding.wrong else '✓'} {finding.what}" + (
            "" if finding.wrong else f"：{_plain(finding.noted)}"
        )
        yield from (f"  · {_plain(line)}" for line in finding.wrong)


def _plain(text: str) -> str:
    """Returns the text without what can't be printed: damaged names can hold anything."""
    return "".join(character if character.isprintable() else "�" for character in text)
