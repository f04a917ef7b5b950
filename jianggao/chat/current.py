"""Holds the application of the running bot."""

from __future__ import annotations

from jianggao.application import Application

_application: Application | None = None


def set_application(application: Application | None) -> None:
    """Move in (bot.py at its start), or out."""
    global _application
    _application = application


def get_application() -> Application:
    """Returns the opened application. Raises RuntimeError before the start has finished."""
    if _application is None:
        raise RuntimeError("the application is not open yet")
    return _application
