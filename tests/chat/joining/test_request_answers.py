"""Requests to join are answered by the ledger, each once; what QQ doesn't do is told to superusers once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from joining_chat import Groups, asks, joining
from nonebot.adapters.onebot.v11 import Bot
from nonebot.adapters.onebot.v11.exception import ApiNotAvailable
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SELF, SUPERUSER, UNBOUND_GROUP, VISITOR

from jianggao.joining.join_requests import CodeAccepted, CodeDeclined
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration

CODE = "ABCDE-FGHJK-MNPQR-STVWX"


async def state(groups: Groups) -> list[tuple[Any, ...]]:
    async with groups.chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT approve, state, told FROM join_requests ORDER BY id")
    return [tuple(row) for row in rows]


async def test_an_active_member_is_let_in_and_is_confirmed_by_the_notice(groups: Groups) -> None:
    await groups.hear(asks(MEMBER, "f1"))
    assert groups.made("set_group_add_request") == [{"flag": "f1", "sub_type": "add", "approve": True}]
    assert await state(groups) == [(1, "answered", 0)]
    await groups.came(MEMBER)
    assert await state(groups) == [(1, "joined", 0)]
    groups.chat.clock.advance(minutes=11)
    await joining().go_on()
    assert groups.told() == []


async def test_others_are_turned_away_with_the_reason(groups: Groups) -> None:
    await groups.hear(asks(VISITOR, "f1"))
    groups.chat.clock.advance(days=400)
    await groups.hear(asks(MEMBER, "f2"))
    assert groups.answers == [
        ("f1", False, "会员群只加会员。订阅会员可看近三年全部讲稿的全文，详情请联系群主。"),
        (
            "f2",
            False,
            "会员已于 2027-03-18 到期，续期后再申请。订阅会员可看近三年全部讲稿的全文，详情请联系群主。",
        ),
    ]
    await groups.chat.say(f"停用 {MEMBER}", SUPERUSER)
    await groups.hear(asks(MEMBER, "f3"))
    assert groups.answers[-1] == ("f3", False, "会员停用着，请联系管理员。")


async def test_a_request_that_comes_twice_acts_once_also_after_a_restart(groups: Groups) -> None:
    await groups.hear(asks(MEMBER, "700001|1758000001|7|0"), times=2)
    groups.chat.forget()
    await groups.hear(asks(MEMBER, "700001|1758000001|7|0"))
    groups.open_requests = [{"request_id": 1758000001, "requester_uin": MEMBER, "group_id": MEMBER_GROUP}]
    joining().look_up(groups.chat.bot)
    await joining().all_done()
    assert len(groups.answers) == 1
    await groups.hear(asks(MEMBER, "700001|1758000002|7|0"))
    assert len(groups.answers) == 2


async def test_an_event_that_is_sent_again_later_is_the_same_request(groups: Groups) -> None:
    clock = groups.chat.clock
    asked_at = int(clock().timestamp())
    clock.advance(hours=1)
    await groups.hear(asks(VISITOR, "1758000001", time=asked_at))
    for seconds in (0, 30, 3_600 * 30):
        clock.advance(seconds=seconds)
        await groups.hear(asks(VISITOR, "1758000001", time=asked_at))
    groups.open_requests = [{"request_id": 1758000001, "requester_uin": VISITOR, "group_id": MEMBER_GROUP}]
    joining().look_up(groups.chat.bot)
    await joining().all_done()
    assert len(groups.answers) == 1
    await groups.hear(asks(VISITOR, "1758000001", time=int(clock().timestamp())), times=2)
    assert len(groups.answers) == 2


async def test_a_flag_that_comes_again_within_a_minute_of_the_answer_is_the_same(groups: Groups) -> None:
    clock = groups.chat.clock
    for _ in range(3):
        await groups.hear(asks(VISITOR, "7", time=int(clock().timestamp())))
        clock.advance(seconds=29)
    assert len(groups.answers) == 1


async def test_an_event_whose_time_is_ahead_is_answered_once(groups: Groups) -> None:
    ahead = int(groups.chat.clock().timestamp()) + 3_600
    await groups.hear(asks(VISITOR, "7", time=ahead), times=3)
    assert len(groups.answers) == 1


@pytest.mark.parametrize("setting", ["off", "approve"])
async def test_the_free_group_is_opened_by_a_setting(open_groups: Callable[..., Any], setting: str) -> None:
    groups: Groups = await open_groups(FREE_GROUP_JOIN=setting)
    await groups.hear(asks(VISITOR, "f1", FREE_GROUP))
    await groups.hear(asks(VISITOR, "f2", UNBOUND_GROUP))
    await groups.hear(asks(SUPERUSER, "f3", UNBOUND_GROUP))
    assert groups.answers == ([("f1", True, "")] if setting == "approve" else [])
    await groups.hear(asks(VISITOR, "f4", MEMBER_GROUP))
    assert groups.answers[-1][:2] == ("f4", False)


async def test_superusers_are_let_in_and_ignored_accounts_left_to_people(
    open_groups: Callable[..., Any],
) -> None:
    groups: Groups = await open_groups(IGNORED_USERS=str(VISITOR))
    await groups.hear(asks(VISITOR, "f1"))
    await groups.hear(asks(SUPERUSER, "f2"))
    await groups.hear(asks(MEMBER, "f3", sub_type="invite"))
    assert groups.answers == [("f2", True, "")]


async def test_the_bots_other_accounts_are_let_in_and_not_welcomed(groups: Groups) -> None:
    other = 10002
    await groups.hear(asks(other, "f1"))
    assert [approve for _, approve, _ in groups.answers] == [False], "nobody knows yet whose it is"
    groups.chat.services.senders.of(Bot(groups.chat.bot.adapter, str(other)))
    groups.chat.clock.advance(seconds=3_600)
    await groups.hear(asks(other, "f2"))
    await groups.hear(asks(other, "f3", FREE_GROUP))
    assert groups.answers[1:] == [("f2", True, ""), ("f3", True, "")]
    await groups.came(other)
    groups.chat.clock.advance(seconds=25)
    await joining().go_on()
    assert not [sent for sent in groups.chat.sent if "欢迎" in sent.text]


async def test_a_code_in_the_comment_redeems_and_lets_in_in_one_transaction(groups: Groups) -> None:
    asked: list[str] = []
    used: list[str] = []

    async def redeem(connection: Any, account: str, comment: str, act: Act) -> Any:
        asked.append(account)
        if CODE not in comment:
            return None
        if used:
            return CodeDeclined("卡密用过了。")
        used.append(account)
        await administration.redeem(connection, account, Duration(years=1), act)
        return CodeAccepted()

    joining().requests._redeem = redeem
    comment = f"问题：卡密？\n答案：{CODE}"
    await groups.hear(asks(VISITOR, "f1", comment=comment), times=2)
    await groups.hear(asks(20077, "f2", comment=comment))
    await groups.hear(asks(MEMBER, "f3", comment=comment))
    assert groups.answers == [("f1", True, ""), ("f2", False, "卡密用过了。"), ("f3", True, "")]
    assert used == [str(VISITOR)] and asked == [str(VISITOR), "20077"]  # the member keeps his code
    assert "会员有效" in await groups.chat.ask("我的会员", VISITOR)
    async with groups.chat.application.database.read() as connection:
        dump = [tuple(row) for row in await connection.execute_fetchall("SELECT * FROM join_requests")]
    assert CODE not in str(dump)


async def test_an_approval_that_qq_refuses_is_told_once(groups: Groups) -> None:
    groups.refused["set_group_add_request"] = 100
    await groups.hear(asks(MEMBER + 1, "f0"))
    await groups.chat.say(f"开通 {MEMBER + 2} 1年", SUPERUSER)
    groups.told()
    await groups.hear(asks(MEMBER + 2, "f1"))
    for _ in range(3):
        await joining().go_on()
    (text,) = groups.told()
    assert "20002 申请进群 700001，不是会员，但没拒绝成。请手动处理。" in text
    assert "20003 申请进群 700001，是会员，但没批准成。请手动同意。" in text


async def test_a_refused_approval_of_somebody_who_is_in_is_no_matter(groups: Groups) -> None:
    groups.refused["set_group_add_request"] = 100
    await groups.hear(asks(MEMBER, "f1"))
    await joining().go_on()
    assert groups.told() == [] and await state(groups) == [(1, "joined", 0)]


@pytest.mark.parametrize("call", ["answered", "silent"])
async def test_somebody_approved_who_is_not_seen_is_told_once(groups: Groups, call: str) -> None:
    del groups.present[MEMBER]
    if call == "silent":
        groups.silent.add("set_group_add_request")
    await groups.hear(asks(MEMBER, "f1"))
    await joining().go_on()
    assert groups.told() == []
    groups.chat.clock.advance(minutes=10)
    groups.silent.add("get_group_member_info")
    await joining().go_on()
    assert groups.told() == []  # not known yet
    groups.silent.clear()
    groups.chat.clock.advance(minutes=1)
    for _ in range(3):
        await joining().go_on()
    (text,) = groups.told()
    assert "20001 申请进群 700001，已批准，10 分钟了还没见他进群" in text
    assert len(groups.answers) == 1


async def test_an_approval_is_confirmed_by_a_lookup_where_the_notice_was_lost(groups: Groups) -> None:
    await groups.hear(asks(MEMBER, "f1"))
    groups.chat.clock.advance(minutes=10)
    await joining().go_on()
    assert groups.told() == [] and await state(groups) == [(1, "joined", 0)]


async def test_what_was_decided_and_not_answered_is_answered_later_if_it_still_holds(groups: Groups) -> None:
    other = MEMBER + 5
    await groups.chat.say(f"开通 {other} 1年", SUPERUSER)

    def is_down(action: str, data: dict[str, Any]) -> Any:
        raise ApiNotAvailable

    groups.chat.answer = is_down
    await groups.hear(asks(MEMBER, "f1"))
    await groups.hear(asks(other, "f2"))
    assert [found[1] for found in await state(groups)] == ["decided", "decided"]
    groups.chat.answer = groups._answer
    await groups.chat.say(f"停用 {other}", SUPERUSER)
    groups.chat.forget()  # a restart
    groups.told()
    await joining().go_on()
    await joining().go_on()
    assert groups.answers == [("f1", True, "")]
    assert any("20006 申请进群 700001" in text for text in groups.told())


async def test_requests_that_came_while_the_bot_was_away_are_looked_up(groups: Groups) -> None:
    groups.open_requests = [
        {
            "request_id": 5001,
            "requester_uin": MEMBER,
            "group_id": MEMBER_GROUP,
            "message": "",
            "checked": False,
        },
        {"request_id": 5002, "requester_uin": VISITOR, "group_id": MEMBER_GROUP, "checked": True, "actor": 1},
        {"request_id": 5003, "requester_uin": VISITOR, "group_id": UNBOUND_GROUP, "checked": False},
    ]
    joining().look_up(groups.chat.bot)
    await joining().all_done()
    assert groups.answers == [("5001", True, "")]


@pytest.mark.parametrize("code", [1404, 100])
async def test_a_failing_lookup_does_nothing(groups: Groups, code: int) -> None:
    groups.refused["get_group_system_msg"] = code
    joining().look_up(groups.chat.bot)
    await joining().all_done()
    assert groups.answers == [] and await state(groups) == []


async def test_one_person_is_answered_so_often_a_day(groups: Groups) -> None:
    for number in range(25):
        await groups.hear(asks(VISITOR, f"f{number}"))
    assert len(groups.answers) == 20


async def test_comment_and_flag_stand_in_no_log(groups: Groups) -> None:
    from nonebot import logger

    lines: list[str] = []
    handler = logger.add(lines.append, level=0)
    try:
        groups.refused["set_group_add_request"] = 100
        await groups.hear(asks(VISITOR, "flag-of-it", comment=CODE))
    finally:
        logger.remove(handler)
    assert str(SELF) and CODE not in "".join(lines) and "flag-of-it" not in "".join(lines)


async def test_the_trial_is_named_to_who_may_have_it(open_groups: Callable[..., Any]) -> None:
    groups: Groups = await open_groups(TRIAL="3天", TRIAL_WAIT="0天")
    offer = "加我为好友发“试用”，可先免费用 3 天。"
    await groups.hear(asks(VISITOR, "f1"))
    assert groups.answers[-1][2].endswith(offer)
    # Who had a trial that was undone never was a member, and may have no other.
    assert "3 天试用开通了" in await groups.chat.ask("试用", VISITOR)
    await groups.chat.say("撤销 2", SUPERUSER)
    await groups.hear(asks(VISITOR, "f2"))
    assert groups.answers[-1][2].startswith("会员群只加会员。") and offer not in groups.answers[-1][2]


async def test_names_stand_in_what_superusers_read(groups: Groups) -> None:
    await groups.chat.say(f"备注 {VISITOR} 甲单位", SUPERUSER)
    groups.told()
    groups.refused["set_group_add_request"] = 100
    await groups.hear(asks(VISITOR, "f1"))
    await joining().go_on()
    (text,) = groups.told()
    assert f"{VISITOR}（备注“甲单位”） 申请进群 {MEMBER_GROUP}" in text
