"""Calls as implementations answer them, in each profile; and the world they act on."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.actions import Actions
from jianggao.sandbox.qq.events import event_of
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import Chat, Person, QQRefusal, World

START = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
GROUP, OTHER = int(cast.FREE_GROUP), Chat("group", cast.FREE_GROUP)
TEXT = [{"type": "text", "data": {"text": "渠水有声"}}]


@pytest.fixture
def world() -> World:
    one = World(cast.BOT, lambda: START)
    cast.people_the_world(one)
    return one


def actions(world: World, profile: str = "napcat") -> Actions:
    return Actions(world, PROFILES[profile])


def test_about_forty_five_calls_are_answered(world: World) -> None:
    assert len(Actions.known()) >= 45
    for name in Actions.known():
        assert actions(world).call(name, {})["retcode"] in (0, 1400, 1200), name
    assert actions(world).call("make_coffee", {})["retcode"] == 1404


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_a_message_is_sent_and_found_again(world: World, profile: str) -> None:
    act = actions(world, profile)
    answer = act.call("send_group_msg", {"group_id": GROUP, "message": TEXT})
    assert answer["retcode"] == 0
    again = act.call("get_msg", {"message_id": answer["data"]["message_id"]})
    assert again["data"]["message"] == TEXT
    history = act.call("get_group_msg_history", {"group_id": GROUP})
    assert history["data"]["messages"][-1]["message_id"] == answer["data"]["message_id"]


@pytest.mark.parametrize(
    ("profile", "kind"), [("napcat", int), ("llbot", int), ("snowluma", str), ("strict", int)]
)
def test_message_ids_have_each_profiles_form(world: World, profile: str, kind: type) -> None:
    number = actions(world, profile).call("send_group_msg", {"group_id": GROUP, "message": TEXT})["data"][
        "message_id"
    ]
    assert isinstance(number, kind)
    assert (isinstance(number, int) and number < 0) == (profile == "llbot")


@pytest.mark.parametrize(
    ("profile", "retcode"), [("napcat", 1400), ("strict", 1400), ("snowluma", 1400), ("llbot", 0)]
)
def test_null_parameters(world: World, profile: str, retcode: int) -> None:
    params = {"group_id": GROUP, "message": TEXT, "auto_escape": None}
    assert actions(world, profile).call("send_group_msg", params)["retcode"] == retcode


@pytest.mark.parametrize(("profile", "retcode"), [("napcat", 0), ("strict", 1400)])
def test_messages_that_are_strings(world: World, profile: str, retcode: int) -> None:
    params = {"group_id": GROUP, "message": "[CQ:at,qq=all]"}
    assert actions(world, profile).call("send_group_msg", params)["retcode"] == retcode


def test_a_group_in_a_private_send_leaks_where_it_does_so_for_real(world: World) -> None:
    params = {"user_id": int(cast.VISITOR), "group_id": GROUP, "message": TEXT}
    for profile, chat in (("napcat", "group"), ("llbot", "private"), ("snowluma", "private")):
        actions(world, profile).call("send_private_msg", params)
        assert list(world.messages.values())[-1].chat.kind == chat


@pytest.mark.parametrize(
    ("nodes", "takes"),
    [
        ({"user_id": "1", "nickname": "x"}, {"napcat", "snowluma", "strict"}),
        ({"uin": "1", "name": "x"}, {"llbot"}),
        ({"user_id": "1", "nickname": "x", "uin": "1", "name": "x"}, set(PROFILES)),
    ],
)
def test_forward_nodes_need_each_profiles_names(world: World, nodes: dict[str, Any], takes: set[str]) -> None:
    messages = [{"type": "node", "data": {**nodes, "content": TEXT}}]
    taken = {
        name
        for name in PROFILES
        if actions(world, name).call("send_group_forward_msg", {"group_id": GROUP, "messages": messages})[
            "retcode"
        ]
        == 0
    }
    assert taken == takes


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "file:///etc/passwd", "http://example/x", "base64://%%%", "../x"]
)
def test_no_path_and_no_address_is_opened(world: World, file: str) -> None:
    params = {"user_id": int(cast.VISITOR), "file": file, "name": "x.txt"}
    assert actions(world).call("upload_private_file", params)["retcode"] == 1400
    assert world.files == {}


def test_a_file_is_sent_and_looked_up(world: World) -> None:
    act = actions(world)
    params = {"user_id": int(cast.VISITOR), "file": "base64://5L2g5aW9", "name": "你好.txt"}
    number = act.call("upload_private_file", params)["data"]["file_id"]
    assert act.call("get_file", {"file_id": number})["data"]["base64"] == "5L2g5aW9"
    assert actions(world, "llbot").call("get_file", {"file_id": number})["retcode"] == 1404
    assert actions(world, "llbot").call("get_private_file_url", {"file_id": number})["retcode"] == 0


def test_who_may_be_written_to(world: World) -> None:
    act = actions(world)

    def result(account: str) -> str:
        return str(act.call("send_private_msg", {"user_id": int(account), "message": TEXT})["message"])

    assert '"result": 16' in result(cast.RESELLER)
    world.befriend(cast.RESELLER, friend=True)
    assert result(cast.RESELLER) == ""
    world.leave(cast.BOT, cast.FREE_GROUP)
    assert '"result": 110' in act.call("send_group_msg", {"group_id": GROUP, "message": TEXT})["message"]


def test_a_mute_ends_by_itself() -> None:
    now = START
    world = World(cast.BOT, lambda: now)
    cast.people_the_world(world)
    act = actions(world)
    world.mute(cast.BOT, cast.FREE_GROUP, 600, by=cast.SUPERUSER)
    assert '"result": 120' in act.call("send_group_msg", {"group_id": GROUP, "message": TEXT})["message"]
    now = START + timedelta(minutes=11)
    assert act.call("send_group_msg", {"group_id": GROUP, "message": TEXT})["retcode"] == 0


def test_join_requests_are_answered_by_flag(world: World) -> None:
    told: list[str] = []
    world.listeners.append(lambda what, about: told.append(what))
    world.add_person(Person("30009", "新人"))
    request = world.ask_to_join("30009", cast.FREE_GROUP, "想学习")
    act = actions(world)
    waiting = act.call("get_group_system_msg", {})["data"]["join_requests"]
    assert [one["request_id"] for one in waiting] == [request.flag]
    assert act.call("set_group_add_request", {"flag": request.flag, "approve": True})["retcode"] == 0
    assert "30009" in world.groups[cast.FREE_GROUP].roles
    assert told == ["request", "joined", "requests"]
    assert act.call("set_group_add_request", {"flag": request.flag})["retcode"] == 1400


def test_kicking_and_muting_need_an_admin(world: World) -> None:
    act = actions(world)
    params = {"group_id": GROUP, "user_id": int(cast.VISITOR)}
    assert act.call("set_group_ban", {**params, "duration": 60})["retcode"] == 0
    with pytest.raises(QQRefusal):
        world.say(cast.VISITOR, OTHER, TEXT)
    assert act.call("set_group_kick", params)["retcode"] == 0
    assert cast.VISITOR not in world.groups[cast.FREE_GROUP].roles


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_events_are_what_the_adapter_can_parse(world: World, profile: str, plugins: None) -> None:
    from nonebot.adapters.onebot.v11 import Adapter

    act = actions(world, profile)
    happened: list[tuple[str, dict[str, Any]]] = []
    world.listeners.append(lambda what, about: happened.append((what, about)))
    world.say(cast.VISITOR, OTHER, [{"type": "text", "data": {"text": "检索 渠水"}}])
    world.say(cast.VISITOR, Chat("private", cast.VISITOR), [{"type": "text", "data": {"text": "帮助"}}])
    world.ask_to_join(cast.EXPIRED, cast.FREE_GROUP)
    world.ask_to_be_friend(cast.RESELLER)
    world.join(cast.EXPIRED, cast.FREE_GROUP)
    world.mute(cast.BOT, cast.FREE_GROUP, 60, by=cast.SUPERUSER)
    world.leave(cast.EXPIRED, cast.FREE_GROUP, by=cast.SUPERUSER)
    world.recall(next(iter(world.messages)), by=cast.VISITOR)
    names = []
    for what, about in happened:
        event = event_of(what, about, act)
        assert event is not None
        parsed = Adapter.json_to_event(event)
        assert parsed is not None
        names.append(parsed.get_event_name())
    assert names == [
        "message.group.normal",
        "message.private.friend",
        "request.group.add",
        "request.friend",
        "notice.group_increase.approve",
        "notice.group_ban.ban",
        "notice.group_decrease.kick",
        "notice.group_recall",
    ]


def test_the_same_steps_give_the_same_world() -> None:
    def run() -> list[tuple[int, str]]:
        world = World(cast.BOT, lambda: START)
        cast.people_the_world(world)
        for words in ("一", "二", "三"):
            world.say(cast.VISITOR, OTHER, [{"type": "text", "data": {"text": words}}])
        return [(message.number, message.text) for message in world.history(OTHER)]

    assert run() == run()
