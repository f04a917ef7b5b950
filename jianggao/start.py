"""Starts the bot: settings and database are checked in one process step before NoneBot is loaded at all."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

from jianggao.clock import Clock, system_clock
from jianggao.home_folder import furnish
from jianggao.nonblocking_output import keep_standard_descriptors, unblock_streams
from jianggao.redaction import secrets_in
from jianggao.settings import Settings, load_settings, nonebot_values, read_environment, require_live


def start(
    home: Path,
    *,
    env_file: Path | None = None,
    clock: Clock = system_clock,
    monotonic: Callable[[], float] = time.monotonic,
) -> None:
    """Runs the bot until it is stopped. Relative paths of the settings start at `home`; without an `env_file`
    the settings are those of the environment alone.

    Raises CannotStart with one line for each thing that is wrong.
    """
    keep_standard_descriptors()
    values = read_environment(env_file, os.environ)
    settings = load_settings(values, home)
    require_live(settings)
    if notice := furnish(home, settings):
        print(notice, flush=True)
    passed = nonebot_values(read_environment(env_file, {}), settings, _process_environment())
    asyncio.run(_try_to_open(settings))
    # NoneBot writes to stderr from its first import on, and must find the stream that never blocks.
    unblock_streams()
    from jianggao.chat.run import run

    run(settings, clock, monotonic, passed, secrets_in(values))


def _process_environment() -> dict[str, str]:
    """Returns the environment of this process itself, not a copy: NoneBot reads it too."""
    return os.environ  # type: ignore[return-value]


async def _try_to_open(settings: Settings) -> None:
    """Opens and closes everything once, so that what is wrong ends in one line instead of in NoneBot's
    log."""
    from jianggao.application import Application

    await (await Application.open(settings, workers=0)).close()
