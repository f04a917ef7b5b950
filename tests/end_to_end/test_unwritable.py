"""A running bot whose database can't be written, or has gone: it answers, refuses by the cause, and says so
once."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from foreign_lock import held_by_another
from implementation import Implementation, Sent
from process import PACELESS, RATELESS, SUPERUSER, BotProcess
from waiting import until

Start = Callable[..., BotProcess]
Connect = Callable[[BotProcess], Awaitable[Implementation]]
VISITOR, MEMBER = 30001, 20001
FREE_GROUP = 700002
REFUSED = "数据库暂时写不进去（{}），什么也没有改"
READING = ("帮助", "检索 台账", "我的会员", "提纲 1", "订阅", "金句 台账", "随机", "下一页")
UNASKED = ("数据库写不进去了", "数据库又能写了", "启动时载入资料")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are set on Linux alone")


def says(words: str) -> Callable[[Sent], bool]:
    return lambda message: message.person == SUPERUSER and words in message.text


async def ordered(qq: Implementation, text: str, **fields: Any) -> str:
    """The answer to a superuser's command; what superusers hear unasked may come before it."""
    before = len(qq.sent)
    await qq.say(text, person=SUPERUSER, **fields)
    group = fields.get("group")
    answer = await qq.wait_for(
        lambda message: (
            message.group == group
            if group
            else message.person == SUPERUSER and not message.text.startswith(UNASKED)
        ),
        after=before,
    )
    return answer.text


def ledger(bot: BotProcess) -> int:
    with closing(sqlite3.connect(bot.database)) as connection:
        return int(connection.execute("SELECT count(*) FROM ledger").fetchone()[0])


async def reads_on(qq: Implementation) -> None:
    for typed in READING:
        for person in (VISITOR, MEMBER):
            answer = (await qq.ask(typed, person=person)).text
            assert "出错" not in answer
            assert "什么也没有改" not in answer


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
async def test_under_a_foreign_lock(start_bot: Start, connect_to: Connect, how: str) -> None:
    bot = start_bot()
    qq = await connect_to(bot)
    assert "已绑定" in await ordered(qq, "绑定免费群", group=FREE_GROUP)
    assert "已开通" in await ordered(qq, f"开通 {MEMBER} 1年")
    refused = REFUSED.format("数据库被别的程序锁住")
    begun = time.monotonic()
    await reads_on(qq)
    usual = time.monotonic() - begun
    with held_by_another(bot.database, how) as holder:
        begun = time.monotonic()
        read = await qq.say("帮助", person=VISITOR)
        await qq.wait_for(lambda message: message.person == VISITOR)
        for number in range(10):
            assert await ordered(qq, f"开通 {40_000 + number} 1年") == refused
        await reads_on(qq)
        # ten seconds each, one after another, would be four minutes more
        assert time.monotonic() - begun < 60 + 5 * usual
        assert f"进程 {holder}" in (await qq.wait_for(says("数据库写不进去了"))).text
        changed = await qq.say(f"开通 {VISITOR} 1年", person=SUPERUSER)
        await qq.wait_for(
            lambda message: message.person == SUPERUSER and message.text == refused, after=len(qq.sent) - 1
        )
    await qq.wait_for(says("数据库又能写了"))
    before = len(qq.sent)
    await qq.repeat(read)
    await qq.repeat(changed)
    assert "已开通" in await ordered(qq, f"开通 {MEMBER + 1} 1年")
    await qq.settle(person=VISITOR)
    assert len(qq.sent) == before + 2
    assert ledger(bot) == 2
    assert sum(says("数据库写不进去了")(message) for message in qq.sent) == 1
    assert "Traceback" not in bot.log
    bot.kill()
    with closing(sqlite3.connect(bot.database)) as connection:
        claims = [row[0] for row in connection.execute("SELECT message FROM claims")]
    assert sum(f":{VISITOR}:{read['message_id']}:" in claim for claim in claims) == 1


@LINUX
async def test_where_files_may_grow_no_further(start_bot: Start, connect_to: Connect) -> None:
    import resource  # not on every system

    bot = start_bot()
    qq = await connect_to(bot)
    assert "已开通" in await ordered(qq, f"开通 {MEMBER} 1年")
    full = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (300_000, full[1]))
    granted, refused = 1, REFUSED.format("磁盘满了")
    for number in range(300):
        before = len(qq.sent)
        await qq.say(f"开通 {40_000 + number} 1年", person=SUPERUSER)
        if (
            "已开通"
            not in (await qq.wait_for(lambda message: message.person == SUPERUSER, after=before)).text
        ):
            break
        granted += 1
    # Where the note of a send found no room, its grant is stored, and its answer waits.
    await qq.wait_for(says("数据库写不进去了"))
    await qq.say(f"开通 {50_000} 1年", person=SUPERUSER)
    await qq.wait_for(says(refused))
    await reads_on(qq)
    assert "ulimit" in (await qq.wait_for(says("数据库写不进去了"))).text
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, full)
    await qq.wait_for(says("数据库又能写了"))
    await qq.say(f"开通 {MEMBER + 1} 1年", person=SUPERUSER)
    await qq.wait_for(lambda message: "已开通" in message.text and str(MEMBER + 1) in message.text)
    assert ledger(bot) - granted in (1, 2)
    assert await until(lambda: sum("已开通" in message.text for message in qq.sent) == ledger(bot), 30)
    assert "Traceback" not in bot.log


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "bot" / "data"
    folder.mkdir(parents=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("no rights to mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.parametrize("room", [100_000, 400_000])
async def test_on_a_full_disk(small_disk: Path, start_bot: Start, connect_to: Connect, room: int) -> None:
    bot = start_bot()
    bot.stop()
    with suppress(OSError), (small_disk / "ballast").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    os.truncate(small_disk / "ballast", (small_disk / "ballast").stat().st_size - 100_000)
    bot.start(imported=False)
    qq = await connect_to(bot)
    for number in range(60):
        before = len(qq.sent)
        await qq.say(f"开通 {40_000 + number} 1年", person=SUPERUSER)
        first = await qq.wait_for(lambda message: message.person == SUPERUSER, after=before)
        if "已开通" not in first.text:
            break
    # Where it was the note of the send that found no room, the grant is stored, and its answer waits.
    assert "磁盘满了" in (await qq.wait_for(says("数据库写不进去了"))).text
    assert await ordered(qq, f"开通 {50_000} 1年") == REFUSED.format("磁盘满了")
    await reads_on(qq)
    (small_disk / "ballast").unlink()
    await qq.wait_for(says("数据库又能写了"))
    await qq.say(f"开通 {MEMBER} 1年", person=SUPERUSER)
    await qq.wait_for(lambda message: "已开通" in message.text and str(MEMBER) in message.text)
    assert await until(lambda: sum("已开通" in message.text for message in qq.sent) == ledger(bot), 30)
    assert "Traceback" not in bot.log


async def test_a_deleted_database_is_told_and_nothing_is_acknowledged(
    start_bot: Start, connect_to: Connect
) -> None:
    bot = start_bot()
    qq = await connect_to(bot)
    assert "已开通" in await ordered(qq, f"开通 {MEMBER} 1年")
    bot.database.unlink()
    assert await ordered(qq, f"开通 {MEMBER} 1年") == REFUSED.format("数据库文件不见了")
    assert "不见了" in (await qq.wait_for(says("数据库写不进去了"))).text
    await reads_on(qq)
    assert "Traceback" not in bot.log
    bot.stop()
    with pytest.raises(AssertionError, match="ended at its start"):
        bot.start()
    assert "bot.db.rescued-1" in bot.log.strip().splitlines()[-1]
    assert not bot.database.exists()
    bot.database.with_name("bot.db.rescued-1").rename(bot.database)
    bot.start()
    assert ledger(bot) == 1
    assert "Traceback" not in bot.log


def test_a_missing_database_beside_its_keys_is_refused_in_one_line(start_bot: Start) -> None:
    bot = start_bot()
    bot.kill()
    for suffix in ("", "-wal", "-shm"):
        bot.database.with_name("bot.db" + suffix).unlink(missing_ok=True)
    with pytest.raises(AssertionError, match="ended at its start"):
        bot.start()
    assert re.search(r"bot\.db 不见了，但它旁边还有 .*\.key.*restore", bot.log.strip().splitlines()[-1])
    assert "Traceback" not in bot.log
    assert not bot.database.exists()


def test_what_is_wrong_with_the_place_is_one_line(tmp_path: Path, library: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "text.db").write_text("这不是数据库" * 2000)
    (tmp_path / "folder.db").mkdir()
    for place, words in (
        ("file/bot.db", "是文件，不是文件夹"),
        ("text.db", "不是数据库文件"),
        ("folder.db", "是文件夹"),
    ):
        bot = BotProcess(
            tmp_path / "bot",
            library,
            {**PACELESS, **RATELESS, "DATABASE_FILE": str(tmp_path / place)},
        )
        with pytest.raises(AssertionError, match="ended at its start"):
            bot.start()
        assert words in bot.log.strip().splitlines()[-1]
        assert "Traceback" not in bot.log
