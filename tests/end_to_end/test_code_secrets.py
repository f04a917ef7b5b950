"""No redeem code is ever in a file of the bot: database, WAL, logs at DEBUG, drafts or backups."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from implementation import Implementation
from process import SUPERUSER, BotProcess
from waiting import until

from jianggao.redeem_codes.code_form import find_codes, new_code, shown

Start = Callable[..., BotProcess]
Connect = Callable[[BotProcess], Awaitable[Implementation]]
_BETWEEN = r"(?:[^0-9A-Z]|\\[NRT]){0,6}"
"""Between the groups, in JSON too."""
BUYER, REPORTER, GROUP, UNBOUND = 20009, 20008, 700001, 700003


def traces(folder: Path, codes: list[str]) -> Iterator[str]:
    """Yields the files that hold three groups of one of the codes."""
    pieces = [_BETWEEN.join(code.split("-")[:3]) for code in codes]
    wanted = re.compile("|".join(pieces).encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and wanted.search(path.read_bytes().upper()):
            yield path.relative_to(folder).as_posix()


async def test_no_code_is_in_any_file_of_the_bot(
    start_bot: Start, connect_to: Connect, tmp_path: Path
) -> None:
    bot = start_bot(LOG_LEVEL="DEBUG", BACKUP_DIR=str(tmp_path / "bot" / "backups"))
    qq = await connect_to(bot)
    await qq.ask("绑定会员群", person=SUPERUSER, group=GROUP)
    before = len(qq.sent)
    await qq.say("卡密 9 1年 淘宝", person=SUPERUSER)
    await qq.wait_for(lambda sent: "卡密已发到私聊" in sent.text, after=before)
    codes = [shown(code) for code in find_codes(qq.sent[before + 1].text)]
    assert len(codes) == 9
    guesses = [new_code(), new_code()[:-1] + "A"]
    said = [
        (f"兑换 {codes[0]}", BUYER, None),
        (f"你好，我买的卡密是 {codes[1]}", BUYER, None),
        (codes[2].lower().replace("-", " "), BUYER, None),
        ("\n".join(codes[3:5]), BUYER, None),
        (f"检索 {guesses[0]}", BUYER, None),
        (guesses[1], BUYER, None),
        (f"举报 {BUYER}", REPORTER, None),
        (f"他在卖这个：{codes[3]}", REPORTER, None),
        ("别的材料，卖家说的", REPORTER, None),
        (f"谁要 {codes[4]}", BUYER, GROUP),
        (f"检索 {codes[5]}", BUYER, UNBOUND),
        (f"开通 {BUYER} 1年 {codes[6]}", SUPERUSER, None),
        (f"卡密列表 {codes[6]}", SUPERUSER, None),
        (f"作废卡密 {codes[6]}", SUPERUSER, None),
        (f"作废卡密 {codes[7]}", SUPERUSER, GROUP),
        ("卡密列表 1", SUPERUSER, None),
        ("下一页", BUYER, None),
    ]
    for text, person, group in said:
        await qq.say(text, person=person, group=group)
        await qq.settle(person=person)
    elsewhere = [new_code() for _ in range(7)]
    await show_elsewhere(qq, elsewhere)
    codes += elsewhere
    before = len(qq.sent)
    await qq.say("备份", person=SUPERUSER)
    await qq.wait_for(lambda sent: sent.text.startswith("已备份"), after=before)
    assert list(traces(bot.folder, codes + guesses)) == []
    assert any(bot.folder.rglob("*.db-wal")) and any((tmp_path / "bot" / "backups").rglob("*.db"))
    await qq.close()
    await asyncio.to_thread(bot.stop)
    assert list(traces(bot.folder, codes + guesses)) == []
    assert b"redeem_codes" in bot.database.read_bytes() and "20009" in bot.log


async def show_elsewhere(qq: Implementation, codes: list[str]) -> None:
    """Lets codes come in by other ways than a typed message: names, forwards, files, cells, requests."""
    content = base64.b64encode(f"他卖 {codes[2]}".encode()).decode()
    node = {"sender": {"user_id": 1, "nickname": "甲"}, "content": f"出卡密 {codes[1]}"}
    answers = {"get_forward_msg": {"messages": [node]}, "get_file": {"base64": content}}
    qq.answer = lambda action, params: (
        {"status": "ok", "retcode": 0, "data": answers[action]} if action in answers else None
    )
    named = {"user_id": BUYER, "nickname": codes[0], "card": f"出 {codes[0]}", "role": "member"}
    await qq.ask("帮助", person=BUYER, group=GROUP, sender=named)
    await qq.ask(f"举报 {BUYER}", person=REPORTER)
    await qq.say([{"type": "forward", "data": {"id": "77"}}], person=REPORTER)
    await qq.say([{"type": "file", "data": {"file": "证据.txt", "file_id": "8"}}], person=REPORTER)
    await qq.say([{"type": "file", "data": {"file": f"{codes[3]}.txt", "file_id": "9"}}], person=REPORTER)
    await qq.settle(person=BUYER)
    await qq.ask("取消", person=REPORTER)
    await qq.ask(f"导入会员\nQQ,时长,备注\n41000001,1年,卡密 {codes[4]}", person=SUPERUSER)
    for flag, comment in (("1", f"答案：{codes[5]}"), ("2", codes[6][:-1] + "A")):
        await qq.repeat(
            {
                "post_type": "request",
                "request_type": "group",
                "sub_type": "add",
                "group_id": GROUP,
                "user_id": 41_000_002,
                "comment": comment,
                "flag": flag,
            }
        )
    await qq.settle(person=BUYER)
    assert await until(lambda: qq.actions.count("set_group_add_request") >= 1, 20)


def test_what_is_looked_for_would_be_found(tmp_path: Path) -> None:
    code = new_code()
    for number, text in enumerate(
        [code, code.lower().replace("-", " "), f"x{code[:17]}", code.replace("-", "\\n")]
    ):
        (tmp_path / f"{number}").write_text(f"前{text}后", "utf-8")
    assert len(list(traces(tmp_path, [code]))) == 4
