"""Queues everything that one bot account sends, and lets it leave at the account's pace (docs/rules.md,
Sending)."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import IntEnum

from jianggao.errors import CannotRead
from jianggao.outbound.pace import Pace, PaceLimits
from jianggao.outbound.send_outcomes import (
    HOLD_AFTER,
    Delivered,
    RefusalReason,
    Refused,
    SendOutcome,
    Unknown,
)

logger = logging.getLogger(__name__)

_CHECK_INTERVAL = 1.0
"""Seconds between two checks of a line that is down, for what expires meanwhile."""


class Priority(IntEnum):
    """How urgent a send is: answers leave before pushes (messages that nobody asked for)."""

    ANSWER = 0
    PUSH = 1


@dataclass(slots=True, eq=False)
class QueueEntry:
    """Something to send."""

    call: Callable[[], Awaitable[SendOutcome]]
    """Makes the send and returns its outcome."""
    group: str | None
    """The group it goes to; None for a private chat."""
    priority: Priority = Priority.ANSWER
    expires_after: float | None = None
    """Seconds of waiting after which it is dropped."""
    still_allowed: Callable[[], Awaitable[bool]] | None = None
    """Returns whether it may still leave; called just before it does, since access is judged again then."""
    waits_for_line: bool = True
    """If not, it is refused as soon as the line is down, for another account to send it."""
    submitted: float = 0.0
    """By the monotonic clock; the queue sets it."""
    done: asyncio.Future[SendOutcome] = field(init=False)


async def judged(still_allowed: Callable[[], Awaitable[bool]] | None) -> Refused | None:
    """Returns a refusal of what may not be shown any more, or of what can't be judged for the moment; None if
    it may leave."""
    try:
        if still_allowed is None or await still_allowed():
            return None
    except CannotRead as error:
        logger.warning("whether a text may leave could not be read; it stays (%s)", error.explanation.cause)
        return Refused(RefusalReason.NOT_JUDGED)
    except Exception:
        logger.exception("whether a text may leave could not be told; it stays")
    return Refused(RefusalReason.NOT_ALLOWED)


class Reservation:
    """A place in the queue for an answer that is still being made: of twenty requests at the same moment each
    must count those before it. `hold` it when the request is admitted, `release` it when the answer is
    submitted."""

    def __init__(self, group: str | None, reserved: list[Reservation]) -> None:
        self.group = group
        self._reserved = reserved

    def hold(self) -> None:
        """Counts as waiting from now on."""
        self._reserved.append(self)

    def release(self) -> None:
        """Counts no more: the answer stands in the queue itself now, or won't come."""
        if self in self._reserved:
            self._reserved.remove(self)


class SendQueue:
    """The queue of one account. A caller of `submit` that goes away doesn't stop its send.

    While the line is down (`is_up`) nothing is tried: what waits stays, unless it expires. What the call
    itself says didn't leave because of the line takes its place again.
    """

    def __init__(
        self,
        limits: PaceLimits,
        *,
        monotonic: Callable[[], float],
        rng: random.Random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        is_up: Callable[[], bool] = lambda: True,
    ) -> None:
        self._pace = Pace(limits, rng)
        self._is_up = is_up
        self._stopping = False
        self._monotonic = monotonic
        self._sleep = sleep
        self._waiting: list[QueueEntry] = []
        self._reserved: list[Reservation] = []
        self._worker: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._leaving: set[asyncio.Task[None]] = set()

    async def submit(self, entry: QueueEntry) -> SendOutcome:
        """Queues the entry and returns its outcome when it has one."""
        if self._stopping:
            return Refused(RefusalReason.STOPPED)
        entry.done = asyncio.get_running_loop().create_future()
        entry.submitted = self._monotonic()
        self._wait_in_line(entry)
        return await asyncio.shield(entry.done)

    def _wait_in_line(self, entry: QueueEntry, place: int | None = None) -> None:
        self._waiting.insert(len(self._waiting) if place is None else place, entry)
        self.wake()
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())

    def wake(self) -> None:
        """Makes the queue try again: something has changed that may let an entry leave, such as a line that
        is up again."""
        self._changed.set()

    @property
    def waiting(self) -> int:
        """How many entries wait for their turn."""
        return len(self._waiting)

    @property
    def leaving(self) -> int:
        """How many sends have begun and not ended."""
        return len(self._leaving)

    async def stop(self) -> None:
        """Begins no further send: what waits is refused, and so is all that comes. Returns when the sends
        that have begun have ended; the caller decides how long it waits for that."""
        self._stopping = True
        self._refuse_all(RefusalReason.STOPPED)
        self.wake()
        while self._leaving:
            await asyncio.wait(set(self._leaving))

    def _refuse_all(self, reason: RefusalReason) -> None:
        waiting, self._waiting[:] = list(self._waiting), []
        for entry in waiting:
            if not entry.done.done():
                entry.done.set_result(Refused(reason))

    def reservation(self, group: str | None) -> Reservation:
        """Returns a place for an answer to `group`, not held yet."""
        return Reservation(group, self._reserved)

    def release(self, group: str) -> None:
        """Sends to the group again: what QQ held against it is over."""
        self._pace.release(group)
        self._changed.set()

    def __len__(self) -> int:
        """Returns how many entries wait."""
        return len(self._waiting)

    def waiting_time(self, group: str | None) -> float:
        """Returns the seconds until an answer submitted now would leave."""
        ahead = [entry.group for entry in self._waiting if entry.priority is Priority.ANSWER]
        ahead += [reservation.group for reservation in self._reserved]
        return self._pace.estimate(ahead, group, self._monotonic())

    async def close(self) -> None:
        """Ends at once: what waits is refused, and whether what was leaving has arrived is unknown."""
        self._stopping = True
        running = [*self._leaving, *([self._worker] if self._worker is not None else [])]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self._refuse_all(RefusalReason.STOPPED)

    async def _work(self) -> None:
        while self._waiting:
            self._changed.clear()
            now = self._monotonic()
            self._drop_expired(now)
            if not self._is_up():
                self._refuse_what_does_not_wait()
                await self._wait(_CHECK_INTERVAL)
                continue
            entry = self._next(now)
            if entry is None:
                continue
            moment = self._pace.earliest(entry.group, now)
            if moment > now:
                await self._wait(moment - now)
                continue
            self._waiting.remove(entry)
            if await self._may_leave(entry):
                # Judging reads the database: the bot may have begun to stop meanwhile.
                if self._stopping:
                    entry.done.set_result(Refused(RefusalReason.STOPPED))
                    continue
                self._pace.sent(entry.group, self._monotonic())
                task = asyncio.create_task(self._leave(entry))
                self._leaving.add(task)
                task.add_done_callback(self._leaving.discard)

    def _next(self, now: float) -> QueueEntry | None:
        """Returns the entry that may leave first; among those that may at once, the most urgent, then the
        oldest."""
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

    def _refuse_what_does_not_wait(self) -> None:
        for entry in list(self._waiting):
            if not entry.waits_for_line:
                self._waiting.remove(entry)
                entry.done.set_result(Refused(RefusalReason.LINE_DOWN))

    async def _wait(self, seconds: float) -> None:
        """Waits until the time has come, or something has changed that may leave sooner."""
        sleeping = asyncio.ensure_future(self._sleep(seconds))
        changed = asyncio.ensure_future(self._changed.wait())
        try:
            await asyncio.wait({sleeping, changed}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            changed.cancel()

    async def _may_leave(self, entry: QueueEntry) -> bool:
        """Returns whether the entry may still be sent; refuses it if not."""
        try:
            refusal = await judged(entry.still_allowed)
        except asyncio.CancelledError:
            entry.done.set_result(Refused(RefusalReason.STOPPED))
            raise
        if refusal is not None:
            entry.done.set_result(refusal)
        return refusal is None

    async def _leave(self, entry: QueueEntry) -> None:
        """Makes the send and settles its outcome. In a task of its own: an upload that nobody answers holds
        up no other send."""
        outcome: SendOutcome
        try:
            outcome = await entry.call()
        except asyncio.CancelledError:
            outcome = Unknown()
        except Exception:
            logger.exception("a send failed in a way nobody expected; whether it arrived is unknown")
            outcome = Unknown()
        # The connection broke before the call was written: the send takes its place at the head again.
        if outcome == Refused(RefusalReason.LINE_DOWN) and entry.waits_for_line and not self._stopping:
            self._wait_in_line(entry, 0)
            return
        if isinstance(outcome, Refused) and entry.group is not None and outcome.reason in HOLD_AFTER:
            self._pace.hold(entry.group, self._monotonic() + HOLD_AFTER[outcome.reason])
        if not isinstance(outcome, Delivered):
            logger.warning("send to %s: %s", entry.group or "a private chat", outcome)
        if not entry.done.done():
            entry.done.set_result(outcome)
