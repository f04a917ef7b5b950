"""What `python bot.py doctor` looks at: the file, the keys, the ledger, the index against the texts.

Reads only, so that it can look at a running bot's database.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import aiosqlite

from jianggao.clock import from_text
from jianggao.database import check_integrity
from jianggao.database.keys import PURPOSES, key_file, key_id
from jianggao.database.private_files import files_of, readable_by_others
from jianggao.errors import JianggaoError
from jianggao.library import hidden, index, store
from jianggao.membership import store as ledger_store
from jianggao.membership.ledger import fold, undone_by
from jianggao.settings import Settings

_REBUILD = "请停掉机器人，运行 python bot.py doctor --rebuild 重建索引。"
_TRIGGERS = frozenset(
    {
        "ledger_never_updated",
        "ledger_never_deleted",
        "ledger_never_replaced",
        "deliveries_only_settled",
        "deliveries_settled_alone",
        "deliveries_never_deleted",
        "deliveries_never_replaced",
        "looks_never_updated",
        "looks_never_deleted",
        "looks_never_replaced",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, and what is wrong (empty: nothing)."""

    what: str
    wrong: tuple[str, ...] = ()
    noted: str = ""
    """What was seen, where nothing is wrong."""


async def examine(settings: Settings) -> list[Finding]:
    """All checks, in order. Where there is no database yet, only what can be looked at without one."""
    findings = [_library_folder(settings)]
    path = settings.database_file
    if not path.exists():
        return [*findings, Finding("数据库", noted=f"还没有（{path}），第一次启动或导入时建立")]
    try:
        check_integrity(path)
    except JianggaoError as error:
        return [*findings, Finding("数据库", (str(error),))]
    async with _reading(path) as connection:
        return [
            *findings,
            _modes(path),
            await _database(connection, path),
            await _keys(connection, path),
            await _ledger(connection, settings),
            await _reports(connection),
            await _index(connection),
            await _slow_questions(connection, settings),
        ]


@asynccontextmanager
async def _reading(path: Path) -> AsyncIterator[aiosqlite.Connection]:
    async with aiosqlite.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        await hidden.stand_in(connection)
        await connection.execute("BEGIN")
        yield connection


def _library_folder(settings: Settings) -> Finding:
    folder = settings.library_dir
    if not folder.is_dir():
        return Finding("资料文件夹", (f"{folder} 不在。请检查 LIBRARY_DIR，或建立这个文件夹。",))
    return Finding("资料文件夹", noted=str(folder))


def _modes(path: Path) -> Finding:
    open_to_others = readable_by_others(files_of(path))
    wrong = [f"本机的其他用户读得到 {file}。请运行：chmod 600 {file}" for file in open_to_others]
    return Finding("文件权限", tuple(wrong), "只有运行机器人的用户能读数据文件")


async def _database(connection: aiosqlite.Connection, path: Path) -> Finding:
    broken = list(await connection.execute_fetchall("PRAGMA foreign_key_check"))
    tables = sorted({str(row[0]) for row in broken})
    if tables:
        return Finding(
            "数据库", (f"{'、'.join(tables)} 里有 {len(broken)} 行指向不存在的记录。请从备份恢复。",)
        )
    speeches, sections = await store.count_listed(connection)
    return Finding("数据库", noted=f"{path} 完好，{speeches} 篇、{sections} 段")


async def _keys(connection: aiosqlite.Connection, path: Path) -> Finding:
    rows = await connection.execute_fetchall("SELECT purpose, key_id FROM keys")
    named = {row["purpose"]: row["key_id"] for row in rows}
    wrong = []
    for purpose in PURPOSES:
        file = key_file(path, purpose)
        if purpose not in named:
            continue
        try:
            fits = key_id(bytes.fromhex(file.read_text("ascii").strip())) == named[purpose]
        except (OSError, ValueError):
            fits = False
        if not fits:
            wrong.append(
                f"缺少 {file}（编号 {named[purpose]}），或它不是这个数据库的。请把备份里的同名文件放回来。"
            )
    return Finding("密钥", tuple(wrong), f"{len(named)} 个都在")


async def _ledger(connection: aiosqlite.Connection, settings: Settings) -> Finding:
    wrong: list[str] = []
    rows = await connection.execute_fetchall("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    missing = _TRIGGERS - {row["name"] for row in rows}
    if missing:
        wrong.append(f"记录不再受保护（少了 {'、'.join(sorted(missing))}）。请从备份恢复。")
    entries = await ledger_store.all_entries(connection)
    gaps = sorted(set(range(1, len(entries) + 1)) - {entry.number for entry in entries})
    if gaps:
        wrong.append(f"少了 {len(gaps)} 条记录，第一条是 {gaps[0]}。请从备份恢复。")
    members = {entry.member for entry in entries}
    for member in sorted(members):
        own = [entry for entry in entries if entry.member == member]
        try:
            fold(own, settings.timezone)
            undone_by(own)
        except (ValueError, OverflowError) as error:
            wrong.append(f"{member} 的记录算不出会员状态：{error}。")
    return Finding("会员记录", tuple(wrong), f"{len(entries)} 条，{len(members)} 人，都算得出状态")


async def _reports(connection: aiosqlite.Connection) -> Finding:
    """Evidence against its SHA-256; a database that waits for its migrations has none."""
    tables = await connection.execute_fetchall("SELECT 1 FROM sqlite_master WHERE name = 'report_evidence'")
    if not list(tables):
        return Finding("举报", noted="还没有")
    changed, whole = [], 0
    async with connection.execute(
        "SELECT id, report, coalesce(content, CAST(text AS BLOB)) AS content, sha256 FROM report_evidence"
    ) as rows:
        async for row in rows:
            whole += 1
            if hashlib.sha256(row["content"]).hexdigest() != row["sha256"]:
                changed.append(row["report"])
    numbers = "、".join(str(number) for number in sorted(set(changed)))
    wrong = (f"举报 {numbers} 的材料被改动过。请从备份恢复。",) if changed else ()
    return Finding("举报", wrong, f"{whole} 件材料完好")


async def _index(connection: aiosqlite.Connection) -> Finding:
    """Read every listed text anew, index it aside, and compare what both indexes hold, row by row and term by term."""
    made_with = await store.fact(connection, "index version")
    if made_with not in (None, index.VERSION):
        return Finding("索引", noted="由另一版本建立，下次启动时会重建")
    with closing(sqlite3.connect(":memory:")) as aside:
        wrong = await _index_aside(connection, aside)
        for table in index.GRAM_TABLES:
            told = await _compare(connection, aside, table)
            wrong += [told] if told is not None else []
    return Finding("索引", tuple(wrong), "与正文一致")


async def _slow_questions(connection: aiosqlite.Connection, settings: Settings) -> Finding:
    """How many questions were answered by what was found when their time was over, or not at all. None of it is wrong by
    itself; many of them tell of an attack, or of a machine that is too slow."""
    tables = await connection.execute_fetchall("SELECT 1 FROM sqlite_master WHERE name = 'slow_questions'")
    rows: list[sqlite3.Row] = []
    if list(tables):
        rows = list(await connection.execute_fetchall("SELECT * FROM slow_questions ORDER BY kind"))
    told = []
    for row in rows:
        last = from_text(row["last_at"]).astimezone(settings.timezone)
        told.append(f"{row['kind']} {row['count']} 次（最近 {last:%Y-%m-%d %H:%M}）")
    return Finding("超时的查询", noted="、".join(told) or "没有")


async def _index_aside(connection: aiosqlite.Connection, aside: sqlite3.Connection) -> list[str]:
    """Index every listed speech into `aside`; gives what is wrong with the rows beside the terms."""
    for table in index.GRAM_TABLES:
        rows = await connection.execute_fetchall("SELECT sql FROM sqlite_master WHERE name = ?", (table,))
        aside.execute(next(iter(rows))["sql"])
    numbers = await store.listed_numbers(connection)
    differing = 0
    for number in numbers:
        row = await store.speech(connection, number)
        assert row is not None
        speech, sections = store.index_entry(row), await store.section_entries(connection, row.version)
        for sql, values in index.inserts(speech, sections):
            aside.executemany(sql, values)
        stored = (
            await index.stored_speeches(connection, number),
            await index.stored_sections(connection, number),
        )
        differing += stored != ([speech], sections)
    for one in await hidden.hidden(connection):
        entries = await index.entries_between(connection, one.first, one.last)
        for sql, values in index.section_inserts(one.terms, entries):
            aside.executemany(sql, values)
    rows = await connection.execute_fetchall(
        f"SELECT speech FROM speech_index UNION SELECT speech FROM indexed_sections WHERE {hidden.seen('id')}"
    )
    differing += len({row[0] for row in rows} - set(numbers))
    return [f"有 {differing} 篇的索引和正文不一致。{_REBUILD}"] if differing else []


async def _compare(connection: aiosqlite.Connection, aside: sqlite3.Connection, table: str) -> str | None:
    vocabulary = "SELECT term, doc FROM {} ORDER BY term, doc"
    await connection.execute(
        f"CREATE VIRTUAL TABLE temp.{table}_held USING fts5vocab('main', '{table}', 'instance')"
    )
    aside.execute(f"CREATE VIRTUAL TABLE temp.{table}_due USING fts5vocab('main', '{table}', 'instance')")
    due = iter(aside.execute(vocabulary.format(f"{table}_due")))
    missing, ghosts = 0, 0
    expected = next(due, None)
    async with connection.execute(vocabulary.format(f"{table}_held")) as held:
        async for row in held:
            found = (row[0], row[1])
            while expected is not None and expected < found:
                missing += 1
                expected = next(due, None)
            if expected == found:
                expected = next(due, None)
            else:
                ghosts += 1
    missing += (expected is not None) + sum(1 for _ in due)
    if not missing and not ghosts:
        return None
    return f"{table} 缺 {missing} 处、多 {ghosts} 处。{_REBUILD}"


def render(findings: list[Finding]) -> Iterator[str]:
    """A line for each check, and below it what is wrong."""
    for finding in findings:
        yield f"{'✗' if finding.wrong else '✓'} {finding.what}" + (
            "" if finding.wrong else f"：{finding.noted}"
        )
        yield from (f"  · {line}" for line in finding.wrong)
