"""Compares the topics of speeches with the folders that their files lie in, and corrects them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

import aiosqlite

from jianggao.doctor.finding import MEND, CheckContext, Finding, Remedy, list_numbers
from jianggao.library import version_store
from jianggao.library.preparation import topics_of
from jianggao.parsing.parser import VERSION as PARSER_VERSION

_FILES = """SELECT s.speech, s.path, f.parser IS ? AS is_read_as_now
            FROM sources s LEFT JOIN files f ON f.path = s.file
            WHERE s.present = 1 AND s.speech IS NOT NULL"""
_TOPICS = "SELECT speech, topic FROM speech_topics"


def check_topics(context: CheckContext) -> Iterator[Finding]:
    """Yields which speeches have other topics than their files' folders.

    Speeches that this release hasn't read, or without a file, are left out: their topics were set by an
    earlier release, or when they had files.
    """
    with context.snapshot() as connection:
        files = connection.execute(_FILES, (PARSER_VERSION,)).fetchall()
        stored = _by_speech(connection.execute(_TOPICS))
    # A speech whose file waits to be read again has the topics of the earlier release for so long.
    unread = {row["speech"] for row in files if not row["is_read_as_now"]}
    due = _due(files)
    differing = [number for number in due.keys() - unread if due[number] != stored[number]]
    if differing:
        line = f"第 {list_numbers(differing)} 篇的主题和它所在的文件夹对不上。{MEND} 按文件夹重新归类。"
        yield Finding("主题", (line,), remedies=frozenset({Remedy.INDEX}))
    else:
        yield Finding("主题", noted="和资料文件夹一致")


async def correct_topics(connection: aiosqlite.Connection) -> None:
    """Gives each speech with a file the topics of its files."""
    stored = _by_speech(await connection.execute_fetchall(_TOPICS))
    for number, topics in _due(await connection.execute_fetchall(_FILES, (PARSER_VERSION,))).items():
        if topics != stored[number]:
            await version_store.set_topics(connection, number, topics)


def _by_speech(rows: Iterable[sqlite3.Row]) -> defaultdict[int, set[str]]:
    topics: defaultdict[int, set[str]] = defaultdict(set)
    for row in rows:
        topics[row["speech"]].add(row["topic"])
    return topics


def _due(files: Iterable[sqlite3.Row]) -> defaultdict[int, set[str]]:
    topics: defaultdict[int, set[str]] = defaultdict(set)
    for row in files:
        topics[row["speech"]].update(topics_of(row["path"]))
    return topics
