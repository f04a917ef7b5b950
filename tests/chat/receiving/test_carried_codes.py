"""Codes in forwards are revoked as typed ones, and superusers hear of files of codes in a group; strangers make
the bot fetch and revoke nothing."""

from __future__ import annotations

from typing import Any

import pytest
from simulated_chat import FREE_GROUP, MEMBER, SELF, SUPERUSER, UNBOUND_GROUP, VISITOR, Chat, group_event
from tracing_chat import answering

from jianggao.redeem_codes.code_form import find_codes, shown


@pytest.fixture
async def codes(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Six codes; the account is one by which notices leave."""
    monkeypatch.setattr("jianggao.chat.sending.notices.connected", lambda: [chat.bot])
    monkeypatch.setattr("jianggao.chat.sending.outbox_delivery.connected", lambda: [chat.bot])
    sent = await chat.say("卡密 6 1年", SUPERUSER)
    text = next(one.text for one in sent if find_codes(one.text))
    chat.sent.clear()
    return [shown(code) for code in find_codes(text)]


async def revoked(chat: Chat) -> int:
    await chat.services.answers.background_done()
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT count(revoked_at) FROM redeem_codes")
    return int(next(iter(rows))[0])


def node(text: str, **data: Any) -> dict[str, Any]:
    content = [{"type": "text", "data": {"text": text}}]
    return {"type": "node", "data": {"user_id": "1", "nickname": "卖家", "content": content, **data}}


def forward(*nodes: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "forward", "data": {"id": "F1", **({"content": list(nodes)} if nodes else {})}}]


def file_named(name: str) -> list[dict[str, Any]]:
    return [{"type": "file", "data": {"file": name, "file_id": "f1"}}]


@pytest.mark.parametrize("person", [SUPERUSER, MEMBER, VISITOR, SELF])
@pytest.mark.parametrize("group", [FREE_GROUP, UNBOUND_GROUP])
async def test_codes_in_a_forward_that_came_whole_are_revoked(
    chat: Chat, codes: list[str], person: int, group: int
) -> None:
    inner = node("", content=[forward(node(codes[1]))[0]])
    await chat.say(forward(node(f"卡密 {codes[0]}"), inner), person, group)
    assert await revoked(chat) == 2
    assert any("第 1 批 2 张" in one.text for one in chat.sent if one.person == SUPERUSER)


async def test_codes_in_a_superusers_forward_are_fetched_and_revoked(chat: Chat, codes: list[str]) -> None:
    chat.answer = answering(get_forward_msg={"messages": [node("\n".join(codes))]})
    for person in (MEMBER, VISITOR, SELF):
        await chat.say(forward(), person, FREE_GROUP)
    assert await revoked(chat) == 0 and "get_forward_msg" not in chat.actions
    await chat.say(forward(), SUPERUSER, UNBOUND_GROUP)
    assert await revoked(chat) == 6
    assert [one.person for one in chat.sent] == [SUPERUSER] and "第 1 批 6 张" in chat.sent[0].text
    assert not find_codes(chat.sent[0].text)


async def test_of_a_forward_that_cannot_be_opened_superusers_hear(chat: Chat, codes: list[str]) -> None:
    chat.answer = answering()
    for _ in range(3):
        await chat.say(forward(), SUPERUSER, FREE_GROUP)
    assert await revoked(chat) == 0
    assert [one.person for one in chat.sent] == [SUPERUSER] and "打不开" in chat.sent[0].text


@pytest.mark.parametrize("person", [SUPERUSER, SELF, VISITOR])
async def test_superusers_hear_of_a_file_of_codes(chat: Chat, codes: list[str], person: int) -> None:
    for name in ("卡密-第1批-6张-1年.txt", "卡密-第2批-6张-1年.txt", "讲稿.txt", "第1批.txt"):
        await chat.say(file_named(name), person, FREE_GROUP)
    assert await revoked(chat) == 0, "anybody can choose a name"
    assert [one.person for one in chat.sent] == [SUPERUSER] and "“作废卡密 1”" in chat.sent[0].text
    assert "get_file" not in chat.actions


async def test_a_strangers_files_of_many_names_are_told_once(chat: Chat, codes: list[str]) -> None:
    await chat.say("卡密 2 1年", SUPERUSER)
    chat.sent.clear()
    for batch in (1, 2, 1):
        await chat.say(file_named(f"卡密-第{batch}批-6张-1年.txt"), VISITOR, FREE_GROUP)
    await chat.services.answers.background_done()
    assert len(chat.sent) == 1
    for batch in (1, 2, 1):
        await chat.say(file_named(f"卡密-第{batch}批-6张-1年.txt"), SUPERUSER, FREE_GROUP)
    await chat.services.answers.background_done()
    assert len(chat.sent) == 3


async def test_a_file_that_was_put_into_a_group_is_seen(chat: Chat, codes: list[str]) -> None:
    event = {
        "time": 1,
        "self_id": SELF,
        "post_type": "notice",
        "notice_type": "group_upload",
        "group_id": FREE_GROUP,
        "user_id": SUPERUSER,
        "file": {"id": "x", "name": "卡密-第1批-6张-1年.txt", "size": 132, "busid": 0},
    }
    await chat.send(event)
    await chat.services.answers.background_done()
    assert [one.person for one in chat.sent] == [SUPERUSER] and "第 1 批" in chat.sent[0].text


def test_forwards_are_read_within_bounds(plugins: None) -> None:
    from jianggao.chat.connection.ignored_messages import is_chatter

    deep = node("文")
    for _ in range(2_000):
        deep = node("", content=[deep])
    for content in (
        [deep],
        [node("讲" * 10_000)] * 2_000,
        "x" * 10_000,
        [1, None, {"type": "node"}],
        {"a": 1},
    ):
        event = group_event("")
        event["message"] = [{"type": "forward", "data": {"id": "1", "content": content}}]
        assert not is_chatter(event)
    assert is_chatter({**group_event(""), "message": file_named("讲稿.txt")})
