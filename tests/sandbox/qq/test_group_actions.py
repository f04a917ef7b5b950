"""Groups and members are listed; kicking, muting, roles and names need an admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Chat, QQRefusal, Role, World

GROUP, CHAT = int(cast.FREE_GROUP), Chat("group", cast.FREE_GROUP)
TEXT = [{"type": "text", "data": {"text": "渠水有声"}}]
Call = Callable[..., dict[str, Any]]


def test_only_groups_with_the_bot_are_listed(call: Call, world: World) -> None:
    world.leave(cast.BOT, cast.OTHER_GROUP)
    groups = {group["group_id"]: group for group in call("get_group_list", {})["data"]}
    assert set(groups) == {int(cast.MEMBER_GROUP), GROUP}
    assert groups[GROUP]["member_count"] == len(world.groups[cast.FREE_GROUP].roles)


def test_members_have_their_roles(call: Call) -> None:
    members = call("get_group_member_list", {"group_id": GROUP})["data"]
    roles = {str(member["user_id"]): member["role"] for member in members}
    assert roles[cast.SUPERUSER] == "owner" and roles[cast.BOT] == "admin" and roles[cast.VISITOR] == "member"
    params = {"group_id": GROUP, "user_id": int(cast.EXPIRED)}
    assert "不存在" in call("get_group_member_info", params)["message"]


def test_kicking_and_muting(call: Call, world: World) -> None:
    params = {"group_id": GROUP, "user_id": int(cast.VISITOR)}
    assert call("set_group_ban", {**params, "duration": 60})["retcode"] == 0
    muted = call("get_group_shut_list", {"group_id": GROUP})["data"]
    assert [member["user_id"] for member in muted] == [int(cast.VISITOR)]
    with pytest.raises(QQRefusal):
        world.say(cast.VISITOR, CHAT, TEXT)
    assert call("set_group_kick", params)["retcode"] == 0
    assert cast.VISITOR not in world.groups[cast.FREE_GROUP].roles


def test_a_mute_of_everybody_spares_owner_and_admins(call: Call, world: World) -> None:
    call("set_group_whole_ban", {"group_id": GROUP})
    assert world.is_muted(cast.VISITOR, cast.FREE_GROUP)
    assert not world.is_muted(cast.SUPERUSER, cast.FREE_GROUP)
    call("set_group_whole_ban", {"group_id": GROUP, "enable": False})
    assert not world.is_muted(cast.VISITOR, cast.FREE_GROUP)


def test_roles_and_names_are_changed(call: Call, world: World) -> None:
    group = world.groups[cast.FREE_GROUP]
    params = {"group_id": GROUP, "user_id": int(cast.VISITOR)}
    call("set_group_admin", params)
    assert group.roles[cast.VISITOR] is Role.ADMIN
    call("set_group_admin", {**params, "enable": False})
    assert group.roles[cast.VISITOR] is Role.MEMBER
    call("set_group_name", {"group_id": GROUP, "group_name": "改了名"})
    assert group.name == "改了名"
    assert call("set_group_card", {**params, "card": "小林"})["retcode"] == 0


@pytest.mark.parametrize(
    "name", ["set_group_kick", "set_group_ban", "set_group_whole_ban", "set_group_admin", "set_group_name"]
)
def test_a_bot_that_is_no_admin_changes_nothing(call: Call, world: World, name: str) -> None:
    group = world.groups[cast.FREE_GROUP]
    group.roles[cast.BOT] = Role.MEMBER
    before = (group.name, dict(group.roles), dict(group.muted))
    params = {"group_id": GROUP, "user_id": int(cast.VISITOR), "group_name": "x"}
    assert call(name, params)["message"] == "机器人不是管理员"
    assert (group.name, group.roles, group.muted) == before


def test_the_bot_leaves_a_group_and_can_no_longer_write_there(call: Call) -> None:
    assert call("set_group_leave", {"group_id": GROUP})["retcode"] == 0
    assert '"result": 110' in call("send_group_msg", {"group_id": GROUP, "message": TEXT})["message"]
