"""Every event passes one hook; what is no request ends there."""

from __future__ import annotations

from typing import Any

import pytest
from nonebot.exception import IgnoredException
from simulated_chat import FREE_GROUP, SELF, VISITOR, Chat


async def test_a_request_goes_on_to_the_plugins(chat: Chat) -> None:
    from jianggao.chat.commands.request import STATE_KEY
    from jianggao.chat.receiving.event_hook import preprocess

    state: dict[Any, Any] = {}
    event = chat.bot.adapter.json_to_event(chat.event("帮助", VISITOR))
    await preprocess(chat.bot, event, state)  # type: ignore[arg-type]
    assert state[STATE_KEY].parsed.command.name == "帮助"


async def test_everything_else_ends_here(chat: Chat) -> None:
    from nonebot.adapters.onebot.v11 import LifecycleMetaEvent

    from jianggao.chat.receiving.event_hook import preprocess

    event = LifecycleMetaEvent(
        time=1, self_id=SELF, post_type="meta_event", meta_event_type="lifecycle", sub_type="connect"
    )
    state: dict[Any, Any] = {}
    with pytest.raises(IgnoredException):
        await preprocess(chat.bot, event, state)
    assert state == {}


async def test_where_the_database_cannot_be_read_the_message_ends_with_a_line_of_the_log(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.receiving.event_hook import preprocess
    from jianggao.errors import CannotRead, DiskFailing

    async def fails(*_: object) -> None:
        raise CannotRead(DiskFailing("磁盘"))

    warnings: list[str] = []
    monkeypatch.setattr(chat.admission, "admit", fails)
    monkeypatch.setattr(chat.services.warnings, "warning", warnings.append)
    event = chat.bot.adapter.json_to_event(chat.event("检索 台账", VISITOR, FREE_GROUP))
    with pytest.raises(IgnoredException):
        await preprocess(chat.bot, event, {})  # type: ignore[arg-type]
    assert warnings == ["a message was not looked at (磁盘出错)"]


def group_notice(kind: str, sub_type: str, person: int) -> dict[str, Any]:
    return {
        "time": 1,
        "self_id": SELF,
        "post_type": "notice",
        "notice_type": kind,
        "sub_type": sub_type,
        "group_id": FREE_GROUP,
        "user_id": person,
        "operator_id": VISITOR,
        "duration": 0,
    }


@pytest.mark.parametrize(
    ("notice", "is_released"),
    [
        (group_notice("group_ban", "lift_ban", SELF), True),
        (group_notice("group_ban", "lift_ban", 0), True),
        (group_notice("group_ban", "lift_ban", VISITOR), False),
        (group_notice("group_ban", "ban", SELF), False),
        (group_notice("group_increase", "approve", SELF), True),
        (group_notice("group_increase", "approve", VISITOR), False),
        (group_notice("group_decrease", "kick_me", SELF), False),
    ],
)
async def test_a_group_that_hears_the_account_again_is_sent_to_again(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, notice: dict[str, Any], is_released: bool
) -> None:
    from nonebot.adapters.onebot.v11 import Adapter

    from jianggao.chat.receiving.event_hook import preprocess

    released: list[str] = []
    sender = chat.services.senders.of(chat.bot)
    monkeypatch.setattr(type(sender), "release", lambda self, group: released.append(group))
    event = Adapter.json_to_event(notice)
    assert event is not None
    with pytest.raises(IgnoredException):
        await preprocess(chat.bot, event, {})
    assert released == ([str(FREE_GROUP)] if is_released else [])


def test_the_hook_is_known_to_nonebot(plugins: None) -> None:
    from nonebot.message import _event_preprocessors

    from jianggao.chat.receiving.event_hook import preprocess

    assert preprocess in {dependent.call for dependent in _event_preprocessors}
