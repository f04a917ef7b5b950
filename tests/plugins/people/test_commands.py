"""转移, 换号 and 备注: who may do what, what each side reads, and what can't be found out by asking."""

from __future__ import annotations

from typing import Any

import pytest
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SELF, SUPERUSER, VISITOR, Chat

NEW = 20009
REASON = "换了手机号"


def at(account: int) -> dict[str, Any]:
    return {"type": "at", "data": {"qq": str(account)}}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "data": {"text": words}}


def told(sent: list[Any], person: int) -> str:
    return "\n".join(one.text for one in sent if one.person == person)


async def ledger(chat: Chat) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT kind, member, successor FROM ledger ORDER BY number")
    return [tuple(row) for row in rows]


async def settled(chat: Chat, words: Any, person: int, group: int | None = None) -> list[Any]:
    """All that was sent because of it, notices to others too."""
    before = len(chat.sent)
    await chat.say(words, person, group)
    await chat.services.answers.background_done()
    return chat.sent[before:]


async def test_a_transfer_moves_the_subscription_and_tells_both(chat: Chat) -> None:
    sent = await settled(chat, f"转移 {MEMBER} {NEW} {REASON}", SUPERUSER)
    answer = told(sent, SUPERUSER)
    assert f"已把 {MEMBER} 的会员转移到 {NEW}，记录号 2，{NEW} 有效期至 2027-03-18。" in answer
    assert f"{NEW} 原来没有会员" in answer and "撤销 2" in answer
    assert f"已私信告诉 {MEMBER}、{NEW}。" in answer
    assert f"转移到 {NEW}" in told(sent, MEMBER) and "马上联系管理员" in told(sent, MEMBER)
    assert "有效期至 2027-03-18" in told(sent, NEW) and str(MEMBER) not in told(sent, NEW)
    assert "会员有效" in await chat.ask("我的会员", NEW)
    gone = await chat.ask("我的会员", MEMBER)
    assert "会员已转移到另一个号（记录号 2）" in gone and str(NEW) not in gone, "it may be asked in a group"
    assert f"会员已转移到 {NEW}（记录号 2）" in await chat.ask(f"会员查询 {MEMBER}", SUPERUSER)
    assert f"转移 {MEMBER} 到 {NEW}" in await chat.ask("操作记录", SUPERUSER)


async def test_the_undo_of_a_transfer_gives_it_back_and_says_so_of_both(chat: Chat) -> None:
    await chat.say(f"转移 {MEMBER} {NEW} {REASON}", SUPERUSER)
    sent = await settled(chat, "撤销 2", SUPERUSER)
    answer = told(sent, SUPERUSER)
    assert f"已撤销 记录 2（{MEMBER}），记录号 3，有效期至 2027-03-18" in answer
    assert f"{NEW} 还不是会员（原到 2027-03-18）" in answer and f"已私信告诉 {MEMBER}、{NEW}。" in answer
    assert "这个号现在会员有效，有效期至 2027-03-18" in told(sent, MEMBER) and str(NEW) not in told(
        sent, MEMBER
    )
    assert "这个号现在还不是会员" in told(sent, NEW) and str(MEMBER) not in told(sent, NEW)
    assert "会员有效" in await chat.ask("我的会员", MEMBER)
    again = told(await settled(chat, "撤销 3", SUPERUSER), SUPERUSER)
    assert f"{NEW} 会员有效，有效期至 2027-03-18" in again


async def test_the_undo_in_a_chain_names_and_tells_all_whom_it_concerns(chat: Chat) -> None:
    await chat.say(f"转移 {MEMBER} {NEW} {REASON}", SUPERUSER)
    await chat.say(f"转移 {NEW} 20010 {REASON}", SUPERUSER)
    sent = await settled(chat, "撤销 2", SUPERUSER)
    answer = told(sent, SUPERUSER)
    assert f"已撤销 记录 2（{MEMBER}），记录号 4，有效期至 2027-03-18" in answer
    assert "20010 还不是会员（原到 2027-03-18）" in answer and f"{NEW} 还不是会员。" in answer
    assert {one.person for one in sent} == {MEMBER, NEW, 20010, SUPERUSER}


async def test_the_undo_of_a_grant_that_has_moved_names_who_has_it(chat: Chat) -> None:
    await chat.say(f"转移 {MEMBER} {NEW} {REASON}", SUPERUSER)
    sent = await settled(chat, "撤销 1", SUPERUSER)
    assert f"{NEW} 还不是会员（原到 2027-03-18）" in told(sent, SUPERUSER) and len(sent) == 1


async def test_the_undo_and_refusals_name_no_other_account_in_a_group(chat: Chat) -> None:
    await chat.say(f"转移 {MEMBER} {NEW} {REASON}", SUPERUSER)
    for typed in (f"停用 {MEMBER} 倒卖", "撤销 2"):
        sent = await settled(chat, typed, SUPERUSER, MEMBER_GROUP)
        assert [one.text for one in sent if one.group is not None] == ["已私信"]
        assert str(NEW) in told(sent, SUPERUSER)


async def test_nothing_moves_to_the_bot_or_a_superuser(chat: Chat) -> None:
    before = await ledger(chat)
    for new in (SELF, SUPERUSER):
        assert "没有转移" in await chat.ask(f"转移 {MEMBER} {new} {REASON}", SUPERUSER)
        assert "不能换到这个号" in await chat.ask(f"换号 {new}", MEMBER)
    assert await ledger(chat) == before


async def test_a_new_number_without_the_number_says_what_to_write(chat: Chat) -> None:
    assert "用旧号写要换到的新号" in await chat.ask("换号", MEMBER)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ([text(f"转移 {MEMBER} {NEW} {REASON}")], MEMBER),
        ([text("转移 "), at(MEMBER), text(f" {NEW} {REASON}")], MEMBER),
        ([text(f"转移 {MEMBER} "), at(NEW), text(f" {REASON}")], MEMBER),
        ([text("转移"), at(MEMBER), at(NEW), text(f" {REASON}")], MEMBER),
        ([at(10001), text(f" 转移 {MEMBER} "), at(NEW), text(REASON)], MEMBER),
        ([text(f"转移 {MEMBER} "), at(NEW), text(f" 原来是 {MEMBER} 的")], MEMBER),
    ],
)
async def test_the_old_account_stands_first_however_both_are_named(
    chat: Chat, words: list[dict[str, Any]], first: int
) -> None:
    await chat.say(words, SUPERUSER, MEMBER_GROUP)
    assert (await ledger(chat))[-1] == ("transfer", str(first), str(NEW))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("转移", "两个 QQ 号"),
        (f"转移 {MEMBER}", "两个 QQ 号"),
        (f"转移 {MEMBER} 张三 {REASON}", "两个 QQ 号"),
        (f"转移 {MEMBER} 0{NEW} {REASON}", "两个 QQ 号"),
        (f"转移 {MEMBER} {NEW}", "还差原因"),
        (f"转移 {MEMBER} {MEMBER} {REASON}", "同一个号"),
        (f"转移 {NEW} {MEMBER} {REASON}", "不用转移"),
        (f"转移 {MEMBER} {NEW} {'长' * 201}", "最多 200 字"),
    ],
)
async def test_an_unclear_transfer_moves_nothing(chat: Chat, typed: str, said: str) -> None:
    before = await ledger(chat)
    assert said in await chat.ask(typed, SUPERUSER)
    assert await ledger(chat) == before


async def test_nobody_but_a_superuser_transfers(chat: Chat) -> None:
    before = await ledger(chat)
    for person in (MEMBER, NEW, VISITOR):
        for group in (None, FREE_GROUP, MEMBER_GROUP):
            assert await chat.say(f"转移 {MEMBER} {NEW} {REASON}", person, group) == []
    assert await ledger(chat) == before


async def test_a_member_asks_the_new_account_confirms_and_only_then_superusers_read_of_it(
    chat: Chat,
) -> None:
    chat.nicknames = {MEMBER: "周笔杆", NEW: "周笔杆的新号"}
    sent = await settled(chat, f"换号 {NEW}", MEMBER)
    assert f"请用 {NEW} 私聊我发：换号 {MEMBER}" in told(sent, MEMBER) and len(sent) == 1
    sent = await settled(chat, f"换号 {MEMBER}", NEW)
    assert "确认了" in told(sent, NEW)
    notice = told(sent, SUPERUSER)
    assert f"{MEMBER}（“周笔杆”） 申请换到 {NEW}（“周笔杆的新号”），两个号都确认了" in notice
    assert f"\n转移 {MEMBER} {NEW} 换号\n" in notice
    assert await settled(chat, f"换号 {MEMBER}", NEW) and "已经确认过" in chat.sent[-1].text
    assert (await ledger(chat))[-1][0] == "grant", "both together move nothing yet"
    await chat.say(f"转移 {MEMBER} {NEW} 换号", SUPERUSER)
    assert "没有在办的换号" in await chat.ask("换号 取消", MEMBER)
    assert "没有在办的换号" in await chat.ask("换号 取消", NEW)


async def test_one_side_alone_moves_nothing_and_nobody_reads_of_it(chat: Chat) -> None:
    before = await ledger(chat)
    for person, named in ((MEMBER, NEW), (MEMBER, NEW), (VISITOR, MEMBER), (NEW, VISITOR)):
        sent = await settled(chat, f"换号 {named}", person)
        assert [one.person for one in sent] == [person]
    assert await ledger(chat) == before


async def test_an_account_that_was_not_named_confirms_nothing(chat: Chat) -> None:
    await chat.say(f"换号 {NEW}", MEMBER)
    sent = await settled(chat, f"换号 {MEMBER}", VISITOR)
    assert [one.person for one in sent] == [VISITOR]
    sent = await settled(chat, f"换号 {MEMBER}", NEW)
    assert f"申请换到 {NEW}" in told(sent, SUPERUSER)


async def test_who_names_somebody_learns_nothing_about_him(chat: Chat) -> None:
    """A member, one who asked to move (to somebody else), a suspended one, and nobody at all."""
    await chat.say("开通 20010 1年", SUPERUSER)
    await chat.say("开通 20011 1年", SUPERUSER)
    await chat.say("停用 20011", SUPERUSER)
    await chat.say(f"换号 {NEW}", 20010)
    for asker in (VISITOR, MEMBER):
        answers = {
            (await chat.ask(f"换号 {named}", asker)).replace(str(named), "N")
            for named in (20010, 20011, 20012)
        }
        assert len(answers) == 1
    assert "换号要用会员还有效的那个号先发" in await chat.ask("换号 20010", VISITOR)


async def test_a_request_ends_after_seven_days_and_when_it_is_cancelled(chat: Chat) -> None:
    await chat.say(f"换号 {NEW}", MEMBER)
    chat.clock.advance(days=7)
    assert "换号要用会员还有效" in await chat.ask(f"换号 {MEMBER}", NEW)
    await chat.say(f"换号 {NEW}", MEMBER)
    assert "已取消" in await chat.ask("换号 取消", MEMBER)
    assert "换号要用会员还有效" in await chat.ask(f"换号 {MEMBER}", NEW)


async def test_the_new_account_takes_its_confirmation_back_but_never_somebody_elses_request(
    chat: Chat,
) -> None:
    await chat.say(f"换号 {NEW}", MEMBER)
    assert "没有在办的换号" in await chat.ask("换号 取消", NEW), "it isn't told that it was named"
    await settled(chat, f"换号 {MEMBER}", NEW)
    assert "已取消" in await chat.ask("换号 取消", NEW)
    assert "没有在办的换号" in await chat.ask("换号 取消", MEMBER)


async def test_superusers_read_of_one_request_a_day(chat: Chat) -> None:
    for _ in range(3):
        await settled(chat, f"换号 {NEW}", MEMBER)
        await settled(chat, f"换号 {MEMBER}", NEW)
        await settled(chat, "换号 取消", MEMBER)
    assert sum("申请换到" in one.text for one in chat.sent) == 1
    assert "明天再申请" in await chat.ask(f"换号 {NEW}", MEMBER)
    chat.clock.advance(days=1)
    assert "请用" in await chat.ask(f"换号 {NEW}", MEMBER)


async def test_in_a_group_nothing_of_it_is_said(chat: Chat) -> None:
    for person in (MEMBER, VISITOR):
        for typed in (f"换号 {NEW}", "我的数据", "删除我的数据", "删除我的数据 确认"):
            sent = await settled(chat, typed, person, FREE_GROUP)
            assert [one.group for one in sent] == [FREE_GROUP] and "私聊我发" in sent[0].text


async def test_a_note_is_shown_to_superusers_alone(chat: Chat) -> None:
    assert await chat.ask(f"备注 {MEMBER} 甲单位办公室", SUPERUSER) == (
        f"已记下 {MEMBER}（备注“甲单位办公室”）。"
    )
    assert "甲单位办公室" in await chat.ask(f"会员查询 {MEMBER}", SUPERUSER)
    assert "甲单位办公室" in await chat.ask("会员列表", SUPERUSER)
    changed = await chat.ask(f"备注 {MEMBER} 乙单位", SUPERUSER)
    assert "原来的备注是“甲单位办公室”" in changed
    sent = await settled(chat, f"续期 {MEMBER} 1年", SUPERUSER, MEMBER_GROUP)
    assert all("乙单位" not in one.text for one in sent), "the group reads the number alone"
    assert "备注“乙单位”" in await chat.ask(f"续期 {MEMBER} 1年", SUPERUSER)
    assert "已去掉" in await chat.ask(f"备注 {MEMBER}", SUPERUSER)
    assert "没有备注" in await chat.ask(f"备注 {MEMBER}", SUPERUSER)
    assert "最多 60 字" in await chat.ask(f"备注 {MEMBER} {'长' * 61}", SUPERUSER)
    assert await chat.say(f"备注 {MEMBER} 好人", VISITOR) == []


async def test_a_card_is_kept_from_groups_and_a_name_that_changes_too(chat: Chat) -> None:
    sender = {"user_id": MEMBER, "nickname": "小张", "card": "甲县\u202e 张三"}
    await settled_event(chat, "帮助", MEMBER, sender, MEMBER_GROUP)
    assert f"{MEMBER}（“甲县 张三”）" in await chat.ask("会员列表", SUPERUSER)
    await settled_event(chat, "帮助", MEMBER, {"user_id": MEMBER, "nickname": "老张", "card": ""})
    shown = await chat.ask(f"会员查询 {MEMBER}", SUPERUSER)
    assert "“甲县 张三”" in shown and "“老张”" in shown


async def settled_event(
    chat: Chat, words: str, person: int, sender: dict[str, Any], group: int | None = None
) -> None:
    await chat.say(words, person, group, sender=sender)
    await chat.services.answers.background_done()


async def test_what_a_superuser_types_in_a_group_is_answered_in_private(chat: Chat) -> None:
    for typed in (f"备注 {MEMBER} 甲单位", f"转移 {MEMBER} {NEW} 换号"):
        sent = await settled(chat, typed, SUPERUSER, FREE_GROUP)
        assert [one.text for one in sent if one.group is not None] == ["已私信"]


async def note_of(chat: Chat, account: int) -> str:
    async with chat.application.database.read() as connection:
        return "".join(
            row[0]
            for row in await connection.execute_fetchall(
                "SELECT note FROM people WHERE account = ?", (str(account),)
            )
        )


async def test_the_note_goes_along_and_comes_back_with_the_undo(chat: Chat) -> None:
    await chat.ask(f"备注 {MEMBER} 单位甲", SUPERUSER)
    await chat.say(f"转移 {MEMBER} {NEW} 换号", SUPERUSER)
    assert await note_of(chat, NEW) == "单位甲"
    assert "单位甲" in await chat.ask("会员列表", SUPERUSER)
    await chat.say("撤销 2", SUPERUSER)
    assert (await note_of(chat, MEMBER), await note_of(chat, NEW)) == ("单位甲", "")
    await chat.say("撤销 3", SUPERUSER)
    assert await note_of(chat, NEW) == "单位甲"


async def test_the_new_accounts_own_note_stays(chat: Chat) -> None:
    await chat.ask(f"备注 {MEMBER} 单位甲", SUPERUSER)
    await chat.ask(f"备注 {NEW} 单位乙", SUPERUSER)
    await chat.say(f"转移 {MEMBER} {NEW} 换号", SUPERUSER)
    await chat.say("撤销 2", SUPERUSER)
    assert (await note_of(chat, MEMBER), await note_of(chat, NEW)) == ("单位甲", "单位乙")


@pytest.mark.parametrize("command", ["开通", "续期"])
async def test_an_old_line_for_the_left_account_names_the_new_one_in_private(
    chat: Chat, command: str
) -> None:
    await chat.say(f"转移 {MEMBER} {NEW} 换号", SUPERUSER)
    sent = await chat.say(f"{command} {MEMBER} 1年", SUPERUSER, FREE_GROUP)
    assert f"{MEMBER} 的会员已转移到 {NEW}，没有{command}谁" in told(sent, SUPERUSER)
    assert not any(str(NEW) in one.text for one in sent if one.person != SUPERUSER)


async def test_a_refused_undo_names_no_account_in_a_group(chat: Chat) -> None:
    await chat.say(f"转移 {MEMBER} {NEW} 换号", SUPERUSER)
    await chat.say(f"停用 {NEW} 倒卖", SUPERUSER)
    sent = await chat.say("撤销 2", SUPERUSER, FREE_GROUP)
    assert f"先发“恢复 {NEW}”" in told(sent, SUPERUSER)
    assert not any(str(NEW) in one.text for one in sent if one.person != SUPERUSER)
    assert "会员已转移到另一个号" in await chat.ask("我的会员", MEMBER)


async def test_after_an_undo_earlier_in_the_chain_nothing_untrue_is_said(chat: Chat) -> None:
    await chat.say(f"转移 {MEMBER} {NEW} 换号", SUPERUSER)
    await chat.say(f"转移 {NEW} 20010 换号", SUPERUSER)
    await chat.say("撤销 2", SUPERUSER)
    for account in (NEW, 20010):
        assert "还不是会员。" in await chat.ask(f"会员查询 {account}", SUPERUSER)


async def test_a_third_account_is_no_reason(chat: Chat) -> None:
    answer = await chat.ask(f"转移 {MEMBER} {NEW} 20010", SUPERUSER)
    assert "一次只能办一个人，“20010”像另一个 QQ 号" in answer
