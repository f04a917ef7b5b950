"""Why no file can stand at a path."""

import errno
import os
from pathlib import Path

import pytest
from told_failures import error_of, told

from jianggao.database.failures import explain_error
from jianggao.errors import (
    FolderUnusable,
)


def test_a_folder_in_the_databases_place(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.mkdir()
    assert "是文件夹" in told(error_of(path), path, FolderUnusable)
    assert "是文件夹" in told(error_of(f"{path.as_uri()}?mode=ro", uri=True), path, FolderUnusable)


def test_a_file_in_the_folders_place(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    path = tmp_path / "data" / "bot.db"
    assert "是文件，不是文件夹" in told(error_of(path), path, FolderUnusable)
    with pytest.raises(OSError) as raised:
        path.parent.mkdir()
    assert "是文件，不是文件夹" in told(raised.value, path, FolderUnusable)


def test_a_link_to_nowhere_in_the_folders_place(tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(tmp_path / "unplugged")
    path = tmp_path / "data" / "bot.db"
    assert "链接" in told(error_of(path), path, FolderUnusable)


def test_of_a_closed_folder_its_own_rights_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    (closed / "data").mkdir(parents=True)
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != closed and may(path, mode))
    path = closed / "data" / "bot.db"
    told = explain_error(PermissionError(errno.EACCES, "", str(path)), path)
    assert isinstance(told, FolderUnusable) and f"没有权限进入文件夹 {closed}。" in str(told)
