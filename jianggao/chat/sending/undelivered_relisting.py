"""Decides when the list of answers that weren't given is sent to superusers again, after nobody got it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from nonebot import logger
from nonebot.adapters.onebot.v11 import Bot

from jianggao.outbound.send_outcomes import Delivered, SendOutcome, Unknown

_FIRST_PAUSE = 60.0
_LONGEST_PAUSE = 3_600.0
_MOST_UNKNOWN = 3
"""How many lists that may have arrived make an answer count as listed: an implementation may deliver
everything and never say so."""


class Relisting:
    """Remembers which lists nobody got. The pause before the next one grows from a minute to an hour, since
    the bot would otherwise send for ever to somebody who can't be reached. A new connection or a further
    answer ends it after a minute."""

    def __init__(self) -> None:
        self._pause = 0.0
        self._tried_at = 0.0
        self._tried: tuple[list[Bot], frozenset[int]] = ([], frozenset())
        self._maybe: dict[int, int] = {}

    def is_due(self, accounts: list[Bot], numbers: Iterable[int], now: float) -> bool:
        """Returns whether to list these answers now, by these accounts; True is noted as a try."""
        passed, tried = now - self._tried_at, (accounts, frozenset(numbers))
        if self._pause and (passed < _FIRST_PAUSE or (passed < self._pause and tried == self._tried)):
            return False
        self._tried_at, self._tried = now, tried
        return True

    def received(self, numbers: Sequence[int], outcomes: Collection[SendOutcome]) -> list[int]:
        """Returns which of the answers of a list count as listed, by what became of the list at each
        superuser."""
        if any(isinstance(outcome, Delivered) for outcome in outcomes):
            self._pause = 0.0
            return self._forget(numbers)
        if not any(isinstance(outcome, Unknown) for outcome in outcomes):
            return []
        for number in numbers:
            self._maybe[number] = self._maybe.get(number, 0) + 1
        often = [number for number in numbers if self._maybe[number] >= _MOST_UNKNOWN]
        if often:
            logger.error(
                f"whether superusers got the list of the answers {often} is unknown; it was sent often"
            )
        return self._forget(often)

    def put_off(self) -> None:
        """Notes that nobody got the list: the next pause is twice as long, up to an hour."""
        self._pause = min(max(_FIRST_PAUSE, 2 * self._pause), _LONGEST_PAUSE)

    def _forget(self, numbers: Sequence[int]) -> list[int]:
        for number in numbers:
            self._maybe.pop(number, None)
        return list(numbers)
