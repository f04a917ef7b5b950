"""Members' searches are counted, once a message, and nothing of what was searched for."""

from __future__ import annotations

from typing import Any

from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat


async def counts(chat: Chat) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT account, year, searches FROM usage_counts")
    return [tuple(row) for row in rows]


async def test_first_pages_of_members_count(chat: Chat) -> None:
    await chat.say("检索 乡村", MEMBER, MEMBER_GROUP)
    await chat.say("下一页", MEMBER, MEMBER_GROUP)
    await chat.say("检索 产业", MEMBER)
    assert await counts(chat) == [(str(MEMBER), 2026, 2)]


async def test_nobody_elses_searches_count(chat: Chat) -> None:
    await chat.say("检索 乡村", VISITOR, FREE_GROUP)
    await chat.say("检索 乡村", VISITOR)
    await chat.say("检索 乡村", SUPERUSER)
    assert await counts(chat) == []
