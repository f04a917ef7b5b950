"""Checks the keys beside the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jianggao.database.key_files import PURPOSES, key_file, key_id, read_key, retired_file
from jianggao.doctor.finding import CheckContext, Finding


def check_keys(context: CheckContext) -> Iterator[Finding]:
    """Yields which keys that the database names don't lie beside it, and in which backup they lie."""
    named = {
        str(row["purpose"]): str(row["key_id"]) for row in context.rows("SELECT purpose, key_id FROM keys")
    }
    wrong = []
    for purpose in PURPOSES:
        file = key_file(context.path, purpose)
        if purpose in named and id_in(file) != named[purpose]:
            wrong.append(_missing(context, file, named[purpose]))
    # Nothing brings a lost key back, so it is noted and no fault: it would stay one for ever.
    lost = [
        str(row[0])
        for row in context.rows("SELECT key_id FROM retired_mark_keys")
        if id_in(retired_file(context.path, str(row[0]))) != row[0]
    ]
    noted = f"{len(named)} 个都在"
    if lost:
        noted += f"；换下的标记密钥少了 {'、'.join(lost)}，认不出那时发出的副本（备份里有就放回数据库旁边）"
    yield Finding("密钥", tuple(wrong), noted)


def id_in(file: Path) -> str | None:
    """Returns the id of the key in a file; None where it holds none."""
    key = read_key(file)
    return key_id(key) if key else None


def _missing(context: CheckContext, file: Path, named: str) -> str:
    line = f"缺少 {file}（编号 {named}），或它不是这个数据库的。"
    found = _in_backups(context, named)
    if found is None:
        return f"{line}请把备份里的同名文件放回来（{context.settings.backups_are_in} 里没有找到，请找另存的备份）。"
    return f"{line}它在 {found}：请停掉机器人，复制过来。"


def _in_backups(context: CheckContext, named: str) -> Path | None:
    try:
        files = sorted(context.settings.backups_are_in.rglob("*.key"), reverse=True)
    except OSError:
        return None
    return next((file for file in files if id_in(file) == named), None)
