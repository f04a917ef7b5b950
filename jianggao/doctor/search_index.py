"""Compares the texts with what search uses: stored normal forms row by row, bigram tables term by term."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from jianggao.doctor import bigram_tables
from jianggao.doctor.finding import MEND, CheckContext, Finding, Remedy, list_numbers
from jianggao.doctor.migrations import AFTER_THE_UPGRADE, is_of_the_schema, pending_migrations
from jianggao.doctor.stored_text import MORE_IS_PUBLIC_THAN_MAY_BE, StoredText, faults_of
from jianggao.library import index, speech_store
from jianggao.library.hidden_sections import not_hidden
from jianggao.parsing.parser import VERSION as PARSER_VERSION

_AT_ONCE = 50
"""Speeches that are read from one snapshot: enough to be cheap, few enough for a bot that writes
meanwhile."""
_REBUILD = f"{MEND} 重建索引（讲稿和会员记录不动）。"


@dataclass(slots=True)
class _TermTally:
    """Numbers of speeches by what is wrong with them."""

    broken: dict[str, list[int]] = field(default_factory=dict)
    differing: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)


def check_texts(context: CheckContext) -> Iterator[Finding]:
    """Reads every speech anew, and yields whether its parts are its text and the index has just that.

    What is public of it must be within bounds.
    """
    if pending_migrations(context):
        yield Finding("正文", noted=AFTER_THE_UPGRADE)
        yield Finding("索引", noted=AFTER_THE_UPGRADE)
        return
    with context.snapshot() as connection:
        made_with = connection.execute("SELECT value FROM facts WHERE name = 'index version'").fetchone()
        numbers = [row[0] for row in connection.execute("SELECT number FROM speeches ORDER BY number")]
    # An index of another release differs from the texts without being wrong: the next start makes it anew.
    is_current = made_with is None or made_with[0] == index.VERSION
    tally = _TermTally()
    for at in range(0, len(numbers), _AT_ONCE):
        _examine(context, numbers[at : at + _AT_ONCE], tally, compares_index=is_current)
    wrong = [f"第 {list_numbers(found)} 篇{what}。{context.way_back}" for what, found in tally.broken.items()]
    if tally.unreadable:
        wrong.append(f"第 {list_numbers(tally.unreadable)} 篇存的内容读不懂。{context.way_back}")
    yield Finding("正文", tuple(wrong), f"{len(numbers)} 篇都和读入时一样，公开的没有超出上限")
    if not is_current:
        noted = "由另一版本建立，或重建到一半；下次启动时会重建"
        yield Finding("索引", noted=noted, remedies=frozenset({Remedy.INDEX}))
    elif tally.differing:
        line = f"有 {len(tally.differing)} 篇的索引和正文不一致（第 {list_numbers(tally.differing)} 篇）。{_REBUILD}"
        yield Finding("索引", (line,), remedies=frozenset({Remedy.INDEX}))
    else:
        yield Finding("索引", noted="与正文一致")


def _examine(context: CheckContext, numbers: list[int], tally: _TermTally, *, compares_index: bool) -> None:
    """Reads some speeches from one snapshot and compares them; if one of them can't be read, each by
    itself."""
    try:
        with context.snapshot() as connection:
            texts = list(_read(connection, numbers))
    except (sqlite3.Error, ValueError, TypeError, LookupError) as error:
        if is_of_the_schema(error):
            raise  # no text is to blame for a table that isn't there
        # Bytes of one speech must not keep the others of its batch from being compared.
        if len(numbers) == 1:
            tally.unreadable += numbers
            return
        for number in numbers:
            _examine(context, [number], tally, compares_index=compares_index)
        return
    for text in texts:
        try:
            faults, differs = faults_of(text)
        except (ValueError, TypeError, LookupError, AttributeError):
            tally.unreadable.append(text.number)
            continue
        # A sentence that two speeches share is public in both as soon as it is shown in one of them.
        if MORE_IS_PUBLIC_THAN_MAY_BE in faults and _has_relatives(context, text.number):
            faults.remove(MORE_IS_PUBLIC_THAN_MAY_BE)
        for fault in faults:
            tally.broken.setdefault(fault, []).append(text.number)
        if differs and compares_index:
            tally.differing.append(text.number)


def _has_relatives(context: CheckContext, number: int) -> bool:
    """Returns whether other speeches have words of this one: what was shown of them is shown here as well."""
    sql = """SELECT EXISTS (SELECT 1 FROM text_runs mine JOIN text_runs other ON other.run = mine.run
             WHERE mine.speech = ? AND other.speech <> mine.speech)"""
    with context.snapshot() as connection:
        return bool(connection.execute(sql, (number,)).fetchone()[0])


def _read(connection: sqlite3.Connection, numbers: list[int]) -> Iterator[StoredText]:
    """Yields all that is stored about these speeches. Raises sqlite3.Error, ValueError, TypeError for what
    can't be read."""
    wanted = json.dumps(numbers)
    among = "IN (SELECT value FROM json_each(?))"
    speeches = {
        row["number"]: speech_store.speech_row(row)
        for row in connection.execute(
            f"SELECT {speech_store.SPEECH_COLUMNS} FROM speeches s"
            f" JOIN versions v ON v.id = s.version WHERE s.number {among}",
            (wanted,),
        )
    }
    versions = json.dumps([speech.version for speech in speeches.values()])
    sections = _by_number(
        connection.execute(
            f"SELECT {speech_store.SECTION_COLUMNS} FROM sections WHERE version {among}"
            " ORDER BY speech, ordinal",
            (versions,),
        )
    )
    rows = _by_number(
        connection.execute(
            f"SELECT * FROM indexed_sections WHERE speech {among} AND {not_hidden('id')} ORDER BY speech, id",
            (wanted,),
        )
    )
    titles = _by_number(
        connection.execute(f"SELECT * FROM speech_index WHERE speech {among} ORDER BY speech", (wanted,))
    )
    shown = _by_number(
        connection.execute(f"SELECT * FROM shown_texts WHERE speech {among} ORDER BY speech", (wanted,))
    )
    alone = _numbers(connection, _ONLY_TEXT_OF_ITS_KIND, wanted)
    as_now = _numbers(connection, _READ_BY_THIS_PARSER, wanted, PARSER_VERSION)
    for number in numbers:
        yield StoredText(
            number,
            speeches.get(number),
            sections.get(number, []),
            rows.get(number, []),
            titles.get(number, []),
            shown.get(number, []),
            is_alone=number in alone,
            is_read_as_now=number in as_now,
        )


_ONLY_TEXT_OF_ITS_KIND = """SELECT value FROM json_each(?) WHERE
    (SELECT count(*) FROM versions WHERE speech = value) = 1
    AND NOT EXISTS (SELECT 1 FROM shown_texts WHERE speech = value AND audience = 3)"""
"""Speeches with one version, of which no text of an earlier one is noted as shown."""
_READ_BY_THIS_PARSER = """SELECT value FROM json_each(?) WHERE
    EXISTS (SELECT 1 FROM sources WHERE speech = value AND present = 1)
    AND NOT EXISTS (SELECT 1 FROM sources s LEFT JOIN files f ON f.path = s.file
                    WHERE s.speech = value AND s.present = 1 AND f.parser IS NOT ?)"""
"""Speeches whose files were all read by the parser of this release."""


def _numbers(connection: sqlite3.Connection, sql: str, *values: object) -> set[int]:
    return {row[0] for row in connection.execute(sql, values)}


def _by_number(rows: Iterable[sqlite3.Row]) -> dict[int, list[sqlite3.Row]]:
    return {number: list(own) for number, own in groupby(rows, key=lambda row: int(row["speech"]))}


def check_bigram_tables(context: CheckContext) -> Iterator[Finding]:
    """Yields how the three bigram tables differ from what the stored normal forms make, term by term."""
    wrong = []
    remedies: set[Remedy] = set()
    if pending_migrations(context):
        yield Finding("检索表", noted=AFTER_THE_UPGRADE)
        return
    with context.snapshot() as connection:
        made_with = connection.execute("SELECT value FROM facts WHERE name = 'index version'").fetchone()
        if made_with is not None and made_with[0] != index.VERSION:
            yield Finding("检索表", noted="由另一版本建立，或重建到一半；下次启动时会重建")
            return
        for table in bigram_tables.compare(connection):
            if table.cannot_be_read:
                wrong.append(f"{table.name} 的内部坏了（{table.cannot_be_read}）。{_REBUILD}")
                remedies.add(Remedy.DAMAGED_INDEX)
            elif table.missing or table.ghosts:
                wrong.append(f"{table.name} 缺 {table.missing} 处、多 {table.ghosts} 处。{_REBUILD}")
    if wrong:
        remedies.add(Remedy.INDEX)
    yield Finding("检索表", tuple(wrong), "与索引一致", frozenset(remedies))
