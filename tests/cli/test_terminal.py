"""What the verbs share: settings, encodings of the terminal, exit codes."""

from __future__ import annotations

import json
import os
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from speech_texts import FULL

import bot
from jianggao.cli.terminal import Terminal, run_verb
from jianggao.errors import (
    CannotStart,
    CannotWrite,
    DatabaseDamaged,
    DiskFull,
    JianggaoError,
    NotFound,
    WrongUse,
)


def test_wrong_settings_are_one_line(library: Path, tmp_path: Path) -> None:
    environ = {
        "LIBRARY_DIR": str(library),
        "DATABASE_FILE": str(tmp_path / "bot.db"),
        "SEND_INTERVAL": "soon",
    }
    result = CliRunner(env=environ).invoke(bot.command_line, ["search", "x"])
    assert result.exit_code == 1
    assert "SEND_INTERVAL" in result.output and "Traceback" not in result.output


def run_bare(
    *words: str, encoding: str = "utf-8", closes_stdin: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """The verb as a process, with an output of this encoding."""
    command = shlex.join([sys.executable, "bot.py", *words]) + (" <&-" if closes_stdin else "")
    environ = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    return subprocess.run(["sh", "-c", command], capture_output=True, cwd=bot.HOME, env=environ, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
def test_an_encoding_without_our_marks_ends_no_verb(tmp_path: Path) -> None:
    file = tmp_path / "🎉.txt"
    file.write_text(FULL.replace("同志们", "🎉 同志们"), "utf-8")
    shown = run_bare("check", str(file), encoding="gbk")
    assert shown.returncode == 0 and b"Traceback" not in shown.stderr
    record = json.loads(run_bare("check", str(file), "--json", encoding="ascii").stdout)
    assert record["file"] == str(file)
    assert run_bare("--help", encoding="ascii").returncode == 0


def run_failing(error: Exception, folder: Path) -> Result:
    """Run a verb whose work raises an error, in a folder of its own."""

    @click.command()
    @click.pass_obj
    def verb(terminal: Terminal) -> None:
        async def work() -> None:
            raise error

        run_verb(work)

    return CliRunner().invoke(verb, obj=Terminal(folder))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("没有第 99 篇。"), 1),
        (CannotStart("设置不对。"), 1),
        (DatabaseDamaged("坏了。"), 1),
        (WrongUse("写错了。"), 2),
        (CannotWrite(DiskFull("磁盘满了。")), 1),
    ],
)
def test_an_expected_error_is_one_line_and_an_exit_code(
    tmp_path: Path, error: JianggaoError, code: int
) -> None:
    result = run_failing(error, tmp_path)
    assert result.exit_code == code and result.stdout == ""
    assert len(result.stderr.splitlines()) == 1 and "。" in result.stderr


def test_an_error_of_the_disk_is_explained(tmp_path: Path) -> None:
    result = run_failing(sqlite3.OperationalError("disk I/O error"), tmp_path)
    assert result.exit_code == 1 and "dmesg" in result.stderr


def test_any_other_error_comes_through(tmp_path: Path) -> None:
    error = sqlite3.OperationalError("no such table: notes")
    assert run_failing(error, tmp_path).exception is error


def test_settings_come_from_the_home_and_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal(tmp_path)
    assert terminal.env_file == tmp_path / ".env" and not terminal.env_file.exists()
    terminal.env_file.write_text("DATABASE_FILE=kept/bot.db\nSUPERUSERS=90001\n", "utf-8")
    assert terminal.settings.database_file == tmp_path / "kept" / "bot.db"
    monkeypatch.setenv("DATABASE_FILE", str(tmp_path / "elsewhere.db"))
    assert terminal.settings.database_file == tmp_path / "elsewhere.db"
