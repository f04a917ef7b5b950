"""Codes come in by other ways than a typed message, and are stored by none of them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from simulated_chat import FREE_GROUP, SUPERUSER, VISITOR, Chat
from tracing_chat import answering, file_message, holding

from jianggao.redeem_codes.code_form import new_code

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
