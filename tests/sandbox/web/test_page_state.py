"""The page gets messages, chats, faults and the log of the connection in the form that its JavaScript
reads."""

from __future__ import annotations

from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Chat, ForwardNode
from jianggao.sandbox.simulation import Simulation
from jianggao.sandbox.web import page_state
from jianggao.sandbox.web.page_state import PageState

GROUP, PRIVATE = Chat("group", cast.FREE_GROUP), Chat("private", cast.VISITOR)


@pytest.fixture
def state(simulation: Simulation) -> PageState:
    return PageState(simulation)


async def test_the_whole_state_has_every_field_that_the_page_reads(state: PageState) -> None:
    whole = state.whole()
    assert set(whole) == {
        "type", "now", "bot", "profile", "profiles", "personas", "chats", "messages", "requests", "commands",
        "faults", "broken", "wire", "tour",
    }  # fmt: skip
    assert len(whole["personas"]) == len(cast.PEOPLE) and len(whole["tour"]) == 3
    assert [chat["id"] for chat in whole["chats"]] == list(whole["messages"])
    assert whole["bot"] == {"account": cast.BOT, "name": "讲稿机器人", "running": False, "connected": False}


async def test_a_quotation_stands_beside_the_parts_of_a_message(
    state: PageState, simulation: Simulation
) -> None:
    asked = simulation.say(cast.VISITOR, GROUP, "检索 " + "水" * 100)
    answer = simulation.say(cast.BOT, GROUP, "共 3 段", reply=asked.number, at=(cast.VISITOR,))
    shown = state.message(answer)
    assert shown["reply"] == {"id": f"m{asked.number}", "name": "小林", "text": ("检索 " + "水" * 100)[:60]}
    assert shown["parts"] == [
        {"type": "at", "account": cast.VISITOR, "name": "小林"},
        {"type": "text", "text": " 共 3 段"},
    ]
    simulation.world.messages.pop(asked.number)
    assert state.message(answer)["reply"] is None


async def test_files_forwards_and_pictures_have_a_form_of_their_own(
    state: PageState, simulation: Simulation
) -> None:
    world = simulation.world
    file = world.send_file(cast.BOT, PRIVATE, "讲话.docx", b"1234")
    (part,) = state.message(file)["parts"]
    assert part == {"type": "file", "name": "讲话.docx", "size": 4, "file": file.parts[0]["data"]["file_id"]}
    nodes = [ForwardNode(cast.BOT, "机器人", world.clock(), f"第{number}段" * 30) for number in range(5)]
    forward = world.send_forward(cast.BOT, PRIVATE, nodes)
    (part,) = state.message(forward)["parts"]
    assert part["count"] == 5 and len(part["preview"]) == 3
    assert part["preview"][0] == f"机器人：{nodes[0].text[:40]}"
    opened = state.forward(part["forward"])
    assert [node["text"] for node in opened["nodes"]] == [node.text for node in nodes]
    image: list[dict[str, Any]] = [
        {"type": "image", "data": {"file": "合影.png"}},
        {"type": "face", "data": {}},
    ]
    shown = state.message(world.say(cast.VISITOR, PRIVATE, image))["parts"]
    assert shown == [{"type": "image", "name": "合影.png"}, {"type": "image", "name": "face"}]


async def test_a_muted_bot_and_a_lost_friend_are_seen_in_the_chats(
    state: PageState, simulation: Simulation
) -> None:
    simulation.world.mute(cast.BOT, cast.FREE_GROUP, 60, by=cast.SUPERUSER)
    simulation.world.befriend(cast.VISITOR, friend=False)
    chats = {chat["id"]: chat for chat in state.chats()}
    assert chats[str(GROUP)]["muted"] and not chats[f"group:{cast.MEMBER_GROUP}"]["muted"]
    assert not chats[str(PRIVATE)]["friend"] and chats[f"private:{cast.MEMBER}"]["friend"]


async def test_requests_name_their_group_or_none(state: PageState, simulation: Simulation) -> None:
    simulation.world.ask_to_join(cast.EXPIRED, cast.FREE_GROUP, "想学习")
    simulation.world.ask_to_be_friend(cast.RESELLER)
    assert [(request["name"], request["group_name"], request["comment"]) for request in state.requests()] == [
        ("老吴", "免费群·写材料的人", "想学习"),
        ("倒爷", "", ""),
    ]


async def test_the_log_is_bounded_in_entries_and_in_length(
    simulation: Simulation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_state, "_WIRE_ENTRIES_KEPT", 2)
    state = PageState(simulation)
    for name in ("first", "second"):
        state.add_wire_entry("to_bot", "event", name, {"text": "渠"})
    entry = state.add_wire_entry("from_bot", "action", "upload", {"file": "x" * 30_000})
    assert len(entry["text"]) == 20_001 and entry["text"].endswith("…")
    assert [entry["name"] for entry in state.whole()["wire"]] == ["second", "upload"]
    state.clear_wire()
    assert state.whole()["wire"] == []


async def test_times_are_those_of_china(state: PageState, simulation: Simulation) -> None:
    assert state.now().endswith("+08:00") and len(state.now()) == len("2026-03-18T12:00:00+08:00")
