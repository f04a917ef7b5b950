"""The bot as a child process: start, stop, kill, start again; its clock, its folder, its token."""

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
from jianggao.layout import IS_INSTALLED, PROJECT

_KEPT = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP", "LANG", "VIRTUAL_ENV", "PYTHONPATH", "USERPROFILE")
_COMES_UP_WITHIN = 60.0
_STOPS_WITHIN = 15.0
_IMPORTED = "import finished"


@dataclass
class BotProcess:
    """The sandbox's own bot in a folder of its own. `settings` go over the sandbox's."""

    folder: Path
    library: Path
    superusers: str
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        if not self._offset_file.exists():
            self.move_clock(timedelta(0))

    @property
    def database(self) -> Path:
        """The sandbox bot's database."""
        return self.folder / "data" / "bot.db"

    @property
    def url(self) -> str:
        """Where an implementation connects to."""
        return f"ws://127.0.0.1:{self.port}/onebot/v11/ws"

    @property
    def _offset_file(self) -> Path:
        return self.folder / "clock"

    @property
    def log_file(self) -> Path:
        """What the bot has logged."""
        return self.folder / "bot.log"

    @property
    def log(self) -> str:
        """The log's text."""
        return self.log_file.read_text("utf-8", "replace") if self.log_file.exists() else ""

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def offset(self) -> timedelta:
        """How far the clock is ahead."""
        return timedelta(seconds=float(self._offset_file.read_text("ascii")))

    def move_clock(self, offset: timedelta) -> None:
        """Set how far the clock is ahead. The file is replaced whole: the bot may be reading it."""
        fresh = self._offset_file.with_name("clock.new")
        fresh.write_text(str(offset.total_seconds()), "ascii")
        fresh.replace(self._offset_file)

    async def start(self) -> None:
        """Start it and wait until it listens and has read the library. Raises CannotStart with its last words."""
        if self.running:
            return
        before = self.log.count(_IMPORTED)
        self._spawn()
        deadline = asyncio.get_running_loop().time() + _COMES_UP_WITHIN
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
        """Ask it to end, as Ctrl-C does."""
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
        """kill -9: no farewell."""
        if self._process is not None and self.running:
            self._process.kill()
            await asyncio.to_thread(self._process.wait)

    def _environment(self) -> dict[str, str]:
        """Nothing of the live bot's: neither .env nor its settings in the environment."""
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
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int) -> bool:
    """Whether nobody listens on the port."""
    return not _listens(port)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
