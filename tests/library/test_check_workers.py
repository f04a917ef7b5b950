"""Files that are read ahead in processes come in their order, and a file that ends its process costs itself
alone."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stored_speeches import TODAY

from jianggao.library import check_workers
from jianggao.library.check import refused_record
from jianggao.library.check_workers import FileToCheck, checked_ahead
from jianggao.library.preparation_workers import DIED


def says_its_process(path: Path, name: str, today: date) -> list[dict[str, Any]]:
    return [{"file": name, "process": os.getpid()}]


def dies_of_bad_files(path: Path, name: str, today: date) -> list[dict[str, Any]]:
    if name.startswith("坏"):
        os._exit(9)
    return [{"file": name}]


def files(*names: str) -> list[FileToCheck]:
    return [FileToCheck(Path(name), name, 10) for name in names]


def test_a_few_files_are_read_here() -> None:
    found = checked_ahead(files("甲", "乙"), says_its_process, refused_record, TODAY, 2)
    assert [record["process"] for records in found for record in records] == [os.getpid()] * 2


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few files are worth a process."""
    monkeypatch.setattr(check_workers, "_WORTH_PROCESSES", 0)


def test_many_files_are_read_in_other_processes_and_come_in_their_order(always: None) -> None:
    names = [f"{number}.txt" for number in range(40)]
    found = list(checked_ahead(files(*names), says_its_process, refused_record, TODAY, 2))
    assert [record["file"] for records in found for record in records] == names
    processes = {record["process"] for records in found for record in records}
    assert 1 <= len(processes) <= 2 and os.getpid() not in processes


def test_without_workers_nothing_is_started(always: None) -> None:
    found = list(checked_ahead(files("甲"), says_its_process, refused_record, TODAY, 1))
    assert found == [[{"file": "甲", "process": os.getpid()}]]


def test_a_file_that_ends_its_process_is_refused_alone(always: None) -> None:
    names = ("一.txt", "坏.pdf", "二.txt", "坏二.pdf", "三.txt")
    found = list(checked_ahead(files(*names), dies_of_bad_files, refused_record, TODAY, 2))
    assert [records[0]["file"] for records in found] == list(names)
    assert [bool(records[0].get("problems") == [DIED]) for records in found] == [
        False,
        True,
        False,
        True,
        False,
    ]


def fails_on_bad_files(path: Path, name: str, today: date) -> list[dict[str, Any]]:
    if path.name.startswith("坏"):
        raise MemoryError
    return says_its_process(path, name, today)


def test_a_worker_that_fails_and_lives_on_costs_one_file(always: None) -> None:
    found = list(checked_ahead(files("一", "坏", "三"), fails_on_bad_files, refused_record, TODAY, 2))
    assert [records[0]["file"] for records in found] == ["一", "坏", "三"]
    assert found[1][0]["problems"] == [check_workers.FAILED]
