"""Words the answers of the operator's commands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path

from jianggao.recent_errors import RecentErrors, RecordedError, count_by_kind

_LISTED = 10
_KINDS = 8


def recent_errors_text(errors: RecentErrors, dropped: int, log: str, zone: tzinfo) -> str:
    """Returns the newest errors, how many there are of each kind, and where the whole log lies."""
    seen = errors.newest_first()
    where = f"完整日志在机器人的电脑上：{log}"
    lost = [f"启动以来丢弃了 {dropped} 条读不懂的数据，不影响使用。"] if dropped else []
    if not seen:
        return "\n".join(["没有记到错误。", *lost, where])
    lines = [
        f"{first.at.astimezone(zone):%m-%d %H:%M} {first.kind}（{first.place}）{f' 连续 {times} 次' if times > 1 else ''}"
        for first, times in _runs(seen)
    ]
    kinds = list(count_by_kind(seen).items())
    by_kind = "、".join(f"{kind} {count} 次" for kind, count in kinds[:_KINDS])
    more = f"等 {len(kinds)} 种" if len(kinds) > _KINDS else ""
    return "\n".join(
        [
            f"最近 {len(seen)} 个错误，新的在前：",
            *lines[:_LISTED],
            *([f"还有 {len(lines) - _LISTED} 条更早的，见日志。"] if len(lines) > _LISTED else []),
            f"按种类：{by_kind}{more}。",
            *lost,
            where,
        ]
    )


def _runs(seen: list[RecordedError]) -> Iterator[tuple[RecordedError, int]]:
    """Yields runs of errors that are alike and stand together: the newest of each run, and how many they
    are."""
    first, times = seen[0], 0
    for error in seen:
        if (error.kind, error.place) != (first.kind, first.place):
            yield first, times
            first, times = error, 0
        times += 1
    yield first, times


def shown_path(path: Path) -> str:
    """Returns the last folders of a path: enough to find it, and nothing about the machine."""
    return "/".join(path.parts[-3:])
