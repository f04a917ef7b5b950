"""One queue for each bot account paces everything that leaves (docs/rules.md, Way out)."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import IntEnum

from jianggao.outbound.outcomes import Delivered, RefusalReason, Refused, SendOutcome, Unknown
from jianggao.outbound.pace import Pace, PaceLimits

logger = logging.getLogger(__name__)

_HOLD_AFTER = {
    RefusalReason.GROUP_RATE: 60.0,
    RefusalReason.MUTED: 600.0,
    RefusalReason.REMOVED: 86_400.0,
}


class Priority(IntEnum):
    """Answers leave before pushes."""

    ANSWER = 0
    PUSH = 1


@dataclass(slots=True, eq=False)
class Entry:
    """Something to send. `call` makes the send and gives its outcome; `still_allowed` is asked just before, since
    access is judged again when a text leaves; an entry older than `expires_after` seconds is dropped."""

    call: Callable[[], Awaitable[SendOutcome]]
    group: str | None
    priority: Priority = Priority.ANSWER
    expires_after: float | None = None
    still_allowed: Callable[[], Awaitable[bool]] | None = None
    submitted: float = 0.0
    done: asyncio.Future[SendOutcome] = field(init=False)


class Reservation:
    """A place in the queue for an answer that is still being made: of twenty requests at the same moment each must
    see those before it. `hold` it when the request is admitted, `release` it when the answer is submitted."""

    def __init__(self, group: str | None, reserved: list[Reservation]) -> None:
        self.group = group
        self._reserved = reserved

    def hold(self) -> None:
        """Count as waiting from now on."""
        self._reserved.append(self)

    def release(self) -> None:
        """The answer stands in the queue itself now, or won't come."""
        if self in self._reserved:
            self._reserved.remove(self)


class SendQueue:
    """The queue of one account. `submit` gives the outcome; a caller that goes away doesn't stop a send."""

    def __init__(
        self,
        limits: PaceLimits,
        *,
        monotonic: Callable[[], float],
        chance: random.Random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._pace = Pace(limits, chance)
        self._monotonic = monotonic
        self._sleep = sleep
        self._waiting: list[Entry] = []
        self._reserved: list[Reservation] = []
        self._worker: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._leaving: set[asyncio.Task[None]] = set()

    async def submit(self, entry: Entry) -> SendOutcome:
        """Queue the entry and wait for its outcome."""
        entry.done = asyncio.get_running_loop().create_future()
        entry.submitted = self._monotonic()
        self._waiting.append(entry)
        self._news.set()
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await asyncio.shield(entry.done)

    def reservation(self, group: str | None) -> Reservation:
        """A place for an answer to `group`, not held yet."""
        return Reservation(group, self._reserved)

    def release(self, group: str) -> None:
        """Send to the group again: what QQ held against it is over."""
        self._pace.release(group)
        self._news.set()

    def __len__(self) -> int:
        """How much waits."""
        return len(self._waiting)

    def waiting_time(self, group: str | None) -> float:
        """Seconds until an answer submitted now would leave."""
        ahead = [entry.group for entry in self._waiting if entry.priority is Priority.ANSWER]
        ahead += [reservation.group for reservation in self._reserved]
        return self._pace.estimate(ahead, group, self._monotonic())

    async def close(self) -> None:
        """Stop; what still waits is refused."""
        running = [*self._leaving, *([self._worker] if self._worker is not None else [])]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for entry in self._waiting:
            if not entry.done.done():
                entry.done.set_result(Refused(RefusalReason.EXPIRED))
        self._waiting.clear()

    async def _work(self) -> None:
        while self._waiting:
            self._news.clear()
            now = self._monotonic()
            self._drop_expired(now)
            entry = self._next(now)
            if entry is None:
                continue
            moment = self._pace.earliest(entry.group, now)
            if moment > now:
                await self._wait(moment - now)
                continue
            self._waiting.remove(entry)
            if await self._may_leave(entry):
                self._pace.sent(entry.group, self._monotonic())
                task = asyncio.create_task(self._leave(entry))
                self._leaving.add(task)
                task.add_done_callback(self._leaving.discard)

    def _next(self, now: float) -> Entry | None:
        """The entry that may leave first; among those that may at once, the most urgent, then the oldest."""
        order = {id(entry): place for place, entry in enumerate(self._waiting)}
        return min(
            self._waiting,
            key=lambda entry: (self._pace.earliest(entry.group, now), entry.priority, order[id(entry)]),
            default=None,
        )

    def _drop_expired(self, now: float) -> None:
        for entry in list(self._waiting):
            if entry.expires_after is not None and now - entry.submitted > entry.expires_after:
                self._waiting.remove(entry)
                entry.done.set_result(Refused(RefusalReason.EXPIRED))

    async def _wait(self, seconds: float) -> None:
        """Until the time has come, or something new is there that might leave sooner."""
        sleeping = asyncio.ensure_future(self._sleep(seconds))
        news = asyncio.ensure_future(self._news.wait())
        try:
            await asyncio.wait({sleeping, news}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            news.cancel()

    async def _may_leave(self, entry: Entry) -> bool:
        """Whether the entry may still be sent; one that may not is refused."""
        try:
            allowed = entry.still_allowed is None or await entry.still_allowed()
        except Exception:
            logger.exception("whether a text may leave could not be told; it stays")
            allowed = False
        if not allowed:
            entry.done.set_result(Refused(RefusalReason.NOT_ALLOWED))
        return allowed

    async def _leave(self, entry: Entry) -> None:
        """Make the send and tell its outcome. Beside the queue: an upload that nobody answers holds up no one."""
        outcome: SendOutcome
        try:
            outcome = await entry.call()
        except asyncio.CancelledError:
            outcome = Unknown()
        except Exception:
            logger.exception("a send failed in a way nobody expected; whether it arrived is unknown")
            outcome = Unknown()
        if isinstance(outcome, Refused) and entry.group is not None and outcome.reason in _HOLD_AFTER:
            self._pace.hold(entry.group, self._monotonic() + _HOLD_AFTER[outcome.reason])
        if not isinstance(outcome, Delivered):
            logger.warning("send to %s: %s", entry.group or "a private chat", outcome)
        if not entry.done.done():
            entry.done.set_result(outcome)
