"""The simulated QQ refuses what QQ refuses, tells its listeners of every change, and is the same in every
run."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import (
    MUTED,
    NOT_A_FRIEND,
    REMOVED,
    Chat,
    ForwardNode,
    Person,
    QQRefusal,
    Role,
    StoredFile,
    World,
    text_of_file,
)

START = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
CHAT, PRIVATE = Chat("group", cast.FREE_GROUP), Chat("private", cast.VISITOR)


def text(words: str) -> list[dict[str, Any]]:
    return [{"type": "text", "data": {"text": words}}]


def test_a_chat_is_read_as_it_is_written() -> None:
    for chat in (CHAT, PRIVATE):
        assert Chat.read(str(chat)) == chat


@pytest.mark.parametrize("written", ["", "group", "group:", "group:../x", "channel:7", "private:七"])
def test_what_is_no_chat_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="no chat"):
        Chat.read(written)


@pytest.mark.parametrize(
    ("sender", "chat", "result"),
    [
        (cast.BOT, Chat("private", cast.RESELLER), NOT_A_FRIEND),
        (cast.EXPIRED, CHAT, REMOVED),
        (cast.BOT, Chat("group", "1"), REMOVED),
    ],
)
def test_who_has_no_way_into_a_chat_is_refused(world: World, sender: str, chat: Chat, result: int) -> None:
    sends = (
        lambda: world.say(sender, chat, text("一")),
        lambda: world.send_file(sender, chat, "a.txt", b"x"),
        lambda: world.send_forward(sender, chat, []),
    )
    for send in sends:
        with pytest.raises(QQRefusal) as refused:
            send()
        assert refused.value.result == result
    assert (world.messages, world.files, world.forwards) == ({}, {}, {})


def test_a_mute_ends_by_itself() -> None:
    now = START
    world = World(cast.BOT, lambda: now)
    cast.populate(world)
    world.mute(cast.BOT, cast.FREE_GROUP, 600, by=cast.SUPERUSER)
    with pytest.raises(QQRefusal) as refused:
        world.say(cast.BOT, CHAT, text("一"))
    assert refused.value.result == MUTED
    now = START + timedelta(minutes=11)
    assert world.say(cast.BOT, CHAT, text("二")).text == "二"


def test_listeners_hear_of_each_change_at_once(world: World) -> None:
    events: list[str] = []
    world.listeners.append(lambda name, details: events.append(name))
    message = world.say(cast.VISITOR, CHAT, text("一"))
    world.recall(message.number, by=cast.VISITOR)
    world.befriend(cast.RESELLER, friend=True)
    world.befriend(cast.RESELLER, friend=False)
    world.answer_request(world.ask_to_be_friend(cast.RESELLER).flag, approve=False, by=cast.BOT)
    assert events == ["message", "recalled", "friend_add", "request", "requests"]


def test_everything_in_a_message_is_read(world: World) -> None:
    at = {"type": "at", "data": {"qq": cast.BOT}}
    reply = {"type": "reply", "data": {"id": "1"}}
    said = world.say(cast.VISITOR, CHAT, [reply, at, *text("检索")])
    assert said.text == f"@{cast.BOT} 检索"
    assert world.text_of(said) == f"@{cast.BOT} \n检索"
    nodes = [ForwardNode(cast.BOT, "机器人", START, part) for part in ("上半", "下半")]
    assert world.text_of(world.send_forward(cast.BOT, CHAT, nodes)) == "上半\n下半"
    file = world.send_file(cast.BOT, PRIVATE, "讲话.txt", "渠水有声".encode())
    assert file.text == "［文件］讲话.txt" and "渠水有声" in world.text_of(file)


def test_a_picture_has_its_name_for_a_text() -> None:
    picture = StoredFile("f1", "合影.png", b"\x89PNG\r\n\x1a\n\x00", PRIVATE, cast.VISITOR)
    assert text_of_file(picture) == "合影.png"


def test_names_and_roles_of_strangers(world: World) -> None:
    assert world.name_of("123456") == "123456"
    assert world.role_of("123456", cast.FREE_GROUP) is Role.MEMBER
    assert world.role_of(cast.SUPERUSER, "1") is Role.MEMBER
    assert world.role_of(cast.SUPERUSER, cast.FREE_GROUP) is Role.OWNER
    world.add_person(Person("123456", "新人"), friend=True)
    assert world.person("123456").name == "新人" and "123456" in world.friends
    with pytest.raises(KeyError):
        world.person("654321")


def test_the_same_steps_give_the_same_world() -> None:
    def run() -> list[tuple[int, str]]:
        world = World(cast.BOT, lambda: START)
        cast.populate(world)
        for words in ("一", "二", "三"):
            world.say(cast.VISITOR, CHAT, text(words))
        return [(message.number, message.text) for message in world.history(CHAT)]

    assert run() == run()
