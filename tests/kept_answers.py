"""Answers that wait in the outbox: queued while the line is down, and looked at after a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from simulated_chat import SUPERUSER, Chat


async def rows(chat: Chat, sql: str) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        return [tuple(row) for row in await connection.execute_fetchall(sql)]


async def states(chat: Chat) -> list[str]:
    return [row[0] for row in await rows(chat, "SELECT state FROM outbox ORDER BY id")]


def delivery(chat: Chat) -> Any:
    return chat.services.senders.of(chat.bot)


def answers(chat: Chat) -> Any:
    return chat.services.answers


async def with_empty_outbox(chat: Chat) -> Chat:
    """With nothing in the outbox, and an account that superusers can be told by."""
    async with chat.application.database.write() as connection:
        await connection.execute("DELETE FROM outbox")
    chat.running = []  # type: ignore[attr-defined]
    return chat


async def until(holds: Callable[[], Any]) -> None:
    for _ in range(2_000):
        if holds():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came to that")


async def stop(chat: Chat, *, kill: bool = False) -> None:
    """The bot ends and starts again. Killed it writes down nothing more."""
    services = chat.services
    if kill:
        tasks = [*services.requests._running, *services.answers._background._running]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    else:
        await services.senders.stop()
    await services.close()
    await services.requests.all_done(within=5)
    await asyncio.gather(*chat.running, return_exceptions=True)  # type: ignore[attr-defined]
    chat.forget()


async def start(chat: Chat) -> None:
    await answers(chat).take_over()
    await look(chat)


async def look(chat: Chat) -> None:
    await answers(chat).go_on()
    await answers(chat).background_done()


async def admitted(chat: Chat, command: str, person: int, group: int | None = None) -> Any:
    parsed = chat.bot.adapter.json_to_event(chat.event(command, person, group))
    request = await chat.admission.admit(chat.bot, parsed)  # type: ignore[arg-type]
    assert request is not None
    return request


async def queued(chat: Chat, *commands: str, person: int = SUPERUSER, group: int | None = None) -> None:
    """The line goes down behind the commands: their changes are stored, their answers wait. All are let in
    before the first has its effect, so here none waits its ten seconds for those before it."""
    from jianggao.chat.commands.dispatch import run

    chat.admission.order.longest_wait = 0
    senders, sender = chat.services.senders, delivery(chat)
    sender.line_is_down()
    # A command that is let in has come by the line and brings it up: what waits already would leave at once.
    senders.of = lambda bot: sender
    try:
        requests = [await admitted(chat, command, person, group) for command in commands]
    finally:
        del senders.of
    before = len(await states(chat))
    for number, request in enumerate(requests, 1):
        chat.running.append(asyncio.create_task(run(request)))  # type: ignore[attr-defined]
        await stored(chat, before + number)


async def stored(chat: Chat, count: int) -> None:
    for _ in range(5_000):
        if len(await states(chat)) == count:
            return
        await asyncio.sleep(0.001)
    raise AssertionError(await states(chat))
