"""The account's own calls: friends, requests by flag, and those that succeed without an effect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Person, World

TEXT = [{"type": "text", "data": {"text": "渠水有声"}}]
Call = Callable[..., dict[str, Any]]


def test_who_may_be_written_to(call: Call, world: World) -> None:
    params = {"user_id": int(cast.RESELLER), "message": TEXT}
    assert '"result": 16' in call("send_private_msg", params)["message"]
    world.befriend(cast.RESELLER, friend=True)
    assert call("send_private_msg", params)["retcode"] == 0
    call("delete_friend", {"user_id": int(cast.RESELLER)})
    assert '"result": 16' in call("send_private_msg", params)["message"]


def test_friends_are_listed_by_account(call: Call, world: World) -> None:
    accounts = [friend["user_id"] for friend in call("get_friend_list", {})["data"]]
    assert accounts == sorted(int(account) for account in world.friends)
    assert int(cast.RESELLER) not in accounts


def test_join_requests_are_answered_by_flag(call: Call, world: World) -> None:
    events: list[str] = []
    world.listeners.append(lambda name, details: events.append(name))
    world.add_person(Person("30009", "新人"))
    world.ask_to_be_friend(cast.RESELLER)
    request = world.ask_to_join("30009", cast.FREE_GROUP, "想学习")
    waiting = call("get_group_system_msg", {})["data"]["join_requests"]
    assert [(entry["request_id"], entry["message"]) for entry in waiting] == [(request.flag, "想学习")]
    assert call("set_group_add_request", {"flag": request.flag, "approve": True})["retcode"] == 0
    assert "30009" in world.groups[cast.FREE_GROUP].roles
    assert events == ["request", "request", "joined", "requests"]
    assert call("set_group_add_request", {"flag": request.flag})["retcode"] == 1400


def test_a_newer_request_replaces_the_earlier_one_and_a_refusal_has_its_reason(
    call: Call, world: World
) -> None:
    first, second = (world.ask_to_join("30009", cast.MEMBER_GROUP).flag for _ in range(2))
    assert call("set_group_add_request", {"flag": first, "approve": False})["retcode"] == 1400
    call("set_group_add_request", {"flag": second, "approve": False, "reason": "会员群只加会员。"})
    (answered,) = world.answered_requests
    assert (answered.request.flag, answered.approved, answered.reason) == (second, False, "会员群只加会员。")


def test_a_refused_friend_is_none(call: Call, world: World) -> None:
    request = world.ask_to_be_friend(cast.RESELLER)
    call("set_friend_add_request", {"flag": request.flag, "approve": False})
    assert cast.RESELLER not in world.friends and world.requests == {}


def test_the_account_and_the_implementation_name_themselves(call: Call) -> None:
    assert call("get_login_info", {})["data"] == {"user_id": int(cast.BOT), "nickname": "讲稿机器人"}
    assert call("get_version_info", {}, "llbot")["data"]["app_name"] == "sandbox.llbot"
    assert call("get_status", {})["data"]["online"] is True
    assert call("get_stranger_info", {"user_id": 55})["data"]["nickname"] == "55"


@pytest.mark.parametrize("name", ["send_like", "mark_msg_as_read", "group_poke", "set_input_status"])
def test_calls_without_an_effect_succeed_and_tell_nobody(call: Call, world: World, name: str) -> None:
    events: list[str] = []
    world.listeners.append(lambda name, details: events.append(name))
    assert call(name, {"message_id": 1, "user_id": 2}) == {
        "status": "ok",
        "retcode": 0,
        "data": None,
        "message": "",
        "wording": "",
    }
    assert events == []
