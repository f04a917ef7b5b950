"""The table of `check`, for people."""

from __future__ import annotations

from dataclasses import replace

from jianggao.library.check_table import columns_of, table_of
from jianggao.library.reading_notes import NotedLine, ReadingNote

FINE = ReadingNote(
    "水利/冬修.txt",
    title="在全县水利冬修动员会上的讲话",
    day="2024-11-05",
    headings=6,
    sections=7,
    characters=900,
)
DOUBTED = ReadingNote(
    "甲.txt",
    title="晒谷",
    headings=12,
    sections=30,
    characters=9_000,
    doubtful=(NotedLine("更多文稿请关注"),),
)
REFUSED = ReadingNote("旧.doc", refusal="这种文件不读，请另存为 .docx")


def test_what_to_look_at_stands_first() -> None:
    lines = table_of([FINE, DOUBTED, REFUSED]).splitlines()
    assert [line.split()[0] for line in lines[1:4]] == ["没读", "看", "水利/冬修.txt"]
    assert "请另存为 .docx" in lines[1] and "有 1 行拿不准，没有去掉" in lines[2]
    assert "2024-11-05" in lines[3] and "导入当天" in lines[2]
    assert lines[-1] == "共 2 篇，要看一看 1；没能读 1 个。"
    assert table_of([FINE]).splitlines()[-1] == "共 1 篇，要看一看 0。"


def test_the_speeches_of_a_file_stay_in_its_order() -> None:
    parts = [
        replace(FINE, path=f"卷.txt/{title}", title=title, volume="卷.txt", speeches=3)
        for title in ("渠首", "闸口", "桥头")
    ]
    lines = table_of([replace(FINE, path="乙.txt"), *parts]).splitlines()
    assert [line.split()[-4] for line in lines[2:5]] == ["渠首", "闸口", "桥头"]


def test_columns_stand_below_their_names_whatever_the_width_of_the_letters() -> None:
    lines = table_of([FINE, DOUBTED, REFUSED]).splitlines()[:-1]
    at = columns_of(lines[0][: lines[0].index("文件")])
    for line, name in zip(lines[1:], ("旧.doc", "甲.txt", "水利/冬修.txt"), strict=True):
        assert columns_of(line[: line.index(name)]) == at
    ends = columns_of(lines[0][: lines[0].index("小标题") + 3])
    assert columns_of(lines[2][: lines[2].index("12") + 2]) == ends
    assert columns_of(lines[3][: lines[3].index(" 6 ") + 2]) == ends


def test_long_names_are_cut_and_keep_their_end() -> None:
    long = ReadingNote(
        "很长的文件夹名字" * 9 + "/最后的名字.txt", title="长" * 90, characters=900, headings=1
    )
    line = table_of([long]).splitlines()[1]
    assert "/最后的名字.txt" in line and columns_of(line) < 180 and line.count("…") == 2


def test_a_name_adds_no_line() -> None:
    assert len(table_of([ReadingNote("a\nb.txt", title="x\ny", refusal="坏\n了")]).splitlines()) == 3


def test_widths() -> None:
    assert columns_of("水a１") == 5 and columns_of("e\u0301") == 1


def test_a_file_of_several_speeches_is_named_with_their_number() -> None:
    part = ReadingNote(
        "很长的文件夹名字" * 9 + "/选编.txt/在修渠会上的讲话",
        title="在修渠会上的讲话",
        characters=900,
        headings=1,
        volume="很长的文件夹名字" * 9 + "/选编.txt",
        speeches=3,
    )
    line = table_of([part]).splitlines()[1]
    assert "/选编.txt（共 3 篇）" in line and line.count("…") == 1
