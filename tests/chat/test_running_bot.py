"""Hooks find the running bot, and none before its start and after its end."""

from __future__ import annotations

import pytest
from simulated_chat import Chat


def test_before_the_start_and_after_the_end_there_is_none(plugins: None) -> None:
    from jianggao.chat.running_bot import get_running_bot, set_running_bot

    set_running_bot(None)
    with pytest.raises(RuntimeError, match="not running"):
        get_running_bot()


def test_the_running_bot_is_of_its_application(chat: Chat) -> None:
    from jianggao.chat.running_bot import get_running_bot

    running = get_running_bot()
    assert running.services.application is chat.application
    assert running.admission.services is running.services
