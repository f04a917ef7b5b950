"""The log on the disk."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jianggao.chat.logs.files import KEPT_DAYS, LogFile, RotatingFile

A_DAY = 86_400.0
START = time.time()
"""Files have the times of the system."""


class Times:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


_opened: list[LogFile] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    while _opened:
        _opened.pop().close()


def log_file(folder: Path, times: Times, largest: int = 1_000, kept: int = 3) -> LogFile:
    one = LogFile(folder / "logs" / "bot.log", largest, kept, wall_time=times, monotonic=times)
    _opened.append(one)
    return one


def test_all_files_together_are_bounded(tmp_path: Path) -> None:
    log = log_file(tmp_path, Times())
    for at in range(1_000):
        log.write(f"line {at:05}\n")
    paths = sorted((tmp_path / "logs").iterdir())
    assert [path.name for path in paths] == ["bot.log", "bot.log.1", "bot.log.2", "bot.log.3"]
    assert sum(path.stat().st_size for path in paths) <= 4_000
    assert paths[0].read_text("utf-8").endswith("line 00999\n")


def test_a_new_day_has_a_new_file_also_after_a_restart(tmp_path: Path) -> None:
    times = Times()
    log_file(tmp_path, times).write("yesterday\n")
    path = tmp_path / "logs" / "bot.log"
    os.utime(path, (START, START))
    times.now += A_DAY
    log = log_file(tmp_path, times)
    log.write("today\n")
    log.write("today\n")
    assert path.read_text("utf-8") == "today\ntoday\n"
    assert path.with_name("bot.log.1").read_text("utf-8") == "yesterday\n"
    times.now += A_DAY
    log.write("tomorrow\n")
    assert path.read_text("utf-8") == "tomorrow\n"


def test_a_restart_goes_on_with_the_file_of_the_day(tmp_path: Path) -> None:
    times = Times()
    for text in ("one\n", "two\n"):
        log_file(tmp_path, times).write(text)
        os.utime(tmp_path / "logs" / "bot.log", (START, START))
    assert (tmp_path / "logs" / "bot.log").read_text("utf-8") == "one\ntwo\n"


@pytest.mark.skipif(os.name == "nt", reason="an open file can be neither moved nor deleted there")
@pytest.mark.parametrize("goes", ["deleted", "moved", "replaced", "with its folder"])
def test_a_file_that_somebody_took_away_is_begun_anew(tmp_path: Path, goes: str) -> None:
    log = log_file(tmp_path, Times())
    log.write("before\n")
    if goes == "moved":
        log.path.rename(tmp_path / "kept.log")
    elif goes == "with its folder":
        shutil.rmtree(log.path.parent)
    else:
        log.path.unlink()
    if goes == "replaced":
        log.path.write_text("theirs\n", "utf-8")
    log.write("after\n")
    log.write("again\n")
    assert log.path.read_text("utf-8") == ("theirs\n" if goes == "replaced" else "") + "after\nagain\n"
    assert log.path.stat().st_mode & 0o777 == 0o600 and log.lost == 0


def test_files_go_after_two_weeks(tmp_path: Path) -> None:
    times = Times()
    log = log_file(tmp_path, times)
    log.write("old\n")
    times.now += A_DAY
    log.write("newer\n")
    os.utime(tmp_path / "logs" / "bot.log.1", (START, START))
    os.utime(tmp_path / "logs" / "bot.log", (times.now, times.now))
    times.now = START + (KEPT_DAYS + 0.5) * A_DAY
    log.write("newest\n")
    log.write("newest\n")
    texts = [path.read_text("utf-8") for path in sorted((tmp_path / "logs").iterdir())]
    assert texts == ["newest\nnewest\n", "newer\n"]


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_files_are_for_the_own_account_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        log = log_file(tmp_path, Times())
        for _ in range(500):
            log.write("a line\n")
    finally:
        os.umask(before)
    assert (tmp_path / "logs").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "logs").iterdir()} == {0o600}


def test_a_disk_that_takes_nothing_is_told_once_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    times = Times()
    log = log_file(tmp_path, times)
    write, is_full = RotatingFile.write, True
    tried = 0

    def maybe(self: RotatingFile, text: str) -> None:
        nonlocal tried
        tried += 1
        if is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(self, text)

    monkeypatch.setattr(RotatingFile, "write", maybe)
    for _ in range(1_000):
        log.write("a line\n")
    assert tried == 1 and log.lost == 1_000
    times.now += 31
    log.write("a line\n")
    assert tried == 2
    is_full = False
    times.now += 31
    log.write("last\n")
    assert log.path.read_text("utf-8") == "last\n"
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2 and "磁盘满了" in told[0] and "少了 1001 行" in told[1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_really_full_disk_raises_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "bot.log").symlink_to("/dev/full")
    log = log_file(tmp_path, Times())
    for _ in range(100):
        log.write("a line\n")
    assert log.lost == 100 and capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("blocked", ["logs", "logs/bot.log"])
def test_a_place_that_is_taken_raises_nothing(
    tmp_path: Path, blocked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if blocked == "logs":
        (tmp_path / "logs").write_text("", "utf-8")
    else:
        (tmp_path / "logs" / "bot.log").mkdir(parents=True)
    log = log_file(tmp_path, Times())
    log.write("a line\n")
    log.write("a line\n")
    assert log.lost == 2 and capsys.readouterr().err.count("日志写不进") == 1
