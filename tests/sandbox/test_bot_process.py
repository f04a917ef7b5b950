"""The bot's process gets an environment of its own, a clock that can be moved, and ends when it is told
to."""

from __future__ import annotations

import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from jianggao.errors import CannotStart
from jianggao.sandbox import bot_process as bot_process_module
from jianggao.sandbox.bot_process import SandboxBotProcess, free_port, port_is_free


@pytest.fixture
def bot(tmp_path: Path) -> SandboxBotProcess:
    return SandboxBotProcess(
        tmp_path / "bot", tmp_path / "library", "90001", {"SEND_INTERVAL": "0.5", "PORT": "1"}
    )


def run_instead(bot: SandboxBotProcess, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs this code in place of the bot, with the bot's environment and log."""

    def spawn() -> None:
        with bot.log_file.open("ab") as log:
            bot._process = subprocess.Popen(
                [sys.executable, "-c", code], env=bot._environment(), stdout=log, stderr=log
            )

    monkeypatch.setattr(bot, "_spawn", spawn)


LISTENS = """
import os, signal, socket, time
server = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
print("import finished", flush=True)
time.sleep(600)
"""


def test_nothing_of_the_live_bot_reaches_it(bot: SandboxBotProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_FILE", "ONEBOT_WS_URLS", "DAILY_FULL_TEXTS", "SUPERUSERS"):
        monkeypatch.setenv(name, "live")
    monkeypatch.setenv("PATH", "/bin")
    environment = bot._environment()
    assert "live" not in environment.values() and environment["PATH"] == "/bin"
    assert environment["DATABASE_FILE"] == str(bot.database) and bot.database.is_relative_to(bot.folder)
    assert environment["HOST"] == "127.0.0.1" and environment["ONEBOT_ACCESS_TOKEN"] == bot.token


def test_its_settings_go_over_the_sandboxs(bot: SandboxBotProcess) -> None:
    assert bot._environment()["SEND_INTERVAL"] == "0.5"
    assert bot._environment()["PORT"] == "1"


def test_the_clock_stays_where_it_was_moved(bot: SandboxBotProcess) -> None:
    assert bot.offset == timedelta(0)
    bot.move_clock(timedelta(days=-3))
    assert SandboxBotProcess(bot.folder, bot.library, "90001").offset == timedelta(days=-3)
    assert [path.name for path in bot.folder.iterdir()] == ["clock"]


def test_each_has_a_token_and_a_port_of_its_own(tmp_path: Path) -> None:
    first, second = (SandboxBotProcess(tmp_path / name, tmp_path, "1") for name in "ab")
    assert first.token != second.token and len(first.token) >= 24
    assert first.url == f"ws://127.0.0.1:{first.port}/onebot/v11/ws"


async def test_a_bot_is_up_when_it_listens_and_has_read_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = SandboxBotProcess(tmp_path / "bot", tmp_path, "1")
    run_instead(bot, LISTENS, monkeypatch)
    await bot.start()
    try:
        assert bot.running and not port_is_free(bot.port)
        process = bot._process
        await bot.start()
        assert bot._process is process, "it runs already"
    finally:
        await bot.stop()
    assert not bot.running and port_is_free(bot.port)
    await bot.stop()


async def test_a_bot_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot_process_module, "_STOPS_WITHIN", 0.1)
    bot = SandboxBotProcess(tmp_path / "bot", tmp_path, "1")
    deaf = LISTENS.replace("import os,", "import os, signal as s; s.signal(s.SIGINT, s.SIG_IGN)\nimport os,")
    run_instead(bot, deaf, monkeypatch)
    await bot.start()
    await bot.stop()
    assert not bot.running


async def test_a_bot_that_ends_at_its_start_is_reported_with_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = SandboxBotProcess(tmp_path / "bot", tmp_path, "1")
    run_instead(bot, "raise SystemExit('LIBRARY_DIR 没有这个文件夹')", monkeypatch)
    with pytest.raises(CannotStart, match=r"没有启动起来：\n.*LIBRARY_DIR"):
        await bot.start()


async def test_a_bot_that_never_comes_up_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot_process_module, "_STARTS_WITHIN", 0.1)
    bot = SandboxBotProcess(tmp_path / "bot", tmp_path, "1")
    run_instead(bot, "import time; time.sleep(600)", monkeypatch)
    try:
        with pytest.raises(CannotStart, match="迟迟没有启动好"):
            await bot.start()
    finally:
        await bot.kill()
    assert not bot.running


def test_a_port_is_free_until_somebody_listens() -> None:
    port = free_port()
    assert port_is_free(port)
    with socket.create_server(("127.0.0.1", port)):
        assert not port_is_free(port)
