"""The plugins as NoneBot runs them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from chat import FREE_GROUP, MEMBER, MEMBER_GROUP, PACELESS, SUPERUSER, Chat


@pytest.fixture
async def open_chat(
    plugins: None, open_house: Callable[..., Any], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[..., Any]]:
    from jianggao.chat import set_house
    from jianggao.chat.commands.conversations import conversations
    from jianggao.chat.logs.throttled import ThrottledLog
    from jianggao.chat.sending.sender import close_all
    from jianggao.recent_values import RecentValues

    monkeypatch.setattr("jianggao.chat.connection.adapter.often", ThrottledLog())
    monkeypatch.setattr("plugins.search.commands.last_searches", RecentValues())
    monkeypatch.setattr(conversations, "_open", {})

    async def open_one(*, imported: bool = True, **values: str) -> Chat:
        house = await open_house(**{**PACELESS, **values})
        if imported:
            await house.importer.run()
        set_house(house)
        return Chat(house, clock)

    yield open_one
    await close_all()
    set_house(None)


@pytest.fixture
async def chat(open_chat: Callable[..., Any]) -> Chat:
    """A bot with a member group and a free group, and one member."""
    one: Chat = await open_chat()
    await one.say("绑定会员群", SUPERUSER, MEMBER_GROUP)
    await one.say("绑定免费群", SUPERUSER, FREE_GROUP)
    await one.say(f"开通 {MEMBER} 1年", SUPERUSER)
    one.sent.clear()
    one.actions.clear()
    return one
