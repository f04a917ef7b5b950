"""A change of which others are told: stored with its notices, answered with whom they have reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiosqlite
import pytest
from kept_answers import admitted, rows, with_empty_outbox
from simulated_chat import MEMBER, SUPERUSER, VISITOR, Chat

from jianggao.chat.commands.reply import Reply
from jianggao.outbound.send_outcomes import SendOutcome

NOTICES = ((str(MEMBER), "换了"), (str(VISITOR), "也换了"))


@pytest.fixture
async def request_of(chat: Chat) -> Any:
    await with_empty_outbox(chat)
    chat.sent.clear()
    return await admitted(chat, "会员列表", SUPERUSER)


def worded(outcomes: Mapping[str, SendOutcome | None]) -> str:
    return "，".join(
        f"{account} {'未知' if outcome is None else type(outcome).__name__}"
        for account, outcome in outcomes.items()
    )


async def test_the_answer_says_whom_the_notices_have_reached(chat: Chat, request_of: Any) -> None:
    from jianggao.chat.commands.told_changes import ToldChange, change_and_tell

    async def effect(connection: aiosqlite.Connection) -> ToldChange:
        await connection.execute("INSERT INTO facts (name, value) VALUES ('told', 'x')")
        return ToldChange(NOTICES, worded)

    reply = await change_and_tell(request_of, effect)
    assert reply.text == f"{MEMBER} Delivered，{VISITOR} Delivered" and reply.private
    assert [(str(one.person), one.text) for one in chat.sent] == list(NOTICES)
    assert await rows(chat, "SELECT text FROM outbox WHERE is_notice = 0") == [(reply.text,)]
    assert await rows(chat, "SELECT value FROM facts WHERE name = 'told'") == [("x",)]


async def test_a_stop_behind_the_change_leaves_the_notices_and_an_answer_that_promises_nothing(
    chat: Chat, request_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.commands.request import Request
    from jianggao.chat.commands.told_changes import ToldChange, change_and_tell

    async def stopped(request: Any) -> None:
        raise KeyboardInterrupt

    async def effect(connection: aiosqlite.Connection) -> ToldChange:
        return ToldChange(NOTICES, worded)

    monkeypatch.setattr(Request, "tell_others", stopped)
    with pytest.raises(KeyboardInterrupt):
        await change_and_tell(request_of, effect)
    stored = await rows(chat, "SELECT chat, text, state FROM outbox ORDER BY is_notice, chat")
    assert stored[0] == (str(SUPERUSER), f"{MEMBER} 未知，{VISITOR} 未知", "waiting")
    assert {row[:2] for row in stored[1:]} == set(NOTICES) and chat.sent == []


@pytest.mark.parametrize("nobody", ["a reply", "no notices"])
async def test_where_nobody_is_to_be_told_the_first_answer_stands(
    chat: Chat, request_of: Any, nobody: str
) -> None:
    from jianggao.chat.commands.told_changes import ToldChange, change_and_tell

    async def effect(connection: aiosqlite.Connection) -> ToldChange | Reply:
        return Reply("没有变", changed=False) if nobody == "a reply" else ToldChange((), lambda _: "没有变")

    assert (await change_and_tell(request_of, effect)).text == "没有变"
    assert chat.sent == []
