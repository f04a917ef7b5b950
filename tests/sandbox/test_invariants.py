"""Each invariant catches a bot that breaks it, and lets a good one be."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import Server, ServerConnection, serve

from jianggao.access.group_bindings import bind
from jianggao.access.verdicts import PlaceKind
from jianggao.application import Application
from jianggao.clock import system_clock
from jianggao.sandbox import cast
from jianggao.sandbox.invariants import _LATENESS, IntervalCheck
from jianggao.sandbox.scenario_player.player import ScenarioFailed, ScenarioPlayer
from jianggao.sandbox.scenario_player.steps import read_scenario
from jianggao.sandbox.simulation import Simulation
from jianggao.settings import load_settings

SCENARIO = """
name: 访客在群里问一句
steps:
  - say: {as: 访客, in: 免费群, text: 检索 水利}
  - expect: {in: 免费群}
  - advance: {minutes: 1}
"""
Answer = Callable[[dict[str, Any]], list[tuple[str, dict[str, Any]]]]


def text(words: str, *, reply: object = None) -> list[dict[str, Any]]:
    parts = [{"type": "text", "data": {"text": words}}]
    return parts if reply is None else [{"type": "reply", "data": {"id": str(reply)}}, *parts]


class BadBot:
    """Answers each message with the calls that `answer` returns, and waits for no answers."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._server: Server | None = None

    async def start(self) -> str:
        self._server = await serve(self._serve, "127.0.0.1", 0)
        port = next(iter(self._server.sockets)).getsockname()[1]
        return f"ws://127.0.0.1:{port}/"

    async def _serve(self, socket: ServerConnection) -> None:
        async for raw in socket:
            event = json.loads(raw)
            if event.get("post_type") != "message":
                continue
            for at, (action, params) in enumerate(self._answer(event)):
                await socket.send(json.dumps({"action": action, "params": params, "echo": at}))

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()


@pytest.fixture
async def run_with(tmp_path: Path, library: Path) -> AsyncIterator[Callable[[Answer], Any]]:
    """Plays the scenario with a bad bot on a library whose texts are known; returns what was violated."""
    started: list[tuple[BadBot, Simulation]] = []

    async def run(answer: Answer, scenario: str = SCENARIO) -> list[str]:
        bot = BadBot(answer)
        simulation = Simulation(tmp_path / "sandbox", url=await bot.start(), token="t")
        started.append((bot, simulation))
        await _library_into(simulation, library)
        await simulation.open()
        try:
            await asyncio.wait_for(
                ScenarioPlayer(simulation, lambda line: None).play(read_scenario(scenario, "x")), 20
            )
        except ScenarioFailed as error:
            assert "违反了" in str(error), str(error)
        return [violation.what for violation in simulation.monitor.violations]

    yield run
    for bot, simulation in started:
        await simulation.close()
        await bot.stop()


async def _library_into(simulation: Simulation, library: Path) -> None:
    if simulation.bot.database.exists():
        return
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(simulation.bot.database)})
    application = await Application.open(
        settings, rng=random.Random(1), random_bytes=random.Random(1).randbytes, workers=0
    )
    await application.importer.run()
    async with application.database.write() as connection:
        await bind(connection, cast.FREE_GROUP, PlaceKind.FREE_GROUP, "1", system_clock())
        await bind(connection, cast.MEMBER_GROUP, PlaceKind.MEMBER_GROUP, "1", system_clock())
    await application.close()


def locked_text(folder: Path, audience: int) -> str:
    import sqlite3

    connection = sqlite3.connect(folder / "data" / "bot.db")
    rows = connection.execute(
        "SELECT body FROM sections WHERE audience = ? ORDER BY length(body) DESC", (audience,)
    )
    body: str = next(iter(rows))[0]
    connection.close()
    return body


def to_group(words: str, group: str = cast.FREE_GROUP, **more: Any) -> tuple[str, dict[str, Any]]:
    return "send_group_msg", {"group_id": int(group), "message": text(words), **more}


async def test_a_good_bot_breaks_nothing(run_with: Callable[..., Any]) -> None:
    assert await run_with(lambda event: [to_group("共 0 段")]) == []


async def test_sends_without_a_pause(run_with: Callable[..., Any]) -> None:
    violations = await run_with(lambda event: [to_group(word) for word in "一二三四五"])
    assert "发送节奏" in violations and "群里的发送节奏" in violations


def test_a_rhythm_that_is_slightly_too_quick_adds_up() -> None:
    rhythm = IntervalCheck(1.5)
    early = [rhythm.arrived(at * 1.4) for at in range(12)]
    assert max(early[:4]) < _LATENESS < early[-1]


def test_a_send_that_was_held_up_is_no_fault() -> None:
    rhythm = IntervalCheck(0.2)
    arrivals = [0.0, 0.2, 0.4 + 0.19, 0.6, 0.8, 1.0, 1.2 + 0.4, 1.6, 1.6, 1.8]
    assert max(rhythm.arrived(at) for at in arrivals) < _LATENESS


async def test_too_many_in_a_minute(run_with: Callable[..., Any]) -> None:
    flood = [to_group(f"第{at}条") for at in range(70)]
    assert "群里每分钟的条数" in await run_with(lambda event: flood)


async def test_a_null_parameter(run_with: Callable[..., Any]) -> None:
    assert "没有空参数" in await run_with(lambda event: [to_group("好", auto_escape=None), to_group("好")])


async def test_a_string_for_a_message(run_with: Callable[..., Any]) -> None:
    violations = await run_with(
        lambda event: [("send_group_msg", {"group_id": int(cast.FREE_GROUP), "message": "[CQ:at,qq=all]"})]
    )
    assert "没有 CQ 字符串" in violations


async def test_a_group_in_a_private_send(run_with: Callable[..., Any]) -> None:
    private = {"user_id": int(cast.VISITOR), "group_id": int(cast.FREE_GROUP), "message": text("全文")}
    assert "私聊不带群号" in await run_with(lambda event: [("send_private_msg", private), to_group("好")])


@pytest.mark.parametrize("audience", [1, 2])
async def test_member_text_in_a_free_group(
    run_with: Callable[..., Any], tmp_path: Path, audience: int
) -> None:
    violations = await run_with(lambda event: [to_group(locked_text(tmp_path / "sandbox", audience)[:60])])
    assert "会员内容不出现在不该出现的群里" in violations


async def test_member_text_hidden_in_a_forward(run_with: Callable[..., Any], tmp_path: Path) -> None:
    def answer(event: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        data = {"user_id": "1", "nickname": "x", "content": text(locked_text(tmp_path / "sandbox", 2))}
        nodes = [{"type": "node", "data": data}]
        return [("send_group_forward_msg", {"group_id": int(cast.FREE_GROUP), "messages": nodes})]

    assert "会员内容不出现在不该出现的群里" in await run_with(answer)


async def test_more_than_its_share_in_a_member_group(run_with: Callable[..., Any], tmp_path: Path) -> None:
    scenario = SCENARIO.replace("免费群", "会员群").replace("访客", "会员")
    folder = tmp_path / "sandbox"
    shown = await run_with(lambda event: [to_group(locked_text(folder, 1), cast.MEMBER_GROUP)], scenario)
    assert shown == []
    violations = await run_with(lambda event: [to_group(locked_text(folder, 2), cast.MEMBER_GROUP)], scenario)
    assert violations == ["会员内容不出现在不该出现的群里"]


async def test_talking_in_a_group_that_is_not_bound(run_with: Callable[..., Any]) -> None:
    scenario = SCENARIO.replace("免费群", "没绑定的群")
    assert await run_with(lambda event: [to_group("大家好", cast.OTHER_GROUP)], scenario) == [
        "没绑定的群里一声不响"
    ]


async def test_a_file_in_a_group(run_with: Callable[..., Any]) -> None:
    file = {"group_id": int(cast.FREE_GROUP), "name": "全文.txt", "file": "base64://5L2g5aW9"}
    assert "全文只发私聊" in await run_with(lambda event: [("upload_group_file", file)])


async def test_two_answers_to_one_message(run_with: Callable[..., Any]) -> None:
    def answer(event: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        reply = text("共 0 段", reply=event["message_id"])
        call = ("send_group_msg", {"group_id": int(cast.FREE_GROUP), "message": reply})
        return [call, call]

    assert "一条消息最多一个回答" in await run_with(answer)
