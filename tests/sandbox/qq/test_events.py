"""Events have all the fields that a OneBot adapter needs, and are sent only for what implementations
report."""

from __future__ import annotations

from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.api import Api
from jianggao.sandbox.qq.events import event_of, heartbeat, lifecycle
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import Chat, World

CHAT = Chat("group", cast.FREE_GROUP)


def text(words: str) -> list[dict[str, Any]]:
    return [{"type": "text", "data": {"text": words}}]


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_events_are_what_the_adapter_can_parse(world: World, profile: str, plugins: None) -> None:
    from nonebot.adapters.onebot.v11 import Adapter

    api = Api(world, PROFILES[profile])
    happened: list[tuple[str, dict[str, Any]]] = []
    world.listeners.append(lambda name, details: happened.append((name, details)))
    world.say(cast.VISITOR, CHAT, text("检索 渠水"))
    world.say(cast.VISITOR, Chat("private", cast.VISITOR), text("帮助"))
    world.ask_to_join(cast.EXPIRED, cast.FREE_GROUP)
    world.ask_to_be_friend(cast.RESELLER)
    world.join(cast.EXPIRED, cast.FREE_GROUP)
    world.mute(cast.BOT, cast.FREE_GROUP, 60, by=cast.SUPERUSER)
    world.leave(cast.EXPIRED, cast.FREE_GROUP, by=cast.SUPERUSER)
    world.recall(next(iter(world.messages)), by=cast.VISITOR)
    names = []
    for name, details in happened:
        event = event_of(name, details, api)
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


def events_of(world: World, act: Any) -> list[dict[str, Any] | None]:
    api = Api(world, PROFILES["napcat"])
    events: list[dict[str, Any] | None] = []
    world.listeners.append(lambda name, details: events.append(event_of(name, details, api)))
    act()
    return events


def test_what_the_bot_writes_is_no_event(world: World) -> None:
    assert events_of(world, lambda: world.say(cast.BOT, CHAT, text("共 0 段"))) == [None]


def test_answered_requests_are_no_event_of_their_own(world: World) -> None:
    flag = world.ask_to_join(cast.EXPIRED, cast.FREE_GROUP).flag
    joined, answered = events_of(world, lambda: world.answer_request(flag, approve=True, by=cast.SUPERUSER))
    assert joined is not None and joined["operator_id"] == int(cast.SUPERUSER)
    assert answered is None


@pytest.mark.parametrize(
    ("account", "by", "kind"),
    [
        (cast.VISITOR, None, "leave"),
        (cast.VISITOR, cast.SUPERUSER, "kick"),
        (cast.BOT, cast.SUPERUSER, "kick_me"),
        (cast.BOT, None, "leave"),
    ],
)
def test_leaving_being_removed_and_the_bot_being_removed_differ(
    world: World, account: str, by: str | None, kind: str
) -> None:
    (event,) = events_of(world, lambda: world.leave(account, cast.FREE_GROUP, by=by))
    assert event is not None
    assert (event["notice_type"], event["sub_type"]) == ("group_decrease", kind)


def test_a_lifted_mute_has_no_duration(world: World) -> None:
    (event,) = events_of(world, lambda: world.mute(cast.BOT, cast.FREE_GROUP, 0, by=cast.SUPERUSER))
    assert event is not None and (event["sub_type"], event["duration"]) == ("lift_ban", 0)


def test_a_private_recall_names_no_group(world: World) -> None:
    message = world.say(cast.VISITOR, Chat("private", cast.VISITOR), text("帮助"))
    (event,) = events_of(world, lambda: world.recall(message.number, by=cast.VISITOR))
    assert event is not None and event["notice_type"] == "friend_recall" and "group_id" not in event


def test_the_connection_is_opened_and_kept_alive_by_meta_events(world: World) -> None:
    api = Api(world, PROFILES["napcat"])
    opened, beat = lifecycle(api), heartbeat(api, 5.0)
    assert (opened["meta_event_type"], opened["sub_type"]) == ("lifecycle", "connect")
    assert (beat["meta_event_type"], beat["interval"]) == ("heartbeat", 5_000)
    assert opened["self_id"] == beat["self_id"] == int(cast.BOT)
