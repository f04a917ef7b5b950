"""Words what was made of texts in Chinese: for the import report, for one speech, and for `check`.

Names of files and lines out of them are other people's words: they stand on one line, cut, and lines stand in
quotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jianggao.library.reading_notes import DATE_ORIGINS, NotedLine, ReadingNote
from jianggao.text.quoting import quoted, visible

_LONGEST_TITLE = 30
_LONGEST_PATH = 80
_LONGEST_CONCERN = 160
"""Characters of what there is to look at in one text, on one line."""
_LONGEST_LINE = 60
_LINES_OF_A_REASON = 12
"""Removed lines that are shown of each reason; page numbers can be hundreds."""


def line_told(number: int | None, written: str, limit: int = _LONGEST_LINE) -> str:
    """Returns a line at the edge of a text in quotes, behind its number if it has one."""
    return f"{number} {quoted(written, limit)}" if number is not None else quoted(written, limit)


def name_told(note: ReadingNote) -> str:
    """Returns what an operator knows the text by: number and title, or the file."""
    if note.title and note.speech is not None:
        return f"{note.speech}《{visible(note.title, _LONGEST_TITLE)}》"
    return visible(note.path, _LONGEST_PATH)


def facts_told(note: ReadingNote) -> str:
    """Returns date, headings and sections of a text, and how many lines went or are in doubt."""
    facts = [_day_told(note), f"小标题 {note.headings}", f"段落 {note.sections}"]
    facts += [f"去掉 {len(note.removed)} 行"] if note.removed else []
    facts += [f"拿不准 {len(note.doubtful)} 行"] if note.doubtful else []
    return "，".join(facts)


def _day_told(note: ReadingNote) -> str:
    origin = DATE_ORIGINS.get(note.date_origin, note.date_origin)
    return f"{note.day}（{origin}）" if note.day else "没有日期"


def concern_told(note: ReadingNote) -> str:
    """Returns a text with what somebody should look at, on one line."""
    return f"{name_told(note)}：{visible('；'.join(note.concerns), _LONGEST_CONCERN)}"


def note_told(note: ReadingNote) -> str:
    """Returns a text on one line: what to look at, or else its facts."""
    return concern_told(note) if note.urgency else f"{name_told(note)} {facts_told(note)}"


def learned_told(learned: Sequence[tuple[int, str]], limit: int) -> list[str]:
    """Returns the lines (number, line) that became notices as several speeches have them, at most `limit`,
    and how they come back."""
    if not learned:
        return []
    told = [line_told(number, line) for number, line in learned[:limit]]
    more = [f"…… 另有 {len(learned) - limit} 行"] if len(learned) > limit else []
    return [
        f"几篇讲稿都有、当作广告去掉的行（{len(learned)}）：",
        *told,
        *more,
        f"是正文就发“留行 {learned[0][0]}”，放回去。",
    ]


def doubtful_told(notes: Iterable[ReadingNote], limit: int) -> list[str]:
    """Returns the lines in doubt, each once with its texts, and what can be done with them; at most `limit`
    lines, and then how many more there are."""
    holders: dict[int, tuple[NotedLine, dict[str, None]]] = {}
    for note in notes:
        for line in note.doubtful:
            if line.number is not None:
                # A speech and its copy under another name are one speech.
                holders.setdefault(line.number, (line, {}))[1][name_told(note)] = None
    if not holders:
        return []
    told = [
        f"{line_told(number, line.written)}（{next(iter(texts))}"
        + (f" 等 {len(texts)} 篇）" if len(texts) > 1 else "）")
        for number, (line, texts) in list(holders.items())[:limit]
    ]
    first = next(iter(holders))
    more = [f"…… 另有 {len(holders) - limit} 行"] if len(holders) > limit else []
    several = f"；几行一起写：去行 {' '.join(map(str, list(holders)[:2]))}" if len(holders) > 1 else ""
    return [
        f"拿不准、没有去掉的行（{len(holders)}）：",
        *told,
        *more,
        f"不是正文就发“去行 {first}”，是正文就发“留行 {first}”{several}。",
    ]


def details_told(note: ReadingNote) -> str:
    """Returns all that was made of one text, with each line that went or is in doubt under its number."""
    lines = [f"{name_told(note)}（{visible(note.path, _LONGEST_PATH)}）" if note.title else name_told(note)]
    if not note.refusal:
        lines.append(
            f"日期 {_day_told(note)}，小标题 {note.headings}，段落 {note.sections}，{note.characters:,} 字"
        )
    lines += [f"要看：{visible(concern, _LONGEST_CONCERN)}" for concern in note.concerns]
    lines += doubtful_told([note], len(note.doubtful))
    lines += [] if note.refusal else _removed_told(note.removed)
    return "\n".join(lines)


def _removed_told(removed: Sequence[NotedLine]) -> list[str]:
    if not removed:
        return ["没有去掉什么行。"]
    reasons: dict[str, list[NotedLine]] = {}
    for line in removed:
        reasons.setdefault(line.because or "页眉、声明、广告", []).append(line)
    told = [f"去掉的行（{len(removed)}）："]
    for because, lines in reasons.items():
        told.append(f"{because}（{len(lines)}）：")
        told += [f"· {line_told(line.number, line.written)}" for line in lines[:_LINES_OF_A_REASON]]
        if len(lines) > _LINES_OF_A_REASON:
            told.append(f"· …… 另有 {len(lines) - _LINES_OF_A_REASON} 行")
    number = next((line.number for line in removed if line.number is not None), None)
    return [*told, f"去错了就发“留行 {number}”，放回去。"] if number is not None else told


def no_text_named(words: str) -> str:
    """Returns what to say where no path and no title holds these words."""
    return f"没有名字里有{quoted(words)}的文件。发“查看报告”看有哪些。"
