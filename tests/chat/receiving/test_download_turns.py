"""How many files are fetched at once."""

from __future__ import annotations

import asyncio

import pytest

from jianggao.errors import WrongUse


async def test_who_waits_too_long_is_told_and_a_superuser_does_not_wait() -> None:
    from jianggao.chat.receiving.download_turns import DownloadTurns

    turns = DownloadTurns(at_once=1, longest_wait=0.05)
    async with turns.turn("30001", first=False):
        with pytest.raises(WrongUse, match="请过一分钟再发"):
            async with turns.turn("30002", first=False):
                pass
        async with turns.turn("90001", first=True):
            pass
    async with turns.turn("30002", first=False):
        pass


async def test_one_person_has_one_file_coming_in() -> None:
    from jianggao.chat.receiving.download_turns import DownloadTurns

    turns = DownloadTurns(at_once=5)
    async with turns.turn("30001", first=False):
        with pytest.raises(WrongUse):
            async with turns.turn("30001", first=False):
                pass
    async with turns.turn("30001", first=False):
        pass


async def test_a_place_is_free_again_after_a_failure(plugins: None) -> None:
    from jianggao.chat.receiving.download_turns import DownloadTurns

    turns = DownloadTurns(at_once=1, longest_wait=0.05)
    for _ in range(3):
        with pytest.raises(OSError):
            async with turns.turn("30001", first=False):
                raise OSError("the line is down")
    async with turns.turn("30001", first=False):
        pass


async def test_one_who_waits_goes_on_when_a_place_is_free(plugins: None) -> None:
    from jianggao.chat.receiving.download_turns import DownloadTurns

    turns, order = DownloadTurns(at_once=1, longest_wait=5), []

    async def fetch(account: str) -> None:
        async with turns.turn(account, first=False):
            order.append(account)
            await asyncio.sleep(0)

    await asyncio.gather(*(fetch(str(person)) for person in range(30001, 30005)))
    assert order == ["30001", "30002", "30003", "30004"]
