"""Binding groups, unbinding them, and the list of bound ones."""

from __future__ import annotations

import pytest
from simulated_chat import FREE_GROUP, MEMBER_GROUP, SUPERUSER, UNBOUND_GROUP, VISITOR, Chat


async def test_a_group_is_served_from_its_binding_to_its_unbinding(chat: Chat) -> None:
    assert await chat.say("订阅", VISITOR, UNBOUND_GROUP) == []
    bound = await chat.ask("绑定免费群", SUPERUSER, UNBOUND_GROUP)
    assert bound == "已绑定为免费群。发“帮助”看能做什么。"
    assert len(await chat.say("订阅", VISITOR, UNBOUND_GROUP)) == 1
    assert await chat.ask("解绑", SUPERUSER, UNBOUND_GROUP) == "已解绑，本群不再是免费群。"
    assert await chat.say("订阅", VISITOR, UNBOUND_GROUP) == []


@pytest.mark.parametrize("typed", ["绑定会员群", "绑定免费群", "解绑"])
async def test_in_private_there_is_no_group_to_bind(chat: Chat, typed: str) -> None:
    assert await chat.ask(typed, SUPERUSER) == "请在要绑定的群里发这条命令。"


@pytest.mark.parametrize("typed", ["绑定会员群", "绑定免费群", "解绑", "群列表"])
async def test_only_superusers_bind(chat: Chat, typed: str) -> None:
    assert await chat.say(typed, VISITOR, FREE_GROUP) == []
    assert "共 2 个群" in await chat.ask("群列表", SUPERUSER)


async def test_the_list_names_kind_group_and_day(chat: Chat) -> None:
    assert await chat.ask("群列表", SUPERUSER) == (
        "共 2 个群：\n会员群 700001（2026-03-18 绑定）\n免费群 700002（2026-03-18 绑定）"
    )
    for group in (MEMBER_GROUP, FREE_GROUP):
        await chat.say("解绑", SUPERUSER, group)
    assert "还没有绑定群" in await chat.ask("群列表", SUPERUSER)


async def test_the_list_leaves_the_group_where_it_was_asked(chat: Chat) -> None:
    sent = await chat.say("群列表", SUPERUSER, FREE_GROUP)
    assert [(one.group, one.person) for one in sent] == [(None, SUPERUSER), (FREE_GROUP, None)]
    assert sent[1].text == "已私信"
