"""The queue when the line is down, and when the bot stops."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from jianggao.errors import CannotRead, CannotStart
from jianggao.outbound.pace import PaceLimits
from jianggao.outbound.queue import QueueEntry, SendQueue
from jianggao.outbound.send_outcomes import (
    Delivered,
    RefusalReason,
    Refused,
    SendOutcome,
    Unknown,
    is_tried_again,
)

LINE_DOWN, STOPPED = Refused(RefusalReason.LINE_DOWN), Refused(RefusalReason.STOPPED)


class Line:
    """A line that is up or down, and what has gone over it."""

    def __init__(self) -> None:
        self.up = True
        self.now = 1_000.0
        self.sent: list[str] = []

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)

    def queue(self) -> SendQueue:
        return SendQueue(
            PaceLimits(0, 0, 100, jitter=0.0),
            monotonic=lambda: self.now,
            rng=random.Random(1),
            sleep=self.sleep,
            is_up=lambda: self.up,
        )

    def entry(self, name: str, expires_after: float | None = None) -> QueueEntry:
        async def call() -> SendOutcome:
            if not self.up:
                return LINE_DOWN
            self.sent.append(name)
            return Delivered()

        return QueueEntry(call, None, expires_after=expires_after)


async def turns(count: int = 20) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def waiting(outcome: SendOutcome, until: asyncio.Event) -> Callable[[], Awaitable[SendOutcome]]:
    async def call() -> SendOutcome:
        await until.wait()
        return outcome

    return call


async def test_while_the_line_is_down_answers_wait_in_their_order() -> None:
    line = Line()
    queue, line.up = line.queue(), False
    sends = [asyncio.create_task(queue.submit(line.entry(name))) for name in "abc"]
    await turns()
    assert line.sent == [] and not any(send.done() for send in sends) and queue.waiting == 3
    line.up = True
    queue.wake()
    assert await asyncio.gather(*sends) == [Delivered()] * 3
    assert line.sent == ["a", "b", "c"]
    await queue.close()


async def test_what_the_line_refused_takes_its_place_again() -> None:
    line = Line()
    queue = line.queue()

    async def goes_down() -> SendOutcome:
        if line.up and "first" not in line.sent:
            line.up = False
            line.sent.append("first")
            return LINE_DOWN
        line.sent.append("again")
        return Delivered()

    first = asyncio.create_task(queue.submit(QueueEntry(goes_down, None)))
    await turns()
    second = asyncio.create_task(queue.submit(line.entry("second")))
    await turns()
    line.up = True
    queue.wake()
    assert await asyncio.gather(first, second) == [Delivered(), Delivered()]
    assert line.sent == ["first", "again", "second"]
    await queue.close()


async def test_answers_to_searches_expire_while_the_line_is_down() -> None:
    line = Line()
    queue, line.up = line.queue(), False
    search = asyncio.create_task(queue.submit(line.entry("search", expires_after=60)))
    change = asyncio.create_task(queue.submit(line.entry("change")))
    assert await search == Refused(RefusalReason.EXPIRED)
    assert line.now > 1_060 and not change.done()
    line.up = True
    assert await change == Delivered() and line.sent == ["change"]
    await queue.close()


async def test_a_stop_waits_for_what_has_begun_and_begins_nothing_more() -> None:
    line, answered = Line(), asyncio.Event()
    queue = SendQueue(PaceLimits(1_000, 0, 100), monotonic=line.queue()._monotonic, rng=random.Random(1))
    begun = asyncio.create_task(queue.submit(QueueEntry(waiting(Delivered(), answered), None)))
    await turns()
    behind = asyncio.create_task(queue.submit(line.entry("behind")))
    await turns()
    stop = asyncio.create_task(queue.stop())
    await turns()
    assert await behind == STOPPED and not stop.done() and queue.leaving == 1
    assert await queue.submit(line.entry("late")) == STOPPED
    answered.set()
    await stop
    assert await begun == Delivered() and line.sent == []
    await queue.close()


async def test_what_was_being_judged_at_the_stop_does_not_leave() -> None:
    line, judged = Line(), asyncio.Event()
    queue = line.queue()

    async def judging() -> bool:
        await judged.wait()
        return True

    entry = line.entry("judged")
    entry.still_allowed = judging
    send = asyncio.create_task(queue.submit(entry))
    await turns()
    await queue.stop()
    judged.set()
    assert await send == STOPPED and line.sent == []
    await queue.close()


async def test_a_stop_with_nothing_begun_is_over_at_once() -> None:
    queue = Line().queue()
    await asyncio.wait_for(queue.stop(), 1)
    assert (queue.waiting, queue.leaving) == (0, 0)


async def test_closing_leaves_nobody_waiting_for_an_outcome() -> None:
    """What was leaving is unknown, what was being judged or waited has not left."""
    line, never = Line(), asyncio.Event()
    queue = line.queue()

    async def judging() -> bool:
        await never.wait()
        return True

    leaving = asyncio.create_task(queue.submit(QueueEntry(waiting(Delivered(), never), None)))
    await turns()
    entry = line.entry("judged")
    entry.still_allowed = judging
    judged = asyncio.create_task(queue.submit(entry))
    behind = asyncio.create_task(queue.submit(line.entry("behind")))
    await turns()
    await queue.close()
    assert await asyncio.gather(leaving, judged, behind) == [Unknown(), STOPPED, STOPPED]


async def test_what_does_not_wait_for_the_line_is_refused_when_it_goes_down() -> None:
    """Whether it goes down before or while the message waits, or is found down by the call itself."""
    line = Line()
    queue, line.up = line.queue(), False
    entry, stays = line.entry("for any account"), line.entry("for this one")
    entry.waits_for_line = False
    waits = asyncio.create_task(queue.submit(stays))
    assert await asyncio.wait_for(queue.submit(entry), 5) == LINE_DOWN
    line.up = True

    async def finds_it_down() -> SendOutcome:
        return LINE_DOWN

    found_down = QueueEntry(finds_it_down, None, waits_for_line=False)
    assert await asyncio.wait_for(queue.submit(found_down), 5) == LINE_DOWN
    assert await asyncio.wait_for(waits, 5) == Delivered() and line.sent == ["for this one"]
    await queue.close()


async def test_what_cannot_be_judged_for_the_moment_may_be_tried_again() -> None:
    line = Line()
    queue = line.queue()

    async def unreadable() -> bool:
        raise CannotRead(CannotStart("磁盘读不出来"))

    entry = line.entry("judged")
    entry.still_allowed = unreadable
    outcome = await queue.submit(entry)
    assert is_tried_again(outcome) and line.sent == []
    await queue.close()
