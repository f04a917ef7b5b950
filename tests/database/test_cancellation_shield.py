"""A step that is begun is finished, whatever happens to who asked for it."""

from __future__ import annotations

import asyncio

import pytest

from jianggao.database.cancellation_shield import uncancelled


async def test_a_result_and_an_error_come_through() -> None:
    async def gives() -> int:
        return 7

    async def fails() -> int:
        raise KeyError("x")

    assert await uncancelled(gives()) == 7
    with pytest.raises(KeyError):
        await uncancelled(fails())


@pytest.mark.parametrize("times", [1, 3])
async def test_a_cancellation_follows_after_the_step_has_ended(times: int) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()
    ended: list[bool] = []

    async def step() -> None:
        begun.set()
        await may_end.wait()
        ended.append(True)

    asked = asyncio.ensure_future(uncancelled(step()))
    await begun.wait()
    for _ in range(times):
        asked.cancel()
        await asyncio.sleep(0)
    assert not asked.done() and not ended
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert ended == [True]


async def test_an_error_of_the_step_says_more_than_the_cancellation() -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def step() -> None:
        begun.set()
        await may_end.wait()
        raise KeyError("x")

    asked = asyncio.ensure_future(uncancelled(step()))
    await begun.wait()
    asked.cancel()
    await asyncio.sleep(0)
    may_end.set()
    with pytest.raises(KeyError):
        await asked


async def test_a_step_that_is_cancelled_itself_is_cancelled() -> None:
    async def step() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await uncancelled(step())
