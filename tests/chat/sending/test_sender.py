"""The one way out: every other send is stopped, and what leaves has the form that suits all
implementations."""

from __future__ import annotations

from typing import Any

import pytest
from simulated_chat import FREE_GROUP, VISITOR, Chat

from jianggao.outbound.send_outcomes import Delivered


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


async def test_people_are_named_in_front_of_a_text(chat: Chat) -> None:
    await chat.services.senders.of(chat.bot).to_group(str(FREE_GROUP), "欢迎", mentions=["30001", "30002"])
    assert chat.sent[-1].params["message"] == [
        {"type": "at", "data": {"qq": "30001"}},
        {"type": "at", "data": {"qq": "30002"}},
        {"type": "text", "data": {"text": " 欢迎"}},
    ]


async def test_user_text_stays_text(chat: Chat) -> None:
    answer = await chat.say("检索 [CQ:at,qq=all]&amp;{0}%s", VISITOR, FREE_GROUP)
    parts = answer[0].params["message"]
    assert [part["type"] for part in parts] == ["reply", "text"]
    assert "[CQ:at,qq=all]" in parts[1]["data"]["text"]


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


def _values(data: Any) -> list[Any]:
    if isinstance(data, dict):
        return [value for part in data.values() for value in _values(part)]
    if isinstance(data, list):
        return [value for part in data for value in _values(part)]
    return [data]
