"""A simulation keeps away from a live bot, passes events on, and waits for what is to come."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from project_root import ROOT

from jianggao.errors import CannotStart
from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Chat, QQRefusal
from jianggao.sandbox.simulation import PAGE_PACE, Simulation, _command, live_settings, refuse_live_data

GROUP = Chat("group", cast.FREE_GROUP)


@pytest.fixture
def simulation(tmp_path: Path) -> Simulation:
    return Simulation(tmp_path / "sandbox")


async def test_a_live_bots_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="正式机器人"):
        refuse_live_data(ROOT, {}, ROOT)
    with pytest.raises(CannotStart, match="DATABASE_FILE"):
        Simulation(tmp_path, settings={"DATABASE_FILE": "data/bot.db"})
    with pytest.raises(CannotStart, match="127"):
        Simulation(tmp_path, settings={"HOST": "0.0.0.0"})


async def test_a_live_bots_folders_are_read_as_the_bot_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_FILE", raising=False)
    monkeypatch.delenv("LIBRARY_DIR", raising=False)
    (tmp_path / ".env").write_text(f"DATABASE_FILE={tmp_path}/live/bot.db\nSEND_INTERVAL=wrong\n", "utf-8")
    assert live_settings(tmp_path).database_file == tmp_path / "live" / "bot.db"
    monkeypatch.setenv("DATABASE_FILE", str(tmp_path / "other.db"))
    assert live_settings(tmp_path).database_file == tmp_path / "other.db"


async def test_somebody_says_something_with_a_mention_and_a_quotation(simulation: Simulation) -> None:
    first = simulation.say(cast.VISITOR, GROUP, "有人吗")
    second = simulation.say(cast.MEMBER, GROUP, "检索 水利", at=(cast.BOT,), reply=first.number)
    assert [part["type"] for part in second.parts] == ["reply", "at", "text"]
    assert second.parts[0]["data"]["id"] == str(first.number)
    assert second.parts[2]["data"]["text"] == " 检索 水利"
    with pytest.raises(QQRefusal):
        simulation.say(cast.RESELLER, Chat("private", cast.RESELLER), "在吗")


async def test_asking_returns_the_next_message_of_the_bot_in_that_chat(simulation: Simulation) -> None:
    world = simulation.world
    world.say(cast.BOT, GROUP, [])

    def answer(name: str, details: dict[str, Any]) -> None:
        if name == "message" and details["message"].sender == cast.VISITOR:
            world.say(cast.BOT, Chat("private", cast.VISITOR), [])
            world.say(cast.BOT, GROUP, [{"type": "text", "data": {"text": "共 3 段"}}])
            world.say(cast.BOT, GROUP, [{"type": "text", "data": {"text": "第二条"}}])

    world.listeners.append(answer)
    assert (await simulation.ask(cast.VISITOR, GROUP, "检索 水利")).text == "共 3 段"


async def test_what_never_comes_ends_the_waiting_with_its_reason(simulation: Simulation) -> None:
    with pytest.raises(TimeoutError, match="no answer"):
        await simulation.wait_until(lambda: False, "no answer", patience=0.05)
    await simulation.wait_until(lambda: True, "no answer", patience=0.0)


async def test_moving_the_clock_moves_the_worlds_time(simulation: Simulation) -> None:
    events: list[str] = []
    simulation.listeners.append(lambda name, details: events.append(name))
    before = simulation.now()
    simulation.advance(timedelta(days=30))
    assert timedelta(days=30) <= simulation.world.clock() - before < timedelta(days=30, minutes=5)
    assert events == ["now"]


async def test_listeners_get_the_worlds_events_and_the_violations(simulation: Simulation) -> None:
    events: list[str] = []
    simulation.listeners.append(lambda name, details: events.append(name))
    simulation.say(cast.VISITOR, GROUP, "检索 水利")
    simulation.monitor.called("send_group_msg", {"group_id": 1, "message": None})
    assert events == ["message", "violation"]
    assert [violation.what for violation in simulation.monitor.violations] == ["没有空参数"]


async def test_another_implementation_is_imitated_from_now_on(simulation: Simulation) -> None:
    simulation.use_profile("llbot")
    assert simulation.actions.profile.negative_ids
    with pytest.raises(KeyError):
        simulation.use_profile("icq")


async def test_settings_go_over_the_pages_pace(tmp_path: Path) -> None:
    simulation = Simulation(tmp_path / "sandbox", settings={"SEND_INTERVAL": "3"})
    assert simulation.bot.settings == {**PAGE_PACE, "SEND_INTERVAL": "3"}
    assert simulation.monitor._pace.interval == 3.0


async def test_commands_are_read_from_a_line_of_help() -> None:
    assert _command("检索 关键词… —— 找讲稿里的段落") == {
        "word": "检索",
        "usage": "检索 关键词…",
        "summary": "找讲稿里的段落",
    }
