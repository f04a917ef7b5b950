"""Groups are looked up by the accounts that are in them; what can't be had says nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from joining_chat import Groups, remind
from simulated_chat import MEMBER, MEMBER_GROUP, SELF, SUPERUSER, VISITOR


async def test_a_group_is_looked_up_by_an_account_that_is_in_it(groups: Groups) -> None:
    from jianggao.chat.joining.group_rosters import present_in

    presence = await present_in(str(MEMBER_GROUP))
    assert presence is not None and presence.bot is groups.chat.bot
    assert {member.account for member in presence.members} == {str(SELF), str(SUPERUSER), str(MEMBER)}
    groups.refused["get_group_member_list"] = 100
    assert await present_in(str(MEMBER_GROUP), groups.chat.bot) is None
    assert len(groups.made("get_group_member_list")) == 2  # the first account isn't asked twice


async def test_who_is_in_none_of_the_groups_is_known_only_if_all_were_had(groups: Groups) -> None:
    from jianggao.chat.joining.group_rosters import compare_groups

    await groups.chat.say(f"开通 {VISITOR} 1年", SUPERUSER)
    services, now, bot = groups.chat.services, groups.chat.clock(), groups.chat.bot
    report = await compare_groups(services, [str(MEMBER_GROUP)], now, bot)
    assert report.absent is not None and [line.account for line in report.absent] == [str(VISITOR)]
    assert [line.account for line in report.groups[0].members] == [str(MEMBER)] and not report.unknown
    groups.silent.add("get_group_member_list")
    report = await compare_groups(services, [str(MEMBER_GROUP)], now, bot)
    assert (report.groups, report.unknown, report.absent) == ((), (str(MEMBER_GROUP),), None)


async def test_superusers_ignored_accounts_and_the_bots_own_are_left_out(groups: Groups) -> None:
    from jianggao.chat.joining.group_rosters import left_out

    assert left_out(groups.chat.services) == {str(SELF), str(SUPERUSER)}


@pytest.mark.parametrize("setting", ["2天", ""])
async def test_who_was_never_reminded_and_stays_for_it_is_known(
    open_groups: Callable[..., Any], setting: str
) -> None:
    from jianggao.chat.joining.group_rosters import compare_groups

    groups: Groups = await open_groups(REMOVE_EXPIRED=setting, QUIET_HOURS="")
    chat = groups.chat

    async def unreminded() -> frozenset[str]:
        report = await compare_groups(chat.services, [str(MEMBER_GROUP)], chat.clock(), chat.bot)
        assert len(report.groups[0].ended) == 1
        return report.unreminded

    chat.clock.advance(days=365 + 7)
    assert await unreminded() == frozenset()  # a reminder may still come
    chat.clock.advance(days=1)
    assert await unreminded() == (frozenset({str(MEMBER)}) if setting else frozenset())
    await remind(chat, [MEMBER], date(2027, 3, 18))
    assert await unreminded() == frozenset()
