"""Work of several transactions: what is answered if the bot ends in the middle, and what when it is done."""

from __future__ import annotations

import asyncio
from typing import Any

import aiosqlite
import pytest
from kept_answers import admitted, rows, with_empty_outbox
from simulated_chat import MEMBER_GROUP, SUPERUSER, VISITOR, Chat

from jianggao.chat.commands.reply import Reply


async def note(connection: aiosqlite.Connection, name: str) -> None:
    await connection.execute("INSERT INTO facts (name, value) VALUES (?, 'x')", (name,))


@pytest.fixture
async def request_of(chat: Chat) -> Any:
    await with_empty_outbox(chat)
    return await admitted(chat, "会员列表", SUPERUSER)


async def begun(request: Any) -> None:
    from jianggao.chat.commands import undertakings

    async def effect(connection: aiosqlite.Connection) -> Reply:
        await note(connection, "begun")
        return Reply("停了", private=True)

    await undertakings.begin(request, effect)


async def facts(chat: Chat) -> list[str]:
    return [row[0] for row in await rows(chat, "SELECT name FROM facts WHERE value = 'x' ORDER BY name")]


async def test_what_was_begun_is_stored_with_the_answer_for_a_stop(chat: Chat, request_of: Any) -> None:
    await begun(request_of)
    assert await rows(chat, "SELECT text, state FROM outbox") == [("停了", "waiting")]
    assert await facts(chat) == ["begun"] and request_of.stored_reply.is_provisional


async def test_the_last_change_and_the_answer_to_it_are_stored_together(chat: Chat, request_of: Any) -> None:
    from jianggao.chat.commands import undertakings

    await begun(request_of)
    reply = await undertakings.conclude(
        request_of, Reply("办好了"), lambda connection: note(connection, "done")
    )
    assert reply.text == "办好了" and not request_of.stored_reply.is_provisional
    assert await rows(chat, "SELECT text FROM outbox") == [("办好了",)]
    assert await facts(chat) == ["begun", "done"]


async def test_where_the_last_change_fails_the_earlier_answer_still_holds(
    chat: Chat, request_of: Any
) -> None:
    from jianggao.chat.commands import undertakings

    async def fails(connection: aiosqlite.Connection) -> None:
        await note(connection, "done")
        raise asyncio.CancelledError

    await begun(request_of)
    with pytest.raises(asyncio.CancelledError):
        await undertakings.conclude(request_of, Reply("办好了"), fails)
    assert await rows(chat, "SELECT text FROM outbox") == [("停了",)]
    assert await facts(chat) == ["begun"] and request_of.stored_reply.is_provisional


async def test_notices_of_a_message_without_an_answer_are_kept_and_given(chat: Chat) -> None:
    from jianggao.chat.commands import undertakings

    await with_empty_outbox(chat)
    request = await admitted(chat, "检索 台账", VISITOR, MEMBER_GROUP)

    async def effect(connection: aiosqlite.Connection) -> Reply:
        await undertakings.keep_notices(request, connection, {str(SUPERUSER): "有事"})
        return Reply("", changed=False)

    chat.sent.clear()
    await request.change(effect)
    kept = "SELECT kind, chat, is_notice, text, state FROM outbox"
    assert await rows(chat, kept) == [("private", str(SUPERUSER), 1, "有事", "waiting")]
    await request.tell_others()
    assert [(one.person, one.group, one.text) for one in chat.sent] == [(SUPERUSER, None, "有事")]
    assert [row[-1] for row in await rows(chat, kept)] == ["delivered"]
