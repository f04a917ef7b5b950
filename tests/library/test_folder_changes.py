"""Which files are gone, and when somebody must confirm it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.library.folder_changes import (
    are_too_many,
    files_to_read,
    gone_files,
    parts_of,
    report_unreadable,
    shifted,
)
from jianggao.library.import_report import ImportReport
from jianggao.library.scan import FoundFile, scan
from jianggao.library.source_store import READ_AGAIN, KnownFile


@pytest.mark.parametrize(
    ("gone", "known", "too_many"),
    [(5, 5, False), (6, 6, True), (6, 30, False), (7, 30, True), (0, 0, False)],
)
def test_many_and_a_large_share_must_be_gone_for_a_doubt(gone: int, known: int, too_many: bool) -> None:
    assert are_too_many(gone, known) is too_many


def test_a_file_that_is_no_longer_there_is_gone(tmp_path: Path) -> None:
    (tmp_path / "在.txt").write_text("在", "utf-8")
    known = {name: KnownFile(FoundFile(name, 1, 1, name), "4") for name in ("在.txt", "不在.txt")}
    found = scan(tmp_path)
    assert gone_files(found, known) == ["不在.txt"]
    report = ImportReport()
    report_unreadable(found, known, None, report)
    assert report.refused == []


def test_what_is_new_or_changed_or_read_by_another_parser_is_read(tmp_path: Path) -> None:
    for name in ("同.txt", "改.txt", "旧.txt", "待.txt", "新.txt"):
        (tmp_path / name).write_text("在", "utf-8")
    found = scan(tmp_path)
    state = {file.path: file for file in found.files}
    known = {
        "同.txt": KnownFile(state["同.txt"], "4"),
        "改.txt": KnownFile(FoundFile("改.txt", 1, 1, "改.txt"), "4"),
        "旧.txt": KnownFile(state["旧.txt"], "3"),
        "待.txt": KnownFile(state["待.txt"], READ_AGAIN),
    }
    report = ImportReport()
    files = files_to_read(found, known, None, "4", report)
    assert {file.path for file in files} == {"改.txt", "旧.txt", "待.txt", "新.txt"}
    assert (report.unchanged_files, report.reread) == (1, 1)
    assert [file.path for file in files_to_read(found, known, "新.txt", "4", report)] == ["新.txt"]


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, [0]), (40, [40]), (41, [40, 1]), (440, [40, 400]), (1_000, [40, 400, 560])]
)
def test_an_import_begins_with_small_parts(count: int, sizes: list[int]) -> None:
    files = [FoundFile(f"{at}.txt", 1, 1, f"{at}.txt") for at in range(count)]
    parts = list(parts_of(files))
    assert [file for part in parts for file in part] == files and sum(map(len, parts)) == count
    assert [len(part) for part in parts] == sizes


def test_progress_counts_over_all_parts() -> None:
    told: list[tuple[int, int]] = []
    progress = shifted(lambda done, total: told.append((done, total)), 40, 100)
    assert progress is not None and shifted(None, 40, 100) is None
    progress(3, 60)
    assert told == [(43, 100)]
