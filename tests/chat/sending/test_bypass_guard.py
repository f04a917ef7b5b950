"""No send reaches QQ but through the queue."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from nonebot.adapters import Bot
from nonebot.exception import MockApiException
from simulated_chat import FREE_GROUP, VISITOR, Chat


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


async def test_a_passage_ends_with_its_block_and_is_of_its_own_task(plugins: None) -> None:
    from jianggao.chat.sending.bypass_guard import guard, passage

    with passage():
        await guard(SimpleNamespace(self_id="1"), "send_msg", {})  # type: ignore[arg-type]
    with pytest.raises(MockApiException):
        await guard(SimpleNamespace(self_id="1"), "send_msg", {})  # type: ignore[arg-type]


def test_the_hook_is_installed_once(plugins: None) -> None:
    from jianggao.chat.sending.bypass_guard import guard, install_guard

    install_guard()
    install_guard()
    assert sum(hook is guard for hook in Bot._calling_api_hook) == 1
