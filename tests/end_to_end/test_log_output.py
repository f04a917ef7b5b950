"""Where the log goes to: nobody who doesn't read it, no closed stream and no full disk stops the bot."""

from __future__ import annotations

import fcntl
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from implementation import Implementation
from process import PACELESS, RATELESS, SUPERUSER, TOKEN, BotProcess

Start = Callable[..., BotProcess]
SMALL_PIPE = 4_096
STOPS_WITHIN = 5.0
CUT_OFF = 1
"""The exit code of an end that was cut off."""


class LoggingToFiles(BotProcess):
    """Its log is read from LOG_DIR."""

    @property
    def log(self) -> str:
        path = self.folder / "logs" / "bot.log"
        return path.read_text("utf-8") if path.exists() else ""


@pytest.fixture
def start_into(tmp_path: Path, library: Path) -> Iterator[Start]:
    started: list[BotProcess] = []

    def start(output: int | None, launcher: Path | None = None, **values: str) -> BotProcess:
        bot = LoggingToFiles(
            tmp_path / "bot", library, {**PACELESS, **RATELESS, "LOG_LEVEL": "DEBUG", **values}, output=output
        )
        if launcher is not None:
            bot.launcher = launcher
        started.append(bot)
        bot.start()
        return bot

    yield start
    for bot in started:
        bot.kill()


async def asked(bot: BotProcess, times: int) -> None:
    qq = Implementation(bot.port, TOKEN, offset=bot.offset)
    await qq.connect()
    for _ in range(times):
        assert "检索" in (await qq.ask("帮助", person=SUPERUSER)).text
    await qq.close()


def stops_in_time(bot: BotProcess) -> None:
    began = time.monotonic()
    assert bot.stop() in (0, CUT_OFF)  # cut off where the machine is slow, but in time
    assert time.monotonic() - began < STOPS_WITHIN


@pytest.mark.skipif(sys.platform != "linux", reason="the size of a pipe is set")
async def test_a_pipe_that_nobody_reads_stops_neither_answers_nor_the_end(start_into: Start) -> None:
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, SMALL_PIPE)
    try:
        bot = start_into(writing)
        os.close(writing)
        await asked(bot, 60)
        assert bot.log.count("running complete") >= 50  # the file has what the pipe doesn't take
        stops_in_time(bot)
        assert len(os.read(reading, 1_000_000)) <= SMALL_PIPE
    finally:
        os.close(reading)


async def test_a_pipe_whose_reader_is_gone_stops_nothing(start_into: Start) -> None:
    reading, writing = os.pipe()
    bot = start_into(writing)
    os.close(writing)
    os.close(reading)
    await asked(bot, 20)
    stops_in_time(bot)
    assert "BrokenPipe" not in bot.log and "Traceback" not in bot.log


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")
async def test_without_any_output_the_bot_answers_and_stops(start_into: Start, tmp_path: Path) -> None:
    launcher = tmp_path / "launch_closed.py"
    real = Path(__file__).with_name("launch.py")
    launcher.write_text(
        "import os, sys\n"
        "for number in (0, 1, 2):\n"
        "    os.close(number)\n"
        f"os.execv(sys.executable, [sys.executable, {str(real)!r}, sys.argv[1]])\n",
        "utf-8",
    )
    bot = start_into(None, launcher)
    await asked(bot, 5)
    if sys.platform == "linux":
        standard = {str(Path(f"/proc/{bot.pid}/fd/{number}").readlink()) for number in range(3)}
        assert standard == {os.devnull}, "what is meant for stderr would be written into these"
    stops_in_time(bot)
    assert "Traceback" not in bot.log


async def test_errors_of_a_running_bot_have_one_traceback_a_minute_and_are_told_by_kind_and_place(
    start_into: Start, tmp_path: Path
) -> None:
    """The whole bot: whatever it is started with after its log may patch the records too."""
    launcher = tmp_path / "launch_failing.py"
    launcher.write_text(
        "import runpy\n"
        "import nonebot\n"
        "run = nonebot.run\n"
        "def failing(*args, **named):\n"
        "    for number in range(200):\n"
        "        try:\n"
        "            int('nine')\n"
        "        except ValueError:\n"
        "            nonebot.logger.exception(f'failure {number}')\n"
        "    run(*args, **named)\n"
        "if __name__ == '__main__':\n"  # its worker processes import it too
        "    nonebot.run = failing\n"
        f"    runpy.run_path({str(Path(__file__).with_name('launch.py'))!r}, run_name='__main__')\n",
        "utf-8",
    )
    bot = start_into(None, launcher)
    qq = Implementation(bot.port, TOKEN, offset=bot.offset)
    await qq.connect()
    answer = (await qq.ask("最近错误", person=SUPERUSER)).text
    await qq.close()
    assert "ValueError（launch_failing.py:7） 连续 200 次" in answer
    stops_in_time(bot)
    log = bot.log  # whole only now: it is written in the background
    assert log.count("Traceback (most recent") == 1
    shortened = re.findall(
        r"failure (\d+) \(ValueError at launch_failing\.py:7, as written out before\)", log
    )
    assert shortened == [str(number) for number in range(1, 200)], (bot.folder, log[-2000:])


async def test_a_log_folder_that_cannot_be_written_is_told_once_and_stops_nothing(
    tmp_path: Path, start_bot: Start
) -> None:
    (tmp_path / "a file").write_text("", "utf-8")
    bot = start_bot(LOG_DIR=str(tmp_path / "a file" / "logs"))
    await asked(bot, 20)
    stops_in_time(bot)
    assert bot.log.count("日志写不进") == 1
    assert "Traceback" not in bot.log and "Logging error" not in bot.log


async def test_the_log_on_the_disk_is_private_and_holds_no_secret(start_bot: Start) -> None:
    bot = start_bot(LOG_LEVEL="DEBUG")
    await asked(bot, 3)
    stops_in_time(bot)
    folder = bot.folder / "logs"
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
        assert TOKEN not in path.read_text("utf-8")
    assert "Application startup complete" in (folder / "bot.log").read_text("utf-8")
