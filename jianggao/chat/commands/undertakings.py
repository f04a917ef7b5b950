"""Work of several transactions, of which each says what is answered if the bot ends before the next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import aiosqlite

from jianggao.chat.commands.reply import Reply
from jianggao.chat.commands.request import Request
from jianggao.database.writer import Work
from jianggao.outbound import outbox_store


async def begin(request: Request, effect: Callable[[aiosqlite.Connection], Awaitable[Reply]]) -> None:
    """Does as `Request.undertake`, with a change in the same transaction: `effect` makes it, and returns the
    answer that holds if the bot ends before `conclude`."""
    await request.change(effect)
    request.stored_reply.is_provisional = True
    request.ended()


async def conclude(request: Request, reply: Reply, work: Work) -> Reply:
    """Does the last change, and stores in the same transaction the answer that holds from here on. Returns
    the answer. Raises CannotWrite, and what `work` raises: then the earlier answer still holds."""
    number = request.stored_reply.number
    async with request.application.database.write() as connection:
        await work(connection)
        if number is not None:
            await outbox_store.rewrite(connection, number, reply.text, request.application.clock())
    request.stored_reply.text, request.stored_reply.is_provisional = reply.text, False
    return reply


async def keep_notices(
    request: Request, connection: aiosqlite.Connection, notices: Mapping[str, str]
) -> None:
    """Stores messages to others, by account, about a message that is itself not answered; `connection` is
    that of its change. `Request.tell_others` sends them."""
    stored = request.stored_reply.notices
    for account, text in notices.items():
        answer = replace(request.answer(Reply(text, private=True)), person=account, is_notice=True)
        stored[await request.services.answers.keep(connection, answer)] = account
