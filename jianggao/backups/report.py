"""Writes the Chinese lines of `restore --check`. The backup and the live database are only read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from jianggao.backups.contents import BackupContents, ContentDifferences, differences, read_contents
from jianggao.backups.restoration import ExaminedBackup, examine_backup
from jianggao.database.foreign_files import require_no_foreign_file
from jianggao.database.inspection import read_live
from jianggao.database.restore_exchange import require_finished
from jianggao.errors import JianggaoError
from jianggao.membership.ledger import LedgerEntry, MemberState

_MOST_MEMBERS = 20
"""How many members are listed by name; of the others only their number."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup, and the live database to compare it with."""

    examined: ExaminedBackup
    holds: BackupContents
    live: BackupContents | None
    """What the live database contains; None where there is none, or where it can't be read."""
    live_fault: str
    """Why the live database can't be read; empty where it can, or where there is none."""


def examine_with_live(backup_file: Path, database_file: Path, zone: tzinfo) -> BackupReport:
    """Returns a report on a backup and the live database, a running bot's or one at rest. Raises as
    `restore` does."""
    found: list[BackupContents] = []

    def look(connection: sqlite3.Connection) -> None:
        found.append(read_contents(connection, zone))

    examined = examine_backup(backup_file, database_file, look)
    live, fault = None, ""
    try:
        require_finished(database_file)
        if database_file.exists():
            require_no_foreign_file(database_file)
            with read_live(database_file, "") as connection:
                live = read_contents(connection, zone)
    except JianggaoError as error:
        fault = str(error)
    return BackupReport(examined, found[0], live, fault)


def render(report: BackupReport, database_file: Path, zone: tzinfo, now: datetime) -> Iterator[str]:
    """Yields the lines of a report."""
    yield f"备份 {report.examined.file} 可以用来恢复："
    yield from (f"  · {line}" for line in _what_it_is(report, zone, now))
    yield from (f"  · {note}" for note in report.examined.notes)
    if report.examined.is_of_another:
        yield f"  · 它是另一个数据库的备份（密钥不同），不是 {database_file} 的；确实要恢复，加上 --other-database"
    if report.live is None:
        yield (
            f"现在的数据库读不出来，没法比：{report.live_fault}"
            if report.live_fault
            else f"现在没有数据库 {database_file}。"
        )
        return
    yield f"和现在的数据库 {database_file} 比，恢复以后："
    yield from (f"  · {line}" for line in _changes(report.live, report.holds))


def _what_it_is(report: BackupReport, zone: tzinfo, now: datetime) -> Iterator[str]:
    manifest, holds = report.examined.manifest, report.holds
    if manifest is not None:
        how = "手动" if manifest.by_hand else "自动"
        by = f"，程序版本 {manifest.program}" if manifest.program else ""
        yield f"写成：{_moment(manifest.made_at, zone)}（{how}{by}）"
        yield "校验码：和写成时一样"
    yield f"资料：{holds.speeches} 篇、{holds.sections} 段"
    yield f"会员：现在有效 {holds.active(now)} 人"
    last = holds.last
    yield f"会员记录：{len(holds.entries)} 条" + (
        f"，最后是第 {last.number} 条（{_moment(last.at, zone)}）" if last else ""
    )
    yield f"发出记录：{holds.deliveries} 条"
    count = len(report.examined.keys)
    yield f"密钥：{count} 个都对得上" if count else "密钥：还没有（第一次启动时建立）"


def _changes(live: BackupContents, backup: BackupContents) -> Iterator[str]:
    change = differences(live, backup)
    if change.lost:
        yield f"会丢掉 {len(change.lost)} 条会员记录（{_numbers(change.lost)}），之后办的要重新办"
    if change.added:
        yield f"会多出 {len(change.added)} 条现在没有的会员记录（{_numbers(change.added)}）"
    if not change.lost and not change.added:
        yield "会员记录一样"
    yield from _members(change)
    if live.deliveries != backup.deliveries:
        yield f"发出记录从 {live.deliveries} 条变成 {backup.deliveries} 条"
    if (live.speeches, live.sections) != (backup.speeches, backup.sections):
        yield (
            f"资料从 {live.speeches} 篇、{live.sections} 段变成 {backup.speeches} 篇、{backup.sections} 段"
            "（下次启动会再读入资料文件夹里的）"
        )


def _members(change: ContentDifferences) -> Iterator[str]:
    if not change.members:
        return
    yield f"会员状态会变的有 {len(change.members)} 人："
    for member, (now, then) in list(change.members.items())[:_MOST_MEMBERS]:
        yield f"  {member}：{_state(now)} → {_state(then)}"
    if len(change.members) > _MOST_MEMBERS:
        yield f"  …还有 {len(change.members) - _MOST_MEMBERS} 人"


def _state(state: MemberState) -> str:
    if state.valid_until is None:
        return "停用" if state.suspended else "没有订阅"
    return f"有效期至 {state.valid_until}" + ("（停用）" if state.suspended else "")


def _numbers(entries: tuple[LedgerEntry, ...]) -> str:
    first, last = entries[0].number, entries[-1].number
    return f"第 {first} 条" if first == last else f"第 {first}–{last} 条"


def _moment(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
