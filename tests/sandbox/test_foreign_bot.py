"""The simulated side serves other people's bots: aiocqhttp receives, answers, lists members, forwards."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from aiocqhttp import CQHttp, Event
from hypercorn.asyncio import serve as serve_hypercorn
from hypercorn.config import Config

from jianggao.sandbox import cast
from jianggao.sandbox.bot_process import free_port, port_is_free
from jianggao.sandbox.qq.world import Chat
from jianggao.sandbox.simulation import Simulation


async def test_a_bot_of_another_framework(tmp_path: Path) -> None:
    bot = CQHttp(access_token="theirs")
    members: list[Any] = []

    @bot.on_message("group")
    async def answer(event: Event) -> None:
        await bot.send(event, f"听到了：{event.raw_message}")
        members.extend(await bot.get_group_member_list(group_id=event.group_id))
        node = {"user_id": str(event.self_id), "nickname": "别人的机器人", "content": "转发里的一句"}
        await bot.send_group_forward_msg(group_id=event.group_id, messages=[{"type": "node", "data": node}])

    port = free_port()
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.loglevel = "ERROR"
    ended = asyncio.Event()
    serving = asyncio.create_task(serve_hypercorn(bot.asgi, config, shutdown_trigger=ended.wait))
    simulation = Simulation(tmp_path, url=f"ws://127.0.0.1:{port}/ws/", token="theirs")
    group = Chat("group", cast.FREE_GROUP)
    try:
        await simulation.wait_until(lambda: not port_is_free(port), "their bot did not start")
        await simulation.open()
        simulation.say(cast.VISITOR, group, "有人吗")

        def forwarded() -> bool:
            return any(
                part["type"] == "forward"
                for message in simulation.world.history(group)
                for part in message.parts
            )

        await simulation.wait_until(forwarded, "no forward came")
        said = [
            simulation.world.text_of(message)
            for message in simulation.world.history(group)
            if message.sender == cast.BOT
        ]
        assert said == ["听到了：有人吗", "转发里的一句"]
        assert {member["user_id"] for member in members} == {
            int(account) for account in simulation.world.groups[cast.FREE_GROUP].roles
        }
    finally:
        await simulation.close()
        ended.set()
        await serving
