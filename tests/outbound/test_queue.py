"""The queue when the line is down, and when the bot stops."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.errors import CannotRead, CannotStart
from jianggao.outbound.outcomes import Delivered, RefusalReason, Refused, SendOutcome, Unknown, is_tried_again
from jianggao.outbound.pace import PaceLimits
from jianggao.outbound.queue import Priority, QueueEntry, SendQueue

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


GROUPS = st.sampled_from([None, "1", "2", "3"])


class Time:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


@given(
    entries=st.lists(st.tuples(GROUPS, st.sampled_from(list(Priority))), min_size=1, max_size=25),
    seed=st.integers(0, 1_000),
)
def test_the_queue_keeps_the_pace_and_loses_nothing(
    entries: list[tuple[str | None, Priority]], seed: int
) -> None:
    limits = PaceLimits(1.5, 3.0, 8)

    async def run() -> list[tuple[float, str | None]]:
        time = Time()
        queue = SendQueue(limits, monotonic=time, rng=random.Random(seed), sleep=time.sleep)
        sends: list[tuple[float, str | None]] = []

        def entry(group: str | None, priority: Priority) -> QueueEntry:
            async def call() -> SendOutcome:
                sends.append((time(), group))
                return Delivered()

            return QueueEntry(call, group, priority)

        outcomes = await asyncio.gather(*(queue.submit(entry(*one)) for one in entries))
        assert all(isinstance(outcome, Delivered) for outcome in outcomes)
        await queue.close()
        return sends

    sends = asyncio.run(run())
    assert sorted(str(group) for _, group in sends) == sorted(str(group) for group, _ in entries)
    for (earlier, _), (later, _) in itertools.pairwise(sends):
        assert later - earlier >= limits.send_interval - 1e-9
    for group in ("1", "2", "3"):
        times = [at for at, to in sends if to == group]
        for earlier, later in itertools.pairwise(times):
            assert later - earlier >= limits.group_send_interval - 1e-9


async def submit_all(queue: SendQueue, *entries: QueueEntry) -> list[SendOutcome]:
    return list(await asyncio.gather(*(queue.submit(entry) for entry in entries)))


def queue_of(time: Time, limits: PaceLimits | None = None) -> SendQueue:
    return SendQueue(
        limits or PaceLimits(1.0, 3.0, 8, jitter=0.0),
        monotonic=time,
        rng=random.Random(1),
        sleep=time.sleep,
    )


def entry_into(
    sent: list[str], name: str, group: str | None = None, outcome: SendOutcome | None = None, **fields: object
) -> QueueEntry:
    async def call() -> SendOutcome:
        sent.append(name)
        return outcome or Delivered()

    return QueueEntry(call, group, **fields)  # type: ignore[arg-type]


async def test_answers_leave_before_pushes() -> None:
    sent: list[str] = []
    await submit_all(
        queue_of(Time()),
        entry_into(sent, "push 1", priority=Priority.PUSH),
        entry_into(sent, "push 2", priority=Priority.PUSH),
        entry_into(sent, "answer 1"),
        entry_into(sent, "answer 2"),
    )
    assert sent == ["answer 1", "answer 2", "push 1", "push 2"]


async def test_a_busy_group_does_not_hold_up_others() -> None:
    sent: list[str] = []
    await submit_all(
        queue_of(Time()),
        *(entry_into(sent, f"busy {at}", "1") for at in range(3)),
        entry_into(sent, "other", "2"),
        entry_into(sent, "private"),
    )
    assert sent == ["busy 0", "other", "private", "busy 1", "busy 2"]


async def test_what_waited_too_long_is_dropped() -> None:
    sent: list[str] = []
    outcomes = await submit_all(
        queue_of(Time(), PaceLimits(0, 40, 8, jitter=0.0)),
        *(entry_into(sent, str(at), "1", expires_after=60.0) for at in range(3)),
    )
    assert sent == ["0", "1"]
    assert outcomes[2] == Refused(RefusalReason.EXPIRED)


async def test_what_may_no_longer_be_shown_does_not_leave_and_costs_no_pace() -> None:
    time = Time()
    sent: list[str] = []

    async def no() -> bool:
        return False

    outcomes = await submit_all(
        queue_of(time), entry_into(sent, "gone", still_allowed=no), entry_into(sent, "next")
    )
    assert outcomes == [Refused(RefusalReason.NOT_ALLOWED), Delivered()]
    assert sent == ["next"] and time.now == 1_000.0


async def test_after_a_mute_nothing_more_is_tried_for_a_while() -> None:
    time = Time()
    sent: list[str] = []
    queue = queue_of(time)
    muted = Refused(RefusalReason.MUTED)
    await submit_all(queue, entry_into(sent, "muted", "1", muted), entry_into(sent, "later", "1"))
    assert sent == ["muted", "later"]
    assert time.now >= 1_600.0


async def test_after_the_mute_is_lifted_it_goes_on_at_once() -> None:
    time = Time()
    sent: list[str] = []
    queue = queue_of(time)
    await submit_all(queue, entry_into(sent, "muted", "1", Refused(RefusalReason.MUTED)))
    assert queue.waiting_time("1") > 500
    queue.release("1")
    assert queue.waiting_time("1") <= 1
    await submit_all(queue, entry_into(sent, "again", "1"))
    assert sent == ["muted", "again"] and time.now < 1_010


async def test_an_unexpected_error_is_unknown_and_the_queue_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    async def broken() -> SendOutcome:
        raise RuntimeError("the line went dead")

    sent: list[str] = []
    outcomes = await submit_all(queue_of(Time()), QueueEntry(broken, None), entry_into(sent, "next"))
    assert outcomes == [Unknown(), Delivered()]
    assert "the line went dead" in caplog.text


async def test_a_send_that_nobody_answers_holds_up_no_other() -> None:
    answered = asyncio.Event()

    async def upload() -> SendOutcome:
        await answered.wait()
        return Delivered()

    queue = queue_of(Time())
    sent: list[str] = []
    uploading = asyncio.create_task(queue.submit(QueueEntry(upload, None)))
    await asyncio.sleep(0)  # it stands first in the queue
    assert await queue.submit(entry_into(sent, "next")) == Delivered()
    assert not uploading.done()
    answered.set()
    assert await uploading == Delivered()


async def test_what_is_on_its_way_at_the_end_is_unknown() -> None:
    queue = queue_of(Time())
    forever = asyncio.create_task(queue.submit(QueueEntry(asyncio.Event().wait, None)))  # type: ignore[arg-type]
    await asyncio.sleep(0)  # it stands first in the queue
    assert await queue.submit(entry_into([], "next")) == Delivered()
    await queue.close()
    assert await forever == Unknown()


async def test_a_caller_that_goes_away_does_not_stop_its_send() -> None:
    time = Time()
    sent: list[str] = []
    queue = queue_of(time)
    first = asyncio.create_task(queue.submit(entry_into(sent, "first")))
    second = asyncio.create_task(queue.submit(entry_into(sent, "second")))
    await asyncio.sleep(0)
    second.cancel()
    await first
    await queue.submit(entry_into(sent, "third"))
    assert sent == ["first", "second", "third"]


async def test_closing_refuses_what_waits() -> None:
    queue = SendQueue(
        PaceLimits(1_000, 0, 8),
        monotonic=Time(),
        rng=random.Random(1),
        sleep=lambda _: asyncio.Event().wait(),
    )
    sent: list[str] = []
    first = asyncio.create_task(queue.submit(entry_into(sent, "first")))
    second = asyncio.create_task(queue.submit(entry_into(sent, "second")))
    assert await first == Delivered()
    await queue.close()
    assert await second == Refused(RefusalReason.STOPPED)


async def test_twenty_at_once_each_see_those_before_them() -> None:
    """Reservations: the requests that are being answered count before their answers stand in the queue."""
    queue = queue_of(Time(), PaceLimits(0, 3, 100, jitter=0.0))
    waits = []
    for _ in range(5):
        waits.append(queue.waiting_time("1"))
        queue.reservation("1").hold()
    assert waits == [0, 3, 6, 9, 12]
    assert queue.waiting_time("2") == 0


async def test_a_reservation_given_up_counts_no_more() -> None:
    queue = queue_of(Time(), PaceLimits(0, 3, 100, jitter=0.0))
    one = queue.reservation("1")
    one.hold()
    one.release()
    one.release()
    assert queue.waiting_time("1") == 0
