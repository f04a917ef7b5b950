"""Runs the bot with a clock that the tests move: a file holds its offset in seconds."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import bot
from jianggao.clock import system_clock
from jianggao.errors import CannotStart

OFFSET = Path(sys.argv[1])


def clock() -> datetime:
    return system_clock() + timedelta(seconds=float(OFFSET.read_text("utf-8")))


if __name__ == "__main__":
    try:
        bot.main(clock=clock, env_file=None)
    except CannotStart as error:
        sys.exit(str(error))
