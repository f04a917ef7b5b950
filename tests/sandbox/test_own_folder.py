"""The sandbox lives in its own folder and never in a live bot's, whatever `.env` or the environment names as
that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from project_root import ROOT

from jianggao.errors import CannotStart
from jianggao.sandbox.own_folder import MARKER, claim_folder
from jianggao.sandbox.web.server import serve

PORT = 8099


class Reached(Exception):
    """The sandbox would have begun."""


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A live bot's folder, named in a `.env` as operators write it; the sandbox stops where it would
    begin."""
    project = tmp_path / "project"
    project.mkdir()
    folder = tmp_path / "live"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "bot.db").write_bytes(b"what people entrusted to us")
    (project / ".env").write_text(f"ONEBOT_ACCESS_TOKEN=\nDATABASE_FILE={folder}/data/bot.db\n", "utf-8")
    monkeypatch.delenv("DATABASE_FILE", raising=False)
    monkeypatch.delenv("LIBRARY_DIR", raising=False)

    def begin(*args: object, **kwargs: object) -> None:
        raise Reached

    monkeypatch.setattr("jianggao.sandbox.web.server.make_application", begin)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_live_bots_folder_is_refused(live: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)
    (tmp_path / "link").symlink_to(live)
    for folder in (live, live / "data", live.parent, tmp_path / "link", live / "data" / ".." / "data"):
        with pytest.raises(CannotStart, match="正式机器人"):
            serve("127.0.0.1", PORT, folder, tmp_path / "project")
    assert contents(tmp_path) == before


def test_the_environment_counts_as_for_the_bot(
    live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "named"
    monkeypatch.setenv("DATABASE_FILE", str(named / "data" / "bot.db"))
    with pytest.raises(CannotStart, match="正式机器人"):
        serve("127.0.0.1", PORT, named, tmp_path / "project")
    monkeypatch.setenv("LIBRARY_DIR", str(tmp_path / "speeches"))
    with pytest.raises(CannotStart, match="LIBRARY_DIR"):
        serve("127.0.0.1", PORT, tmp_path / "speeches" / "new", tmp_path / "project")


def test_a_marker_does_not_open_the_live_database(live: Path, tmp_path: Path) -> None:
    """A folder of the sandbox that was later made the live one, or links to it."""
    (live / MARKER).write_text("", "utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / MARKER).write_text("", "utf-8")
    (own / "data").symlink_to(live / "data")
    second = tmp_path / "second"
    (second / "data").mkdir(parents=True)
    (second / MARKER).write_text("", "utf-8")
    os.link(live / "data" / "bot.db", second / "data" / "bot.db")
    for folder in (live, own, second):
        with pytest.raises(CannotStart, match="正式机器人"):
            serve("127.0.0.1", PORT, folder, tmp_path / "project")


@pytest.mark.parametrize("inside", ["a.txt", "data/bot.db", "data/bot.marks.key", "clock/x"])
def test_a_folder_with_other_things_is_refused(live: Path, tmp_path: Path, inside: str) -> None:
    folder = tmp_path / "used"
    (folder / inside).parent.mkdir(parents=True)
    (folder / inside).write_text("theirs", "utf-8")
    before = contents(folder)
    with pytest.raises(CannotStart, match="空文件夹"):
        serve("127.0.0.1", PORT, folder, tmp_path / "project")
    assert contents(folder) == before


def test_an_empty_folder_becomes_its_own_and_is_used_again(live: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "one"
    for _ in range(2):
        with pytest.raises(Reached):
            serve("127.0.0.1", PORT, folder, tmp_path / "project")
        (folder / "data").mkdir(exist_ok=True)
        (folder / "data" / "bot.db").write_bytes(b"the sandbox's own")
    assert (folder / MARKER).is_file()


def test_a_folder_of_an_earlier_release_is_recognised(live: Path, tmp_path: Path) -> None:
    folder = tmp_path / "earlier"
    (folder / "data").mkdir(parents=True)
    for name in ("clock", "bot.log", "data/bot.db", "data/bot.db.lock", "data/bot.marks.key"):
        (folder / name).write_text("0", "utf-8")
    claim_folder(folder, live / "data" / "bot.db", tmp_path / "speeches")
    assert (folder / MARKER).is_file()


def test_wrong_use_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bot.db").write_bytes(b"x")
    command = [
        sys.executable,
        str(ROOT / "bot.py"),
        "--sandbox",
        "--port",
        str(PORT),
        "--folder",
        str(tmp_path),
    ]
    environ = {**os.environ, "PYTHONUTF8": "1", "DATABASE_FILE": str(tmp_path / "data" / "bot.db")}
    ended = subprocess.run(
        command, env=environ, capture_output=True, encoding="utf-8", check=False, timeout=60, cwd=tmp_path
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1 and "正式机器人" in ended.stderr
    assert (tmp_path / "data" / "bot.db").read_bytes() == b"x"
