"""Nobody is removed of whom list and lookup don't say the same; what isn't sure settles nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from joining_chat import Groups, joining, remind
from kept_answers import rows
from nonebot.adapters.onebot.v11 import Bot
from nonebot.adapters.onebot.v11.exception import ActionFailed, NetworkError
from simulated_chat import MEMBER, MEMBER_GROUP, SELF, SUPERUSER

UNTIL = date(2027, 3, 18)
SETTINGS = {"REMOVE_EXPIRED": "7天", "QUIET_HOURS": ""}
Change = Callable[[str, Any], Any]


@pytest.fixture
async def groups(open_groups: Callable[..., Any]) -> Groups:
    """A member whose time ended nine days ago, who was reminded of it and announced."""
    groups: Groups = await open_groups(**SETTINGS)
    await remind(groups.chat, [MEMBER], UNTIL)
    groups.chat.clock.advance(days=365 + 9)
    await joining().go_on()
    groups.told()
    return groups


def answering(groups: Groups, change: Change) -> None:
    """Lets each answer of QQ be another one; None leaves it."""

    def answer(action: str, data: dict[str, Any]) -> Any:
        as_it_is = groups._answer(action, data)
        changed = change(action, as_it_is)
        return as_it_is if changed is None else changed

    groups.chat.answer = answer


async def look(groups: Groups, hours: float = 25) -> None:
    groups.chat.clock.advance(hours=hours)
    await joining().go_on()


async def removals(groups: Groups) -> list[tuple[Any, ...]]:
    return await rows(groups.chat, "SELECT state, why FROM removals")


def entry(role: str) -> dict[str, Any]:
    return {"group_id": MEMBER_GROUP, "user_id": MEMBER, "role": role}


@pytest.mark.parametrize(
    "listed", [[entry("admin")], [entry("owner")], [entry("")], [entry("admin"), entry("member")]]
)
async def test_who_is_no_plain_member_by_the_list_stays_whatever_the_lookup_says(
    groups: Groups, listed: list[dict[str, Any]]
) -> None:
    def change(action: str, answer: Any) -> Any:
        if action == "get_group_member_list":
            return [one for one in answer if one["user_id"] != MEMBER] + listed
        return None

    answering(groups, change)
    await look(groups)
    assert groups.made("set_group_kick") == [] and await removals(groups) == [("spared", "role")]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        "x",
        {"user_id": 20002, "role": "member"},
        {"user_id": MEMBER, "group_id": 1, "role": "member"},
        {"user_id": MEMBER, "group_id": MEMBER_GROUP},
        ActionFailed(status="failed", retcode=1200, message="内部错误"),
        ActionFailed(status="failed", retcode=200, message="群成员不存在"),
    ],
)
async def test_one_bad_lookup_settles_nothing(groups: Groups, answer: Any) -> None:
    def change(action: str, _: Any) -> Any:
        if action != "get_group_member_info":
            return None
        if isinstance(answer, Exception):
            raise answer
        return answer

    answering(groups, change)
    await look(groups)
    assert groups.made("set_group_kick") == [] and await removals(groups) == [("announced", "")]
    groups.chat.answer = groups._answer
    await look(groups, 1)
    assert await removals(groups) == [("removed", "")]


async def test_a_list_that_lacks_him_for_once_settles_nothing(groups: Groups) -> None:
    own = {"user_id": SELF, "role": "admin"}
    answering(groups, lambda action, _: [own] if action == "get_group_member_list" else None)
    await look(groups)
    assert groups.made("set_group_kick") == [] and await removals(groups) == [("announced", "")]


async def test_who_is_in_neither_has_left(groups: Groups) -> None:
    del groups.present[MEMBER]
    await look(groups)
    assert await removals(groups) == [("spared", "absent")]
    assert "20001（群 700001）：已经不在群里" in groups.told()[0]


@pytest.mark.parametrize("reason", ["admin", "suspended"])
async def test_who_was_spared_for_what_is_over_is_announced_anew_a_week_later(
    groups: Groups, reason: str
) -> None:
    if reason == "admin":
        groups.present[MEMBER] = "admin"
    else:
        await groups.chat.say(f"停用 {MEMBER} 一天", SUPERUSER)
    await look(groups)
    assert (await removals(groups))[0][0] == "spared"
    groups.present[MEMBER] = "member"
    await groups.chat.say(f"恢复 {MEMBER}", SUPERUSER)
    groups.told()
    for _ in range(6):
        await look(groups, 24)
    assert groups.told() == [] and groups.made("set_group_kick") == []
    await look(groups, 25)
    assert "明天将移出 1 人" in groups.told()[0] and groups.made("set_group_kick") == []
    await look(groups)
    assert await removals(groups) == [("removed", "")]


async def test_the_account_that_is_admin_removes(groups: Groups, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Bot(groups.chat.bot.adapter, "10002")
    calls: list[str] = []
    call_api = groups.chat.bot.adapter._call_api

    async def by_account(bot: Bot, api: str, **data: Any) -> Any:
        calls.append(f"{bot.self_id} {api}")
        return await call_api(bot, api, **data)

    monkeypatch.setattr(groups.chat.bot.adapter, "_call_api", by_account)
    bots = {str(SELF): groups.chat.bot, "10002": other}
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: bots)
    groups.present |= {SELF: "member", 10002: "admin"}
    await look(groups)
    assert "10002 set_group_kick" in calls and f"{SELF} set_group_kick" not in calls
    assert not any("不是会员群" in text for text in groups.told())
    groups.present[10002] = "member"
    await look(groups)
    assert "机器人不是会员群 700001 的管理员" in groups.told()[0]


async def test_an_admin_that_cannot_be_asked_is_no_reason_for_a_notice(
    groups: Groups, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.joining.group_rosters import office_in

    other = Bot(groups.chat.bot.adapter, "10002")
    call_api = groups.chat.bot.adapter._call_api

    async def by_account(bot: Bot, api: str, **data: Any) -> Any:
        if bot is other:
            raise NetworkError("no answer")
        return await call_api(bot, api, **data)

    monkeypatch.setattr(groups.chat.bot.adapter, "_call_api", by_account)
    bots = {str(SELF): groups.chat.bot, "10002": other}
    monkeypatch.setattr("jianggao.chat.joining.group_rosters.connected", lambda: list(bots.values()))
    groups.present |= {SELF: "member", 10002: "admin"}
    office = await office_in(str(MEMBER_GROUP))
    assert office.presence is None and not office.is_known
    del groups.present[10002]  # it isn't in this group at all
    assert (await office_in(str(MEMBER_GROUP))).is_known


async def test_what_superusers_may_have_read_is_no_announcement(open_groups: Callable[..., Any]) -> None:
    groups: Groups = await open_groups(**SETTINGS)
    await remind(groups.chat, [MEMBER], UNTIL)
    groups.chat.clock.advance(days=365 + 9)
    tried: list[str] = []

    def change(action: str, _: Any) -> Any:
        if action == "send_private_msg":
            tried.append(action)
            raise NetworkError("no answer")

    answering(groups, change)
    for _ in range(48):
        await look(groups, 1)
    assert groups.made("set_group_kick") == [] and await removals(groups) == []
    assert len(tried) == 6


async def test_when_the_night_begins_nobody_more_is_removed(open_groups: Callable[..., Any]) -> None:
    groups: Groups = await open_groups(REMOVE_EXPIRED="7天", QUIET_HOURS="22:00-08:00")
    clock, people = groups.chat.clock, list(range(40001, 40009))
    for person in people:
        await groups.chat.say(f"开通 {person} 1年", SUPERUSER)
        groups.present[person] = "member"
    await remind(groups.chat, people, UNTIL)
    clock.advance(days=365 + 9)
    await joining().go_on()
    groups.told()
    local = clock.now.astimezone(groups.chat.application.settings.timezone) + timedelta(days=1)
    evening = local.replace(hour=21, minute=59, second=0)
    clock.advance(seconds=(evening - clock.now).total_seconds())
    removed_at = []

    def change(action: str, _: Any) -> None:
        if action == "get_group_member_info":
            clock.advance(seconds=29)
        if action == "set_group_kick":
            removed_at.append(clock.now)

    answering(groups, change)
    await joining().go_on()
    assert len(removed_at) == 2 and max(removed_at) < evening + timedelta(minutes=1)
    assert groups.told() == []  # the report comes in the morning
    await look(groups, 11)
    assert "已移出到期的会员 8 人" in groups.told()[0]
