"""A bot that ends in the middle of a dialogue and starts again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from simulated_chat import PACELESS, Chat, start, stop


@pytest.fixture
def restart(open_application: Callable[..., Any]) -> Callable[..., Any]:
    """The bot ends, by a kill where nothing is tidied, and starts again on the same file."""

    async def restarted(chat: Chat, *, kill: bool = False, **settings: Any) -> Chat:
        from jianggao.chat.lifecycle import reopen_conversations

        await stop()
        if kill:
            await chat.application.database.close()
        else:
            await chat.application.close()
        application = await open_application(**PACELESS, **settings)
        start(application)
        again = Chat(application, chat.clock)
        again._ids = chat._ids
        again.answer = chat.answer
        await reopen_conversations(again.services)
        return again

    return restarted
