"""Defines which speech a text of a file is, and what the text does to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class Staged:
    """A long text whose sections are stored, hidden: it waits to become the current version of its speech."""

    number: int
    version: int


class SpeechChange(Enum):
    """What a text does to the speech that it is."""

    NONE = auto()
    SECOND_NAME = auto()
    """Nothing: another file holds the same words already."""
    NEW_VERSION = auto()
    COMES_BACK = auto()
    """The speech was withdrawn, and its file is there again unchanged."""


@dataclass(frozen=True, slots=True)
class Destination:
    """The speech that a text is, None for a new one, and what the text does to it."""

    number: int | None
    change: SpeechChange


class NoDay(Exception):
    """A new text has no date of its own, and the clock can't give it one."""
