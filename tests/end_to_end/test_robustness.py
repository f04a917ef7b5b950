"""What must not happen to a running bot: strangers at its ports, kill -9, wrong settings, connections that
break."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from implementation import Implementation
from process import PACELESS, RATELESS, SUPERUSER, TOKEN, BotProcess, free_port
from project_root import ROOT
from stored import is_whole, listed_texts, rows_of
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import WebSocketException

Start = Callable[..., BotProcess]
Connect = Callable[[BotProcess], Awaitable[Implementation]]
SAMPLES = ROOT / "data" / "speeches"
ROUNDS = 4


@pytest.mark.parametrize("path", ["/onebot/v11/", "/onebot/v11/http", "/onebot/v11/http/"])
async def test_http_posts_find_nothing(shared_bot: BotProcess, path: str) -> None:
    body = json.dumps({"post_type": "message", "message_type": "private", "user_id": SUPERUSER}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{shared_bot.port}{path}",
        body,
        {"X-Self-ID": "10001", "Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        await asyncio.to_thread(urllib.request.urlopen, request)
    assert refused.value.code in (404, 405)
    refused.value.close()


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x"])
async def test_a_wrong_token_does_not_connect(shared_bot: BotProcess, token: str) -> None:
    qq = Implementation(shared_bot.port, token)
    with pytest.raises((WebSocketException, AssertionError, OSError)):
        await qq.connect()
        await qq.ask("帮助", person=SUPERUSER)
    assert qq.sent == []
    await qq.close()


async def test_a_broken_connection_is_taken_up_again(shared_bot: BotProcess, connect_to: Connect) -> None:
    for _ in range(3):
        qq = await connect_to(shared_bot)
        assert "检索" in (await qq.ask("帮助", person=SUPERUSER)).text
        await qq.close()


async def test_it_connects_out_too(tmp_path: Path, imported: Path, library: Path) -> None:
    port = free_port()
    bot = BotProcess(
        tmp_path / "bot",
        library,
        {
            **PACELESS,
            **RATELESS,
            "DRIVER": "~fastapi+~websockets",
            "ONEBOT_WS_URLS": json.dumps([f"ws://127.0.0.1:{port}/"]),
        },
        data=imported / "data",
    )
    heard: asyncio.Future[dict[str, object]] = asyncio.get_running_loop().create_future()

    async def implementation(socket: ServerConnection) -> None:
        common = {"time": int(bot.offset()), "self_id": 10001}
        lifecycle = {"post_type": "meta_event", "meta_event_type": "lifecycle", "sub_type": "connect"}
        await socket.send(json.dumps({**common, **lifecycle}))
        message = {
            "post_type": "message",
            "message_type": "private",
            "sub_type": "friend",
            "message_id": 1,
            "user_id": SUPERUSER,
            "message": [{"type": "text", "data": {"text": "我的会员"}}],
            "raw_message": "我的会员",
            "font": 0,
            "sender": {},
        }
        await socket.send(json.dumps({**common, **message, "time": int(time.time())}))
        async for raw in socket:
            call = json.loads(raw)
            await socket.send(json.dumps({"status": "ok", "retcode": 0, "data": {}, "echo": call["echo"]}))
            if call["action"] == "send_private_msg" and not heard.done():
                heard.set_result(call["params"])

    async with serve(implementation, "127.0.0.1", port):
        await asyncio.to_thread(bot.start)
        try:
            params = await asyncio.wait_for(heard, 30)
        finally:
            bot.kill()
    assert params["user_id"] == SUPERUSER


async def test_killed_at_any_point_nothing_acknowledged_is_gone(
    start_bot: Start, connect_to: Connect
) -> None:
    bot = start_bot()
    rng = random.Random(9)
    acknowledged: dict[int, str] = {}
    member = 50_000
    for _ in range(ROUNDS):
        qq = await connect_to(bot)
        for _ in range(rng.randint(5, 25)):
            member += 1
            answer = await qq.ask(f"开通 {member} 1年", person=SUPERUSER)
            # It may be the answer to one that was on its way when the bot died: those come after the restart.
            granted, number = re.findall(r"已开通 (\d+)，记录号 (\d+)", answer.text)[0]
            acknowledged[int(granted)] = number
        for at in range(10):  # on their way when it dies
            await qq.say(f"开通 {member + 1 + at} 1年", person=SUPERUSER)
        member += 10
        await asyncio.sleep(rng.random() * 0.02)
        bot.kill()
        await qq.close()
        _assert_consistent(bot.database, acknowledged)
        bot.start()
    qq = await connect_to(bot)
    some = rng.choice(list(acknowledged))
    assert "会员有效" in (await qq.ask("我的会员", person=some)).text


def _assert_consistent(database: Path, acknowledged: dict[int, str]) -> None:
    assert is_whole(database)
    stored = dict(rows_of(database, "SELECT member, CAST(number AS TEXT) FROM ledger"))
    assert {str(member): number for member, number in acknowledged.items()}.items() <= stored.items()


async def test_killed_while_importing_the_next_start_finishes_it(tmp_path: Path) -> None:
    rng = random.Random(5)
    clean = BotProcess(tmp_path / "clean", SAMPLES)
    clean.start()
    clean.kill()
    bot = BotProcess(tmp_path / "killed", SAMPLES)
    for _ in range(ROUNDS):
        bot.start(imported=False)
        await asyncio.sleep(rng.random() * 0.6)
        bot.kill()
    bot.start()
    bot.kill()
    assert is_whole(bot.database)
    assert listed_texts(bot.database) == listed_texts(clean.database)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({}, ["ONEBOT_ACCESS_TOKEN"]),
        ({"ONEBOT_ACCESS_TOKEN": "x", "PORT": "abc", "SEND_INTERVAL": "-1"}, ["PORT", "SEND_INTERVAL"]),
        ({"ONEBOT_ACCESS_TOKEN": "x", "SUPERUSERS": "张三"}, ["SUPERUSERS"]),
        ({"ONEBOT_ACCESS_TOKEN": "x", "TIMEZONE": "Mars/Olympus"}, ["TIMEZONE"]),
        ({"ONEBOT_ACCESS_TOKEN": "x", "PREVIEW_SHARE": "0.5"}, ["PREVIEW_SHARE"]),
        ({"ONEBOT_ACCESS_TOKEN": "x", "LOG_LEVEL": "TRACE"}, ["LOG_LEVEL"]),
    ],
)
def test_a_wrong_setting_ends_the_start_with_a_line_each(
    tmp_path: Path, values: dict[str, str], named: list[str]
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    shutil.copy(ROOT / "bot.py", project)
    environ = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), **values}
    ended = subprocess.run(
        [sys.executable, str(project / "bot.py")],
        env=environ,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == len(named)
    assert all(name in line for name, line in zip(named, lines, strict=True))


def test_a_second_process_on_the_same_file_is_refused(start_bot: Start, tmp_path: Path) -> None:
    bot = start_bot()
    other = BotProcess(tmp_path / "other", bot.library, {"DATABASE_FILE": str(bot.database)})
    with pytest.raises(AssertionError, match="ended at its start"):
        other.start()
    assert "Traceback" not in other.log
