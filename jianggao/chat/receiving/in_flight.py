"""Remembers which messages are being worked on."""

from __future__ import annotations


class InFlight:
    """The keys of the last messages that were let in. Implementations may deliver a message twice at the same
    moment, before the database knows the first copy."""

    def __init__(self, size: int = 20_000) -> None:
        self._size = size
        self._keys: dict[str, None] = {}

    def enter(self, key: str) -> bool:
        """Notes the message, and returns whether it is the first of its key."""
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > self._size:
            self._keys.pop(next(iter(self._keys)))
        return True
