"""Footnotes and endnotes of Word: their marks in the text, their words behind it."""

from __future__ import annotations

from datetime import date

from word_files import note, package, paragraph, reference, run

from jianggao.parsing.parser import parse
from jianggao.sources.word import read_word

LINE = "界碑后面那片坡地退耕以后"


def lines_of(body: str, footnotes: str = "", endnotes: str = "") -> list[str]:
    found = read_word(package(body, {"footnotes": footnotes, "endnotes": endnotes}))
    return [line for line in found.lines if line.strip()]


def test_notes_stand_behind_the_text_and_their_marks_at_their_places() -> None:
    body = paragraph(
        run(LINE) + reference("footnote", 3) + run("，松树活了七成") + reference("endnote", 2) + run("。")
    ) + paragraph("明年补种。")
    footnotes = note("footnote", 3, "坡地按二十五度以上计。", "其余的不在此数。")
    assert lines_of(body, footnotes, note("endnote", 2, "据护林站十月的清点。")) == [
        f"{LINE}[1]，松树活了七成[2]。",
        "明年补种。",
        "[1] 坡地按二十五度以上计。",
        "其余的不在此数。",
        "[2] 据护林站十月的清点。",
    ]


def test_the_lines_between_text_and_notes_are_no_notes() -> None:
    footnotes = note("footnote", 0, "分隔", type_of="separator") + note(
        "footnote", 1, "接上页", type_of="continuationNotice"
    )
    body = paragraph(run(LINE) + reference("footnote", 0) + reference("footnote", 9) + run("。"))
    assert lines_of(body, footnotes) == [LINE + "。"]


def test_an_authors_own_mark_stays_and_counts_for_none() -> None:
    body = paragraph(
        run(LINE)
        + reference("footnote", 2, own=True)
        + run("※")
        + run("，还要看三年")
        + reference("footnote", 3)
        + run("。")
    )
    footnotes = note("footnote", 2, "※ 含石灰窑旧址。") + note("footnote", 3, "成活以三年为准。")
    assert lines_of(body, footnotes) == [
        f"{LINE}※，还要看三年[1]。",
        "※ 含石灰窑旧址。",
        "[1] 成活以三年为准。",
    ]


def test_a_note_referred_to_twice_stands_once_and_one_that_was_deleted_not_at_all() -> None:
    body = paragraph(
        run("甲")
        + reference("footnote", 2)
        + run("乙")
        + reference("footnote", 2)
        + f"<w:del>{reference('footnote', 3)}</w:del>"
        + run("丙，丁，戊，己，说完了这一句话才算数。" + LINE + "，草木都认得人。" + LINE)
    )
    assert lines_of(body, note("footnote", 2, "同上。") + note("footnote", 3, "已删。"))[1:] == ["[1] 同上。"]


def test_a_title_carries_no_mark() -> None:
    body = paragraph(run("在护林大会上的讲话") + reference("footnote", 2)) + paragraph(
        run(LINE + "。") + reference("footnote", 3)
    )
    footnotes = note("footnote", 2, "根据录音整理。") + note("footnote", 3, "坡地在镇东。")
    assert lines_of(body, footnotes) == [
        "在护林大会上的讲话",
        LINE + "。[2]",
        "[1] 根据录音整理。",
        "[2] 坡地在镇东。",
    ]


def test_a_note_is_in_a_section() -> None:
    body = "".join(map(paragraph, ("在护林大会上的讲话", "同志们：", LINE * 3 + "，松树活了。"))) + paragraph(
        run(LINE) + reference("footnote", 2) + run("，人也歇了口气。")
    )
    source = read_word(package(body, {"footnotes": note("footnote", 2, "歇坡指轮封三年不放牧。")}))
    speech = parse("\n".join(source.lines), "a.docx", date(2026, 3, 18), source.headings)
    assert not isinstance(speech, str)
    assert "[1] 歇坡指轮封三年不放牧。" in speech.body(speech.sections[-1])
    assert speech.removed == ()
