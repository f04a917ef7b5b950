"""Messages and forwards are sent, looked up and recalled as each implementation does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import World

GROUP = int(cast.FREE_GROUP)
TEXT = [{"type": "text", "data": {"text": "渠水有声"}}]
Call = Callable[..., dict[str, Any]]


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_a_message_is_sent_and_found_again(call: Call, profile: str) -> None:
    answer = call("send_group_msg", {"group_id": GROUP, "message": TEXT}, profile)
    assert answer["retcode"] == 0
    again = call("get_msg", {"message_id": answer["data"]["message_id"]}, profile)
    assert again["data"]["message"] == TEXT
    history = call("get_group_msg_history", {"group_id": GROUP}, profile)
    assert history["data"]["messages"][-1]["message_id"] == answer["data"]["message_id"]


def test_history_is_the_newest_messages_oldest_first(call: Call) -> None:
    for text in "一二三四":
        call("send_private_msg", {"user_id": int(cast.MEMBER), "message": text})
    history = call("get_friend_msg_history", {"user_id": int(cast.MEMBER), "count": 2})
    assert [message["raw_message"] for message in history["data"]["messages"]] == ["三", "四"]


def test_send_msg_goes_where_its_parameters_say(call: Call, world: World) -> None:
    for params in ({"group_id": GROUP}, {"user_id": int(cast.VISITOR)}):
        assert call("send_msg", {**params, "message": TEXT})["retcode"] == 0
    kinds = [message.chat.kind for message in world.messages.values()]
    assert kinds == ["group", "private"]


@pytest.mark.parametrize(
    ("profile", "kind"), [("napcat", int), ("llbot", int), ("snowluma", str), ("strict", int)]
)
def test_message_ids_have_each_profiles_form(call: Call, profile: str, kind: type) -> None:
    id = call("send_group_msg", {"group_id": GROUP, "message": TEXT}, profile)["data"]["message_id"]
    assert isinstance(id, kind)
    assert (isinstance(id, int) and id < 0) == (profile == "llbot")


@pytest.mark.parametrize(("profile", "retcode"), [("napcat", 0), ("strict", 1400)])
def test_messages_that_are_strings(call: Call, profile: str, retcode: int) -> None:
    params = {"group_id": GROUP, "message": "[CQ:at,qq=all]"}
    assert call("send_group_msg", params, profile)["retcode"] == retcode


@pytest.mark.parametrize("message", [[], 5, ["x"], [{"type": "text"}], [{"data": {}}], {"type": "text"}])
def test_what_is_no_segment_is_refused(call: Call, world: World, message: object) -> None:
    assert call("send_group_msg", {"group_id": GROUP, "message": message})["retcode"] == 1400
    assert world.messages == {}


def test_a_quotation_has_the_profiles_id_and_one_of_nothing_is_dropped(call: Call, world: World) -> None:
    quoted = call("send_group_msg", {"group_id": GROUP, "message": TEXT}, "llbot")["data"]["message_id"]
    reply = {"type": "reply", "data": {"id": str(quoted)}}
    answer = call("send_group_msg", {"group_id": GROUP, "message": [reply, *TEXT]}, "llbot")
    id = answer["data"]["message_id"]
    assert call("get_msg", {"message_id": id}, "llbot")["data"]["message"] == [reply, *TEXT]
    unknown = {"type": "reply", "data": {"id": "5"}}
    call("send_group_msg", {"group_id": GROUP, "message": [unknown, *TEXT]})
    assert list(world.messages.values())[-1].parts == TEXT


def test_a_group_in_a_private_send_leaks_where_it_does_so_for_real(call: Call, world: World) -> None:
    params = {"user_id": int(cast.VISITOR), "group_id": GROUP, "message": TEXT}
    for profile, chat in (("napcat", "group"), ("llbot", "private"), ("snowluma", "private")):
        call("send_private_msg", params, profile)
        assert list(world.messages.values())[-1].chat.kind == chat


@pytest.mark.parametrize(
    ("names", "takes"),
    [
        ({"user_id": "1", "nickname": "x"}, {"napcat", "snowluma", "strict"}),
        ({"uin": "1", "name": "x"}, {"llbot"}),
        ({"user_id": "1", "nickname": "x", "uin": "1", "name": "x"}, set(PROFILES)),
    ],
)
def test_forward_nodes_need_each_profiles_names(call: Call, names: dict[str, Any], takes: set[str]) -> None:
    messages = [{"type": "node", "data": {**names, "content": TEXT}}]
    params = {"group_id": GROUP, "messages": messages}
    taken = {name for name in PROFILES if call("send_group_forward_msg", params, name)["retcode"] == 0}
    assert taken == takes


def test_a_forward_is_looked_up_by_its_id(call: Call) -> None:
    node = {"type": "node", "data": {"user_id": "1", "nickname": "甲", "content": "整篇"}}
    sent = call("send_forward_msg", {"user_id": int(cast.MEMBER), "messages": [node]})
    messages = call("get_forward_msg", {"id": sent["data"]["forward_id"]})["data"]["messages"]
    assert [(m["sender"]["nickname"], m["content"]) for m in messages] == [
        ("甲", [{"type": "text", "data": {"text": "整篇"}}])
    ]
    assert call("get_forward_msg", {"id": "w0"})["message"] == "转发消息不存在"


def test_a_recalled_message_says_so(call: Call, world: World) -> None:
    id = call("send_group_msg", {"group_id": GROUP, "message": TEXT})["data"]["message_id"]
    assert call("delete_msg", {"message_id": id})["retcode"] == 0
    assert world.messages[id].recalled
