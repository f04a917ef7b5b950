"""An account by which reminders leave."""

from __future__ import annotations

import pytest
from simulated_chat import SELF, Chat


@pytest.fixture
def connected(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {str(SELF): chat.bot})
