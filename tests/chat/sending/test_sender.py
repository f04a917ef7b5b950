"""The one way out: every other send is stopped, and what leaves has the form that suits all implementations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from simulated_chat import FREE_GROUP, MEMBER, SUPERUSER, VISITOR, Chat

from jianggao.outbound.outcomes import Delivered


@pytest.mark.parametrize(
    ("api", "data"),
    [
        ("send_msg", {"user_id": VISITOR, "message": "x"}),
        ("send_group_msg", {"group_id": FREE_GROUP, "message": "x"}),
        ("send_private_msg", {"user_id": VISITOR, "message": "x"}),
        ("send_group_forward_msg", {"group_id": FREE_GROUP, "messages": []}),
        ("upload_group_file", {"group_id": FREE_GROUP, "file": "/etc/passwd", "name": "x"}),
        (".handle_quick_operation", {"context": {}, "operation": {"reply": "x"}}),
    ],
)
async def test_a_send_that_did_not_come_from_the_queue_is_stopped(
    chat: Chat, api: str, data: dict[str, Any]
) -> None:
    await chat.bot.call_api(api, **data)
    assert chat.actions == []


async def test_other_calls_pass(chat: Chat) -> None:
    await chat.bot.call_api("get_status")
    assert chat.actions == ["get_status"]


async def test_bot_send_is_stopped_too(chat: Chat) -> None:
    event = chat.bot.adapter.json_to_event(chat.event("检索 台账", VISITOR, FREE_GROUP))
    assert event is not None
    await chat.bot.send(event, "past the queue")
    assert chat.actions == []


async def test_answers_are_segments_with_a_quotation_and_no_null(chat: Chat) -> None:
    sent = await chat.say("检索 台账", VISITOR, FREE_GROUP, message_id=4711)
    message = sent[0].params["message"]
    assert [part["type"] for part in message] == ["reply", "text"]
    assert message[0]["data"] == {"id": "4711"}
    assert None not in _values(sent[0].params)
    private = await chat.say("检索 台账", VISITOR)
    assert "group_id" not in private[0].params


async def test_long_texts_leave_as_a_forward(chat: Chat) -> None:
    text = "。".join(f"第{at}句说的是渠水" for at in range(400))
    outcome = await chat.services.senders.of(chat.bot).to_group(str(FREE_GROUP), text)
    assert isinstance(outcome, Delivered)
    sent = chat.sent[-1]
    assert sent.action == "send_group_forward_msg"
    nodes = [node["data"]["content"][0]["data"]["text"] for node in sent.params["messages"]]
    assert all(len(node) <= 1_000 for node in nodes)
    assert "".join(nodes) == text
    assert None not in _values(sent.params)


async def test_user_text_stays_text(chat: Chat) -> None:
    answer = await chat.say("检索 [CQ:at,qq=all]&amp;{0}%s", VISITOR, FREE_GROUP)
    parts = answer[0].params["message"]
    assert [part["type"] for part in parts] == ["reply", "text"]
    assert "[CQ:at,qq=all]" in parts[1]["data"]["text"]


async def test_superusers_hear_what_waited_for_a_connection(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.sending import notices

    monkeypatch.setattr(notices, "get_bots", dict)
    await chat.services.notices.tell_superusers("有 9 个文件不见了")
    assert chat.sent == []
    monkeypatch.setattr(notices, "get_bots", lambda: {"10001": chat.bot})
    await chat.services.notices.tell_what_waits()
    assert [(one.person, one.text) for one in chat.sent] == [(SUPERUSER, "有 9 个文件不见了")]
    await chat.services.notices.tell_what_waits()
    assert len(chat.sent) == 1


async def test_superusers_hear_how_many_texts_were_dropped_while_nothing_was_connected(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nonebot import logger

    from jianggao.chat.sending import notices

    monkeypatch.setattr(notices, "get_bots", dict)
    lines: list[str] = []
    handler = logger.add(lambda message: lines.append(str(message)), format="{message}")
    for number in range(23):
        await chat.services.notices.tell_superusers(f"第 {number} 件")
    logger.remove(handler)
    assert [line for line in lines if "3 dropped so far" in line]
    monkeypatch.setattr(notices, "get_bots", lambda: {"10001": chat.bot})
    await chat.services.notices.tell_what_waits()
    told = [one.text for one in chat.sent]
    assert "有 3 条更早的通知没有留住" in told[0]
    assert told[1:] == [f"第 {number} 件" for number in range(3, 23)]
    await chat.services.notices.tell_what_waits()
    assert len(chat.sent) == 21


async def test_a_refused_alert_is_logged_and_no_telling(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    from nonebot import logger
    from nonebot.adapters.onebot.v11.exception import ActionFailed

    from jianggao.chat.sending import notices

    def refusing(action: str, data: dict[str, Any]) -> None:
        raise ActionFailed(status="failed", retcode=1200, message="请先添加对方为好友")

    monkeypatch.setattr(notices, "get_bots", lambda: {"10001": chat.bot})
    lines: list[str] = []
    handler = logger.add(lambda message: lines.append(str(message)), format="{message}")
    chat.answer = refusing
    await chat.services.notices.tell_superusers_daily("refused", "一件事", chat.application.clock())
    logger.remove(handler)
    assert any(f"superuser {SUPERUSER} could not be told" in line for line in lines)
    chat.answer = lambda action, data: None
    chat.sent.clear()
    await chat.services.notices.tell_superusers_daily("refused", "一件事", chat.application.clock())
    assert [(one.person, one.text) for one in chat.sent] == [(SUPERUSER, "一件事")]


async def test_superusers_hear_of_one_matter_once_a_day(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    from jianggao.chat.sending import notices

    monkeypatch.setattr(notices, "get_bots", lambda: {"10001": chat.bot})
    start = chat.application.clock()
    for hour in range(49):
        await chat.services.notices.tell_superusers_daily(
            "one", f"第 {hour} 小时", start + timedelta(hours=hour)
        )
    await chat.services.notices.tell_superusers_daily("another", "另一件", start)
    assert [one.text for one in chat.sent] == ["第 0 小时", "第 24 小时", "第 48 小时", "另一件"]


@pytest.mark.parametrize(
    ("refusal", "notice"),
    [
        (120, {"notice_type": "group_ban", "sub_type": "lift_ban", "duration": 0, "user_id": 10001}),
        (120, {"notice_type": "group_ban", "sub_type": "lift_ban", "duration": 0, "user_id": 0}),
        (110, {"notice_type": "group_increase", "sub_type": "approve", "user_id": 10001}),
    ],
)
async def test_a_group_hears_the_bot_again_when_qq_lets_it(
    chat: Chat, refusal: int, notice: dict[str, Any]
) -> None:
    from nonebot.adapters.onebot.v11 import ActionFailed

    def refuse(action: str, data: dict[str, Any]) -> None:
        raise ActionFailed(status="failed", retcode=1200, message=f"result: {refusal}")

    chat.answer = refuse
    assert await chat.say("随机", VISITOR, FREE_GROUP) == []
    chat.answer = lambda action, data: None
    await chat.send(
        {
            "time": 1,
            "self_id": 10001,
            "post_type": "notice",
            "group_id": FREE_GROUP,
            "operator_id": 1,
            **notice,
        }
    )
    assert len(await chat.say("随机", VISITOR, FREE_GROUP)) == 1


async def test_a_reconnection_keeps_the_pace(chat: Chat) -> None:
    from nonebot.adapters.onebot.v11 import Bot

    first = chat.services.senders.of(chat.bot)
    again = chat.services.senders.of(Bot(chat.bot.adapter, chat.bot.self_id))
    assert again is first
    assert MEMBER and await chat.ask("帮助", MEMBER)


def _values(data: Any) -> list[Any]:
    if isinstance(data, dict):
        return [value for part in data.values() for value in _values(part)]
    if isinstance(data, list):
        return [value for part in data for value in _values(part)]
    return [data]
