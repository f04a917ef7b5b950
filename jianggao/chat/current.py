"""The house that the running bot lives in."""

from __future__ import annotations

from jianggao.application import Application

_house: Application | None = None


def set_application(application: Application | None) -> None:
    """Move in (bot.py at its start), or out."""
    global _house
    _house = application


def get_application() -> Application:
    """The opened house. Raises RuntimeError before the start has finished."""
    if _house is None:
        raise RuntimeError("the house is not open yet")
    return _house
