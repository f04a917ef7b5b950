"""What the file system says about a place: sizes, room, limits, write protection."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from small_disks import fill, not_to_be_written

from jianggao.database import disk


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 KB"),
        (999, "0 KB"),
        (5_400, "5 KB"),
        (999_999, "999 KB"),
        (1_000_000, "1 MB"),
        (2_600_000, "3 MB"),
        (1_250_000_000, "1.2 GB"),
    ],
)
def test_sizes_are_written_for_people(size: int, text: str) -> None:
    assert disk.format_size(size) == text


def test_the_size_of_a_folder_is_that_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a").write_bytes(bytes(700))
    (tmp_path / "b").write_bytes(bytes(300))
    (tmp_path / "link").symlink_to(tmp_path / "b")
    assert disk.size_of(tmp_path) == 1_000 and disk.size_of(tmp_path / "b") == 300
    assert disk.size_of(tmp_path / "gone") == 0


def test_the_nearest_folder_that_is_there(tmp_path: Path) -> None:
    assert disk.existing_folder(tmp_path / "a" / "b" / "bot.db") == tmp_path
    assert disk.existing_folder(tmp_path / "bot.db") == tmp_path
    (tmp_path / "a").write_text("a file is no folder")
    assert disk.existing_folder(tmp_path / "a" / "bot.db") == tmp_path


def test_room_goes_and_comes_back(small_disk: Path) -> None:
    path = small_disk / "bot.db"
    assert disk.has_room(path) and disk.free_bytes(path) > disk.LITTLE
    ballast = fill(small_disk)
    assert not disk.has_room(path)
    ballast.unlink()
    assert disk.has_room(path)
    assert list(small_disk.iterdir()) == []  # to ask leaves nothing


def test_a_limit_on_the_size_of_files_is_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(bytes(100_000))
    monkeypatch.setattr(disk, "size_limit", lambda: 150_000)
    assert disk.reaches_size_limit(path) and not disk.has_room(path)
    monkeypatch.setattr(disk, "size_limit", lambda: 300_000)
    assert not disk.reaches_size_limit(path)
    path.with_name("bot.db-wal").write_bytes(bytes(290_000))  # it grows too
    assert disk.reaches_size_limit(path)
    monkeypatch.setattr(disk, "size_limit", lambda: None)
    assert not disk.reaches_size_limit(path) and disk.has_room(path)


def test_a_place_that_cannot_be_written_is_read_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    assert not disk.is_read_only(folder / "bot.db")
    with not_to_be_written(folder):
        assert disk.is_read_only(folder / "bot.db")
    assert not disk.is_read_only(folder / "bot.db")


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits")
def test_how_many_files_may_be_opened() -> None:
    limit = disk.open_files_limit()
    assert disk.can_open(3)
    if limit is not None and limit < 100_000:
        assert not disk.can_open(limit)
        assert disk.can_open(3)  # the probes are closed again
