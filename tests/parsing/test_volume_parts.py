"""What a speech of a volume takes from the volume, and how it is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from parsed_texts import A, B, speech_of

from jianggao.parsing.volume_parts import part_names, spoken, titled, with_date, with_notes

TODAY = date(2026, 3, 18)
SPEECH = speech_of("水不问路", "同志们：", A, B)


def test_the_number_of_a_volume_is_no_part_of_a_title() -> None:
    named = titled(replace(SPEECH, title="【篇二】在护渠会上的讲话"))
    assert not isinstance(named, str) and named.title == "在护渠会上的讲话"


def test_a_speaker_below_the_title_is_read_in_a_collection() -> None:
    named = spoken(replace(SPEECH, occasion="东坡茶亭 方大川"))
    assert not isinstance(named, str) and named.speaker == "方大川"
    assert spoken(replace(SPEECH, occasion="东坡茶亭")) == replace(SPEECH, occasion="东坡茶亭")


def test_a_speech_without_a_date_has_that_of_its_signature_then_of_the_file_then_of_the_volume() -> None:
    undated = replace(SPEECH, date=None)
    common = date(2025, 3, 18)
    for text, name, expected in (
        ("话完了。\n2025年5月1日", "2025-04-02.md", date(2025, 5, 1)),
        ("话完了。", "2025-04-02.md", date(2025, 4, 2)),
        ("话完了。", "发言.md", common),
    ):
        dated = with_date(undated, text, name, common, TODAY)
        assert not isinstance(dated, str) and dated.date == expected
    later = with_date(undated, "话完了。", "发言.md", date(2026, 4, 1), TODAY)
    assert not isinstance(later, str) and later.date is None


def test_removed_rows_and_problems_are_added() -> None:
    noted = with_notes(SPEECH, ["护渠发言选登", "  "], ["有两处要看"])
    assert not isinstance(noted, str)
    assert noted.removed[0] == "护渠发言选登" and "有两处要看" in noted.problems
    assert len(noted.removed) == len(noted.removed_because)


def test_a_row_has_the_same_reason_wherever_it_goes() -> None:
    rows = {
        "会议材料之一": "报头",
        "会议材料之二": "报头",
        "下面是小编为大家整理的讲话稿，仅供参考。": "声明、广告",
        "渠水县讲话汇编": "文集的标题、目录、分隔行",
        "（内部资料，渠水县档案馆编印）": "文集的标题、目录、分隔行",
        "本文档下载后请于24小时内删除": "声明、广告",
    }
    noted = with_notes(replace(SPEECH, removed=(), removed_because=()), rows, ())
    assert not isinstance(noted, str)
    assert dict(zip(noted.removed, noted.removed_because, strict=True)) == rows


def test_titles_that_come_again_are_told_apart() -> None:
    dated = replace(SPEECH, date=date(2025, 3, 18))
    names = list(part_names([dated, replace(dated, date=date(2025, 4, 2)), "没有正文"]))
    assert names == ["水不问路（2025-03-18）", "水不问路（2025-04-02）", "第3篇"]
