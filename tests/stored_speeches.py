"""Speeches that are put into a database by its stores alone: no files, no importer, no application."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import aiosqlite

from jianggao.library import listing, shown_texts, version_store
from jianggao.library.preparation import PreparedSpeech, prepare_speech
from jianggao.library.public_part import PublicPart, ShownBefore, VersionText, cut_heading
from jianggao.library.section_ids import Audience
from jianggao.parsing.parser import parse

TODAY = date(2026, 3, 18)
AT = "2026-03-18T04:00:00.000000+00:00"
BODY = "闸门锈死，上游有水放不下来，守渠的人只好扛着铁锹守到天亮，换来的还是一脚泥，这笔账要算清楚。"


def prepared(text: str, name: str = "a.txt") -> PreparedSpeech:
    parsed = parse(text, name, TODAY)
    assert not isinstance(parsed, str), parsed
    return prepare_speech(parsed)


def speech_text(title: str, *points: str, day: str = "2025年3月4日", body: str = BODY) -> str:
    """A speech of that title with a section for each point, which is its heading."""
    numerals = "一二三四五六七八九"
    sections = [f"{numerals[at]}、{point}\n说到{point}，{body}" for at, point in enumerate(points)]
    return "\n".join([title, f"（{day}）", "同志们：", *sections]) + "\n"


def long_text(title: str, sections: int) -> str:
    """A speech of so many sections, none of which is like another."""
    numerals = "一二三四五六七八九"
    lines = [title, "（2025年3月4日）", "同志们："]
    for at in range(sections):
        number = "".join(numerals[int(digit) - 1] if digit != "0" else "零" for digit in str(at + 1))
        lines += [f"第{number}，把{at * 37 + 11}号渠修好", f"{at * 53 + 7}户人家等着这条渠，{BODY}"]
    return "\n".join(lines) + "\n"


def choose_nothing(number: int, version: VersionText, before: ShownBefore) -> PublicPart:
    """Every body is for members alone, every heading is cut as its limit says."""
    return public_part(version)


def public_part(version: VersionText, audiences: Mapping[int, Audience] | None = None) -> PublicPart:
    chosen = audiences or {}
    return PublicPart(
        {body.ordinal: chosen.get(body.ordinal, Audience.MEMBERS) for body in version.bodies},
        tuple(cut_heading(heading.text, heading.limit) for heading in version.headings),
    )


async def store(
    connection: aiosqlite.Connection,
    speech: PreparedSpeech,
    *,
    number: int | None = None,
    audiences: Mapping[int, Audience] | None = None,
    topics: Iterable[str] = (),
    day: date | None = None,
    listed: bool = True,
) -> int:
    """Store a speech, or a version of the one of that number, and list it; returns its number."""
    if number is None:
        number = await version_store.add_speech(connection, TODAY, speech.keywords)
    await version_store.add_version(
        connection,
        number,
        speech,
        material_date=day or speech.date or TODAY,
        public=public_part(speech.version_text, audiences),
        shuffle=lambda speech_number, ordinal: speech_number * 1_000 + ordinal,
        imported_at=AT,
    )
    await version_store.set_topics(connection, number, topics)
    await shown_texts.add_runs(connection, number, speech.runs)
    if listed:
        await listing.list_speech(connection, number)
    return number
