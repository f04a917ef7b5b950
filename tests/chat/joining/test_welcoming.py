"""Newcomers are welcomed once, together where they come together, and not too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from joining_chat import Groups, joining
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SELF, UNBOUND_GROUP, VISITOR


def welcomes(groups: Groups) -> list[tuple[int | None, list[str], str]]:
    """The groups, the people who are named, and the texts."""
    sent = [one for one in groups.chat.sent if one.action == "send_group_msg"]
    return [
        (
            one.group,
            [part["data"]["qq"] for part in one.params["message"] if part["type"] == "at"],
            one.text,
        )
        for one in sent
    ]


async def pass_time(groups: Groups, seconds: float) -> None:
    groups.chat.clock.advance(seconds=seconds)
    await joining().go_on()


async def test_a_newcomer_is_welcomed_with_three_commands_that_work(groups: Groups) -> None:
    await groups.came(VISITOR)
    await pass_time(groups, 19)
    assert welcomes(groups) == []
    await pass_time(groups, 1)
    ((group, people, text),) = welcomes(groups)
    assert (group, people) == (MEMBER_GROUP, [str(VISITOR)])
    _, *tries, remark = text.splitlines()
    assert [line.split()[0] for line in tries] == ["检索", "提纲", "全文"]
    assert remark == "（全文发到私聊，请先加我为好友。）"
    for line in tries:
        answers = await groups.chat.say(line, MEMBER)
        assert answers and not any("没有第" in one.text or "没有找到" in one.text for one in answers)
    assert any("private" in one.action for one in answers)


async def test_in_a_free_group_they_are_others(groups: Groups) -> None:
    await groups.came(VISITOR, FREE_GROUP)
    await pass_time(groups, 25)
    ((_, _, text),) = welcomes(groups)
    assert [line.split()[0] for line in text.splitlines()[1:]] == ["检索", "随机", "订阅"]


async def test_each_person_is_welcomed_once_for_ever(groups: Groups) -> None:
    for _ in range(2):
        await groups.came(VISITOR)
    await pass_time(groups, 25)
    groups.chat.forget()
    groups.chat.services.senders.of(groups.chat.bot)
    await groups.came(VISITOR)
    await pass_time(groups, 25)
    assert len(welcomes(groups)) == 1


async def test_who_left_before_the_welcome_and_comes_back_is_welcomed(groups: Groups) -> None:
    for kind in ("increase", "decrease", "increase"):
        await groups.came(VISITOR, kind=kind)
    await pass_time(groups, 25)
    assert [people for _, people, _ in welcomes(groups)] == [[str(VISITOR)]]
    for kind in ("decrease", "increase"):
        await groups.came(VISITOR, kind=kind)
        await pass_time(groups, 25)
    assert len(welcomes(groups)) == 1


async def test_a_speech_that_members_do_not_read_is_not_named(groups: Groups) -> None:
    groups.chat.clock.advance(days=365 * 30)
    await groups.came(VISITOR)
    await pass_time(groups, 25)
    ((_, _, text),) = welcomes(groups)
    assert [line.split()[0] for line in text.splitlines()[1:]] == ["检索", "随机", "我的会员"]


async def test_many_are_welcomed_in_one_message_that_names_ten(groups: Groups) -> None:
    for person in range(30100, 30125):
        await groups.came(person)
    await pass_time(groups, 25)
    ((_, people, text),) = welcomes(groups)
    assert len(people) == 10 and text.startswith(" 等 25 人，欢迎进群。")


async def test_a_stream_of_newcomers_makes_no_stream_of_messages(groups: Groups) -> None:
    people = range(30100, 30100 + 190)
    for person in people:
        await groups.came(person)
        await pass_time(groups, 19)
    assert len(welcomes(groups)) <= 11  # in an hour
    for _ in range(100):
        await pass_time(groups, 5)
    counts = [int(text.split()[1]) if " 等 " in text else len(named) for _, named, text in welcomes(groups)]
    assert sum(counts) == len(people)
    groups.chat.sent.clear()
    await pass_time(groups, 3_600)
    await groups.came(VISITOR)
    await pass_time(groups, 20)
    assert len(welcomes(groups)) == 1


async def test_who_has_left_is_not_named_and_the_bot_itself_is_not_welcomed(groups: Groups) -> None:
    await groups.came(VISITOR)
    await groups.came(VISITOR, kind="decrease")
    await groups.came(SELF)
    await groups.came(VISITOR, UNBOUND_GROUP)
    await pass_time(groups, 25)
    assert welcomes(groups) == []


async def test_after_ten_minutes_there_is_no_welcome_any_more(groups: Groups) -> None:
    await groups.came(VISITOR)
    await pass_time(groups, 601)
    await pass_time(groups, -300)
    assert welcomes(groups) == []


async def test_who_came_before_a_kill_is_welcomed_after_it_and_not_twice(groups: Groups) -> None:
    await groups.came(VISITOR)
    groups.chat.forget()
    await pass_time(groups, 25)
    assert welcomes(groups) == []  # no account is known yet
    groups.chat.services.senders.of(groups.chat.bot)
    await pass_time(groups, 25)
    await pass_time(groups, 25)
    assert len(welcomes(groups)) == 1


async def test_a_group_that_was_unbound_hears_nothing(groups: Groups) -> None:
    await groups.came(VISITOR)
    async with groups.chat.application.database.write() as connection:
        await connection.execute("DELETE FROM group_bindings")
    groups.chat.services.known_bindings.forget()
    await pass_time(groups, 25)
    assert welcomes(groups) == []


async def test_ignored_accounts_are_not_welcomed(open_groups: Callable[..., Any]) -> None:
    groups: Groups = await open_groups(IGNORED_USERS=str(VISITOR))
    await groups.came(VISITOR)
    await pass_time(groups, 25)
    assert welcomes(groups) == []
