"""Answers to calls, malformed, doubled or unasked: each call gets the one that is its own, and the line
stays."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from adapter_lines import adapter, reasons, serve
from simulated_chat import SUPERUSER, Chat


async def test_an_answer_that_comes_three_times_is_one(chat: Chat) -> None:
    one = adapter(chat)
    number = one._result_store.get_seq()
    waiting = asyncio.create_task(one._result_store.fetch(number, 5))
    await asyncio.sleep(0)
    answer = json.dumps(
        {"status": "ok", "retcode": 0, "data": {"message_id": 1}, "self": 2, "echo": str(number)}
    )
    await serve(chat, [answer, answer, answer, json.dumps(chat.event("帮助 检索", SUPERUSER))])
    assert (await waiting)["data"] == {"message_id": 1}
    assert [sent.person for sent in chat.sent] == [SUPERUSER]


async def test_a_refusal_with_fields_of_its_own_making_is_a_refusal(chat: Chat) -> None:
    from nonebot.adapters.onebot.v11.utils import handle_api_result

    from jianggao.chat.connection.frames import sound_answer

    made_up = sound_answer(
        {"status": "failed", "retcode": 1200, "self": 1, "args": [], "message": "no", "echo": "1"}
    )
    with pytest.raises(Exception, match="no"):
        handle_api_result(made_up)


@pytest.mark.parametrize(
    ("status", "code", "read"),
    [
        ("error", 1404, "failed"),
        ("", -1, "failed"),
        ("FAILED", 1200, "failed"),
        ("Failed", None, "failed"),
        ("failed", 0, "failed"),
        ("success", 0, "ok"),
        ("OK", 0, "ok"),
        ("async", 1, "async"),
        ("ok", None, "ok"),
    ],
)
async def test_an_answer_whose_status_is_no_word_of_onebot_says_how_it_went_by_its_code(
    chat: Chat, status: str, code: int | None, read: str
) -> None:
    from jianggao.chat.connection.frames import sound_answer

    assert sound_answer({"status": status, "retcode": code, "echo": "1"})["status"] == read


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"echo": 1}, "an answer to no call"),
        ({"echo": "9" * 4_000, "status": "ok"}, "an answer to no call"),
        ({"echo": "\u00b2", "status": "ok"}, "an answer to no call"),
        ({"echo": "123456789", "status": "ok"}, "an answer that no call waits for"),
        ({"echo": "1", "status": [], "retcode": {}}, "an answer that says nothing"),
        ({"echo": "1", "data": {"message_id": 1}}, "an answer that says nothing"),
        ({"echo": "1", "status": "", "data": {"message_id": 1}}, "an answer that says nothing"),
        ({"echo": "1", "status": "yes", "retcode": "x"}, "an answer that says nothing"),
        ({"echo": "1", "status": "ok", "retcode": 1200}, "an answer that contradicts itself"),
    ],
)
async def test_answers_that_answer_nothing_are_counted(
    chat: Chat, answer: dict[str, Any], reason: str
) -> None:
    before = reasons().get(reason, 0)
    await serve(chat, [json.dumps(answer), json.dumps(chat.event("帮助", SUPERUSER))])
    assert reasons()[reason] == before + 1 and len(chat.sent) == 1


async def test_an_answer_of_wrong_types_leaves_the_call_waiting_for_a_sound_one(chat: Chat) -> None:
    one = adapter(chat)
    number = one._result_store.get_seq()
    waiting = asyncio.create_task(one._result_store.fetch(number, 5))
    await asyncio.sleep(0)
    broken = {"status": {}, "retcode": "x", "data": 1, "echo": str(number)}
    sound = {"retcode": "0", "data": {"message_id": 1}, "echo": str(number)}
    await serve(chat, [json.dumps(broken), json.dumps(sound)])
    assert (await waiting)["status"] == "ok"
