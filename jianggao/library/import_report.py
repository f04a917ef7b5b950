"""Collects what an import did, and words it in Chinese for the operator."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields

from jianggao.install_paths import COMMAND
from jianggao.library.other_kinds import unread_line
from jianggao.library.reading_notes import ReadingNote, known_fields
from jianggao.library.report_wording import concern_told, doubtful_told, facts_told, learned_told
from jianggao.text.quoting import visible

_LISTED = 5
"""How many lines of a kind a chat answer lists, as many as a phone shows; the count says the rest."""
MANY_REREAD = 5
"""With more unchanged files that a new parser reads again, superusers are told before and after."""
_LONGEST_LINE = 300
_LONGEST_IN_CHAT = 120
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
    displaced: list[str] = field(default_factory=list)
    """Speeches that were withdrawn although their file is there: it has the words of another one now."""
    returned: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What somebody should look at: in the texts that were read, as their notes have it too, and beside
    them."""
    unread: list[str] = field(default_factory=list)
    """Files of kinds that aren't read, also in archives that were read anew."""
    learned: list[tuple[int, str]] = field(default_factory=list)
    """Lines, with their numbers, that are notices from now on, since so many speeches have them."""
    notes: list[ReadingNote] = field(default_factory=list)
    """What was made of each text that was read. They are stored by themselves, not with the report."""
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
    """Files that are gone, whose speeches stay until someone confirms, and speeches that files which are still
    there no longer hold, and which stay likewise."""
    held_texts: list[str] = field(default_factory=list)
    """Those files, with what they no longer hold."""
    root_missing: bool = False
    reread: int = 0
    """Unchanged files that were read again because the parser is another one."""
    urgent_before: int = 0
    """Texts of earlier imports that somebody should still look at."""
    speeches: int = 0
    sections: int = 0

    @property
    def removed_lines(self) -> list[str]:
        """The lines that were taken out of the texts that were read."""
        return [f"{note.path}：{line.written}" for note in self.notes for line in note.removed]

    def add(self, other: ImportReport) -> None:
        """Appends what another report lists to the lists of this one."""
        for entry in fields(self):
            listed = getattr(self, entry.name)
            if isinstance(listed, list):
                listed += getattr(other, entry.name)

    def fold(self, again: ImportReport) -> None:
        """Takes in what happened when some texts of this run were read once more: they are told once."""
        told = {_number(entry) for entry in (*self.added, *self.changed)}
        again.changed = [entry for entry in again.changed if _number(entry) not in told]
        read = {note.path for note in again.notes}
        outdated = {problem for note in self.notes if note.path in read for problem in _problems_of(note)}
        self.problems = [problem for problem in self.problems if problem not in outdated]
        self.notes = [note for note in self.notes if note.path not in read]
        self.add(again)

    @property
    def needs_attention(self) -> bool:
        """Whether something is to be done by the operator."""
        return bool(self.refused or self.held_back or self.root_missing or self.clock_doubt)

    @property
    def notifies_superusers(self) -> bool:
        """Whether superusers are sent the report without asking: if it needs attention, or if texts got their
        date from a clock that may be ahead, or if many were read anew."""
        return self.needs_attention or bool(self.undated and self.days_at_rest) or self.reread > MANY_REREAD

    def to_json(self) -> str:
        """Returns the report for the database, without its notes."""
        values = {entry.name: getattr(self, entry.name) for entry in fields(self) if entry.name != "notes"}
        return json.dumps(values, ensure_ascii=False)

    @classmethod
    def from_json(cls, stored: str) -> ImportReport:
        """Returns the report of stored JSON, the inverse of `to_json`.

        An earlier or later release may have stored other fields: what isn't known here is left out.
        """
        values = known_fields(cls, json.loads(stored))
        values["learned"] = [(number, line) for number, line in values.get("learned", ())]
        return cls(**values)

    def render(self, *, full: bool = False) -> str:
        """Returns the report in Chinese: what happened, what is to be done, and what to look at.

        `full` lists every line and the facts of each text, for a terminal.
        """
        limit = None if full else _LISTED
        lines = [self._summary(), *self._to_do()]
        for title, entries in (
            ("等着确定日期", self.waiting),
            ("没能读入", self.refused),
            ("文件还在、里面少了的，先不下线", list(dict.fromkeys(self.held_texts))),
        ):
            lines += _listing(title, entries, limit)
        lines += learned_told(self.learned, limit or len(self.learned))
        lines += self._to_look_at(limit)
        for title, entries in (
            ("新增", self._with_facts(self.added) if full else self.added),
            ("更新", self._with_facts(self.changed) if full else self.changed),
            ("内容相同，算同一篇", self.same_text),
            ("下线（源文件已不在，或里面没有这一篇了）", self.withdrawn),
            ("下线（文件还在，里面已是另一篇）", self.displaced),
            ("恢复", self.returned),
        ):
            lines += _listing(title, entries, limit)
        return "\n".join(lines)

    def _to_do(self) -> list[str]:
        lines = []
        if self.root_missing:
            lines.append("资料文件夹不在原处，什么也没有下线。请检查 LIBRARY_DIR。")
        if self.held_back and not self.held_texts:
            lines.append(
                f"有 {self.held_back} 个文件不见了，数量较多，先不下线。确实删除了就发“重新载入 确认”。"
            )
        elif self.held_back:
            lines.append(
                f"不见了的文件和篇目共 {self.held_back} 个，数量较多，先不下线。确实删除了就发“重新载入 确认”；"
                "是文件存错了，就换回原来的文件，再发“重新载入”。"
            )
        if self.clock_doubt:
            lines += self._about_clock()
        if self.undated:
            lines.append(self._about_days())
        if self.unread:
            lines.append(unread_line(self.unread) + "。")
        return lines

    def _to_look_at(self, limit: int | None) -> list[str]:
        """Returns the texts that somebody should look at, and their lines in doubt."""
        told = set(self.refused)  # these are listed by themselves
        urgent = [note for note in self.notes if note.urgency and f"{note.path}：{note.refusal}" not in told]
        if limit is None:
            urgent.sort(key=lambda note: -note.urgency)
        noted = {problem for note in self.notes for problem in _problems_of(note)}
        lines = _listing("请留意", [problem for problem in self.problems if problem not in noted], limit)
        lines += _listing("要看一看", [concern_told(note) for note in urgent], limit)
        lines += doubtful_told(urgent, limit or len(urgent) * 100)
        if self.urgent_before:
            lines.append(f"以前读入的还有 {self.urgent_before} 个要看一看，发“查看报告”。")
        return lines

    def _with_facts(self, entries: list[str]) -> list[str]:
        """Returns the entries with date, headings and sections of their texts."""
        facts = {str(note.speech): facts_told(note) for note in self.notes if not note.refusal}
        return [f"{entry} {facts.get(_number(entry), '')}".rstrip() for entry in entries]

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
                ("下线", len(self.withdrawn) + len(self.displaced)),
                ("恢复", len(self.returned)),
                ("没能读入", len(self.refused)),
                ("等着", len(self.waiting)),
            )
            if count
        ]
        change = "，".join(parts) if parts else "没有变化"
        again = f"没有改过的 {self.reread} 个文件按新的读法重读完了。" if self.reread else ""
        return f"资料库现有 {self.speeches} 篇、{self.sections} 段；本次{change}。{again}"


def _problems_of(note: ReadingNote) -> list[str]:
    """Returns the problems of a text as a report lists them."""
    return [f"{note.path}：{problem}" for problem in note.problems]


def _number(entry: str) -> str:
    """Returns the number of the speech that an entry such as 12《…》（a.txt） is about."""
    return entry.partition("《")[0]


def _listing(title: str, entries: list[str], limit: int | None) -> list[str]:
    """Returns the entries under a title, at most `limit` of them (None: all)."""
    if not entries:
        return []
    longest = _LONGEST_LINE if limit is None else _LONGEST_IN_CHAT
    lines = [
        f"{title}（{len(entries)}）：",
        *(f"· {visible(entry, longest)}" for entry in entries[:limit]),
    ]
    if limit is not None and len(entries) > limit:
        lines.append(f"· …… 另有 {len(entries) - limit} 条，发“查看报告 第2页”看")
    return lines
