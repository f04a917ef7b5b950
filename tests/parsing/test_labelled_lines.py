"""Labels such as 作者：, and lines that several entries share."""

from __future__ import annotations

import pytest

from jianggao.parsing.labelled_lines import (
    LabelKind,
    entries,
    is_label_alone,
    is_published,
    kind_of_label,
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
