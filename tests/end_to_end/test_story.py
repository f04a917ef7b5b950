"""The whole main job, told over a real connection."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from implementation import Implementation
from process import SUPERUSER, BotProcess

MEMBER, VISITOR = 20001, 30001
MEMBER_GROUP, FREE_GROUP = 700001, 700002
ONLY_FOR_STUDY = "仅供学习，禁止外传"

Start = Callable[..., BotProcess]
Connect = Callable[[BotProcess], Awaitable[Implementation]]


async def test_the_whole_story(start_bot: Start, connect_to: Connect, library: Path) -> None:
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    bot = start_bot()
    qq = await connect_to(bot)

    # groups that aren't bound hear nothing
    await qq.say("检索 台账", person=VISITOR, group=FREE_GROUP)
    await qq.settle(person=SUPERUSER)
    assert all(one.group is None for one in qq.sent)

    assert "已绑定为会员群" in (await qq.ask("绑定会员群", person=SUPERUSER, group=MEMBER_GROUP)).text
    assert "已绑定为免费群" in (await qq.ask("绑定免费群", person=SUPERUSER, group=FREE_GROUP)).text
    assert "先发“解绑”" in (await qq.ask("绑定会员群", person=SUPERUSER, group=FREE_GROUP)).text

    # search and pages in the free group
    found = (await qq.ask("检索 台账", person=VISITOR, group=FREE_GROUP)).text
    total, pages = map(int, re.findall(r"共 (\d+) 段，第 1/(\d+) 页", found)[0])
    assert total > 5 and pages == -(-total // 5)
    assert "🔒" in found
    second = (await qq.ask("下一页", person=VISITOR, group=FREE_GROUP)).text
    assert f"第 2/{pages} 页" in second
    assert "还" not in second.splitlines()[0]
    assert (await qq.ask("上一页", person=VISITOR, group=FREE_GROUP)).text == found

    # a visitor reads no full text anywhere
    refused = (await qq.ask("全文 1", person=VISITOR)).text
    assert "🔒" in refused and "订阅" in refused
    assert "🔒" in (await qq.ask("全文1", person=VISITOR, group=FREE_GROUP)).text

    # granted: the full text comes by file, in private
    granted = (await qq.ask(f"开通 {MEMBER} 1年 转账", person=SUPERUSER)).text
    valid_until = re.findall(r"有效期至 (\d{4}-\d\d-\d\d)", granted)[0]
    assert valid_until in (await qq.ask("我的会员", person=MEMBER)).text
    await qq.say("全文 1", person=MEMBER, group=MEMBER_GROUP)
    file = await qq.wait_for(lambda one: one.action == "upload_private_file")
    assert file.params["user_id"] == MEMBER and "group_id" not in file.params
    assert file.params["name"].endswith(".docx")
    assert ONLY_FOR_STUDY in file.text
    told = await qq.wait_for(lambda one: one.group == MEMBER_GROUP and one.text == "已私信")
    assert told.at >= file.at

    # in the member group sections are shown until the group's share is reached, then in private
    shown, private = [], []
    for ordinal in range(1, 40):
        at = len(qq.sent)
        await qq.say(f"段落 1.{ordinal}", person=MEMBER, group=MEMBER_GROUP)
        answer = await qq.wait_for(lambda one: one.group == MEMBER_GROUP, after=at)
        if "没有第" in answer.text:
            break
        if answer.text == "已私信":
            private.append(ordinal)
            sections = [one.text for one in qq.sent[at:] if one.person == MEMBER]
            assert len(sections) == 1 and sections[0].startswith(f"1.{ordinal}")
        else:
            shown.append(ordinal)
    assert shown and private

    # kill -9: nothing acknowledged is gone, and what was said before acts no second time
    again = await qq.say(f"续期 {MEMBER} 1月", person=SUPERUSER)
    renewed = (await qq.wait_for(lambda one: one.text.startswith("已续期"))).text
    await qq.close()
    bot.kill()
    bot.start()
    qq = await connect_to(bot)
    await qq.repeat(again)
    await qq.settle(person=SUPERUSER)
    assert not any(one.text.startswith("已续期") for one in qq.sent)
    until = re.findall(r"有效期至 (\d{4}-\d\d-\d\d)", renewed)[0]
    assert until > valid_until
    assert until in (await qq.ask("我的会员", person=MEMBER)).text
    assert "会员群" in (await qq.ask("群列表", person=SUPERUSER)).text

    # expired: refused again
    bot.advance(days=430)
    assert "已到期" in (await qq.ask("我的会员", person=MEMBER)).text
    assert "🔒" in (await qq.ask("全文 1", person=MEMBER)).text
    assert not any(one.action == "upload_private_file" for one in qq.sent)

    assert bot.stop() == 0
    assert {path: path.read_bytes() for path in library.rglob("*") if path.is_file()} == before
    assert "Traceback" not in bot.log
