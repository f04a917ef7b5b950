"""How texts and their lines are told to the operator."""

from __future__ import annotations

from jianggao.library.reading_notes import NotedLine, ReadingNote
from jianggao.library.report_wording import (
    concern_told,
    details_told,
    doubtful_told,
    facts_told,
    learned_told,
    line_told,
    name_told,
    no_text_named,
    note_told,
)

LINE = NotedLine("更多文稿请关注", "", 7)
FINE = ReadingNote("水利/a.txt", 12, "晒谷", "2025-03-04", "line", 3, 4, 1_900)
DOUBTED = ReadingNote("b.txt", 13, "渡口", characters=900, headings=1, doubtful=(LINE,))


def test_a_line_stands_in_quotes_behind_its_number() -> None:
    assert line_told(7, "更多“文稿”") == "7 “更多‘文稿’”" and line_told(None, "————") == "“————”"


def test_a_text_is_named_by_its_speech_or_its_file() -> None:
    assert name_told(FINE) == "12《晒谷》" and name_told(ReadingNote("坏.doc", 12, refusal="坏")) == "坏.doc"


def test_an_ordinary_text_is_told_by_its_facts() -> None:
    assert facts_told(FINE) == "2025-03-04（日期行），小标题 3，段落 4"
    assert note_told(FINE) == f"12《晒谷》 {facts_told(FINE)}"
    assert note_told(DOUBTED) == concern_told(DOUBTED) == "13《渡口》：有 1 行拿不准，没有去掉"
    assert "拿不准 1 行" in facts_told(DOUBTED) and facts_told(DOUBTED).startswith("没有日期，")


def test_a_doubtful_line_is_told_once_with_its_texts() -> None:
    other = ReadingNote("c.txt", 14, "夜校", doubtful=(LINE, NotedLine("欢迎订阅。", "", 9)))
    assert doubtful_told([DOUBTED, FINE, other], 5) == [
        "拿不准、没有去掉的行（2）：",
        "7 “更多文稿请关注”（13《渡口》 等 2 篇）",
        "9 “欢迎订阅。”（14《夜校》）",
        "不是正文就发“去行 7”，是正文就发“留行 7”；几行一起写：去行 7 9。",
    ]
    assert "…… 另有 1 行" in doubtful_told([DOUBTED, other], 1)
    assert doubtful_told([FINE], 5) == []


def test_learned_lines_are_told_with_the_way_back() -> None:
    assert learned_told([], 5) == []
    told = learned_told([(7, "更多文稿"), (8, "欢迎订阅")], 1)
    assert told[1:] == ["7 “更多文稿”", "…… 另有 1 行", "是正文就发“留行 7”，放回去。"]


def test_details_tell_what_went_and_why() -> None:
    pages = tuple(NotedLine(f"— {page} —", "页码", page) for page in range(1, 31))
    text = ReadingNote(
        "a.txt", 12, "晒谷", "2025-03-04", "", 3, 4, 1_900, (NotedLine("————", "分隔线"), *pages)
    )
    shown = details_told(text)
    assert shown.startswith("12《晒谷》（a.txt）\n日期 2025-03-04（导入当天），小标题 3，段落 4，1,900 字\n")
    assert "去掉的行（31）：\n分隔线（1）：\n· “————”\n页码（30）：\n· 1 “— 1 —”" in shown
    assert "· …… 另有 18 行" in shown and shown.endswith("去错了就发“留行 1”，放回去。")
    assert details_told(FINE).endswith("没有去掉什么行。")
    assert "要看：没有读入：坏了" in details_told(ReadingNote("坏.doc", refusal="坏了"))


def test_what_no_name_holds_is_quoted() -> None:
    assert no_text_named("冬“修").startswith("没有名字里有“冬‘修”的文件。")
