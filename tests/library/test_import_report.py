"""What the operator reads after an import."""

from __future__ import annotations

import json

import pytest

from jianggao.library.import_report import ImportReport
from jianggao.library.reading_notes import NotedLine, ReadingNote


def test_lists_are_added_and_counts_are_not() -> None:
    report = ImportReport(added=["1《甲》"], speeches=3)
    report.add(ImportReport(added=["2《乙》"], refused=["坏.txt：坏了"], speeches=9, held_back=4))
    assert report.added == ["1《甲》", "2《乙》"] and report.refused == ["坏.txt：坏了"]
    assert report.speeches == 3 and report.held_back == 0


def test_a_report_of_another_release_can_be_read() -> None:
    """An earlier one listed problems and removed lines itself."""
    earlier = {
        "added": ["1《甲》"],
        "problems": ["甲.txt：没有找到标题"],
        "removed_lines": ["x"],
        "speeches": 3,
    }
    later = {**earlier, "moon": "full"}
    for stored in (earlier, later):
        report = ImportReport.from_json(json.dumps(stored))
        assert report == ImportReport(added=["1《甲》"], problems=["甲.txt：没有找到标题"], speeches=3)
        assert "请留意（1）：\n· 甲.txt：没有找到标题" in report.render()


def test_what_was_read_twice_in_a_run_is_told_once() -> None:
    report = ImportReport(
        added=["1《甲》（a.txt）"], notes=[ReadingNote("a.txt", 1), ReadingNote("b.txt", 2)]
    )
    again = ImportReport(
        changed=["1《甲》（a.txt）", "2《乙》（b.txt）"],
        notes=[ReadingNote("a.txt", 1, "甲")],
        learned=[(3, "x")],
    )
    report.fold(again)
    assert report.added == ["1《甲》（a.txt）"] and report.changed == ["2《乙》（b.txt）"]
    assert report.notes == [ReadingNote("b.txt", 2), ReadingNote("a.txt", 1, "甲")]
    assert report.learned == [(3, "x")]


def test_texts_to_look_at_are_told_with_what_to_do() -> None:
    report = ImportReport(
        notes=[
            ReadingNote(
                "甲.txt", 1, "甲", characters=900, headings=1, doubtful=(NotedLine("关注我们", "", 7),)
            ),
            ReadingNote("乙.txt", 2, "乙", characters=900, headings=1),
            ReadingNote("丙.txt", None, refusal="坏了"),
        ],
        refused=["丙.txt：坏了"],
        urgent_before=4,
    )
    shown = report.render()
    assert "要看一看（1）：\n· 1《甲》：有 1 行拿不准，没有去掉\n" in shown and "《乙》" not in shown
    assert shown.count("坏了") == 1 and "还有 4 个要看一看" in shown
    assert "7 “关注我们”（1《甲》）\n不是正文就发“去行 7”，是正文就发“留行 7”" in shown
    assert report.removed_lines == []


def test_a_speech_is_told_as_gone_with_its_file_or_without() -> None:
    report = ImportReport(withdrawn=["3《丙》"], displaced=["4《丁》（丁.txt）"])
    shown = report.render()
    assert "本次下线 2" in shown
    assert "下线（源文件已不在，或里面没有这一篇了）（1）：\n· 3《丙》" in shown
    assert "下线（文件还在，里面已是另一篇）（1）：\n· 4《丁》（丁.txt）" in shown
    assert ImportReport.from_json(report.to_json()) == report


def test_a_problem_of_a_text_is_told_once_and_one_beside_the_texts_too() -> None:
    text = ReadingNote("甲.txt", 1, "甲", characters=900, headings=1, problems=("没有找到标题",))
    report = ImportReport(problems=["甲.txt：没有找到标题", "乙.txt：也先下架"], notes=[text])
    shown = report.render()
    assert shown.count("没有找到标题") == 1 and "请留意（1）：\n· 乙.txt：也先下架" in shown
    report.fold(ImportReport(notes=[ReadingNote("甲.txt", 1, "甲", characters=900, headings=1)]))
    assert report.problems == ["乙.txt：也先下架"]


def test_in_a_terminal_each_text_has_its_facts() -> None:
    text = ReadingNote("a.txt", 1, "甲", "2025-03-04", "file name", 3, 4, 900, (NotedLine("— 3 —", "页码"),))
    shown = ImportReport(added=["1《甲》（a.txt）"], notes=[text]).render(full=True)
    assert "· 1《甲》（a.txt） 2025-03-04（文件名），小标题 3，段落 4，去掉 1 行" in shown


def test_reading_many_files_anew_is_told_to_superusers_and_a_few_are_not() -> None:
    assert not ImportReport(reread=5).notifies_superusers
    assert ImportReport(reread=6).notifies_superusers
    assert "没有改过的 6 个文件按新的读法重读完了。" in ImportReport(reread=6).render()


def test_json_gives_the_same_report_back() -> None:
    report = ImportReport(
        learned=[(3, "更多文稿")],
        added=["1《甲》"],
        waiting=["乙.txt"],
        clock_doubt="慢了",
        days_at_rest=3,
        speeches=1,
        sections=7,
    )
    assert ImportReport.from_json(report.to_json()) == report


@pytest.mark.parametrize(
    ("report", "attention", "unasked"),
    [
        (ImportReport(added=["1《甲》"]), False, False),
        (ImportReport(refused=["坏.txt：坏了"]), True, True),
        (ImportReport(held_back=6), True, True),
        (ImportReport(root_missing=True), True, True),
        (ImportReport(clock_doubt="慢了"), True, True),
        (ImportReport(undated=["1《甲》"]), False, False),
        (ImportReport(undated=["1《甲》"], days_at_rest=9), False, True),
        (ImportReport(days_at_rest=9), False, False),
    ],
)
def test_who_hears_of_it(report: ImportReport, attention: bool, unasked: bool) -> None:
    assert report.needs_attention is attention
    assert report.notifies_superusers is unasked


def test_the_first_line_counts_what_happened() -> None:
    nothing = ImportReport(speeches=8, sections=40)
    assert nothing.render() == "资料库现有 8 篇、40 段；本次没有变化。"
    some = ImportReport(added=["1《甲》", "2《乙》"], refused=["坏.txt：坏了"], speeches=2, sections=9)
    assert some.render().splitlines()[0] == "资料库现有 2 篇、9 段；本次新增 2，没能读入 1。"


def test_long_lists_are_cut_short_unless_all_is_asked_for() -> None:
    report = ImportReport(added=[f"{number}《甲》" for number in range(20)])
    assert "新增（20）：" in report.render()
    assert "· …… 另有 15 条，发“查看报告 第2页”看" in report.render()
    assert "另有" not in report.render(full=True) and "· 19《甲》" in report.render(full=True)


def test_what_must_be_done_is_said_with_the_words_to_send() -> None:
    assert "重新载入 确认" in ImportReport(held_back=6).render()
    assert "LIBRARY_DIR" in ImportReport(root_missing=True).render()
    doubted = ImportReport(clock_doubt="比最新的记录早了 3 天", waiting=["乙.txt"]).render()
    assert "重新载入 时间没错" in doubted and "没写日期（或日期还没到）的 1 篇" in doubted


def test_undated_texts_are_named_and_only_some_of_many() -> None:
    report = ImportReport(undated=[f"{number}《甲》" for number in range(5)], import_day="2026-03-18")
    shown = report.render()
    assert "2026-03-18" in shown and "2《甲》 等 5 篇" in shown and "3《甲》" not in shown


def test_names_of_files_cannot_look_like_the_bots_words() -> None:
    shown = ImportReport(refused=["a\n资料库现有 0 篇.txt：坏了"]).render()
    assert "\n资料库现有 0 篇" not in shown
    assert len(ImportReport(refused=["长" * 5_000]).render()) < 700
