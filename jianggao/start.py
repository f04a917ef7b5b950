"""Starts the bot: settings and database are checked in one process step before NoneBot is loaded at all."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

from jianggao.clock import Clock, system_clock
from jianggao.errors import CannotStart
from jianggao.home_folder import furnish
from jianggao.nonblocking_output import keep_standard_descriptors, unblock_streams
from jianggao.redaction import secrets_in
from jianggao.settings import Settings, load_settings, nonebot_values, read_environment, require_live

_SERVER = "fastapi"
"""The driver of NoneBot that listens."""


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
    require_live(settings, env_file)
    if notice := furnish(home, settings):
        print(notice, flush=True)
    passed = nonebot_values(read_environment(env_file, {}), settings, _process_environment())
    asyncio.run(_try_to_open(settings))
    require_free_port(settings)
    # NoneBot writes to stderr from its first import on, and must find the stream that never blocks.
    unblock_streams()
    from jianggao.chat.run import run

    run(settings, clock, monotonic, passed, secrets_in(values))


def require_free_port(settings: Settings) -> None:
    """Raises CannotStart if the bot is to listen and can't: uvicorn would say so in English, and end the
    process with a code of its own."""
    if _SERVER not in settings.driver:
        return
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            if family == socket.AF_INET6:  # as uvicorn listens: the port may be another's on IPv4
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            if os.name == "posix":  # a port of a bot that has just ended is free, as it is for uvicorn
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        place = (
            f"[{settings.host}]:{settings.port}"
            if ":" in settings.host
            else f"{settings.host}:{settings.port}"
        )
        raise CannotStart(
            f"不能在 {place} 等 QQ 端来连（{error.strerror}）。"
            "多半是端口被占用：关掉占用它的程序，或者在 .env 里换一个 PORT（HOST 要写本机的地址），QQ 端也跟着改。"
        ) from None


def _process_environment() -> dict[str, str]:
    """Returns the environment of this process itself, not a copy: NoneBot reads it too."""
    return os.environ  # type: ignore[return-value]


async def _try_to_open(settings: Settings) -> None:
    """Opens and closes everything once, so that what is wrong ends in one line instead of in NoneBot's
    log."""
    from jianggao.application import Application

    await (await Application.open(settings, workers=0)).close()
