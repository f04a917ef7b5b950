"""What 备注 takes for a note, and what it doesn't."""

from __future__ import annotations

import pytest
from simulated_chat import MEMBER, SUPERUSER, Chat


@pytest.mark.parametrize("words", ["删除", "清空", "无", "-", "备注 无"])
async def test_a_word_of_removing_is_no_note(chat: Chat, words: str) -> None:
    await chat.ask(f"备注 {MEMBER} 甲单位", SUPERUSER)
    assert f"要去掉备注，只发“备注 {MEMBER}”" in await chat.ask(f"备注 {MEMBER} {words}", SUPERUSER)
    assert "甲单位" in await chat.ask(f"会员查询 {MEMBER}", SUPERUSER)


@pytest.mark.parametrize("words", [" 20010", " 备注 20010 李四", " 张三\n备注 20010 李四"])
async def test_a_note_on_somebody_else_is_no_note(chat: Chat, words: str) -> None:
    assert "一" in await chat.ask(f"备注 {MEMBER}{words}", SUPERUSER)
    assert "备注是" not in await chat.ask(f"会员查询 {MEMBER}", SUPERUSER)


async def test_a_note_is_told_from_its_word(chat: Chat) -> None:
    assert "备注“甲单位”" in await chat.ask(f"备注 QQ{MEMBER} 备注：甲单位", SUPERUSER)
