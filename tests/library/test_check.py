"""What `check` says of files, without storing anything."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from doubtful_texts import OFFER, speech_of
from speech_texts import FULL
from stored_speeches import TODAY
from volume_texts import VOLUMES

from jianggao.library import check
from jianggao.library.check import (
    check_paths,
    note_of_record,
    refused_record,
    render,
    render_concerns,
)
from jianggao.sources.files import SourceText


def records(*paths: Path) -> list[dict[str, Any]]:
    return list(check_paths(paths, TODAY))


@pytest.fixture
def full(tmp_path: Path) -> Path:
    file = tmp_path / "冬修.txt"
    file.write_text(FULL, "utf-8")
    return file


def test_a_text_is_told_with_all_that_was_made_of_it(full: Path) -> None:
    (record,) = records(full)
    assert record["title"] == "在全县水利冬修动员会上的讲话" and record["salutation"] == "同志们："
    assert record["date"] == "2024-11-05" and record["file"] == str(full) and record["problems"] == []
    assert record["headings"][1] == {"level": 2, "mark": "一是", "text": "渠老了"}
    assert record["sections"][1]["heading"] == "一、认清账本，知道为什么修"
    assert record["sections"][1]["number"] == 2 and record["sections"][1]["body"].startswith("去年伏旱")
    assert "春耕文稿社编辑，咨询QQ10000001" in record["removed"]


def test_folders_are_walked_and_texts_named_by_their_path(full: Path) -> None:
    folder = full.parent
    with zipfile.ZipFile(folder / "集.zip", "w") as archive:
        archive.writestr("党建/甲.txt", FULL)
    assert [record["file"] for record in records(folder)] == [
        f"{folder}/冬修.txt",
        f"{folder}/集.zip/党建/甲.txt",
    ]


def test_each_speech_of_a_volume_has_a_record(tmp_path: Path) -> None:
    (tmp_path / "汇编.txt").write_text(VOLUMES["one below the other"][0], "utf-8")
    found = records(tmp_path)
    assert [record["file"] for record in found] == [
        f"{tmp_path}/汇编.txt/{title}" for title in VOLUMES["one below the other"][1]
    ]
    assert all(record["sections"] and record["problems"] == [] for record in found)


def test_what_cannot_be_read_has_its_reason_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "短.txt").write_text("一行", "utf-8")
    (tmp_path / "链接.txt").symlink_to("/etc/hostname")
    short, link = sorted(records(tmp_path), key=lambda record: record["file"])
    assert (
        short["problems"] == ["只有一行，没有正文。请补上正文，不是讲话就移走"]
        and short["title"] == ""
        and short["sections"] == []
    )
    assert "指向资料文件夹外面的链接" in link["problems"][0]
    (missing,) = records(tmp_path / "没有.txt")
    assert len(missing["problems"]) == 1 and missing["date"] is None


@pytest.mark.parametrize("step", ["read_source", "parse_source"])
def test_a_fault_of_ours_is_told_with_its_file_and_ends_nothing(
    full: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(check, step, fails)
    first, second = records(full, full)
    assert first["problems"] == second["problems"]
    assert first["problems"][0].startswith("读的时候出错（ZeroDivisionError），没有读。请")


def test_a_record_is_told_to_people(full: Path) -> None:
    shown = render(records(full)[0])
    assert shown.startswith(
        f"== {full}\n标题：在全县水利冬修动员会上的讲话\n日期：2024-11-05（题下）\n称谓：同志们："
    )
    assert "\n  一、认清账本，知道为什么修\n    一是渠老了\n" in shown
    assert "\n[3] 一是渠老了（" in shown and "\n去掉的行（6）：\n" in shown


def test_a_long_salutation_is_told_by_its_beginning(tmp_path: Path) -> None:
    call = "各位看闸的老人、" * 5 + "各位乡亲："
    body = "修渠要先修闸，闸门不灵水就不听话，这是老话。" * 3
    (tmp_path / "a.txt").write_text(f"在修渠会上的讲话\n{call}\n{body}\n{body}\n", "utf-8")
    (record,) = records(tmp_path / "a.txt")
    (told,) = (line for line in render(record).splitlines() if line.startswith("称谓："))
    assert record["salutation"] == call and told == f"称谓：{call[:39]}…"


@pytest.mark.parametrize(
    ("title", "under", "end", "where"),
    [
        ("在2024年3月5日修渠会上的讲话", "方大川", "", "标题"),
        ("在修渠会上的讲话", "2024年3月5日", "", "题下"),
        ("在修渠会上的讲话", "方大川", "方大川\n2024年3月5日", "落款"),
    ],
)
def test_a_date_is_named_by_where_it_stands(
    tmp_path: Path, title: str, under: str, end: str, where: str
) -> None:
    body = "修渠要先修闸，闸门不灵水就不听话，这是老话。" * 3
    (tmp_path / "a.txt").write_text(f"{title}\n{under}\n同志们：\n{body}\n{body}\n{end}\n", "utf-8")
    assert f"日期：2024-03-05（{where}）" in render(records(tmp_path / "a.txt")[0])


def test_a_mark_of_words_is_parted_from_its_text_everywhere(tmp_path: Path) -> None:
    body = "修渠要先修闸，闸门不灵水就不听话，这是老话。" * 4
    text = f"修渠的课\n同志们：\n{body}\n第一讲　看水\n{body}\n第二讲　守闸\n{body}\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    shown = render(records(tmp_path / "a.txt")[0])
    assert "\n  第一讲 看水\n" in shown and "] 第一讲 看水（" in shown


def test_a_refused_text_is_told_by_its_reason_alone(tmp_path: Path) -> None:
    (tmp_path / "短.txt").write_text("一行", "utf-8")
    assert (
        render(records(tmp_path / "短.txt")[0])
        == f"== {tmp_path}/短.txt\n!! 只有一行，没有正文。请补上正文，不是讲话就移走"
    )


def test_a_text_without_date_and_salutation_says_so(tmp_path: Path) -> None:
    file = tmp_path / "无日期.txt"
    file.write_text("说说修渠\n" + "修渠要先修闸，闸门不灵水就不听话，这是老话。" * 3 + "\n", "utf-8")
    shown = render(records(file)[0])
    assert "日期：（没有，导入时记为当天）" in shown and "称谓：（没有）" in shown


def test_a_name_cannot_forge_lines(tmp_path: Path) -> None:
    record = {**records(tmp_path / "没有.txt")[0], "file": "a\n标题：假的"}
    assert "\n标题：" not in render(record)


def test_a_record_says_where_its_date_is_from_and_why_lines_went(tmp_path: Path) -> None:
    file = tmp_path / "2025-04-02 晒谷.txt"
    file.write_text(speech_of("晒谷", OFFER).replace("（2025年3月4日）\n", "") + "— 3 —\n", "utf-8")
    (record,) = records(file)
    assert (record["date"], record["date_origin"]) == ("2025-04-02", "file name")
    assert record["doubtful"] == [OFFER] and record["removed"] == ["— 3 —"]
    assert len(record["removed_because"]) == 1 and record["occasion"] == "" and record["speaker"] == ""
    shown = render(record)
    assert "日期：2025-04-02（文件名）" in shown and f"拿不准、没有去掉的行（1）：\n  ? {OFFER}" in shown
    assert "!! 有 1 行拿不准，没有去掉" in shown


def test_what_the_file_itself_could_not_give_is_told(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path, name: str) -> list[SourceText]:
        return [SourceText(name, FULL, "utf-8", problems=("第 2 页有一张图片里的字没有读",))]

    monkeypatch.setattr(check, "read_source", read)
    assert records(full)[0]["problems"] == ["第 2 页有一张图片里的字没有读"]


def test_concerns_are_shown_without_the_body(full: Path) -> None:
    shown = render_concerns(records(full)[0])
    assert "标题：在全县水利冬修动员会上的讲话" in shown and "去掉的行（6）" in shown
    assert "段落（" not in shown and "去年伏旱" not in shown


def test_a_note_is_the_same_as_the_imports(full: Path) -> None:
    note = note_of_record(records(full)[0])
    assert (note.day, note.date_origin, note.headings) == ("2024-11-05", "under title", 6)
    assert not note.urgency and len(note.removed) == 6
    refused = note_of_record(refused_record("坏.doc", "这种文件不读"))
    assert refused.concerns == ("没有读入：这种文件不读",)
