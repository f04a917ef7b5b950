"""Checks the database as a file: whether there is one, whether it is the bot's, whether SQLite finds it
sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from jianggao.backups.orphaned_backups import describe_orphaned_backups
from jianggao.database.failures import explain_error, sqlite_name
from jianggao.database.keys import key_files
from jianggao.database.migrations import known_migrations
from jianggao.database.missing_database import find_traces
from jianggao.database.restore_exchange import is_unfinished
from jianggao.database.unusable_places import unusable_place
from jianggao.doctor.damage import DERIVED, Damage, find_damage
from jianggao.doctor.finding import MEND, CheckContext, Finding, Remedy
from jianggao.doctor.migrations import applied_numbers, pending_migrations
from jianggao.install_paths import COMMAND

_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
"""How SQLite's names of errors begin that mean damage."""
_CONTENTS = {
    "ledger": "会员记录",
    "deliveries": "发出记录",
    "speeches": "讲稿",
    "versions": "讲稿",
    "sections": "讲稿",
    "looks": "溯源记录",
    "look_shares": "溯源记录",
    "plans": "副本的标记",
    "reports": "举报",
    "report_evidence": "举报材料",
    "report_findings": "举报",
    "report_decisions": "举报",
    "report_rewards": "举报",
    "keys": "密钥编号",
    "shown_texts": "公开过的内容",
    "group_bindings": "群的绑定",
    "trial_texts": "试用过的全文",
    "redeem_codes": "卡密",
    "code_batches": "卡密的批次",
    "shop_orders": "办过的订单",
    "pending_imports": "表格导入",
    "people": "昵称和备注",
    "transfer_requests": "换号申请",
    "join_requests": "进群申请",
    "newcomers": "进群的人",
    "removals": "移出的人",
    "reminders": "到期提醒",
    "pushes": "主动发的消息",
    "usage_counts": "检索次数",
    "friends": "好友的日期",
}
"""What an operator calls the rows of tables that only a backup has."""


@dataclass(frozen=True, slots=True)
class FileState:
    """Whether the file can be read, and findings that come before all others."""

    can_be_read: bool
    findings: list[Finding] = field(default_factory=list)


def read_file_state(context: CheckContext) -> FileState:
    """Returns what the file is. Raises nothing."""
    if is_unfinished(context.path):
        line = f"上次恢复到一半断了。启动机器人，或再运行一次 {COMMAND} restore 备份文件，会接着做完。"
        return FileState(False, [Finding("数据库", (line,))])
    try:
        place = None if context.path.is_file() else unusable_place(context.path)
        if place is not None:
            return FileState(False, [Finding("数据库", (str(place),))])
        if not context.path.exists():
            return FileState(False, [_none_there(context)])
        tables = {str(row[0]) for row in context.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        # For SQLite, an empty file is a database without tables.
        if not tables:
            return FileState(False, [_empty(context)])
        if "migrations" not in tables:
            line = f"{context.path} 是别的程序的数据库。请检查 DATABASE_FILE 写的是不是机器人的那个文件。"
            return FileState(False, [Finding("数据库", (line,))])
        applied = applied_numbers(context)
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        return FileState(False, [Finding("数据库", (_cannot_be_read(context, error),))])
    if applied - {migration.number for migration in known_migrations()}:
        line = f"{context.path} 由更新的版本写成。请升级程序，再检查。"
        return FileState(False, [Finding("数据库", (line,))])
    waiting = pending_migrations(context)
    noted = f"还有 {len(waiting)} 步，下次启动时做；有的检查要等那以后" if waiting else "不用"
    return FileState(True, [Finding("升级", noted=noted)])


def is_damage(error: Exception) -> bool:
    """Returns whether an error says that what was read is broken."""
    if isinstance(error, UnicodeDecodeError):  # a name in the schema, or in SQLite's own message
        return True
    return isinstance(error, sqlite3.Error) and sqlite_name(error).startswith(_DAMAGE)


def check_database_file(context: CheckContext) -> Iterator[Finding]:
    """Yields what SQLite's own check found (`CheckContext.damage`), or references that lead nowhere."""
    if context.damage is not None:
        yield _damage_finding(context, context.damage)
        return
    with context.snapshot() as connection:
        broken = _references(connection)
    if not broken:
        yield Finding("数据库", noted=f"{context.path} 完好" + ("（只查了结构）" if context.quick else ""))
        return
    tables = sorted({table for table, _ in broken})
    line = f"{'、'.join(tables)} 里有 {len(broken)} 行指向不存在的记录。"
    # Rows that are made of the texts can be made again without the ones that they point at.
    if DERIVED.issuperset(tables):
        yield Finding("数据库", (f"{line}{MEND} 重建它们。",), remedies=frozenset({Remedy.INDEX}))
    else:
        yield Finding("数据库", (line + context.way_back,))


def damage_of(context: CheckContext) -> Damage | None:
    """Returns what SQLite's own check finds in the file. Raises sqlite3.Error, OSError if the file can't
    be opened."""
    with context.snapshot() as connection:
        return find_damage(connection, quick=context.quick)


def _references(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    return [(str(row[0]), row[1]) for row in connection.execute("PRAGMA foreign_key_check")]


def _damage_finding(context: CheckContext, found: Damage) -> Finding:
    """Returns the finding for this damage. It depends on what is damaged: what can be made again from the
    texts, indexes that can be sorted anew, or what only a backup has."""
    wrong = []
    remedies = {Remedy.DAMAGED_INDEX}
    if found.lost:
        what = "、".join(dict.fromkeys(_CONTENTS.get(table, table) for table in found.lost))
        return Finding(
            "数据库", (f"{context.path} 坏了：{what} 读不全（{found.example}）。{context.way_back}",)
        )
    if found.derived:
        wrong.append(f"检索用的 {'、'.join(found.derived)} 坏了，讲稿和会员记录没有坏。{MEND} 重建它们。")
        remedies.add(Remedy.INDEX)
    if found.indexes:
        wrong.append(f"查找用的 {'、'.join(found.indexes)} 坏了，记录本身没有坏。{MEND} 重新排好。")
    if not wrong:
        wrong.append(f"{context.path} 里有几处空白页不对（{found.example}），内容没有坏。{MEND} 整理文件。")
    return Finding("数据库", tuple(wrong), remedies=frozenset(remedies))


def _none_there(context: CheckContext) -> Finding:
    left = _left_beside(context)
    if left:
        line = f"{context.path} 不见了，但它旁边还有 {left}。请把它放回来；找不到时，{context.way_back}"
        return Finding("数据库", (line,))
    alone = describe_orphaned_backups(context.settings)
    if alone:
        return Finding("数据库", (alone,))
    return Finding("数据库", noted=f"还没有（{context.path}），第一次启动或导入时建立")


def _empty(context: CheckContext) -> Finding:
    left = _left_beside(context)
    if left:
        return Finding(
            "数据库", (f"{context.path} 是空的，{left} 却还在旁边：原来的内容丢了。{context.way_back}",)
        )
    alone = describe_orphaned_backups(context.settings)
    if alone:
        return Finding("数据库", (alone,))
    return Finding("数据库", noted=f"还是空的（{context.path}），第一次启动或导入时建立")


def _left_beside(context: CheckContext) -> str:
    """Returns the names of files that say that there was a database; empty where there are none."""
    return "、".join(sorted({file.name for file in (*key_files(context.path), *find_traces(context.path))}))


def _cannot_be_read(context: CheckContext, error: Exception) -> str:
    if is_damage(error):
        return (
            f"{context.path} 打不开（{error}）：它坏了，或不是机器人的数据库。请先看 DATABASE_FILE 写的是不是它；"
            f"是的话，{context.way_back}"
        )
    expected = explain_error(error, context.path, deletable_folders=context.settings.logs_and_backups)
    return (
        str(expected) if expected is not None else f"读不了 {context.path}（{error}）。请检查它的权限和磁盘。"
    )
