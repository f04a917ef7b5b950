"""What stands in the database's place and isn't ours stays as it is."""

from __future__ import annotations

import os
import socket
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from jianggao.backups import back_up, restore
from jianggao.database import Database
from jianggao.errors import FolderUnusable, NotADatabase


def state_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.name: (stat.S_IMODE(path.stat().st_mode), path.read_bytes())
        for path in folder.iterdir()
        if path.is_file()
    }


@pytest.mark.parametrize("kind", ["database", "text"])
async def test_another_programs_files_are_left_as_they_are(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    path = folder / "places.sqlite"
    if kind == "database":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE theirs (x)")
    else:
        path.write_text("台账" * 900, "utf-8")
    (folder / "places.tls.key").write_text("theirs")
    for file in folder.iterdir():
        file.chmod(0o644)
    before = state_of(folder)
    with pytest.raises(NotADatabase):
        await Database.open(path)
    assert state_of(folder) == before


@pytest.mark.parametrize("kind", ["device", "pipe", "socket", "loop", "long"])
async def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "bot.db"
    if kind == "device":
        path.symlink_to("/dev/null")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as theirs:
            theirs.bind(str(path))
    elif kind == "loop":
        path.symlink_to(path)
    else:
        path = tmp_path / ("b" * 300)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FolderUnusable):
        await Database.open(path)
    with pytest.raises(FolderUnusable):
        await back_up(path, tmp_path / "copies" / "copy.db")
    with pytest.raises(FolderUnusable):
        await restore(tmp_path / "nothing.db", path)
    assert sorted(tmp_path.iterdir()) == before


async def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url)")
        other.commit()
    with pytest.raises(NotADatabase, match="别的程序"):
        await Database.open(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
