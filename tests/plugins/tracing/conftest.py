"""A bot with a text that many got."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from simulated_chat import MEMBER, SUPERUSER, Chat
from traced_texts import LIBRARY
from tracing_chat import OTHERS, SAMPLE, SPEECH


@pytest.fixture
async def traced(chat: Chat, library: Path) -> Chat:
    """A long speech that MEMBER and others have received."""
    shutil.copy(LIBRARY / SAMPLE, library)
    await chat.application.importer.run()
    for account in (MEMBER, *range(21_001, 21_001 + OTHERS)):
        if account != MEMBER:
            await chat.say(f"开通 {account} 1年", SUPERUSER)
        assert (await chat.say(f"全文 {SPEECH}", account))[0].action == "upload_private_file"
    chat.sent.clear()
    chat.actions.clear()
    return chat
