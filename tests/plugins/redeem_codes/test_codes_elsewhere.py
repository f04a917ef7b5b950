"""Codes come in by other ways than a typed message, and are stored by none of them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from simulated_chat import FREE_GROUP, SUPERUSER, VISITOR, Chat
from tracing_chat import answering, file_message, holding

from jianggao.redeem_codes.code_form import find_codes, new_code

FORWARD = [{"type": "forward", "data": {"id": "77"}}]


def forwarding(text: str) -> Any:
    content = [{"type": "text", "data": {"text": text}}]
    return answering(
        get_forward_msg={"messages": [{"sender": {"user_id": 1, "nickname": "甲"}, "content": content}]}
    )


def files_with(folder: Path, code: str) -> list[str]:
    pieces = [code.encode(), code.replace("-", "").encode()]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(piece in path.read_bytes() for piece in pieces)
    ]


@pytest.mark.parametrize(("command", "person"), [("举报 20001", VISITOR), ("溯源", SUPERUSER)])
async def test_evidence_with_a_code_is_not_taken(
    chat: Chat, tmp_path: Path, command: str, person: int
) -> None:
    code = new_code()
    await chat.ask(command, person)
    chat.answer = forwarding(f"出卡密 {code}")
    assert "有卡密，没有收下" in await chat.ask(FORWARD, person)
    chat.answer = answering(get_file=holding(f"他卖这个 {code}".encode()))
    assert "有卡密，没有收下" in await chat.ask(file_message("证据.txt"), person)
    chat.answer = answering(get_file=holding("没有".encode()))
    assert "有卡密，没有收下" in await chat.ask(file_message(f"{code}.txt"), person)
    assert "收" in await chat.ask(file_message("证据.txt"), person)
    assert files_with(tmp_path, code) == []


async def test_a_name_with_a_code_is_not_stored(chat: Chat, tmp_path: Path) -> None:
    code, card = new_code(), new_code()
    sender = {"user_id": VISITOR, "nickname": code, "card": f"要卡密 {card}"}
    await chat.say("帮助", VISITOR, FREE_GROUP, sender=sender)
    await asyncio.sleep(0.05)
    async with chat.application.database.read() as connection:
        assert list(await connection.execute_fetchall("SELECT 1 FROM people")) == []
    assert files_with(tmp_path, code) == [] == files_with(tmp_path, card)


async def test_a_command_beside_a_code_says_that_it_was_not_done(chat: Chat) -> None:
    answer = await chat.ask(f"举报 20001 他卖 {new_code()}", VISITOR)
    assert answer.startswith("“举报”没有办") and "用不了" in answer
    assert "没有办" not in await chat.ask(f"我的卡密 {new_code()}", VISITOR)


async def test_a_superusers_code_in_a_group_has_words_for_him(chat: Chat) -> None:
    sent = await chat.say("卡密 1 1年", SUPERUSER)
    code = next(code for one in sent for code in find_codes(one.text))
    told = [one.text for one in await chat.say(code, SUPERUSER, FREE_GROUP) if one.group == FREE_GROUP]
    assert len(told) == 1 and "已作废" in told[0] and "卖给你的人" not in told[0]


async def test_several_batches_and_codes_are_revoked_and_shown_at_once(chat: Chat) -> None:
    sent = [one for _ in range(3) for one in await chat.say("卡密 2 1年", SUPERUSER)]
    assert "没有最后兑换日" in sent[-1].text
    codes = list(dict.fromkeys(code for one in sent for code in find_codes(one.text)))
    assert (await chat.ask(f"作废卡密：{codes[4]} 和 {codes[5]}", SUPERUSER)).count("已作废这个卡密") == 2
    shown = await chat.ask(f"卡密列表 {codes[0]} {codes[4]}", SUPERUSER)
    assert "第 1 批" in shown and "还没用" in shown and "已作废" in shown
    answer = await chat.ask("作废卡密：1 2 3", SUPERUSER)
    assert answer.count("没用的 2 张") == 2 and "第 3 批没有还没用的卡密" in answer
    assert "没有第 9 批" in await chat.ask("作废卡密 1 9", SUPERUSER)
    assert "请写批次" in await chat.ask("作废卡密 全部", SUPERUSER)


async def test_a_code_past_its_last_day_is_shown_as_expired(chat: Chat, clock: Any) -> None:
    sent = await chat.say("卡密 1 1年 2026-03-20前", SUPERUSER)
    code = next(code for one in sent for code in find_codes(one.text))
    clock.advance(days=4)
    assert "已过期" in await chat.ask(f"卡密列表 {code}", SUPERUSER)
