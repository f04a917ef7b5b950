"""Starts, stops and kills the sandbox's bot as a child process with a clock, folder and token of its own."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from jianggao.errors import CannotStart
from jianggao.install_paths import IS_INSTALLED, PROJECT

_KEPT = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP", "LANG", "VIRTUAL_ENV", "PYTHONPATH", "USERPROFILE")
"""Environment variables that the bot inherits; all others could be settings of the live bot."""
_STARTS_WITHIN = 60.0
_STOPS_WITHIN = 15.0
"""Seconds; afterwards it is killed."""
_IMPORTED = "import finished"
"""What the bot logs when it has read its library."""


@dataclass
class SandboxBotProcess:
    """The sandbox's bot: its database, logs and clock lie in a folder of its own."""

    folder: Path
    library: Path
    superusers: str
    """Accounts, separated by commas."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Settings beside those that the sandbox needs, and over them."""
    port: int = 0
    """The port that the bot listens on; 0 chooses a free one."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        if not self._offset_file.exists():
            self.move_clock(timedelta(0))

    @property
    def database(self) -> Path:
        """The bot's database; it may not exist yet."""
        return self.folder / "data" / "bot.db"

    @property
    def url(self) -> str:
        """The address that an implementation connects to."""
        return f"ws://127.0.0.1:{self.port}/onebot/v11/ws"

    @property
    def _offset_file(self) -> Path:
        return self.folder / "clock"

    @property
    def log_file(self) -> Path:
        """The file with all output of the bot."""
        return self.folder / "bot.log"

    @property
    def log(self) -> str:
        """All output of the bot so far."""
        return self.log_file.read_text("utf-8", "replace") if self.log_file.exists() else ""

    @property
    def running(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def offset(self) -> timedelta:
        """How far the bot's clock is ahead of this machine's."""
        return timedelta(seconds=float(self._offset_file.read_text("ascii")))

    def move_clock(self, offset: timedelta) -> None:
        """Sets how far the bot's clock is ahead, while it runs or before."""
        # Replaced whole, since the bot may be reading it.
        fresh = self._offset_file.with_name("clock.new")
        fresh.write_text(str(offset.total_seconds()), "ascii")
        fresh.replace(self._offset_file)

    async def start(self) -> None:
        """Starts the bot and waits until it listens and has read the library. Raises CannotStart with the end
        of its log."""
        if self.running:
            return
        before = self.log.count(_IMPORTED)
        self._spawn()
        deadline = asyncio.get_running_loop().time() + _STARTS_WITHIN
        while not (_listens(self.port) and self.log.count(_IMPORTED) > before):
            if not self.running:
                raise CannotStart(f"机器人没有启动起来：\n{self.log[-2000:]}")
            if asyncio.get_running_loop().time() > deadline:
                raise CannotStart(f"机器人迟迟没有启动好：\n{self.log[-2000:]}")
            await asyncio.sleep(0.05)

    def _spawn(self) -> None:
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "jianggao.sandbox.launcher", str(self._offset_file)],
                env=self._environment(),
                cwd=self.folder if IS_INSTALLED else PROJECT,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    async def stop(self) -> None:
        """Asks the bot to end as Ctrl-C does, and kills it if it takes too long."""
        if self._process is None or not self.running:
            return
        if sys.platform == "win32":
            self._process.terminate()
        else:
            self._process.send_signal(signal.SIGINT)
        try:
            await asyncio.to_thread(self._process.wait, _STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            await self.kill()

    async def kill(self) -> None:
        """Kills the bot (SIGKILL): it gets no chance to finish anything."""
        if self._process is not None and self.running:
            self._process.kill()
            await asyncio.to_thread(self._process.wait)

    def _environment(self) -> dict[str, str]:
        """Returns the bot's environment: nothing of the live bot's, neither from `.env` nor from this
        process."""
        return {
            **{name: value for name, value in os.environ.items() if name.upper() in _KEPT},
            "PYTHONUTF8": "1",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "ONEBOT_ACCESS_TOKEN": self.token,
            "SUPERUSERS": self.superusers,
            "LIBRARY_DIR": str(self.library),
            "DATABASE_FILE": str(self.database),
            "LOG_DIR": str(self.folder / "logs"),
            **self.settings,
        }


def free_port() -> int:
    """Returns a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int) -> bool:
    """Returns whether nobody listens on a port of this machine."""
    return not _listens(port)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
