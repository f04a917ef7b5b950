"""Admission: what is a command, who may give it, once, and how often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from simulated_chat import (
    FREE_GROUP,
    MEMBER,
    MEMBER_GROUP,
    SELF,
    SUPERUSER,
    UNBOUND_GROUP,
    VISITOR,
    Chat,
)

AT_BOT = {"type": "at", "data": {"qq": str(SELF)}}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "data": {"text": words}}


@pytest.mark.parametrize(
    "typed",
    [
        "检索 台账",
        "/检索 台账",
        "／检索　台账",
        "检索　台账",
        " 检索 台账",
        "搜索 台账",
        "/搜 台账",
        "检索\n台账",
        "/查 台账",
    ],
)
async def test_a_search_is_understood_in_these_forms(chat: Chat, typed: str) -> None:
    assert (await chat.ask(typed, VISITOR, FREE_GROUP)).startswith("共 ")


@pytest.mark.parametrize(
    "typed",
    [
        "查一下台账",
        "看 1.3",
        "搜 台账",
        "检索表在哪",
        "检索台账",
        "全文背诵",
        "台账",
        "1.3",
        "下一页吧",
        "//检索 台账",
    ],
)
async def test_ordinary_talk_in_a_group_gets_silence(chat: Chat, typed: str) -> None:
    assert await chat.say(typed, VISITOR, FREE_GROUP) == []


@pytest.mark.parametrize("typed", ["检索台账", "台账", "检索 台账", "搜 台账"])
async def test_addressed_any_text_is_a_search(chat: Chat, typed: str) -> None:
    assert (await chat.ask([AT_BOT, text(f" {typed}")], VISITOR, FREE_GROUP)).startswith("共 ")
    assert (await chat.ask([text(f"{typed} "), AT_BOT], VISITOR, FREE_GROUP)).startswith("共 ")
    assert (await chat.ask(typed, VISITOR)).startswith("共 ")


@pytest.mark.parametrize(
    "typed", ["1.3", "１．３", "第1篇第3段", "1-3", "1。3", "段落1.3", "看 1.3", "段落 第1篇3"]
)
async def test_numbers_are_understood_in_these_forms(chat: Chat, typed: str) -> None:
    assert (await chat.ask(typed, VISITOR)).startswith("1.3")


@pytest.mark.parametrize("typed", ["全文1", "全文 1", "全文 第1篇", "全文第1篇", "全文１"])
async def test_full_text_numbers(chat: Chat, typed: str) -> None:
    sent = await chat.say(typed, MEMBER)
    assert [one.action for one in sent] == ["upload_private_file"]


async def test_mentioning_the_bot_alone_gets_help(chat: Chat) -> None:
    assert "检索 词" in await chat.ask([AT_BOT], VISITOR, FREE_GROUP)


async def test_unbound_groups_hear_nothing(chat: Chat) -> None:
    for typed in ("检索 台账", "随机", "帮助", "订阅"):
        assert await chat.say(typed, SUPERUSER, UNBOUND_GROUP) == []
        assert await chat.say([AT_BOT, text(typed)], VISITOR, UNBOUND_GROUP) == []
    assert await chat.say("绑定会员群", VISITOR, UNBOUND_GROUP) == []
    assert "已绑定" in await chat.ask("绑定会员群", SUPERUSER, UNBOUND_GROUP)


@pytest.mark.parametrize(
    "fields",
    [
        {"sub_type": "anonymous", "anonymous": {"id": 1, "name": "某", "flag": "x"}},
        {"anonymous": {"id": 1, "name": "某", "flag": "x"}},
        {"sub_type": "notice"},
        {"user_id": SELF},
        {"post_type": "message_sent"},
    ],
)
async def test_these_never_command_in_a_group(chat: Chat, fields: dict[str, Any]) -> None:
    assert await chat.say("检索 台账", VISITOR, FREE_GROUP, **fields) == []


@pytest.mark.parametrize("sub_type", ["group", "other", "group_self"])
async def test_temporary_sessions_get_nothing(chat: Chat, sub_type: str) -> None:
    assert await chat.say("全文 1", MEMBER, sub_type=sub_type) == []


async def test_quoted_and_forwarded_text_never_commands(chat: Chat) -> None:
    forward = {"type": "forward", "data": {"id": "1", "content": [text("检索 台账")]}}
    assert await chat.say([forward], SUPERUSER) == []
    assert await chat.say([forward, text("检索 台账")], VISITOR, FREE_GROUP) == []
    quoted = {"type": "reply", "data": {"id": "77", "text": "解绑"}}
    assert (await chat.ask([quoted, text("检索 台账")], VISITOR, FREE_GROUP)).startswith("共 ")
    assert "get_msg" not in chat.actions


async def test_a_picture_alone_gets_nothing_in_a_group_and_help_in_private(chat: Chat) -> None:
    picture = [{"type": "image", "data": {"file": "x"}}]
    assert await chat.say(picture, VISITOR, FREE_GROUP) == []
    assert "检索 词" in await chat.ask(picture, VISITOR)


@pytest.mark.parametrize("typed", [f"开通 {VISITOR} 1年", "会员列表", "操作记录", "备份", "解绑", "重新载入"])
async def test_superuser_words_of_others_get_silence(chat: Chat, typed: str) -> None:
    assert await chat.say(typed, VISITOR, FREE_GROUP) == []
    assert await chat.say(typed, MEMBER) == []
    assert await chat.say([AT_BOT, text(typed)], MEMBER, MEMBER_GROUP) == []


async def test_a_message_acts_once_also_after_a_restart(chat: Chat) -> None:
    event = chat.event(f"续期 {MEMBER} 1月", SUPERUSER)
    assert len(await chat.send(event)) == 1
    assert await chat.send(event) == []
    chat.forget()
    assert await chat.send(event) == []
    assert "会员查询" not in await chat.ask(f"会员查询 {MEMBER}", SUPERUSER)
    log = await chat.ask(f"操作记录 {MEMBER}", SUPERUSER)
    assert log.count("续期") == 1


async def test_the_same_words_in_a_new_message_act_again(chat: Chat) -> None:
    await chat.ask(f"续期 {MEMBER} 1月", SUPERUSER)
    await chat.ask(f"续期 {MEMBER} 1月", SUPERUSER)
    assert (await chat.ask(f"操作记录 {MEMBER}", SUPERUSER)).count("续期") == 2


async def test_ids_as_strings_and_negative_ids_are_messages_too(chat: Chat) -> None:
    assert await chat.say("帮助", VISITOR, message_id="-2147483600")
    assert await chat.say("帮助", VISITOR, message_id=-5)


async def test_missing_fields_of_some_implementations_are_mended(chat: Chat) -> None:
    event = chat.event("帮助", VISITOR, FREE_GROUP)
    del event["font"], event["raw_message"], event["sub_type"]
    event["sender"] = {"user_id": VISITOR, "level": 12, "card": None}
    assert await chat.send(event)


async def test_old_messages_change_nothing_and_are_asked_for_again(chat: Chat) -> None:
    event = chat.event(f"续期 {MEMBER} 1月", SUPERUSER)
    chat.clock.advance(minutes=11)
    assert "重发" in (await chat.send(event))[0].text
    assert await chat.send(event) == []
    assert "续期" not in await chat.ask(f"操作记录 {MEMBER}", SUPERUSER)


async def claims(chat: Chat) -> int:
    """How many are stored."""
    async with chat.application.database.read() as connection:
        rows = list(await connection.execute_fetchall("SELECT count(*) FROM claims"))
    return int(rows[0][0])


async def test_claims_are_kept_for_two_days_only(chat: Chat) -> None:
    await chat.say("帮助", VISITOR)
    chat.clock.advance(hours=49)
    await chat.say("帮助", VISITOR)
    assert await claims(chat) == 1


async def test_a_clock_that_was_ahead_deletes_no_claim(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a message that is delivered again after the clock came back would act twice."""
    taken_down = chat.event("下架 1", SUPERUSER)
    assert len(await chat.send(taken_down)) == 1
    with monkeypatch.context() as ahead:
        ahead.setattr(type(chat.clock), "__call__", lambda clock: clock.now + timedelta(days=3))
        for person in (VISITOR, MEMBER, SUPERUSER):
            await chat.say("帮助", person)
    await chat.ask("恢复上架 1", SUPERUSER)
    chat.forget()
    assert await chat.send(taken_down) == []


async def test_claims_of_a_clock_that_was_ahead_are_kept_for_two_days_too(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as ahead:
        ahead.setattr(type(chat.clock), "__call__", lambda clock: clock.now + timedelta(days=300))
        await chat.say("帮助", VISITOR)
    chat.clock.advance(hours=49)
    await chat.say("帮助", VISITOR)
    assert await claims(chat) == 1


async def test_an_asker_over_the_rate_is_told_once_then_silence(open_chat: Any) -> None:
    chat: Chat = await open_chat(ASKER_PER_MINUTE="3")
    answers = [await chat.say("帮助", VISITOR) for _ in range(6)]
    assert [len(one) for one in answers] == [1, 1, 1, 1, 0, 0]
    assert "过一分钟" in answers[3][0].text
    assert await chat.say("帮助", MEMBER), "others are not concerned"
    chat.clock.advance(seconds=61)
    assert "检索" in await chat.ask("帮助", VISITOR)


async def test_a_group_over_the_rate_is_told_once(open_chat: Any) -> None:
    chat: Chat = await open_chat(GROUP_PER_MINUTE="2")
    await chat.say("绑定免费群", SUPERUSER, FREE_GROUP)
    answers = [await chat.say("随机", VISITOR + at, FREE_GROUP) for at in range(5)]
    assert [len(one) for one in answers] == [1, 1, 1, 0, 0]
    assert "私聊" in answers[2][0].text


async def test_an_unexpected_error_is_answered_and_logged(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from nonebot import logger

    from jianggao.reading.reader import Reader

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a shelf fell down")

    monkeypatch.setattr(Reader, "search", broken)
    lines: list[str] = []
    handler = logger.add(lines.append, level="ERROR")
    try:
        assert await chat.ask("检索 台账", VISITOR) == "出错了，已记录"
    finally:
        logger.remove(handler)
    assert "a shelf fell down" in "".join(lines)


async def test_logs_never_hold_what_people_write(chat: Chat) -> None:
    from nonebot import logger

    lines: list[str] = []
    handler = logger.add(lines.append, level="DEBUG")
    try:
        await chat.say("检索 渠水绕过石榴湾", VISITOR)
        await chat.say("大家好渠水绕过石榴湾", VISITOR, FREE_GROUP)
        broken = chat.event("检索 渠水绕过石榴湾", VISITOR)
        broken["time"] = broken["message_id"] = None
        await chat.send(broken)
    finally:
        logger.remove(handler)
    told = [line[max(0, line.find("石榴湾") - 300) :][:400] for line in lines if "石榴湾" in line]
    assert told == []
