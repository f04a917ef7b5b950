"""Every open page gets every update in order; a slow or closed one holds nobody up."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from jianggao.sandbox.web.viewers import Viewer, Viewers


class Page:
    """Receives updates, and says when so many have come."""

    def __init__(self) -> None:
        self.received: list[Any] = []
        self._came = asyncio.Semaphore(0)

    async def send(self, update: Any) -> None:
        self.received.append(update)
        self._came.release()

    async def receives(self, viewer: Viewer, count: int) -> None:
        """Lets the viewer send until so many updates have come."""
        sending = asyncio.create_task(viewer.send_all())
        for _ in range(count):
            await asyncio.wait_for(self._came.acquire(), 30)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def test_a_page_gets_the_first_picture_and_then_every_update_in_order() -> None:
    viewers, page = Viewers(), Page()
    viewers.show({"type": "too early"})
    with viewers.joined_by(page.send, {"type": "state"}) as viewer:
        viewers.show({"type": "now"})
        viewers.show_error("坏了")
        viewer.show({"type": "scenario"})
        await page.receives(viewer, 4)
    viewers.show({"type": "too late"})
    assert [update["type"] for update in page.received] == ["state", "now", "error", "scenario"]


async def test_a_page_that_takes_nothing_holds_nobody_up() -> None:
    viewers, page = Viewers(), Page()

    async def never(update: Any) -> None:
        await asyncio.Event().wait()

    with viewers.joined_by(never, {}) as slow, viewers.joined_by(page.send, {}) as quick:
        stuck = asyncio.create_task(slow.send_all())
        for number in range(3):
            viewers.show({"number": number})
        await page.receives(quick, 4)
        stuck.cancel()
        await asyncio.gather(stuck, return_exceptions=True)
    assert page.received == [{}, {"number": 0}, {"number": 1}, {"number": 2}]


def test_a_page_leaves_however_its_connection_ends() -> None:
    viewers = Viewers()
    with pytest.raises(ConnectionError), viewers.joined_by(Page().send, {}):
        raise ConnectionError
    assert viewers._viewers == []
