"""Checks how many speeches and sections there are, by every table that should agree, and finds imports
that were broken off."""

from __future__ import annotations

from collections.abc import Iterator

from jianggao.doctor.finding import MEND, CheckContext, Finding, Remedy
from jianggao.library import index
from jianggao.library.hidden_sections import not_hidden
from jianggao.sources.kinds import SUFFIXES

_LISTED = (
    "SELECT version FROM speeches"
    " WHERE withdrawn_at IS NULL AND taken_down_at IS NULL AND version IS NOT NULL"
)
"""The versions that are listed."""
_COUNTS = (
    (
        "SELECT count(*) FROM sections"
        f" WHERE listed = 1 AND version NOT IN ({_LISTED}) AND {not_hidden('id')}",
        "段已经下线的还列着",
    ),
    (
        f"SELECT count(*) FROM sections WHERE listed = 0 AND version IN ({_LISTED}) AND {not_hidden('id')}",
        "段该列出的没有列",
    ),
    (
        "SELECT count(*) FROM indexed_sections WHERE id NOT IN (SELECT id FROM sections WHERE listed = 1) "
        f"AND {not_hidden('id')}",
        "段不在列的还检索得到",
    ),
    (
        "SELECT count(*) FROM sections WHERE listed = 1 AND id NOT IN (SELECT id FROM indexed_sections) "
        f"AND {not_hidden('id')}",
        "段检索不到",
    ),
    (
        "SELECT count(*) FROM speech_index"
        f" WHERE speech NOT IN (SELECT speech FROM versions WHERE id IN ({_LISTED}))",
        "篇不在列的还检索得到",
    ),
    (
        f"SELECT count(*) FROM versions WHERE id IN ({_LISTED})"
        " AND speech NOT IN (SELECT speech FROM speech_index)",
        "篇检索不到",
    ),
)
"""Queries for rows that shouldn't exist, and what is wrong with them."""


def check_listed_speeches(context: CheckContext) -> Iterator[Finding]:
    """Yields whether listed sections, the rows of the index and the speeches that can be found belong
    together, one by one."""
    with context.snapshot() as connection:
        made_with = connection.execute("SELECT value FROM facts WHERE name = 'index version'").fetchone()
        speeches = connection.execute(f"SELECT count(*) FROM ({_LISTED})").fetchone()[0]
        sections = connection.execute(
            "SELECT count(*) FROM sections WHERE listed = 1 AND " + not_hidden("id")
        ).fetchone()[0]
        wrong = []
        # The index of another release is made anew by the next start, whatever it has now.
        if made_with is None or made_with[0] == index.VERSION:
            for sql, what in _COUNTS:
                count = connection.execute(sql).fetchone()[0]
                if count:
                    wrong.append(f"有 {count} {what}。{MEND} 按讲稿重建索引。")
    remedies = frozenset({Remedy.INDEX}) if wrong else frozenset[Remedy]()
    yield Finding("讲稿", tuple(wrong), f"{speeches} 篇、{sections} 段", remedies)


def check_broken_off_imports(context: CheckContext) -> Iterator[Finding]:
    """Yields files of which some texts were stored, but which weren't noted as read: an import ended
    between."""
    files = broken_off_files(context)
    if not files:
        yield Finding("读入", noted="没有中断的")
        return
    names = "、".join(files[:3]) + (f" 等 {len(files)} 个" if len(files) > 3 else "")
    noted = f"{names} 只读了一部分：机器人正在读就不用管；中断了的，下次启动或 doctor --mend 会读完"
    yield Finding("读入", noted=noted, remedies=frozenset({Remedy.IMPORT}))


def broken_off_files(context: CheckContext) -> list[str]:
    """Returns the paths of such files in the library, those that still exist."""
    rows = context.rows(
        "SELECT DISTINCT file FROM sources"
        " WHERE present = 1 AND file NOT IN (SELECT path FROM files) ORDER BY file"
    )
    root = context.settings.library_dir
    paths = [str(row[0]) for row in rows]
    return [path for path in paths if path.lower().endswith(tuple(SUFFIXES)) and (root / path).is_file()]
