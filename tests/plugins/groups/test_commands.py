"""Binding groups, unbinding them, and the list of bound ones."""

from __future__ import annotations

from typing import Any

import pytest
from joining_chat import Groups
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, UNBOUND_GROUP, VISITOR, Chat


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


async def test_member_groups_are_compared_in_private_by_a_list_and_a_spreadsheet(chat: Chat) -> None:
    groups = Groups(chat)
    groups.present[VISITOR] = "member"
    sent = await chat.say("核对会员群", SUPERUSER, FREE_GROUP)
    assert [(one.group, one.person) for one in sent] == [
        (None, SUPERUSER),
        (None, SUPERUSER),
        (FREE_GROUP, None),
    ]
    assert sent[0].params["name"] == "核对会员群-2026-03-18.xlsx"
    assert sent[1].text == (
        "会员群 700001，4 人，其中会员 1 人。\n到期的：没有。\n"
        "从来不是会员的 1 人：\n30001（“名30001”）\n会员没进群的：没有。\n"
        "全部名单在刚发的表格里。"
    )
    assert sent[2].text == "已私信"


async def test_in_a_member_group_that_one_alone_is_compared(chat: Chat) -> None:
    groups = Groups(chat)
    await chat.say("绑定会员群", SUPERUSER, UNBOUND_GROUP)
    await chat.say("核对会员群", SUPERUSER, MEMBER_GROUP)
    assert [data["group_id"] for data in groups.made("get_group_member_list")] == [MEMBER_GROUP]
    await chat.say("核对会员群", SUPERUSER)
    assert len(groups.made("get_group_member_list")) == 3


@pytest.mark.parametrize("present", [{}, {MEMBER: "member"}])
async def test_a_list_that_is_empty_or_not_whole_leads_to_no_conclusion(
    chat: Chat, present: dict[int, str]
) -> None:
    groups = Groups(chat)
    groups.present = present
    answer = await chat.ask("核对会员群", SUPERUSER)
    assert answer.startswith("会员群 700001：取不到完整的成员列表，没有核对，也不下任何结论。")


async def test_without_a_member_group_there_is_nothing_to_compare(chat: Chat) -> None:
    await chat.say("解绑", SUPERUSER, MEMBER_GROUP)
    assert await chat.ask("核对会员群", SUPERUSER) == "还没有绑定会员群。在群里发“绑定会员群”。"


async def test_only_superusers_compare(chat: Chat) -> None:
    def answer(action: str, data: dict[str, Any]) -> Any:
        raise AssertionError(action)

    chat.answer = answer
    assert await chat.say("核对会员群", MEMBER, MEMBER_GROUP) == []


async def test_one_member_group_is_compared_by_its_number(chat: Chat) -> None:
    groups = Groups(chat)
    await chat.say("绑定会员群", SUPERUSER, UNBOUND_GROUP)
    groups.calls.clear()
    for typed in (
        f"核对会员群 {MEMBER_GROUP}",
        f"核对会员群{MEMBER_GROUP}",
        f"核对会员群 群号 {MEMBER_GROUP}",
    ):
        text = (await chat.say(typed, SUPERUSER))[-1].text
        assert f"会员群 {MEMBER_GROUP}，" in text and "会员没进这个群的：没有。" in text
    assert {data["group_id"] for data in groups.made("get_group_member_list")} == {MEMBER_GROUP}
    groups.calls.clear()
    assert await chat.ask(f"核对会员群 {FREE_GROUP}", SUPERUSER) == (
        f"群 {FREE_GROUP} 绑定为免费群，没有核对。只核对会员群，绑定了哪些发“群列表”看。"
    )
    assert "群 123456 没有绑定，没有核对" in await chat.ask("核对会员群 123456", SUPERUSER)
    assert "请写群号" in await chat.ask("核对会员群 张三", SUPERUSER)
    assert groups.calls == []
