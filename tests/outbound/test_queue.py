"""The queue keeps the pace and loses nothing: the order of what leaves, what is dropped, mutes and errors."""

from __future__ import annotations

import asyncio
import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from passing_time import Time

from jianggao.outbound.pace import PaceLimits
from jianggao.outbound.queue import Priority, QueueEntry, SendQueue
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, SendOutcome, Unknown

GROUPS = st.sampled_from([None, "1", "2", "3"])


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
