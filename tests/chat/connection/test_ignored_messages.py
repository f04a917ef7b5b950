"""Chatter is recognised before an event is made of it."""

from __future__ import annotations

from typing import Any

import pytest
from simulated_chat import SELF, group_event

from jianggao.redeem_codes.code_form import new_code


def chatter(words: str, **fields: Any) -> bool:
    from jianggao.chat.connection.ignored_messages import is_chatter

    return is_chatter({**group_event(words), **fields})


@pytest.mark.parametrize("words", ["今天吃什么", "检索报告写好了吗", "", "12.3", "搜 台账"])
def test_what_nobody_could_mean_for_the_bot_is(plugins: None, words: str) -> None:
    assert chatter(words)


@pytest.mark.parametrize("words", ["检索 台账", "/搜 台账", "下架 12"])
def test_what_may_be_a_command_whoever_says_it_is_not(plugins: None, words: str) -> None:
    assert not chatter(words)


def test_everything_addressed_is_judged_by_the_admission(plugins: None) -> None:
    at = {"type": "at", "data": {"qq": str(SELF)}}
    assert not chatter("", message=[at, {"type": "text", "data": {"text": "今天吃什么"}}])
    assert not chatter("今天吃什么", message_type="private")


def test_the_bots_own_messages_are(plugins: None) -> None:
    assert chatter("检索 台账", post_type="message_sent")
    assert chatter("检索 台账", user_id=SELF)


@pytest.mark.parametrize("own", [{"post_type": "message_sent"}, {"user_id": SELF}])
def test_the_accounts_own_messages_with_a_code_in_a_group_are_not(plugins: None, own: dict[str, Any]) -> None:
    words = f"谁要 {new_code()}"
    assert not chatter(words, **own) and not chatter("", message=words, **own)
    assert chatter(words, message_type="private", **own) and chatter("", message="检索 台账", **own)


def test_a_message_as_a_string_is_left_to_the_adapter(plugins: None) -> None:
    assert not chatter("", message="今天吃什么")
