"""The heading tree of a speech: each section stands at its heading, and headings are cut to their public
part."""

from __future__ import annotations

from datetime import date, datetime, timezone
from types import SimpleNamespace
from typing import Any

from jianggao.access.verdicts import Asker, Place, PlaceKind, access
from jianggao.library.section_ids import Audience, id_range
from jianggao.library.speech_store import OutlineHeading, SectionRow, SpeechRow
from jianggao.membership.ledger import MemberState
from jianggao.reading.outlines import outline_view

DAY = date(2025, 3, 4)
FIRST_ID, _ = id_range(DAY, DAY)


def heading(mark: str, text: str, level: int, section: int | None, public: str = "") -> OutlineHeading:
    return OutlineHeading(level, mark, text, public or mark + text, section)


def speech(*headings: OutlineHeading) -> SpeechRow:
    return SpeechRow(12, 3, "题目", "", "", DAY, headings, "", "", "", 0, (), (), False, False)


def sections(*labels: str, audience: Audience = Audience.PREVIEW) -> list[SectionRow]:
    return [
        SectionRow(FIRST_ID + at, 3, 12, at, label, "", label, "", "正文。", "", audience)
        for at, label in enumerate(labels, 1)
    ]


def session(kind: PlaceKind = PlaceKind.PRIVATE, *, superuser: bool = True) -> Any:
    asker = Asker("10001", superuser, MemberState())
    now = datetime(2026, 3, 18, tzinfo=timezone.utc)
    return SimpleNamespace(access=access(asker, Place(kind, "1"), now))


def tree(of: SpeechRow, rows: list[SectionRow], **further: Any) -> list[tuple[int, str, list[int]]]:
    view = outline_view(session(), of, rows, **further)
    return [(line.level, line.text, [ordinal for ordinal, _ in line.sections]) for line in view.lines]


def test_opening_headings_and_closing() -> None:
    of = speech(heading("一、", "甲", 1, 2), heading("二、", "乙", 1, 3))
    assert tree(of, sections("", "一、甲", "二、乙", "")) == [
        (0, "开头", [1]),
        (1, "一、甲", [2]),
        (1, "二、乙", [3]),
        (0, "结尾", [4]),
    ]


def test_headings_that_open_at_one_section_have_it_at_the_innermost() -> None:
    of = speech(heading("一、", "甲", 1, 1), heading("（一）", "乙", 2, 1), heading("（二）", "丙", 2, 2))
    assert tree(of, sections("（一）乙", "（二）丙")) == [
        (1, "一、甲", []),
        (2, "（一）乙", [1]),
        (2, "（二）丙", [2]),
    ]


def test_a_long_section_that_was_divided_stands_at_its_heading_with_all_parts() -> None:
    of = speech(heading("一、", "甲", 1, 1))
    assert tree(of, sections("一、甲", "一、甲", "一、甲")) == [(1, "一、甲", [1, 2, 3])]


def test_sections_of_opening_and_closing_are_gathered() -> None:
    of = speech(heading("一、", "甲", 1, 3))
    assert tree(of, sections("", "", "一、甲", "", "")) == [
        (0, "开头", [1, 2]),
        (1, "一、甲", [3]),
        (0, "结尾", [4, 5]),
    ]


def test_a_speech_without_headings_is_its_text() -> None:
    assert tree(speech(), sections("", "")) == [(0, "正文", [1, 2])]


def test_headings_are_cut_but_at_the_sections_that_are_named() -> None:
    of = speech(
        heading("一、", "很长的一句话", 1, 1, "一、很长…"), heading("二、", "另一句话", 1, 2, "二、另…")
    )
    rows = sections("一、很长的一句话", "二、另一句话")
    assert [text for _, text, _ in tree(of, rows)] == ["一、很长…", "二、另…"]
    assert [text for _, text, _ in tree(of, rows, whole={2})] == ["一、很长…", "二、另一句话"]
    contents = outline_view(session(), of, rows, {2}).contents
    assert contents.speeches == {12} and contents.sections == contents.beyond_public == {rows[1].id}


def test_locked_sections_are_marked() -> None:
    rows = [*sections("一、甲"), *sections("二、乙", audience=Audience.MEMBERS)]
    of = speech(heading("一、", "甲", 1, 1), heading("二、", "乙", 1, 2))
    rows[1] = SectionRow(FIRST_ID + 2, 3, 12, 2, "二、乙", "", "二、乙", "", "正文。", "", Audience.MEMBERS)
    for kind, superuser, expected in (
        (PlaceKind.PRIVATE, False, [False, True]),
        (PlaceKind.PRIVATE, True, [False, False]),
        (PlaceKind.FREE_GROUP, True, [False, True]),
    ):
        view = outline_view(session(kind, superuser=superuser), of, rows)
        assert [locked for line in view.lines for _, locked in line.sections] == expected
