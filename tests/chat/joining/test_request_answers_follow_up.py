"""What needs superusers is told to them whole and not for ever; members' requests don't wait behind others."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from joining_chat import Groups, asks, joining
from kept_answers import rows
from nonebot.adapters.onebot.v11 import Bot
from nonebot.adapters.onebot.v11.exception import ActionFailed
from simulated_chat import MEMBER, VISITOR


def at(groups: Groups) -> int:
    return int(groups.chat.clock.now.timestamp())


async def an_hour(groups: Groups) -> None:
    for _ in range(720):
        groups.chat.clock.advance(seconds=5)
        await joining().go_on()


@pytest.mark.parametrize(("code", "most"), [(16, 7), (46, 1)])
async def test_a_superuser_who_cannot_be_reached_is_not_tried_every_few_seconds(
    groups: Groups, code: int, most: int
) -> None:
    tried: list[str] = []

    def answer(action: str, data: dict[str, Any]) -> Any:
        if action == "send_private_msg":
            tried.append(action)
            raise ActionFailed(status="failed", retcode=1200, message=f"result: {code}")
        return groups._answer(action, data)

    groups.chat.answer = answer
    groups.refused["set_group_add_request"] = 100
    await groups.hear(asks(VISITOR, "f1", time=at(groups)))
    await an_hour(groups)
    assert 1 <= len(tried) <= most
    groups.chat.answer = groups._answer
    for _ in range(2):
        groups.chat.clock.advance(hours=1)
        await joining().go_on()
    (text,) = groups.told()
    assert f"{VISITOR} 申请进群" in text


async def test_everybody_is_named_however_many_they_are(groups: Groups) -> None:
    groups.refused["set_group_add_request"] = 100
    people = range(50_000, 50_045)
    for person in people:
        await groups.hear(asks(person, f"f{person}", time=at(groups)))
    for _ in range(5):
        await joining().go_on()
    lists = groups.told()
    assert [len(text.splitlines()) for text in lists] == [22, 22, 6] and "还有 25 个，接着发。" in lists[0]
    assert [sum(f"{person} 申请进群" in text for text in lists) for person in people] == [1] * 45


@pytest.mark.parametrize("how", ["missing", "silent", "refused"])
async def test_who_cannot_be_looked_up_is_asked_for_less_and_less_and_told_once(
    groups: Groups, how: str
) -> None:
    await groups.hear(asks(MEMBER, "f1", time=at(groups)))
    if how == "silent":
        groups.silent.add("get_group_member_info")
    else:
        groups.refused["get_group_member_info"] = 1404 if how == "missing" else 1200
        groups.chat.answer = lambda action, data: (
            _refuse(action, groups.refused) if action in groups.refused else groups._answer(action, data)
        )
    groups.chat.clock.advance(minutes=10)
    looks: list[str] = []
    answer = groups.chat.answer
    groups.chat.answer = lambda action, data: (looks.append(action), answer(action, data))[1]
    await joining().go_on()
    assert len(groups.told()) == (how == "missing")
    for _ in range(2):
        await an_hour(groups)
    assert looks.count("get_group_member_info") <= 7
    told = groups.told()
    if how != "missing":
        (text,) = told
        assert "20001 申请进群 700001，已批准，但机器人查不到他进群没有。还挂着的话，请手动同意。" in text
    await groups.came(MEMBER)
    assert await rows(groups.chat, "SELECT state FROM join_requests") == [("joined",)]


def _refuse(action: str, refused: dict[str, int]) -> Any:
    raise ActionFailed(status="failed", retcode=refused[action], message="内部错误")


async def test_a_silent_lookup_holds_nothing_up(groups: Groups) -> None:
    """Each costs its whole timeout: of many one is tried in a look, and then none for a while."""
    for number in range(5):
        await groups.hear(asks(MEMBER, f"f{number}", time=at(groups)))
    groups.silent.add("get_group_member_info")
    groups.chat.clock.advance(minutes=10)
    for looks in (1, 1):
        await joining().go_on()
        assert len(groups.made("get_group_member_info")) == looks
    groups.silent.clear()
    groups.chat.clock.advance(minutes=1)
    await joining().go_on()
    assert await rows(groups.chat, "SELECT DISTINCT state FROM join_requests") == [("joined",)]


async def test_a_member_is_answered_before_strangers_and_each_of_them_in_turn(groups: Groups) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(action: str, data: dict[str, Any]) -> Any:
        if action == "set_group_add_request":
            begun.set()
            await go_on.wait()
        return groups._answer(action, data)

    groups.chat.answer = lambda action, data: slow(action, data)
    for number in range(5):
        await groups.chat.send(asks(VISITOR, f"a{number}", time=at(groups)))
    await begun.wait()
    for person, flag in ((VISITOR + 1, "b"), (VISITOR + 2, "c"), (MEMBER, "member")):
        await groups.chat.send(asks(person, flag, time=at(groups)))
    await asyncio.sleep(0.2)
    go_on.set()
    await joining().all_done()
    flags = [flag for flag, _, _ in groups.answers]
    assert flags[1] == "member" and set(flags[2:4]) == {"b", "c"} and len(flags) == 8


async def test_in_a_list_of_open_requests_members_come_first_too(groups: Groups) -> None:
    people = [VISITOR, VISITOR, VISITOR + 1, MEMBER]
    groups.open_requests = [
        {"request_id": 5001 + number, "requester_uin": person, "group_id": 700001, "checked": False}
        for number, person in enumerate(people)
    ]
    assert await joining().requests.look_up(groups.chat.bot)
    assert [flag for flag, _, _ in groups.answers] == ["5004", "5001", "5003", "5002"]


async def test_a_request_that_another_account_has_answered_is_no_matter(groups: Groups) -> None:
    """QQ lets it be answered once; the second answer is refused."""
    other = Bot(groups.chat.bot.adapter, "10002")
    async with groups.chat.application.database.write() as connection:
        await connection.execute(
            """
            INSERT INTO join_requests (self_id, flag, group_id, account, asked_at, at, approve, grounds, reason,
                                       state, attempts)
            VALUES ('10001', 'f1', '700001', ?, NULL, ?, 0, 'not_a_member', '', 'answered', 1)
            """,
            (str(VISITOR), groups.chat.clock.now.isoformat(timespec="microseconds")),
        )
    groups.refused["set_group_add_request"] = 100
    groups.chat.clock.advance(minutes=2)  # later than what counts as the same event
    from jianggao.joining.join_requests import JoinRequest

    await joining().requests.judge(other, JoinRequest("10002", "f2", "700001", str(VISITOR)), "")
    await joining().go_on()
    assert groups.told() == []
    groups.chat.clock.advance(minutes=20)
    await groups.hear(asks(VISITOR, "f3", time=at(groups)))
    await joining().go_on()
    assert len(groups.told()) == 1  # a later request is another one
