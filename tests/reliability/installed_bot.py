"""Runs the bot as an operator does: bot.py and .env in a folder of its own, its verbs run from there."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from process import BotProcess

ROOT = Path(__file__).resolve().parents[2]
_DYING = Path(__file__).with_name("dying.py")
_VERBS_END_WITHIN = 600.0
TRACEBACK = "Traceback (most recent call last)"
_ORPHAN = re.compile(
    rf'{re.escape(TRACEBACK)}:\n  File "<string>", line 1, in <module>\n(?: .*\n)* .*spawn_main\n(?: .*\n)*EOFError'
)
"""A worker process whose parent was killed before it had told it what to do; Python says so, not the bot."""


def tracebacks(log: str) -> int:
    """Returns how many tracebacks of the bot are in its log. Those of orphaned workers do not count: a kill
    causes them."""
    return log.count(TRACEBACK) - len(_ORPHAN.findall(log))


@dataclass
class InstalledBot(BotProcess):
    """`folder` holds bot.py, .env, data/ and the log. Its settings come from .env alone."""

    @property
    def orders(self) -> Path:
        """The file that says at which commit the process kills itself; see dying.py."""
        return self.folder / "die"

    def __post_init__(self) -> None:
        super().__post_init__()
        shutil.copy(ROOT / "bot.py", self.folder)
        self.write_settings()

    def write_settings(self) -> None:
        """Writes .env anew from `values`."""
        lines = [f"{name}={value}" for name, value in self.settings().items()]
        env_file = self.folder / ".env"
        env_file.touch(mode=0o600)
        env_file.write_text("\n".join(lines) + "\n", "utf-8")

    def settings(self) -> dict[str, str]:
        return {**super().settings(), "DATABASE_FILE": "data/bot.db"}

    def environment(self) -> dict[str, str]:
        named = self.settings().keys()
        inherited = {name: value for name, value in super().environment().items() if name not in named}
        return {**inherited, "PYTHONPATH": str(ROOT)}

    def command(self) -> list[str]:
        return [sys.executable, str(_DYING), str(self.folder / "bot.py"), str(self.orders)]

    def end(self) -> None:
        """Kills it (SIGKILL), if it was ever started."""
        if self._process is not None:
            self.kill()

    def order_death(self, order: str) -> None:
        """Orders it to kill itself at a commit from now on; see dying.py."""
        fresh = self.orders.with_name("die.new")
        fresh.write_text(order, "ascii")
        fresh.replace(self.orders)

    def strike(self) -> None:
        """Kills it (SIGKILL) without waiting for its end."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def verb(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs an offline verb to its end and returns the ended process."""
        return subprocess.run(
            [sys.executable, str(self.folder / "bot.py"), *words],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_VERBS_END_WITHIN,
            check=False,
        )
