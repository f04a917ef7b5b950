"""Parses files without storing anything, for the offline verb `check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from jianggao.library.scan import is_folder, readable_name, scan
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volumes import parse_volume
from jianggao.sources.files import RefusedFile, read_source
from jianggao.text.quoting import visible

_LONGEST_NAME = 1_000
"""Characters of a path that are printed."""


def check_paths(paths: Iterable[Path], today: date) -> Iterator[dict[str, Any]]:
    """Yields one record a text (docs/rules.md, bot.py).

    A record has file, title, salutation, date, headings, sections, removed and problems. Folders are walked.
    What can't be read has its reason in `problems` and nothing else.
    """
    for path in paths:
        if not is_folder(path):
            yield from _check_file(path, readable_name(str(path)), today)
            continue
        found = scan(path)
        named = readable_name(str(path))
        for file in found.files:
            yield from _check_file(path / file.location, f"{named}/{file.path}", today)
        for entry in found.unreadable:
            yield _refused(f"{named}/{entry.path}" if entry.location else named, entry.reason)


def _check_file(path: Path, name: str, today: date) -> Iterator[dict[str, Any]]:
    """Yields one record for each text of a file, also for each speech of a volume.

    An unexpected error becomes a record of that file, and doesn't end the verb.
    """
    try:
        sources = read_source(path, name)
    except Exception as error:
        yield _refused(name, f"读的时候出错（{type(error).__name__}），没有读")
        return
    for source in sources:
        if isinstance(source, RefusedFile):
            yield _refused(source.path, source.reason)
            continue
        try:
            parts = parse_volume(source.text, source.path, today, source.headings)
        except Exception as error:
            yield _refused(source.path, f"读的时候出错（{type(error).__name__}），没有读")
            continue
        for part in parts:
            yield _record(f"{source.path}/{part.name}" if part.name else source.path, part.parsed)


def _record(path: str, speech: ParsedSpeech | str) -> dict[str, Any]:
    if isinstance(speech, str):
        return _refused(path, speech)
    return {
        "file": path,
        "title": speech.title,
        "salutation": speech.salutation,
        "date": speech.date.isoformat() if speech.date else None,
        "headings": [{"level": h.level, "mark": h.mark, "text": h.text} for h in speech.headings],
        "sections": [
            {"number": s.ordinal, "heading": speech.heading_label(s), "body": speech.body(s)}
            for s in speech.sections
        ],
        "removed": list(speech.removed),
        "problems": list(speech.problems),
    }


def _refused(path: str, reason: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"headings": [], "sections": [], "removed": []}
    return {"file": path, "title": "", "salutation": "", "date": None, **empty, "problems": [reason]}


def render(record: dict[str, Any]) -> str:
    """Returns a record for people to read."""
    lines = [f"== {visible(record['file'], _LONGEST_NAME)}"]
    lines += [f"!! {problem}" for problem in record["problems"]]
    if record["title"]:
        lines += [
            f"标题：{record['title']}",
            f"日期：{record['date'] or '（没有，导入时记为当天）'}",
            f"称谓：{record['salutation'] or '（没有）'}",
            "提纲：",
        ]
        lines += [
            "  " * heading["level"] + heading["mark"] + heading["text"] for heading in record["headings"]
        ]
        lines.append(f"段落（{len(record['sections'])}）：")
        for section in record["sections"]:
            lines.append(f"[{section['number']}] {section['heading']}（{len(section['body'])} 字）")
            lines += [f"    {line}" for line in section["body"].split("\n")]
    if record["removed"]:
        lines.append(f"去掉的行（{len(record['removed'])}）：")
        lines += [f"  - {line}" for line in record["removed"]]
    return "\n".join(lines)
