"""Which files are gone, and when somebody must confirm it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.library.gone_files import are_too_many, gone_files, report_unreadable
from jianggao.library.import_report import ImportReport
from jianggao.library.scan import FoundFile, scan
from jianggao.library.source_store import KnownFile


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
