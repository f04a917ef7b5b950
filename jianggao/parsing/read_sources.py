"""Parses what was read of a file, and tells what its reader left out of the text.

A line that the operator has declared text (留行) is put back where it stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.mail_heads import mail_rows, without_quotation
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volumes import VolumePart, parse_volume
from jianggao.sources.markup import DroppedLine
from jianggao.sources.source_text import SourceText


def parse_source(source: SourceText, today: date, notices: KnownNotices = NO_NOTICES) -> list[VolumePart]:
    """Returns the speeches of a source (`volumes.parse_volume`), with what was left out of it among their
    removed lines."""
    source, doubtful = _without_mail(source, notices)
    kept = [line for line in source.dropped if notices.keeps(line.text)]
    text = _with_rows(source.text, kept) if kept else source.text
    parts = parse_volume(
        text,
        source.path,
        today,
        source.headings,
        notices,
        problems=source.problems,
        # With rows put back the lines' numbers are those of no file.
        written=None if kept and source.written == "" else source.written,
    )
    left_out = [line for line in source.dropped if not notices.keeps(line.text)]
    parts = _told(parts, left_out, source.text.count("\n")) if left_out else parts
    return [_with_doubtful(part, doubtful) for part in parts] if doubtful else parts


def _without_mail(source: SourceText, notices: KnownNotices) -> tuple[SourceText, list[str]]:
    """Returns a source without what a mail's program and sender set around its text, which is left out then, and the
    lines that may be the sender's. Its rows keep their numbers."""
    rows = source.text.split("\n")
    mail = mail_rows(rows)
    doubtful = [line for line in mail.doubtful if not notices.keeps(line)]
    if not mail.removed:
        return source, doubtful
    dropped = [
        DroppedLine(at, rows[at].strip(), reason)
        for at, reason in sorted(mail.removed.items())
        if rows[at].strip()
    ]
    for at in mail.removed:
        rows[at] = ""
    if mail.subject is not None:
        rows[mail.subject[0]] = mail.subject[1]
    rows = without_quotation(rows)
    told = sorted([*source.dropped, *dropped], key=lambda line: line.row)
    return replace(source, text="\n".join(rows), dropped=tuple(told)), doubtful


def _with_doubtful(part: VolumePart, doubtful: Sequence[str]) -> VolumePart:
    """Returns a speech with those of the lines among its doubtful ones that its text has."""
    if isinstance(part.parsed, str):
        return part
    rows = set(part.parsed.text.split("\n"))
    more = [line for line in doubtful if line in rows and line not in part.parsed.doubtful]
    return replace(part, parsed=replace(part.parsed, doubtful=(*part.parsed.doubtful, *more)))


def _with_rows(text: str, lines: Sequence[DroppedLine]) -> str:
    """Returns the text with these lines as rows of their own, a paragraph each."""
    rows = text.split("\n")
    whole: list[str] = []
    at = 0
    for line in sorted(lines, key=lambda line: line.row):
        whole += [*rows[at : line.row], "", line.text, ""]
        at = max(at, line.row)
    return "\n".join([*whole, *rows[at:]])


def _told(parts: list[VolumePart], lines: Sequence[DroppedLine], rows: int) -> list[VolumePart]:
    """Returns the speeches with the lines: the first tells those of the upper half of the text before its own,
    the last the others behind its own."""
    above = [line for line in lines if line.row * 2 <= rows]
    below = [line for line in lines if line.row * 2 > rows]
    for at, first, last in ((0, above, []), (-1, [], below)):
        parsed = parts[at].parsed
        if not isinstance(parsed, str):
            parts[at] = replace(parts[at], parsed=_with_removed(parsed, first, last))
    return parts


def _with_removed(
    parsed: ParsedSpeech, first: Sequence[DroppedLine], last: Sequence[DroppedLine]
) -> ParsedSpeech:
    return replace(
        parsed,
        removed=(*(line.text for line in first), *parsed.removed, *(line.text for line in last)),
        removed_because=(
            *(line.reason for line in first),
            *parsed.removed_because,
            *(line.reason for line in last),
        ),
    )
