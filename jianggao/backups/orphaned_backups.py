"""Refuses a start without a database where there are backups of one.

The disk that it lies on may not be mounted, or its folder was moved away. What lies beside a database
(`find_traces`) goes with its folder; backups on another disk stay, and a start would show an empty library,
with new keys, without a word.
"""

from __future__ import annotations

from jianggao.backups.folder import backups_in
from jianggao.database.missing_database import find_traces
from jianggao.database.restore_exchange import is_unfinished
from jianggao.database.unusable_places import unusable_place
from jianggao.errors import DatabaseMissing
from jianggao.install_paths import COMMAND
from jianggao.settings import Settings
from jianggao.text.quoting import for_shell


def require_no_orphaned_backups(settings: Settings) -> None:
    """Raises DatabaseMissing if there are backups, but neither a database nor anything else of one."""
    description = describe_orphaned_backups(settings)
    if description:
        raise DatabaseMissing(description)


def describe_orphaned_backups(settings: Settings) -> str:
    """Returns the Chinese sentence on backups without a database; empty where that isn't so.

    It is empty too where something lies beside the database's place, since that tells more.
    """
    path = settings.database_file
    # These have messages of their own, which say more.
    if unusable_place(path) is not None or is_unfinished(path) or find_traces(path):
        return ""
    if path.exists() and path.stat().st_size:
        return ""
    folder = settings.backups_are_in
    stored = backups_in(folder)
    if not stored:
        return ""
    newest = stored[0]
    made = newest.manifest.made_at.astimezone(settings.timezone)
    what = "是空的" if path.exists() else "不见了，密钥也不在"
    return (
        f"数据库 {path} {what}，但 {folder} 里有 {len(stored)} 份备份。"
        "请先看它所在的磁盘挂上了没有、文件夹是不是被移走或改名了、DATABASE_FILE 写得对不对，把原来的放回来；"
        f"找不回来就用备份恢复：{COMMAND} restore {for_shell(newest.path)}（{made:%Y-%m-%d %H:%M} 的）。"
        "确实要从头开始，就先把这些备份移到别的文件夹，或给 BACKUP_DIR 换一个文件夹。"
    )
