"""The turn goes to the lowest rank, of equals to who came first, and is never lost."""

from __future__ import annotations

import asyncio

from jianggao.chat.joining.turns import Rank, Turns


async def test_the_lowest_rank_comes_first_and_of_equals_the_first() -> None:
    turns, had = Turns(), []

    async def wait(name: str, rank: Rank) -> None:
        async with turns.turn(rank):
            had.append(name)
            await asyncio.sleep(0)

    names = [("a", (1, 0)), ("b", (1, 1)), ("c", (1, 0)), ("member", (0, 0)), ("d", (1, 0))]
    await asyncio.gather(*(wait(*one) for one in names))
    assert had == ["a", "member", "c", "d", "b"]
    async with turns.turn((5,)):  # free again
        pass


async def test_who_is_cancelled_loses_the_turn_for_nobody() -> None:
    turns, had = Turns(), []

    async def wait(name: str) -> None:
        async with turns.turn((0,)):
            had.append(name)

    async with turns.turn((0,)):
        waiting = [asyncio.ensure_future(wait(name)) for name in "abc"]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.sleep(0)
    waiting[1].cancel()  # it has just been given the turn
    await asyncio.gather(*waiting, return_exceptions=True)
    assert had == ["c"]
    await wait("d")
    assert had == ["c", "d"]


async def test_a_failure_gives_the_turn_on() -> None:
    turns = Turns()
    for _ in range(2):
        try:
            async with turns.turn((0,)):
                raise ValueError
        except ValueError:
            pass
