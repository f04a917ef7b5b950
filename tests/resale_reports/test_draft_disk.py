"""Files of drafts on the disk: for their owner alone, whole or not at all, and gone when they are deleted."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from jianggao.errors import CannotWrite
from jianggao.resale_reports import draft_disk


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_for_its_owner_alone_and_its_digest_returned(tmp_path: Path) -> None:
    path = tmp_path / "00000001"
    assert draft_disk.write(path, b"a picture") == hashlib.sha256(b"a picture").hexdigest()
    assert path.read_bytes() == b"a picture"
    assert os.name == "nt" or mode_of(path) == 0o600


def test_nothing_is_written_over_a_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "00000001"
    path.write_bytes(b"somebody else's")
    with pytest.raises(FileExistsError):
        draft_disk.write(path, b"a picture")
    assert path.read_bytes() == b"somebody else's"


def test_a_note_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "00000001.json"
    (tmp_path / "00000001.json.new").write_bytes(b"the beginning of one, left by a kill")
    for content in (b"{}", b'{"held": 1}'):
        draft_disk.replace(path, content)
        assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_where_a_note_cannot_be_written_the_one_before_stays_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "00000001.json"
    draft_disk.replace(path, b"before")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        draft_disk.replace(path, b"after")
    assert path.read_bytes() == b"before"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "bot.drafts" / "00000001"
    draft_disk.on_disk(draft_disk.write, path, b"a picture")
    assert path.read_bytes() == b"a picture"
    assert os.name == "nt" or mode_of(path.parent) == 0o700


def test_a_full_disk_is_told_with_its_cause(tmp_path: Path) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    with pytest.raises(CannotWrite, match="材料暂时存不下（磁盘满了）"):
        draft_disk.on_disk(full, tmp_path / "00000001", b"")


def test_deleting_what_is_gone_or_cannot_be_deleted_ends_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    draft_disk.delete(tmp_path / "gone")
    assert caplog.records == []
    (tmp_path / "folder").mkdir()
    draft_disk.delete(tmp_path / "folder")
    assert "folder of a draft could not be deleted" in caplog.text and (tmp_path / "folder").is_dir()


def test_what_is_set_aside_keeps_its_bytes_under_a_name_that_is_no_drafts(tmp_path: Path) -> None:
    path = tmp_path / "00000001"
    path.write_bytes(b"a picture")
    draft_disk.set_aside(path)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
        ("00000001.unread", b"a picture")
    ]


def test_numbers_go_on_after_the_last_whatever_has_it(tmp_path: Path) -> None:
    assert draft_disk.last_number(tmp_path) == 0
    for name in ("00000003", "00000007.unread", "说明.txt", "123", "99999999999999"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "00000012").mkdir()
    assert draft_disk.last_number(tmp_path) == 12
