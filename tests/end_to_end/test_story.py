"""The main job from start to end over a real connection: binding, searching, granting, reading, a kill,
expiry."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from implementation import Implementation
from process import SUPERUSER, BotProcess

MEMBER, VISITOR = 20001, 30001
MEMBER_GROUP, FREE_GROUP = 700001, 700002
ONLY_FOR_STUDY = "仅供学习，禁止外传"
_VALID_UNTIL = re.compile(r"有效期至 (\d{4}-\d\d-\d\d)")

Start = Callable[..., BotProcess]
Connect = Callable[[BotProcess], Awaitable[Implementation]]


async def test_the_whole_story(start_bot: Start, connect_to: Connect, library: Path) -> None:
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    bot = start_bot()
    qq = await connect_to(bot)
    await _an_unbound_group_gets_no_answer(qq)
    await _groups_are_bound(qq)
    await _a_visitor_searches_and_turns_pages(qq)
    await _a_visitor_reads_no_full_text(qq)
    valid_until = await _a_member_gets_a_full_text_in_private(qq)
    await _a_member_group_shows_sections_up_to_its_share(qq)
    qq = await _a_kill_loses_nothing_and_repeats_nothing(bot, qq, connect_to, valid_until)
    await _an_expired_member_is_refused(bot, qq)
    assert bot.stop() == 0
    assert {path: path.read_bytes() for path in library.rglob("*") if path.is_file()} == before
    assert "Traceback" not in bot.log


async def _an_unbound_group_gets_no_answer(qq: Implementation) -> None:
    await qq.say("检索 台账", person=VISITOR, group=FREE_GROUP)
    await qq.settle(person=SUPERUSER)
    assert all(message.group is None for message in qq.sent)


async def _groups_are_bound(qq: Implementation) -> None:
    assert "已绑定为会员群" in (await qq.ask("绑定会员群", person=SUPERUSER, group=MEMBER_GROUP)).text
    assert "已绑定为免费群" in (await qq.ask("绑定免费群", person=SUPERUSER, group=FREE_GROUP)).text
    assert "先发“解绑”" in (await qq.ask("绑定会员群", person=SUPERUSER, group=FREE_GROUP)).text


async def _a_visitor_searches_and_turns_pages(qq: Implementation) -> None:
    first = (await qq.ask("检索 台账", person=VISITOR, group=FREE_GROUP)).text
    total, pages = map(int, re.findall(r"共 (\d+) 段，第 1/(\d+) 页", first)[0])
    assert total > 5 and pages == -(-total // 5)
    assert "🔒" in first
    second = (await qq.ask("下一页", person=VISITOR, group=FREE_GROUP)).text
    assert f"第 2/{pages} 页" in second
    assert "还" not in second.splitlines()[0]
    assert (await qq.ask("上一页", person=VISITOR, group=FREE_GROUP)).text == first


async def _a_visitor_reads_no_full_text(qq: Implementation) -> None:
    refused = (await qq.ask("全文 1", person=VISITOR)).text
    assert "🔒" in refused and "订阅" in refused
    assert "🔒" in (await qq.ask("全文1", person=VISITOR, group=FREE_GROUP)).text


async def _a_member_gets_a_full_text_in_private(qq: Implementation) -> str:
    """Grants a membership and has a full text asked for in a group. Returns until when the member may
    read."""
    granted = (await qq.ask(f"开通 {MEMBER} 1年 转账", person=SUPERUSER)).text
    valid_until = _VALID_UNTIL.findall(granted)[0]
    assert valid_until in (await qq.ask("我的会员", person=MEMBER)).text
    await qq.say("全文 1", person=MEMBER, group=MEMBER_GROUP)
    file = await qq.wait_for(lambda message: message.action == "upload_private_file")
    assert file.params["user_id"] == MEMBER and "group_id" not in file.params
    assert file.params["name"].endswith(".docx")
    assert ONLY_FOR_STUDY in file.text
    notice = await qq.wait_for(lambda message: message.group == MEMBER_GROUP and message.text == "已私信")
    assert notice.at >= file.at
    return str(valid_until)


async def _a_member_group_shows_sections_up_to_its_share(qq: Implementation) -> None:
    """Asks for all sections of a speech: the first are shown in the group, the others sent in private."""
    shown, private = [], []
    for ordinal in range(1, 40):
        before = len(qq.sent)
        await qq.say(f"段落 1.{ordinal}", person=MEMBER, group=MEMBER_GROUP)
        answer = await qq.wait_for(lambda message: message.group == MEMBER_GROUP, after=before)
        if "没有第" in answer.text:
            break
        if answer.text == "已私信":
            private.append(ordinal)
            sections = [message.text for message in qq.sent[before:] if message.person == MEMBER]
            assert len(sections) == 1 and sections[0].startswith(f"1.{ordinal}")
        else:
            shown.append(ordinal)
    assert shown and private


async def _a_kill_loses_nothing_and_repeats_nothing(
    bot: BotProcess, qq: Implementation, connect_to: Connect, valid_until: str
) -> Implementation:
    """Kills the bot after a renewal, starts it again and says the same message once more."""
    renewal = await qq.say(f"续期 {MEMBER} 1月", person=SUPERUSER)
    renewed = (await qq.wait_for(lambda message: message.text.startswith("已续期"))).text
    await qq.close()
    bot.kill()
    bot.start()
    qq = await connect_to(bot)
    await qq.repeat(renewal)
    await qq.settle(person=SUPERUSER)
    assert not any(message.text.startswith("已续期") for message in qq.sent)
    until = _VALID_UNTIL.findall(renewed)[0]
    assert until > valid_until
    assert until in (await qq.ask("我的会员", person=MEMBER)).text
    assert "会员群" in (await qq.ask("群列表", person=SUPERUSER)).text
    return qq


async def _an_expired_member_is_refused(bot: BotProcess, qq: Implementation) -> None:
    bot.advance(days=430)
    assert "已到期" in (await qq.ask("我的会员", person=MEMBER)).text
    assert "🔒" in (await qq.ask("全文 1", person=MEMBER)).text
    assert not any(message.action == "upload_private_file" for message in qq.sent)
