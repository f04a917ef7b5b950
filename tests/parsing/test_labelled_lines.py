"""Labels such as 作者：, and lines that several entries share."""

from __future__ import annotations

import pytest
from parsed_texts import A, speech_of

from jianggao.parsing.labelled_lines import (
    LabelKind,
    entries,
    is_label_alone,
    is_published,
    kind_of_label,
    labelled_speakers,
    read_label,
)


@pytest.mark.parametrize(
    ("line", "kind", "behind"),
    [
        ("标题：让路灯亮到村口", LabelKind.TITLE, "让路灯亮到村口"),
        ("标 题： 让路灯亮到村口", LabelKind.TITLE, "让路灯亮到村口"),
        ("【标题】让路灯亮到村口", LabelKind.TITLE, "让路灯亮到村口"),
        ("[标题]：让路灯亮到村口", LabelKind.TITLE, "让路灯亮到村口"),
        ("標題：讓路燈亮到村口", LabelKind.TITLE, "讓路燈亮到村口"),
        ("Title: 让路灯亮到村口", LabelKind.TITLE, "让路灯亮到村口"),
        ("原标题:让路灯亮到村口", LabelKind.FORMER_TITLE, "让路灯亮到村口"),
        ("主题：灯要有人管", LabelKind.THEME, "灯要有人管"),
        ("讲 话 人：方大川", LabelKind.SPEAKER, "方大川"),
        ("【作者】：方大川", LabelKind.SPEAKER, "方大川"),
        ("发布时间：2025-03-18", LabelKind.TIME, "2025-03-18"),
        ("来源：渠水网", LabelKind.SOURCE, "渠水网"),
        ("【编者按】这次会开过以后", LabelKind.NOTE, "这次会开过以后"),
        ("按：这次会开过以后", LabelKind.NOTE, "这次会开过以后"),
        ("正文：同志们", LabelKind.BODY, "同志们"),
        ("参会代表：全体村干部", LabelKind.OTHER, "全体村干部"),
    ],
)
def test_labels(line: str, kind: LabelKind, behind: str) -> None:
    label = read_label(line)
    assert label is not None
    assert (label.kind, line[label.length :]) == (kind, behind)


@pytest.mark.parametrize(
    "line",
    [
        "同志们：",
        "按照：",
        "（二）看清路",
        "【会议】在渠边",
        "渠水：",
        "让路灯亮到村口",
        "",
        "标题",
        "一、时间：早",
        "要管好的人，时间：早",
    ],
)
def test_what_is_no_label(line: str) -> None:
    assert read_label(line) is None


def test_labels_on_lines_of_their_own() -> None:
    assert is_label_alone("【编者按】", LabelKind.NOTE)
    assert is_label_alone("正文：", LabelKind.BODY)
    assert is_label_alone("标 题：", LabelKind.TITLE)
    assert not is_label_alone("标题：渠水", LabelKind.TITLE)
    assert not is_label_alone("渠水", LabelKind.TITLE)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("作者：方大川 来源：渠水网 时间：2025-03-18", ["作者：方大川", "来源：渠水网", "时间：2025-03-18"]),
        ("作者：方大川 | 时间：2025-03-18", ["作者：方大川", "时间：2025-03-18"]),
        ("标题：让路灯亮到村口；作者：方大川", ["标题：让路灯亮到村口", "作者：方大川"]),
        ("【时间】2025-03-18", ["【时间】2025-03-18"]),
        ("地点：三楼 会议室", ["地点：三楼 会议室"]),
        ("会上说，作者：方大川 时间：2025-03-18", ["会上说，作者：方大川 时间：2025-03-18"]),
    ],
)
def test_entries_that_share_a_line(line: str, parts: list[str]) -> None:
    found, at = [], 0
    for start, stop in entries(line):
        found.append(line[at:start])
        at = stop
    assert [*found, line[at:]] == parts


def test_a_row_without_end_is_not_looked_through() -> None:
    assert list(entries("作者：方大川 " + "时间：早 " * 100)) == []


def test_dates_of_publication() -> None:
    assert is_published("发布时间：2025-03-18")
    assert not is_published("讲话时间：2025-03-18")
    assert not is_published("2025-03-18")


def test_unknown_words() -> None:
    assert kind_of_label("渠水") is None
    assert kind_of_label("作者") is LabelKind.SPEAKER


@pytest.mark.parametrize(
    "line",
    ["报告人　和志远", "主讲人：和志远", "发言人：和志远", "讲话人 县委副书记 和志远"],
)
def test_who_speaks_behind_a_label_with_a_blank_or_a_colon(line: str) -> None:
    speech = speech_of("让路灯亮到村口", line, A)
    assert (speech.title, speech.speaker[0]) == ("让路灯亮到村口", "和")


def test_a_word_that_is_a_label_elsewhere_stays_in_a_title() -> None:
    assert read_label("发言人谈水的三种去处") is None
    assert read_label("报告人 说，水有三种去处") is None


def test_what_an_archive_of_notes_writes_under_a_title() -> None:
    lines = (
        "Created: June 1, 2024 9:00 AM",
        "Last edited time: June 2, 2024",
        "Created by: Luo",
        "Status: Done",
    )
    speech = speech_of("让路灯亮到村口", *lines, "乡亲们：", A)
    assert (speech.title, speech.occasion) == ("让路灯亮到村口", "\n".join(lines))


def test_who_speaks_comes_before_who_wrote() -> None:
    lines = ["作者：罗小满", "2025年4月2日", "地点：渠首", "主讲：方大川", "撰稿人：周文"]
    assert [line for line, _ in labelled_speakers(lines)] == ["主讲：方大川", "作者：罗小满", "撰稿人：周文"]
