"""Parameters are read the same way by every call: ids, groups, private chats, and who may act as an admin."""

from __future__ import annotations

from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.api import (
    Api,
    WrongParams,
    chat_of_send,
    group_as_admin,
    group_of,
    message_of,
    need,
    private_chat_of,
)
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import Chat, Role, World


@pytest.fixture
def api(world: World) -> Api:
    return Api(world, PROFILES["napcat"])


@pytest.mark.parametrize(
    ("name", "params", "chat"),
    [
        ("send_msg", {"message_type": "group", "group_id": 7}, Chat("group", "7")),
        ("send_msg", {"message_type": "group"}, None),
        ("send_msg", {"user_id": 3}, Chat("private", "3")),
        ("send_forward_msg", {"group_id": 7}, Chat("group", "7")),
        ("upload_group_file", {"group_id": 7}, Chat("group", "7")),
        ("upload_private_file", {"user_id": 3}, Chat("private", "3")),
        ("send_private_msg", {"user_id": 3, "group_id": 7}, Chat("group", "7")),
        ("send_group_msg", {}, None),
        ("send_private_msg", {}, None),
    ],
)
def test_where_a_send_goes(api: Api, name: str, params: dict[str, Any], chat: Chat | None) -> None:
    assert chat_of_send(api, name, params) == chat


def test_a_group_beside_the_account_counts_only_where_there_are_temporary_sessions(world: World) -> None:
    params = {"user_id": 3, "group_id": 7}
    chats = {name: private_chat_of(Api(world, profile), params).kind for name, profile in PROFILES.items()}
    assert chats == {"strict": "private", "napcat": "group", "llbot": "private", "snowluma": "private"}


@pytest.mark.parametrize(("profile", "id"), [("napcat", 7), ("llbot", -7), ("snowluma", "7")])
def test_a_message_is_found_by_the_id_that_its_implementation_gave(
    world: World, profile: str, id: int | str
) -> None:
    api = Api(world, PROFILES[profile])
    assert api.message_id(7) == id
    message = world.say(cast.VISITOR, Chat("group", cast.FREE_GROUP), [])
    assert message_of(api, {"message_id": api.message_id(message.number)}) is message


def test_what_is_not_there_is_named(api: Api) -> None:
    with pytest.raises(WrongParams, match="file is missing"):
        need({}, "file")
    with pytest.raises(WrongParams, match="群 1 不存在"):
        group_of(api, {"group_id": 1})
    with pytest.raises(WrongParams, match="消息不存在"):
        message_of(api, {"message_id": 5})


@pytest.mark.parametrize(("role", "may"), [(Role.OWNER, True), (Role.ADMIN, True), (Role.MEMBER, False)])
def test_only_an_admin_may_act_on_a_group(api: Api, world: World, role: Role, may: bool) -> None:
    world.groups[cast.FREE_GROUP].roles[cast.BOT] = role
    params = {"group_id": int(cast.FREE_GROUP)}
    if may:
        assert group_as_admin(api, params) == cast.FREE_GROUP
    else:
        with pytest.raises(WrongParams, match="不是管理员"):
            group_as_admin(api, params)
