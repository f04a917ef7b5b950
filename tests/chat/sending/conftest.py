"""Accounts by which superusers can be told."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from overdue_answers import Accounts
from simulated_chat import SELF, Chat


@pytest.fixture
def connected(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {str(SELF): chat.bot})


@pytest.fixture
async def accounts(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Accounts]:
    accounts = Accounts(chat)
    async with chat.application.database.write() as connection:
        await connection.execute("DELETE FROM outbox")
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: accounts.bots)
    yield accounts
