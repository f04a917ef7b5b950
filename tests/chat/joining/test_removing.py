"""Whose time is over is removed only after an announcement, and never where anything is uncertain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from joining_chat import Groups, joining, remind
from simulated_chat import MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR

from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration

UNTIL = date(2027, 3, 18)
SETTINGS = {"REMOVE_EXPIRED": "7天", "QUIET_HOURS": ""}


async def states(groups: Groups) -> dict[str, str]:
    async with groups.chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT account, state FROM removals ORDER BY id")
    return {row[0]: row[1] for row in rows}


@pytest.fixture
async def groups(open_groups: Callable[..., Any]) -> Groups:
    """A member whose time ended nine days ago, and who was reminded of it; a visitor in the group too."""
    groups: Groups = await open_groups(**SETTINGS)
    await remind(groups.chat, [MEMBER], UNTIL)
    groups.present[VISITOR] = "member"
    groups.chat.clock.advance(days=365 + 9)
    groups.told()
    return groups


async def a_day_later(groups: Groups, hours: float = 25) -> None:
    groups.chat.clock.advance(hours=hours)
    await joining().go_on()


async def test_superusers_read_it_the_day_before_and_afterwards(groups: Groups) -> None:
    await joining().go_on()
    (announced,) = groups.told()
    assert announced.startswith(
        "到期超过 7 天的会员，明天将移出 1 人：\n20001（会员群 700001，2027-03-18 到期）\n"
    )
    assert "REMOVE_EXPIRED 留空" in announced and groups.made("set_group_kick") == []
    await a_day_later(groups, 19)
    assert groups.made("set_group_kick") == [] and groups.told() == []
    await a_day_later(groups, 2)
    assert groups.made("set_group_kick") == [
        {"group_id": MEMBER_GROUP, "user_id": MEMBER, "reject_add_request": False}
    ]
    (report,) = groups.told()
    assert report == "已移出到期的会员 1 人：\n20001（群 700001）"
    for _ in range(3):
        await a_day_later(groups)
    assert len(groups.made("set_group_kick")) == 1 and groups.told() == []
    assert VISITOR in groups.present


async def test_without_the_setting_nobody_is_removed_or_announced(open_groups: Callable[..., Any]) -> None:
    groups: Groups = await open_groups(QUIET_HOURS="")
    await remind(groups.chat, [MEMBER], UNTIL)
    groups.chat.clock.advance(days=400)
    for _ in range(3):
        await a_day_later(groups)
    assert groups.calls == [] and groups.told() == []


@pytest.mark.parametrize("role", ["admin", "owner", "boss", ""])
async def test_admins_are_never_removed_also_not_who_became_one(groups: Groups, role: str) -> None:
    await joining().go_on()
    groups.present[MEMBER] = role
    await a_day_later(groups)
    assert groups.made("set_group_kick") == [] and await states(groups) == {"20001": "spared"}
    assert any("20001（群 700001）：是群主或管理员" in text for text in groups.told())


async def test_superusers_and_people_who_never_were_members_are_never_removed(groups: Groups) -> None:
    groups.present[SUPERUSER] = "member"
    application = groups.chat.application
    act = Act(str(SUPERUSER), "given before", application.clock(), application.settings.timezone)
    async with application.database.write() as connection:
        await administration.grant(connection, str(SUPERUSER), Duration(days=1), act)
    groups.chat.clock.advance(days=30)
    await remind(groups.chat, [SUPERUSER], date(2027, 3, 28))
    await remind(groups.chat, [VISITOR], UNTIL)
    groups.told()
    for _ in range(4):
        await joining().go_on()
        await a_day_later(groups)
    assert [data["user_id"] for data in groups.made("set_group_kick")] == [MEMBER]


async def test_who_renews_after_the_announcement_stays(groups: Groups) -> None:
    await joining().go_on()
    await groups.chat.say(f"续期 {MEMBER} 1天", SUPERUSER)
    groups.told()
    await a_day_later(groups)
    assert groups.made("set_group_kick") == []
    assert any("续期了" in text for text in groups.told())


async def test_who_was_not_reminded_stays_and_superusers_read_so_once(groups: Groups) -> None:
    async with groups.chat.application.database.write() as connection:
        await connection.execute("DELETE FROM reminders")
    for _ in range(4):
        await joining().go_on()
        await a_day_later(groups)
    (text,) = groups.told()
    assert "不会自动移出的 1 人：\n20001（群 700001）" in text and groups.made("set_group_kick") == []


async def test_who_may_still_be_reminded_is_not_told_of_yet(open_groups: Callable[..., Any]) -> None:
    groups: Groups = await open_groups(**SETTINGS | {"REMOVE_EXPIRED": "2天"})
    groups.chat.clock.advance(days=365 + 6)
    groups.told()
    for _ in range(2):
        await joining().go_on()
        groups.chat.clock.advance(hours=1)
    assert groups.told() == []


@pytest.mark.parametrize("lookup", ["get_group_member_list", "get_group_member_info"])
@pytest.mark.parametrize("how", ["refused", "silent"])
async def test_a_lookup_that_fails_removes_nobody(groups: Groups, lookup: str, how: str) -> None:
    await joining().go_on()
    if how == "silent":
        groups.silent.add(lookup)
    else:
        groups.refused[lookup] = 1404
    await a_day_later(groups)
    assert groups.made("set_group_kick") == []
    groups.silent.clear()
    groups.refused.clear()
    await a_day_later(groups, 2)
    assert len(groups.made("set_group_kick")) == 1


async def test_a_list_without_the_bot_itself_is_not_believed(groups: Groups) -> None:
    await joining().go_on()
    groups.present = {MEMBER: "member"}
    await a_day_later(groups)
    assert groups.made("set_group_kick") == []


async def test_where_the_ledger_cannot_be_read_nobody_is_removed(
    groups: Groups, monkeypatch: pytest.MonkeyPatch
) -> None:
    await joining().go_on()

    async def fails(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("jianggao.chat.joining.removing.state_of", fails)
    await a_day_later(groups)
    assert groups.made("set_group_kick") == [] and await states(groups) == {"20001": "announced"}


async def test_at_most_ten_are_removed_in_a_day(open_groups: Callable[..., Any]) -> None:
    groups: Groups = await open_groups(**SETTINGS)
    people = range(30100, 30125)
    for person in people:
        await groups.chat.say(f"开通 {person} 1天", SUPERUSER)
        groups.present[person] = "member"
    await remind(groups.chat, list(people), date(2026, 3, 19))
    groups.chat.clock.advance(days=20)
    removed = []
    for _ in range(4):
        for _ in range(20):  # all hours of a day, and some looks more
            groups.chat.clock.advance(hours=1.2)
            await joining().go_on()
        removed.append(len(groups.made("set_group_kick")))
    days: dict[Any, int] = {}
    async with groups.chat.application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT date(at, '+8 hours'), count(*) FROM removals WHERE state = 'removed' GROUP BY 1"
        )
    days = {row[0]: row[1] for row in rows}
    assert max(days.values()) <= 10 and removed[-1] == 25


async def test_an_unknown_removal_is_never_repeated(groups: Groups) -> None:
    await joining().go_on()
    groups.told()
    groups.silent.add("set_group_kick")
    await a_day_later(groups)
    groups.present[MEMBER] = "member"
    groups.silent.clear()
    (report,) = groups.told()
    assert "20001（群 700001）：不确定移出了没有，请看一眼，机器人不会再试" in report
    for _ in range(3):
        await a_day_later(groups, 100)
    assert len(groups.made("set_group_kick")) == 1


async def test_a_removal_cut_off_by_a_kill_is_unknown_and_not_repeated(groups: Groups) -> None:
    await joining().go_on()
    async with groups.chat.application.database.write() as connection:
        await connection.execute("UPDATE removals SET state = 'removing', at = announced_at")
    groups.chat.forget()
    groups.chat.services.senders.of(groups.chat.bot)
    groups.told()
    await joining().removals.take_over()
    await a_day_later(groups)
    assert groups.made("set_group_kick") == []
    assert any("不确定移出了没有" in text for text in groups.told())


async def test_whom_no_superuser_could_be_told_of_is_not_removed(groups: Groups) -> None:
    groups.refused["send_private_msg"] = 100
    answer = groups.chat.answer

    def refuse(action: str, data: dict[str, Any]) -> Any:
        from nonebot.adapters.onebot.v11.exception import ActionFailed

        if action == "send_private_msg":
            raise ActionFailed(status="failed", retcode=100, message="result: 16")
        return answer(action, data)

    groups.chat.answer = refuse
    for _ in range(3):
        await joining().go_on()
        await a_day_later(groups)
    assert await states(groups) == {} and groups.made("set_group_kick") == []


async def test_where_the_bot_is_no_admin_superusers_read_so_once_a_day(groups: Groups) -> None:
    groups.present[10001] = "member"
    for _ in range(5):
        await a_day_later(groups, 2)
    (text,) = groups.told()
    assert "机器人不是会员群 700001 的管理员" in text and await states(groups) == {}


async def test_nothing_is_done_at_night(open_groups: Callable[..., Any]) -> None:
    groups: Groups = await open_groups(REMOVE_EXPIRED="1周")
    await remind(groups.chat, [MEMBER], UNTIL)
    groups.chat.clock.advance(days=375, hours=11)  # 23:00 in Shanghai
    groups.told()
    await joining().go_on()
    assert groups.told() == [] and groups.calls == []
    groups.chat.clock.advance(hours=9)
    await joining().go_on()
    assert len(groups.told()) == 1


async def test_a_stale_announcement_is_made_anew(groups: Groups) -> None:
    await joining().go_on()
    groups.told()
    await a_day_later(groups, 80)
    assert groups.made("set_group_kick") == [] and "明天将移出 1 人" in groups.told()[0]
    await a_day_later(groups)
    assert len(groups.made("set_group_kick")) == 1


def set_ahead(groups: Groups, hours: float) -> None:
    """Sets the clock of the machine; the one that nobody can set stays."""
    application, ahead = groups.chat.application, timedelta(hours=hours).total_seconds()
    monotonic = application.monotonic
    groups.chat.clock.advance(hours=hours)
    object.__setattr__(application, "monotonic", lambda: monotonic() - ahead)


async def test_a_clock_that_is_set_ahead_does_not_shorten_the_day_to_object(groups: Groups) -> None:
    await joining().go_on()
    set_ahead(groups, 20)
    await a_day_later(groups, 5)
    assert groups.made("set_group_kick") == []
    await a_day_later(groups, 15)
    assert len(groups.made("set_group_kick")) == 1


async def test_a_second_announcement_forgets_nobody_of_the_first(groups: Groups) -> None:
    await groups.chat.say(f"开通 {VISITOR} 1天", SUPERUSER)
    groups.chat.clock.advance(days=20)
    await joining().go_on()
    set_ahead(groups, 25)
    await remind(groups.chat, [VISITOR], date(2027, 3, 28))
    await a_day_later(groups, 1)
    assert list(await states(groups)) == [str(MEMBER), str(VISITOR)]
    await a_day_later(groups, 1.1)
    assert groups.made("set_group_kick") == []
    await a_day_later(groups, 18)  # 20.1 hours after the first announcement, 19.1 after the second
    assert [data["user_id"] for data in groups.made("set_group_kick")] == [MEMBER]


def restart(groups: Groups) -> None:
    groups.chat.forget()
    groups.chat.services.senders.of(groups.chat.bot)


async def test_a_restart_shortens_nothing_of_the_day_to_object(groups: Groups) -> None:
    await joining().go_on()
    groups.chat.clock.advance(hours=19)  # no look fell into these hours: nobody knows whether the bot ran
    restart(groups)
    set_ahead(groups, 10)
    await a_day_later(groups, 1)
    assert groups.made("set_group_kick") == []
    await a_day_later(groups, 19)
    assert len(groups.made("set_group_kick")) == 1


async def test_what_passed_before_the_announcement_is_no_time_to_object(groups: Groups) -> None:
    restart(groups)
    groups.chat.clock.advance(minutes=9)
    await joining().go_on()
    set_ahead(groups, 5)
    await a_day_later(groups, 19.9)
    assert groups.made("set_group_kick") == []
    await a_day_later(groups, 1)
    assert len(groups.made("set_group_kick")) == 1


async def test_a_bot_that_is_restarted_every_few_hours_removes_all_the_same(groups: Groups) -> None:
    await joining().go_on()
    for _ in range(3):
        for _ in range(6):
            await a_day_later(groups, 1)
        restart(groups)
    assert groups.made("set_group_kick") == []
    await a_day_later(groups, 1)
    await a_day_later(groups, 1)
    assert len(groups.made("set_group_kick")) == 1


async def test_the_wait_counts_at_night_too(open_groups: Callable[..., Any]) -> None:
    groups = await open_groups(**SETTINGS | {"QUIET_HOURS": "22:00-08:00"})
    await remind(groups.chat, [MEMBER], UNTIL)
    groups.chat.clock.advance(days=365 + 9, hours=9)
    await joining().go_on()
    assert list(await states(groups)) == [str(MEMBER)]
    for _ in range(6):
        await a_day_later(groups, 2)
    restart(groups)
    await a_day_later(groups, 1)
    for _ in range(4):
        await a_day_later(groups, 2)
    assert len(groups.made("set_group_kick")) == 1
