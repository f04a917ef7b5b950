"""Remembers which messages are being worked on."""

from __future__ import annotations


class InFlight:
    """The messages being worked on or lately done, so that a second copy at the same moment finds the door shut."""

    def __init__(self, size: int = 20_000) -> None:
        self._size = size
        self._keys: dict[str, None] = {}

    def enter(self, key: str) -> bool:
        """Whether the message is the first of its key."""
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > self._size:
            self._keys.pop(next(iter(self._keys)))
        return True
