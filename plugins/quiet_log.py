"""NoneBot's log, and that of libraries with one of their own, without tokens and secrets."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import TextIO

from nonebot.log import LoguruHandler, default_filter, default_format, logger, logger_id

from jianggao.discretion import hider

_OTHERS = ("asyncio", "websockets", "httpcore", "concurrent.futures")
"""Loggers of libraries that would else write to stderr past this."""


def log_discreetly(secrets: Iterable[str], stream: TextIO = sys.stdout) -> None:
    """Let NoneBot's log, and that of libraries that have one of their own, leave through a `hider`."""
    hide = hider(secrets)
    logger.remove(logger_id)

    def write(message: str) -> None:
        stream.write(hide(message))
        stream.flush()

    logger.add(
        write,
        level=0,
        diagnose=False,  # values of variables would be texts and tokens
        filter=default_filter,
        format=default_format,
        colorize=stream.isatty() and sys.platform != "win32",
    )
    for name in _OTHERS:
        library = logging.getLogger(name)
        library.addHandler(LoguruHandler())
        library.propagate = False
        library.setLevel(logging.WARNING)
