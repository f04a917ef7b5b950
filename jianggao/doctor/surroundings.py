"""Checks what surrounds the database: settings, folders, the machine, files that others may read or that
were left unfinished."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from jianggao.backups.checks import check_newest_backups
from jianggao.backups.origin import read_key_ids
from jianggao.clock import CLOCK_TOLERANCE, EARLIEST_POSSIBLE_TIME, from_text, to_text
from jianggao.database.clock_notes import clock_notes_in, newest_time_in
from jianggao.database.deletable_files import list_deletable
from jianggao.database.disk import format_size, free_bytes, size_of
from jianggao.database.private_files import database_files, readable_by_others
from jianggao.database.restore_exchange import Exchange
from jianggao.database.unfinished_backups import find_unfinished
from jianggao.doctor.finding import MEND, CheckContext, Finding, Remedy
from jianggao.install_paths import COMMAND
from jianggao.recent_errors import count_by_kind, read_errors
from jianggao.text.quoting import for_shell

_OLDEST_SQLITE = (3, 37, 0)
"""The first release with STRICT tables."""
_LITTLE_ROOM = 100_000_000
"""Bytes: with less than this left, an import or a backup may not fit."""
_ERROR_KINDS = 8
"""How many kinds of logged errors are named."""
_STILL_WRITTEN = timedelta(hours=1)
"""A younger unfinished folder may belong to a backup under way."""


def check_settings(context: CheckContext) -> Iterator[Finding]:
    """Yields which settings are missing, and whether others may read the file with the token.

    The settings were read already: a wrong one ends the verb before that.
    """
    exposed = secret_files_open_to_others(context.env_file)
    wrong = [
        f"本机的其他用户读得到 {path}，里面有连接口令。请运行：chmod 600 {for_shell(path)}（doctor --mend 也会改）"
        for path in exposed
    ]
    noted = [
        note
        for missing, note in (
            (
                not context.settings.onebot_access_token,
                "没写 ONEBOT_ACCESS_TOKEN，机器人启动不了，离线命令能用",
            ),
            (not context.settings.superusers, "没写 SUPERUSERS，没有人能管理"),
        )
        if missing
    ]
    remedies = frozenset({Remedy.PRIVATE_FILES}) if wrong else frozenset[Remedy]()
    yield Finding("设置", tuple(wrong), "；".join(noted) or "都读得懂", remedies)


def secret_files_open_to_others(env_file: Path | None) -> list[Path]:
    """Returns `.env`, if it names a token and others may read it."""
    # Without the token, the file holds nothing that others may not read.
    if env_file is None or not env_file.is_file():
        return []
    lines = env_file.read_text("utf-8-sig", "replace").splitlines()
    names_a_token = any(
        line.partition("=")[0].strip().upper() == "ONEBOT_ACCESS_TOKEN" and line.partition("=")[2].strip()
        for line in lines
    )
    return readable_by_others([env_file]) if names_a_token else []


def check_library_folder(context: CheckContext) -> Iterator[Finding]:
    """Yields whether the folder of speeches exists and can be read."""
    folder = context.settings.library_dir
    if not folder.is_dir():
        yield Finding("资料文件夹", (f"{folder} 不在。请检查 LIBRARY_DIR，或建立这个文件夹。",))
    elif not os.access(folder, os.R_OK | os.X_OK):
        yield Finding("资料文件夹", (f"没有权限读 {folder}。请改它的权限（chmod u+rx），或换一个用户运行。",))
    else:
        yield Finding("资料文件夹", noted=str(folder))


def check_machine(context: CheckContext) -> Iterator[Finding]:
    """Yields the versions of Python and SQLite, and the local time."""
    wrong = []
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        wrong.append(f"SQLite {sqlite3.sqlite_version} 太旧（要 3.37 以上）。请换新一些的 Python。")
    if not _has_fts5():
        wrong.append("这个 Python 带的 SQLite 没有 FTS5，不能检索。请换 python.org 或系统自带的 Python。")
    now = context.now.astimezone(context.settings.timezone)
    versions = f"Python {platform.python_version()}，SQLite {sqlite3.sqlite_version}"
    yield Finding(
        "运行环境", tuple(wrong), f"{versions}，{context.settings.timezone} 现在是 {now:%Y-%m-%d %H:%M}"
    )


def _has_fts5() -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5 (text)")
        except sqlite3.Error:
            return False
    return True


def check_disk(context: CheckContext) -> Iterator[Finding]:
    """Yields how much room is left where the database lies."""
    free = free_bytes(context.path)
    if free >= _LITTLE_ROOM:
        yield Finding("磁盘", noted=f"还剩 {format_size(free)}")
        return
    can_go = "；".join(list_deletable(context.path, context.settings.logs_and_backups))
    what_to_do = f"可以删：{can_go}。" if can_go else "请删掉用不着的文件。"
    yield Finding("磁盘", (f"数据库所在的磁盘只剩 {format_size(free)}，快写不下了。{what_to_do}",))


def check_file_modes(context: CheckContext) -> Iterator[Finding]:
    """Yields who else may read the database, its keys and what lies beside it."""
    open_to_others = readable_by_others(database_files(context.path))
    wrong = [
        f"本机的其他用户读得到 {file}。请运行：chmod 600 {for_shell(file)}（doctor --mend 也会改）"
        for file in open_to_others
    ]
    remedies = frozenset({Remedy.PRIVATE_FILES}) if wrong else frozenset[Remedy]()
    yield Finding("文件权限", tuple(wrong), "只有运行机器人的用户能读数据文件", remedies)


def check_backups(context: CheckContext) -> Iterator[Finding]:
    """Yields whether the newest backups could be restored."""
    if context.settings.backup_dir is None:
        yield Finding("备份", noted="没有自动备份（BACKUP_DIR=off）")
        return
    own = read_key_ids(context.path)
    wrong, noted = check_newest_backups(context.settings.backup_dir, context.settings.timezone, own)
    yield Finding("备份", tuple(wrong), noted)


def check_logged_errors(context: CheckContext) -> Iterator[Finding]:
    """Yields what the bot has logged as errors, none of which makes anything wrong by itself."""
    folder = context.settings.log_dir
    kinds = [f"{kind} {count} 次" for kind, count in count_by_kind(read_errors(folder)).items()]
    named = "、".join(kinds[:_ERROR_KINDS]) + (f"等 {len(kinds)} 种" if len(kinds) > _ERROR_KINDS else "")
    yield Finding("记下的错误", noted=f"{named}（日志在 {folder}）" if kinds else "没有")


def check_unfinished_files(context: CheckContext) -> Iterator[Finding]:
    """Yields what a backup or a restore was writing when it ended."""
    found = unfinished(context)
    if not found:
        yield Finding("没写完的文件", noted="没有")
        return
    size = format_size(sum(size_of(folder) for folder in found))
    names = "、".join(str(folder) for folder in found[:3]) + (
        f" 等 {len(found)} 个" if len(found) > 3 else ""
    )
    line = f"备份或恢复中断时留下了 {names}（{size}），用不着了。{MEND} 删掉它们。"
    yield Finding("没写完的文件", (line,), remedies=frozenset({Remedy.LEFTOVERS}))


def unfinished(context: CheckContext) -> list[Path]:
    """Returns the folders that killed backups and restores of this database left, old enough to belong to
    nobody.

    Only what has the names that we give, and this database's tag, is among them: anything else may be
    somebody's.
    """
    places = dict.fromkeys([context.path.parent, context.settings.backups_are_in])
    found = [path for place in places for path in find_unfinished(place, context.path)]
    exchange = Exchange(context.path)
    # With a plan in it, the folder holds an exchange that the next start carries on.
    if exchange.folder.is_dir() and not exchange.folder.is_symlink() and not os.path.lexists(exchange.plan):
        found.append(exchange.folder)
    before = (context.now - _STILL_WRITTEN).timestamp()
    return [path for path in found if path.stat().st_mtime < before]


def check_clock(context: CheckContext) -> Iterator[Finding]:
    """Yields whether the machine's time is behind what was stored, or is one that an import found far ahead.

    Subscriptions that begin now would end on a wrong day.
    """
    with context.snapshot() as connection:
        latest = newest_time_in(connection)
        ahead_since = clock_notes_in(connection).ahead_since
    right = f"现在的时间确实对，就运行：{COMMAND} import --clock-is-right"
    if latest is not None and latest - context.now > CLOCK_TOLERANCE:
        stored = latest.astimezone(context.settings.timezone)
        line = f"系统时间比库里最后的记录（{stored:%Y-%m-%d %H:%M}）还早。请先把系统时间校准，再启动机器人；{right}"
        yield Finding("时间", (line,))
    elif context.now < EARLIEST_POSSIBLE_TIME:
        yield Finding(
            "时间", (f"系统时间是 {context.now:%Y-%m-%d}，那时还没有这个程序。请先校准，再启动机器人。",)
        )
    elif ahead_since and to_text(context.now) >= ahead_since:
        line = f"系统时间比可信的记录晚了太多，没写日期的新讲稿不导入。请先把系统时间校准；{right}"
        yield Finding("时间", (line,))
    else:
        yield Finding("时间", noted="和库里的记录不矛盾")


def check_slow_questions(context: CheckContext) -> Iterator[Finding]:
    """Yields how many questions were cut short by their deadline.

    None of it is wrong by itself; many of them mean an attack, or a machine that is too slow.
    """
    counts = []
    for row in context.rows("SELECT kind, count, last_at FROM slow_questions ORDER BY kind"):
        last = from_text(row["last_at"]).astimezone(context.settings.timezone)
        counts.append(f"{row['kind']} {row['count']} 次（最近 {last:%Y-%m-%d %H:%M}）")
    yield Finding("超时的查询", noted="、".join(counts) or "没有")
