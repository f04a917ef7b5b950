"""Files of kinds that aren't read: one line says how many of which, and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from put_files import archive_of, listed

from jianggao.application import Application
from jianggao.library import preparation_workers
from jianggao.library.check import check_paths, render
from jianggao.library.import_report import ImportReport
from jianggao.library.other_kinds import unread_line
from jianggao.library.preparation import PreparedSource
from jianggao.library.scan import FoundFile, scan

SPEECH = (
    "在堤上的讲话\n同志们：\n"
    + "堤上的草要割，獾洞要填，夜里要有人提着灯走一遍，走过的人在木牌上画一道。" * 3
)


@pytest.mark.parametrize(
    ("paths", "line"),
    [
        ([], ""),
        (["a.pptx"], "没有读：.pptx 1 个。要读的请另存为 .docx 或 .txt"),
        (
            ["a.JPG", "集/b.jpg", "c.rar", "d.doc", "讲话"],
            "没有读：.jpg 2 个、.rar 1 个、.doc 1 个、没有后缀的 1 个。"
            ".doc 要装了 LibreOffice 才能读，装好后重新载入，或先另存为 .docx；.rar 请解开，或改压成 .zip；"
            "图片里的文字要先做文字识别（OCR）；要读的请另存为 .docx 或 .txt",
        ),
    ],
)
def test_the_line_counts_by_kind_and_says_what_to_do(paths: list[str], line: str) -> None:
    assert unread_line(paths) == line


def test_many_kinds_are_cut_short_and_odd_names_are_quoted_safely() -> None:
    line = unread_line([f"a.k{at}" for at in range(30)])
    assert "其他 18 个" in line and len(line) < 300
    assert "\n" not in unread_line(["a.b\nc" + "d" * 500]) and len(unread_line(["a." + "d" * 500])) < 100


def test_scan_lists_them_but_not_what_programs_leave_behind(tmp_path: Path) -> None:
    for name in ("a.txt", "b.pptx", "讲话", "Thumbs.db", ".DS_Store", "desktop.ini", "~$a.docx", "README.md"):
        (tmp_path / name).touch()
    found = scan(tmp_path)
    assert [file.path for file in found.files] == ["a.txt"]
    assert found.other_kinds == ("b.pptx", "讲话")


def test_check_has_one_record_for_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SPEECH, "utf-8")
    for name in ("b.pptx", "c.pptx"):
        (tmp_path / name).touch()
    speech, others = check_paths([tmp_path], date(2026, 3, 18))
    assert speech["title"] == "在堤上的讲话"
    assert others["unread"] == [f"{tmp_path}/b.pptx", f"{tmp_path}/c.pptx"]
    assert render(others) == "!! 没有读：.pptx 2 个。要读的请另存为 .docx 或 .txt"


async def test_an_import_tells_them_in_one_line_and_they_are_no_refusals(
    application: Application, library: Path
) -> None:
    for name in ("年会.pptx", "合影.jpg", "讲话"):
        (library / name).touch()
    archive_of(library / "旧稿.zip", [("一.txt", SPEECH), ("封面.jpg", "x"), ("Thumbs.db", "x")])
    report = await application.importer.run()
    assert report.unread == ["合影.jpg", "年会.pptx", "讲话", "旧稿.zip/封面.jpg"]
    assert not report.refused and not report.needs_attention
    assert "没有读：.jpg 2 个、.pptx 1 个、没有后缀的 1 个。" in report.render()
    assert ImportReport.from_json(report.to_json()).unread == report.unread
    # The archive is as it was, and isn't looked into again.
    assert (await application.importer.run()).unread == ["合影.jpg", "年会.pptx", "讲话"]


async def test_what_was_read_of_a_file_stays_where_nothing_reads_its_kind_any_more(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library / "讲话.doc"
    path.write_text(SPEECH, "utf-8")
    assert len((await application.importer.run()).added) == 1
    before = await listed(application)

    def none_installed(root: Path, file: FoundFile, today: date, **_: object) -> list[PreparedSource]:
        return [PreparedSource(file.path, (), None, "没有装", passing=True, other_kind=True)]

    path.write_text(SPEECH + "又改了一句。", "utf-8")
    monkeypatch.setattr(preparation_workers, "prepare_file", none_installed)
    for _ in range(2):  # it is tried again each time
        report = await application.importer.run()
        assert (report.unread, report.withdrawn) == (["讲话.doc"], [])
    assert await listed(application) == before
    monkeypatch.undo()
    assert len((await application.importer.run()).changed) == 1
