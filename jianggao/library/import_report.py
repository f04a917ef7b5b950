"""Collects what an import did, and words it in Chinese for the operator."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields

from jianggao.install_paths import COMMAND
from jianggao.library.other_kinds import unread_line
from jianggao.text.quoting import visible

_LISTED = 15
"""How many lines of a kind a chat answer lists; the count says the rest."""
_LONGEST_LINE = 300
"""Characters of a listed line: names of files, and lines out of them, are other people's."""
_LONGEST_NAMED = 60
_FEW = 3
_WRITE_A_DATE = "把日期写进文件名（2026-03-18 题目.txt），或在正文前加一行“日期：2026-03-18”"


@dataclass(slots=True)
class ImportReport:
    """What happened to which texts, in the order of their paths."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same_text: list[str] = field(default_factory=list)
    """Files that hold the words of another one."""
    withdrawn: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Files of kinds that aren't read, also in archives that were read anew."""
    removed_lines: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    """Texts without a date, while the clock can't give them one."""
    clock_doubt: str = ""
    """Why the clock is in doubt; "" if it is not."""
    undated: list[str] = field(default_factory=list)
    """New texts without a date, which got the day of this import."""
    import_day: str = ""
    days_at_rest: int = 0
    """For how many days nothing had been stored, if that is more than one: the clock may be ahead."""
    unchanged_files: int = 0
    held_back: int = 0
    """Files that are gone, whose speeches stay until someone confirms."""
    root_missing: bool = False
    speeches: int = 0
    sections: int = 0

    def add(self, other: ImportReport) -> None:
        """Appends what another report lists to the lists of this one."""
        for entry in fields(self):
            listed = getattr(self, entry.name)
            if isinstance(listed, list):
                listed += getattr(other, entry.name)

    @property
    def needs_attention(self) -> bool:
        """Whether something is to be done by the operator."""
        return bool(self.refused or self.held_back or self.root_missing or self.clock_doubt)

    @property
    def notifies_superusers(self) -> bool:
        """Whether superusers are sent the report without asking: if it needs attention, or if texts got their
        date from a clock that may be ahead."""
        return self.needs_attention or bool(self.undated and self.days_at_rest)

    def to_json(self) -> str:
        """Returns the report for the database."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, stored: str) -> ImportReport:
        """Returns the report of stored JSON, the inverse of `to_json`."""
        return cls(**json.loads(stored))

    def render(self, *, full: bool = False) -> str:
        """Returns the report in Chinese; `full` lists every line."""
        lines = [self._summary()]
        if self.root_missing:
            lines.append("资料文件夹不在原处，什么也没有下线。请检查 LIBRARY_DIR。")
        if self.held_back:
            lines.append(
                f"有 {self.held_back} 个文件不见了，数量较多，先不下线。确实删除了就发“重新载入 确认”。"
            )
        if self.clock_doubt:
            lines += self._about_clock()
        if self.undated:
            lines.append(self._about_days())
        if self.unread:
            lines.append(unread_line(self.unread) + "。")
        for title, entries in (
            ("等着确定日期", self.waiting),
            ("新增", self.added),
            ("更新", self.changed),
            ("内容相同，算同一篇", self.same_text),
            ("下线（源文件已不在）", self.withdrawn),
            ("恢复", self.returned),
            ("没能读入", self.refused),
            ("请留意", self.problems),
            ("去掉的页眉、广告行", self.removed_lines),
        ):
            lines += _listing(title, entries, len(entries) if full else _LISTED)
        return "\n".join(lines)

    def _about_clock(self) -> list[str]:
        what = f"这台机器的时间{self.clock_doubt}，多半不对。请校准时钟，再发“重新载入”"
        if self.waiting:
            what += f"；没写日期（或日期还没到）的 {len(self.waiting)} 篇新讲稿先不导入，免得记成错的日子。"
            what += f"也可以{_WRITE_A_DATE}"
        return [what + f"。时间没错就发“重新载入 时间没错”（或运行 {COMMAND} import --clock-is-right）。"]

    def _about_days(self) -> str:
        named = "、".join(visible(entry, _LONGEST_NAMED) for entry in self.undated[:_FEW])
        named += f" 等 {len(self.undated)} 篇" if len(self.undated) > _FEW else ""
        what = f"没写日期的新讲稿，资料日期记作导入那天（{self.import_day}）：{named}。"
        if not self.days_at_rest:
            return what
        return (
            f"这台机器的时间比最新的记录晚了 {self.days_at_rest} 天；这段时间没有开机或没有人用，就是对的。{what}"
            f"日子不对，就校准时钟，{_WRITE_A_DATE}，再发“重新载入”，编号不变。"
        )

    def _summary(self) -> str:
        parts = [
            f"{name} {count}"
            for name, count in (
                ("新增", len(self.added)),
                ("更新", len(self.changed)),
                ("下线", len(self.withdrawn)),
                ("恢复", len(self.returned)),
                ("没能读入", len(self.refused)),
                ("等着", len(self.waiting)),
            )
            if count
        ]
        change = "，".join(parts) if parts else "没有变化"
        return f"资料库现有 {self.speeches} 篇、{self.sections} 段；本次{change}。"


def _listing(title: str, entries: list[str], limit: int) -> list[str]:
    if not entries:
        return []
    lines = [
        f"{title}（{len(entries)}）：",
        *(f"· {visible(entry, _LONGEST_LINE)}" for entry in entries[:limit]),
    ]
    if len(entries) > limit:
        lines.append(f"· …… 另有 {len(entries) - limit} 条，发“查看报告”看全部")
    return lines
