"""Changes between the moment an answer is made and the moment its turn in the queue comes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from simulated_chat import Chat

from jianggao.clock import to_text
from jianggao.library import listing, version_store


def meanwhile(chat: Chat, change: Callable[[], Awaitable[None]]) -> list[Any]:
    """Makes a change between the next answer's making and its turn in the queue; gives the outcomes of what
    was queued."""
    queue = chat.services.senders.of(chat.bot)._queue
    submit = queue.submit
    outcomes: list[Any] = []

    async def changed(entry: Any) -> Any:
        queue.submit = submit  # type: ignore[method-assign]
        await change()
        outcomes.append(await submit(entry))
        return outcomes[-1]

    queue.submit = changed  # type: ignore[method-assign]
    return outcomes


async def take_down(chat: Chat, number: int = 8) -> None:
    async with chat.application.database.write() as connection:
        await version_store.set_taken_down(connection, number, to_text(chat.clock()))
        await listing.list_speech(connection, number)
