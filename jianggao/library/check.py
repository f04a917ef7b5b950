"""Parses files without storing anything, for the offline verb `check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from jianggao.library.check_workers import FileToCheck, checked_ahead
from jianggao.library.other_kinds import unread_line
from jianggao.library.reading_notes import DATE_ORIGINS, NotedLine, ReadingNote
from jianggao.library.scan import is_folder, readable_name, scan
from jianggao.parsing.dates import first_date
from jianggao.parsing.model import ParsedSpeech, heading_line
from jianggao.parsing.read_sources import parse_source
from jianggao.sources.files import RefusedFile, SourceText, read_source
from jianggao.text.quoting import visible

_LONGEST_NAME = 1_000
"""Characters of a path that are printed."""
_LONGEST_SALUTATION = 40
"""Characters of a salutation that are printed; some name all who are there."""
DOUBTFUL_SETTLED = (
    "拿不准的行，导入后发“查看报告 篇号”就有编号：不是正文就发“去行 编号”，是正文就发“留行 编号”。"
)
"""What an operator does about the lines in doubt: only what is stored has numbers."""


def check_paths(paths: Iterable[Path], today: date, workers: int = 0) -> Iterator[dict[str, Any]]:
    """Yields one record a text (docs/rules.md, bot.py), in the order of the files.

    A record has file, title, salutation, date and its origin, speaker, occasion, headings, sections, removed
    and why, doubtful, edge_text and problems. Folders are walked. What can't be read has its reason in `problems` and
    nothing else. Files of kinds that aren't read have one record together, the last one, in which `unread` holds
    their paths. With `workers` many files are read ahead in so many processes.
    """
    others: list[str] = []
    for record in _records(paths, today, workers):
        others += record.get("unread", ())
        if "unread" not in record:
            yield record
    if others:
        yield _unread_record(others)


def _records(paths: Iterable[Path], today: date, workers: int) -> Iterator[dict[str, Any]]:
    """Yields a record for each text, and one for each file or folder with files of kinds that aren't read."""
    for path in paths:
        if not is_folder(path):
            yield from check_file(path, readable_name(str(path)), today)
            continue
        found = scan(path)
        named = readable_name(str(path))
        files = [FileToCheck(path / file.location, f"{named}/{file.path}", file.size) for file in found.files]
        for records in checked_ahead(files, check_file, refused_record, today, workers):
            yield from records
        if found.other_kinds:
            yield _unread_record([f"{named}/{other}" for other in found.other_kinds])
        for entry in found.unreadable:
            yield refused_record(f"{named}/{entry.path}" if entry.location else named, entry.reason)


def check_file(path: Path, name: str, today: date) -> list[dict[str, Any]]:
    """Returns one record for each text of a file, also for each speech of a volume.

    An unexpected error becomes a record of that file, and doesn't end the verb.
    """
    try:
        return [record for source in read_source(path, name) for record in _check_text(source, today)]
    except Exception as error:
        return [refused_record(name, _failure(error))]


def _check_text(source: SourceText | RefusedFile, today: date) -> list[dict[str, Any]]:
    if isinstance(source, RefusedFile):
        is_other = source.other_kind
        return [_unread_record([source.path]) if is_other else refused_record(source.path, source.reason)]
    try:
        parts = parse_source(source, today)
    except Exception as error:
        return [refused_record(source.path, _failure(error))]
    records = [
        _record(f"{source.path}/{part.name}" if part.name else source.path, part.parsed) for part in parts
    ]
    if len(records) > 1:
        return [{**record, "volume": source.path, "speeches": len(records)} for record in records]
    return records


def _record(path: str, speech: ParsedSpeech | str) -> dict[str, Any]:
    if isinstance(speech, str):
        return refused_record(path, speech)
    return {
        "file": path,
        "title": speech.title,
        "salutation": speech.salutation,
        "date": speech.date.isoformat() if speech.date else None,
        "date_origin": speech.date_origin,
        "speaker": speech.speaker,
        "occasion": speech.occasion,
        "headings": [{"level": h.level, "mark": h.mark, "text": h.text} for h in speech.headings],
        "sections": [
            {"number": s.ordinal, "heading": speech.heading_label(s), "body": speech.body(s)}
            for s in speech.sections
        ],
        "removed": list(speech.removed),
        "removed_because": list(speech.removed_because),
        "doubtful": list(speech.doubtful),
        "edge_text": list(speech.edge_text),
        "problems": list(speech.problems),
    }


def _failure(error: Exception) -> str:
    return f"读的时候出错（{type(error).__name__}），没有读。请用 Word 或记事本打开，把文字另存成新的文件再试"


def refused_record(path: str, reason: str) -> dict[str, Any]:
    """Returns the record of a text that couldn't be read."""
    words = dict.fromkeys(("title", "salutation", "date_origin", "speaker", "occasion"), "")
    lists: dict[str, Any] = {
        name: [] for name in ("headings", "sections", "removed", "removed_because", "doubtful", "edge_text")
    }
    return {"file": path, **words, "date": None, **lists, "problems": [reason]}


def _unread_record(paths: list[str]) -> dict[str, Any]:
    return {**refused_record("", unread_line(paths)), "unread": paths}


def is_refused(record: dict[str, Any]) -> bool:
    """Returns whether a record is that of a text that couldn't be read."""
    return not record["title"] and "unread" not in record


def note_of_record(record: dict[str, Any]) -> ReadingNote:
    """Returns what somebody should look at in a text, from its record."""
    if is_refused(record):
        return ReadingNote(record["file"], refusal="；".join(record["problems"]))
    reasons = [*record["removed_because"], *[""] * len(record["removed"])]
    return ReadingNote(
        path=record["file"],
        title=record["title"],
        day=record["date"] or "",
        date_origin=record["date_origin"],
        headings=len(record["headings"]),
        sections=len(record["sections"]),
        characters=sum(len(section["body"]) for section in record["sections"]),
        removed=tuple(map(NotedLine, record["removed"], reasons)),
        doubtful=tuple(map(NotedLine, record["doubtful"])),
        problems=tuple(record["problems"]),
        volume=record.get("volume", ""),
        speeches=record.get("speeches", 0),
    )


def render(record: dict[str, Any]) -> str:
    """Returns a record for people to read, whole."""
    if "unread" in record:
        return "\n".join(f"!! {problem}" for problem in record["problems"])
    lines = _top(record)
    if not is_refused(record):
        lines += _outline(record)
        lines.append(f"段落（{len(record['sections'])}）：")
        for section in record["sections"]:
            lines.append(f"[{section['number']}] {section['heading']}（{len(section['body'])} 字）")
            lines += [f"    {line}" for line in section["body"].split("\n")]
    return "\n".join([*lines, *_edges(record)])


def render_outline(record: dict[str, Any]) -> str:
    """Returns a record for people to read without its body: its top, its headings, and the lines at its edges."""
    outline = [] if is_refused(record) else _outline(record)
    return "\n".join([*_top(record), *outline, *_edges(record)])


def _outline(record: dict[str, Any]) -> list[str]:
    headings = record["headings"]
    shown = ["  " * each["level"] + heading_line(each["mark"], each["text"]) for each in headings]
    return ["提纲：", *shown]


def render_concerns(record: dict[str, Any]) -> str:
    """Returns what there is to look at in a text, with the lines at its edges, and without its body."""
    return "\n".join([*_top(record), *_edges(record)])


def _top(record: dict[str, Any]) -> list[str]:
    """Returns the lines that say which text it is, and what to look at."""
    concerns = record["problems"] if is_refused(record) else note_of_record(record).concerns
    lines = [f"== {visible(record['file'], _LONGEST_NAME)}", *(f"!! {concern}" for concern in concerns)]
    if is_refused(record):
        return lines
    if "volume" in record:
        lines.append(f"文件：{visible(record['volume'], _LONGEST_NAME)}（共 {record['speeches']} 篇）")
    day = f"{record['date']}（{_origin(record)}）" if record["date"] else "（没有，导入时记为当天）"
    salutation = visible(record["salutation"], _LONGEST_SALUTATION) or "（没有）"
    lines += [f"标题：{record['title']}", f"日期：{day}", f"称谓：{salutation}"]
    lines += [f"讲话人：{record['speaker']}"] if record["speaker"] else []
    front = record["occasion"].split("\n") if record["occasion"] else []
    return lines + ([f"题下：{' / '.join(front)}"] if front else [])


def _origin(record: dict[str, Any]) -> str:
    """Returns where the date of a text was found."""
    origin: str = record["date_origin"]
    if origin != "under title":
        return DATE_ORIGINS.get(origin, origin)
    day = date.fromisoformat(record["date"])
    if first_date([record["title"]], compact=False) == day:
        return "标题"
    if any(first_date([line], compact=False) == day for line in record["occasion"].split("\n")):
        return "题下"
    return "全书的标题下" if "volume" in record else "正文"


def _edges(record: dict[str, Any]) -> list[str]:
    """Returns the lines in doubt, and those that were taken out with the reason."""
    lines = [f"拿不准、没有去掉的行（{len(record['doubtful'])}）："] if record["doubtful"] else []
    lines += [f"  ? {line}" for line in record["doubtful"]]
    lines += [f"去掉的行（{len(record['removed'])}）："] if record["removed"] else []
    reasons = [*record["removed_because"], *[""] * len(record["removed"])]
    for line, because in zip(record["removed"], reasons, strict=False):
        lines.append(f"  - {line}" + (f"（{because}）" if because else ""))
    return lines
