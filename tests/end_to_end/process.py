"""Starts and ends the bot as a process of its own, with a clock that can be moved."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launch.py")
TOKEN = "a-token-of-the-tests"
SUPERUSER = 90001
_KEPT = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "LANG")
_PATIENCE = 180.0
"""Seconds that a bot is waited for at its start."""
_IMPORTED = "import finished"
"""What the bot logs when it has read its library."""
PACELESS = {"SEND_INTERVAL": "0", "GROUP_SEND_INTERVAL": "0", "GROUP_SENDS_PER_MINUTE": "1000000"}
"""Settings: nothing waits to be sent."""
RATELESS = {"ASKER_PER_MINUTE": "1000000", "GROUP_PER_MINUTE": "1000000"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class BotProcess:
    """A bot that can be started, stopped and killed several times; its database, log and clock are in
    `folder`."""

    folder: Path
    library: Path
    values: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    launcher: Path = LAUNCHER
    data: Path | None = None
    """A folder with a database (and its keys) that is copied before the first start; None to begin with
    none."""
    output: int | None = None
    """A descriptor that its output goes to; None for the file that `log` reads."""
    _process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.offset_file.write_text("0", "utf-8")

    @property
    def offset_file(self) -> Path:
        return self.folder / "offset"

    @property
    def database(self) -> Path:
        return self.folder / "data" / "bot.db"

    @property
    def log(self) -> str:
        return (self.folder / "bot.log").read_text("utf-8", "replace")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def offset(self) -> float:
        return float(self.offset_file.read_text("utf-8"))

    def advance(self, *, days: float) -> None:
        """Moves its clock on."""
        # Replaced whole, since the bot may be reading it.
        fresh = self.offset_file.with_name("offset.new")
        fresh.write_text(str(self.offset() + days * 86_400), "utf-8")
        fresh.replace(self.offset_file)

    def start(self, *, imported: bool = True) -> None:
        """Starts it and waits until it listens and (`imported`) has read the library."""
        before = self.log.count(_IMPORTED) if (self.folder / "bot.log").exists() else 0
        self.launch()
        self.wait(before, imported=imported)

    def wait(self, before: int = 0, *, imported: bool = True) -> None:
        """Waits until it listens and has read the library more than `before` times. Raises AssertionError if
        it ends."""
        assert self._process is not None
        deadline = time.monotonic() + _PATIENCE
        while not self._listens() or (imported and self.log.count(_IMPORTED) <= before):
            if self._process.poll() is not None:
                raise AssertionError(f"the bot ended at its start:\n{self.log}")
            if time.monotonic() > deadline:
                raise AssertionError(f"the bot did not come up:\n{self.log}")
            time.sleep(0.05)

    def launch(self) -> None:
        """Starts it and waits for nothing."""
        if self.data is not None:
            shutil.copytree(self.data, self.database.parent, dirs_exist_ok=True)
            self.data = None
        with (self.folder / "bot.log").open("ab") as log:
            self._process = subprocess.Popen(
                self.command(),
                env=self.environment(),
                stdout=log if self.output is None else self.output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
            )

    def command(self) -> list[str]:
        """Returns the command line."""
        return [sys.executable, str(self.launcher), str(self.offset_file)]

    def settings(self) -> dict[str, str]:
        """Returns the bot's settings."""
        return {
            "PORT": str(self.port),
            "ONEBOT_ACCESS_TOKEN": TOKEN,
            "SUPERUSERS": str(SUPERUSER),
            "LIBRARY_DIR": str(self.library),
            "DATABASE_FILE": str(self.database),
            "LOG_DIR": str(self.folder / "logs"),
            "QUIET_HOURS": "00:00-24:00",  # no reminders, which would come by day and not by night
            **self.values,
        }

    def environment(self) -> dict[str, str]:
        """Returns the process's environment: nothing of a live bot's."""
        kept = {name: value for name, value in os.environ.items() if name in _KEPT}
        return {**kept, "PYTHONUTF8": "1", **self.settings()}

    def send(self, asked: signal.Signals) -> None:
        """Sends it a signal and returns at once."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(asked)

    def end_code(self) -> int | None:
        """Returns the exit code; None while it runs."""
        assert self._process is not None
        return self._process.poll()

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        """Kills it (SIGKILL)."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """Asks it to end as an operator's Ctrl-C does, and returns its exit code."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        try:
            return self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
