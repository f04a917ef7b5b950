"""What superusers are told unasked: when, by which account, and how often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from simulated_chat import SELF, SUPERUSER, Chat


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


async def test_notices_of_one_bot_are_no_concern_of_the_next(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.sending import notices

    monkeypatch.setattr(notices, "get_bots", dict)
    await chat.services.notices.tell_superusers("没人连着的时候说的")
    chat.forget()
    monkeypatch.setattr(notices, "get_bots", lambda: {str(SELF): chat.bot})
    await chat.services.notices.tell_what_waits()
    assert chat.sent == []
    now = chat.application.clock()
    await chat.services.notices.tell_superusers_daily("one", "第一次", now)
    chat.forget()
    await chat.services.notices.tell_superusers_daily("one", "重启后", now)
    assert [sent.text for sent in chat.sent] == ["第一次", "重启后"]


async def test_each_superuser_gets_the_text_and_an_unknown_outcome_is_not_tried_again(
    open_chat: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nonebot.adapters.onebot.v11.exception import NetworkError

    from jianggao.chat.sending import notices
    from jianggao.outbound.send_outcomes import Delivered, Unknown

    chat: Chat = await open_chat(SUPERUSERS="90001,90002", imported=False)
    monkeypatch.setattr(notices, "get_bots", lambda: {str(SELF): chat.bot})

    def answer(action: str, data: dict[str, Any]) -> None:
        if data["user_id"] == 90002:
            raise NetworkError("timeout")

    chat.answer = answer
    outcomes = await chat.services.notices.tell_each("一件事", {"90002", "90001"})
    assert isinstance(outcomes["90001"], Delivered) and isinstance(outcomes["90002"], Unknown)
    assert len(chat.actions) == 2
