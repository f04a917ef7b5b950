"""A bot whose account is connected, in groups that can be looked up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from joining_chat import Groups
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SELF, SUPERUSER, Chat


@pytest.fixture
def groups(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> Groups:
    return _connected(chat, monkeypatch)


@pytest.fixture
def open_groups(open_chat: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens a bot with these settings, in its groups."""

    async def open_one(**values: str) -> Groups:
        chat = await open_chat(**values)
        await chat.say("绑定会员群", SUPERUSER, MEMBER_GROUP)
        await chat.say("绑定免费群", SUPERUSER, FREE_GROUP)
        await chat.say(f"开通 {MEMBER} 1年", SUPERUSER)
        return _connected(chat, monkeypatch)

    return open_one


def _connected(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> Groups:
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {str(SELF): chat.bot})
    chat.services.senders.of(chat.bot)
    chat.sent.clear()
    return Groups(chat)
