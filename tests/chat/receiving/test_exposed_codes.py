"""Codes in a group are revoked whoever shows them, also where the bot answers nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from simulated_chat import FREE_GROUP, SELF, SUPERUSER, UNBOUND_GROUP, VISITOR, Chat

from jianggao.redeem_codes.code_form import find_codes, new_code, shown

ANONYMOUS = {"sub_type": "anonymous", "anonymous": {"id": 1, "name": "某人", "flag": "f"}}


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Callable[[Chat], None]:
    """Makes a chat's account the one by which notices leave."""
    return lambda chat: monkeypatch.setattr("jianggao.chat.sending.notices.connected", lambda: [chat.bot])


async def made(chat: Chat) -> str:
    sent = await chat.say("卡密 1 1年", SUPERUSER)
    return next(shown(code) for one in sent for code in find_codes(one.text))


async def revoked(chat: Chat) -> int:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT count(revoked_at) FROM redeem_codes")
    return int(next(iter(rows))[0])


@pytest.mark.parametrize("group", [FREE_GROUP, UNBOUND_GROUP])
@pytest.mark.parametrize(
    ("person", "fields", "named"),
    [
        (VISITOR, {}, str(VISITOR)),
        (SELF, {}, str(SELF)),
        (SELF, {"post_type": "message_sent"}, str(SELF)),
        (80000000, ANONYMOUS, "匿名的人"),
    ],
)
async def test_a_code_of_somebody_who_is_not_heard_is_revoked(
    open_chat: Any, connect: Any, group: int, person: int, fields: dict[str, Any], named: str
) -> None:
    chat: Chat = await open_chat(IGNORED_USERS=str(VISITOR))
    connect(chat)
    code = await made(chat)
    sent = await chat.say(f"谁要 {code}", person, group, **fields)
    assert [(one.person, one.group) for one in sent] == [(SUPERUSER, None)]
    assert named in sent[0].text and "第 1 批 1 张" in sent[0].text and not find_codes(sent[0].text)
    assert await revoked(chat) == 1
    assert await chat.say(f"谁要 {code}", person, group, **fields) == []


async def test_superusers_hear_of_it_from_a_bot_that_was_stopped_before_it_told_them(
    open_chat: Any, connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat: Chat = await open_chat(IGNORED_USERS=str(VISITOR))
    connect(chat)
    monkeypatch.setattr("jianggao.chat.sending.outbox_delivery.connected", lambda: [chat.bot])
    code = await made(chat)

    async def ended(*anything: Any) -> dict[int, Any]:
        return {}

    monkeypatch.setattr(chat.services.answers, "tell_others", ended)
    assert await chat.say(f"谁要 {code}", VISITOR, FREE_GROUP) == []
    assert await revoked(chat) == 1
    chat.forget()
    chat.sent.clear()
    chat.services.senders.of(chat.bot)
    await chat.services.answers.go_on()
    await chat.services.answers.background_done()
    assert [one.person for one in chat.sent] == [SUPERUSER] and "第 1 批 1 张" in chat.sent[0].text


async def test_who_is_not_heard_gets_no_answer_and_no_wrong_try_in_private(open_chat: Any) -> None:
    chat: Chat = await open_chat(IGNORED_USERS=str(VISITOR))
    code = await made(chat)
    assert await chat.say(code, VISITOR) == [] == await chat.say(new_code(), VISITOR, FREE_GROUP)
    assert await revoked(chat) == 0
    async with chat.application.database.read() as connection:
        assert list(await connection.execute_fetchall("SELECT * FROM code_attempts")) == []


async def test_superusers_hear_where_the_database_takes_nothing(
    chat: Chat, connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(chat)
    from jianggao.chat.receiving import exposed_codes
    from jianggao.errors import CannotWrite, DiskFailing

    async def fails(*anything: Any) -> None:
        raise CannotWrite(DiskFailing("磁盘"))

    code = await made(chat)
    monkeypatch.setattr(exposed_codes.issuing, "revoke_exposed", fails)
    sent = await chat.say(code, 80000000, FREE_GROUP, **ANONYMOUS)
    assert [one.person for one in sent] == [SUPERUSER] and "没能作废" in sent[0].text
