"""Commands on memberships: who, how long, undone, and where the answers go."""

from __future__ import annotations

import re
from typing import Any

import pytest
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SELF, SUPERUSER, VISITOR, Chat

NEW = 20009


def at(account: int) -> dict[str, Any]:
    return {"type": "at", "data": {"qq": str(account)}}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "data": {"text": words}}


async def ledger(chat: Chat) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT kind, member FROM ledger ORDER BY number")
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("1年", "2027-03-18"),
        ("一年", "2027-03-18"),
        ("3个月", "2026-06-18"),
        ("3月", "2026-06-18"),
        ("2周", "2026-04-01"),
        ("30天", "2026-04-17"),
        ("１年", "2027-03-18"),
    ],
)
async def test_a_grant_gives_the_number_and_the_last_day(chat: Chat, typed: str, until: str) -> None:
    answer = await chat.ask(f"开通 {NEW} {typed}", SUPERUSER)
    assert f"有效期至 {until}" in answer and "记录号 2" in answer
    assert until in await chat.ask("我的会员", NEW)


async def test_a_person_is_named_by_mention_too(chat: Chat) -> None:
    answers = await chat.say([text("开通 "), at(NEW), text(" 1年 老客户")], SUPERUSER, MEMBER_GROUP)
    assert f"已开通 {NEW}" in answers[0].text
    assert "老客户" in await chat.ask(f"操作记录 {NEW}", SUPERUSER)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (f"开通 {NEW}", "还差时长"),
        (f"开通 {NEW} 1", "时长"),
        (f"开通 {NEW} 很久", "时长"),
        (f"开通 {NEW} 0天", "时长"),
        (f"开通 {NEW} 999年", "时长"),
        ("开通", "QQ 号"),
        ("开通 张三 1年", "QQ 号"),
        ("开通 1年", "QQ 号"),
        ("续期 abc", "QQ 号"),
        ("停用", "QQ 号"),
        ("开通 ٢٠٠٠١ 1年", "QQ 号"),
        ("开通 020001 1年", "QQ 号"),
        ("续期 00000 1年", "QQ 号"),
        ("撤销", "记录号"),
        ("撤销 abc", "记录号"),
        ("撤销 999", "999"),
        ("会员列表 abc", "正整数"),
        ("到期清单 -1", "正整数"),
        (f"能看 {NEW}", "篇号"),
    ],
)
async def test_an_unclear_command_is_refused_with_the_right_form(chat: Chat, typed: str, told: str) -> None:
    before = await ledger(chat)
    answer = await chat.ask(typed, SUPERUSER)
    assert told in answer
    assert await ledger(chat) == before


async def test_two_people_at_once_are_refused(chat: Chat) -> None:
    answer = await chat.ask([text("开通 "), at(NEW), at(VISITOR), text(" 1年")], SUPERUSER)
    assert "一次只能办一个人" in answer


async def test_a_renewal_starts_at_the_end_and_is_undone(chat: Chat) -> None:
    renewed = await chat.ask(f"续期 {MEMBER} 1年", SUPERUSER)
    assert "有效期至 2028-03-18" in renewed and "已顺延" in renewed
    number = re.findall(r"记录号 (\d+)", renewed)[0]
    assert "有效期至 2027-03-18" in await chat.ask(f"撤销 {number}", SUPERUSER)
    assert "已由" in await chat.ask(f"操作记录 {MEMBER}", SUPERUSER)


async def test_suspended_and_resumed(chat: Chat) -> None:
    assert "停用" in await chat.ask(f"停用 {MEMBER} 转卖会员资料", SUPERUSER)
    assert "会员已停用" in await chat.ask("我的会员", MEMBER)
    assert "转卖会员资料" in await chat.ask(f"会员查询 {MEMBER}", SUPERUSER)
    assert "恢复" in await chat.ask(f"恢复 {MEMBER}", SUPERUSER)
    assert "会员有效" in await chat.ask("我的会员", MEMBER)


@pytest.mark.parametrize(
    "typed",
    [f"会员查询 {MEMBER}", "会员列表", "操作记录", "群列表", f"能看 {MEMBER} 8", "查看报告"],
)
async def test_what_carries_peoples_data_goes_to_the_private_chat(chat: Chat, typed: str) -> None:
    for group in (MEMBER_GROUP, FREE_GROUP):
        sent = await chat.say(typed, SUPERUSER, group)
        assert [(one.person, one.group) for one in sent] == [(SUPERUSER, None), (None, group)]
        assert sent[1].text == "已私信"


async def test_lists_name_members_and_days(chat: Chat) -> None:
    await chat.ask(f"开通 {NEW} 10天", SUPERUSER)
    assert "共 2 人" in await chat.ask("会员列表", SUPERUSER)
    soon = (await chat.say("到期清单 30", SUPERUSER))[0].text
    assert str(NEW) in soon and str(MEMBER) not in soon
    assert "没有会员到期" in await chat.ask("到期清单 3天", SUPERUSER)


async def test_a_verdict_and_its_reason(chat: Chat) -> None:
    assert f"{MEMBER} 能看第 8 篇" in await chat.ask(f"能看 {MEMBER} 8", SUPERUSER)
    assert "会员可看" in await chat.ask(f"能看 {VISITOR} 8", SUPERUSER)
    assert "没有第 99 篇" in await chat.ask(f"能看 {VISITOR} 99", SUPERUSER)


async def test_own_membership_tells_what_is_left_of_the_day(chat: Chat) -> None:
    await chat.say("全文 8", MEMBER)
    answer = await chat.ask("我的会员", MEMBER)
    assert "取全文 19 篇" in answer
    assert "可看 2023-03-18 至 2027-03-18" in answer


async def test_not_a_member_hears_how_to_become_one(open_chat: Any) -> None:
    chat: Chat = await open_chat(SUBSCRIBE_TEXT="找群主小周订阅")
    assert "找群主小周订阅" in await chat.ask("我的会员", VISITOR)
    for typed in ("订阅", "会员", "怎么订阅"):
        assert await chat.ask(typed, VISITOR) == "找群主小周订阅"


@pytest.mark.parametrize("typed", ["第2号", "#2", "记录2", "第 2 号 写错了", "2号"])
async def test_an_entry_is_named_as_people_name_it(chat: Chat, typed: str) -> None:
    await chat.say(f"续期 {MEMBER} 1年", SUPERUSER)
    assert f"已撤销 记录 2（{MEMBER}），记录号 3，有效期至 2027-03-18（原到 2028-03-18）" in await chat.ask(
        f"撤销 {typed}", SUPERUSER
    )
    assert "，已由第 3 号撤销" in await chat.ask(f"操作记录 {MEMBER} 第1页", SUPERUSER)


async def test_pages_and_empty_logs(chat: Chat) -> None:
    assert "第 1/1 页" in await chat.ask("会员列表 第1页", SUPERUSER)
    assert await chat.ask(f"操作记录 {NEW}", SUPERUSER) == f"{NEW} 还没有操作记录。"


async def test_people_are_found_by_their_names(chat: Chat) -> None:
    await chat.say(f"备注 {MEMBER} 张三", SUPERUSER)
    assert f"{MEMBER}（备注“张三”）：会员有效" in await chat.ask("会员查询 张三", SUPERUSER)
    await chat.say(f"备注 {NEW} 张三的同事", SUPERUSER)
    listed = await chat.ask("会员查询 张三", SUPERUSER)
    assert "有 2 人" in listed and f"{NEW}（备注“张三的同事”） 还不是会员" in listed
    assert "没有谁的昵称" in await chat.ask("会员查询 李四", SUPERUSER)
    assert "QQ 号" in await chat.ask("会员查询", SUPERUSER)
    sent = await chat.say("会员查询 张三", SUPERUSER, MEMBER_GROUP)
    assert [one.text for one in sent if one.group] == ["已私信"]


# --- renewals to copy ------------------------------------------------------------------------------------------------


def nodes(sent: Any) -> list[str]:
    return [node["data"]["content"][0]["data"]["text"] for node in sent.params["messages"]]


async def test_who_ends_soon_comes_with_a_renewal_of_each_to_copy(chat: Chat) -> None:
    for account, duration in ((20011, "10天"), (20012, "2周"), (20013, "5天")):
        await chat.say(f"开通 {account} {duration}", SUPERUSER)
    await chat.say("停用 20013", SUPERUSER)
    listed, to_copy = await chat.say("到期清单 30", SUPERUSER)
    assert listed.text.startswith("30 天内到期 3 人：\n20013 会员已停用")
    assert listed.text.endswith("下一条是现成的续期命令，收到钱后复制一行发给我就行。")
    assert nodes(to_copy) == ["续期 20011 10天", "续期 20012 2周"] and to_copy.person == SUPERUSER
    assert "有效期至 2026-04-07" in await chat.ask(nodes(to_copy)[0], SUPERUSER)


async def test_a_single_renewal_is_a_message_of_its_own(chat: Chat) -> None:
    _, to_copy = await chat.say("到期清单 400", SUPERUSER)
    assert to_copy.text == f"续期 {MEMBER} 1年"


async def test_in_a_group_the_renewals_go_to_the_private_chat_too(chat: Chat) -> None:
    sent = await chat.say("到期清单 400", SUPERUSER, MEMBER_GROUP)
    assert [(one.person, one.group) for one in sent] == [(SUPERUSER, None)] * 2 + [(None, MEMBER_GROUP)]


async def test_only_suspended_ones_get_no_renewal(chat: Chat) -> None:
    await chat.say(f"停用 {MEMBER}", SUPERUSER)
    assert "续期" not in await chat.ask("到期清单 400", SUPERUSER)


@pytest.mark.parametrize("typed", [f"续期 {MEMBER} 1年\n续期 {NEW} 1年", f"开通 {NEW} 1年\n  开通 20011 1年"])
async def test_several_commands_in_one_message_are_no_note(chat: Chat, typed: str) -> None:
    before = await ledger(chat)
    assert "一行一行分开发" in await chat.ask(typed, SUPERUSER)
    assert await ledger(chat) == before


@pytest.mark.parametrize(
    "words",
    [
        "停用 20001 20002",
        "停用 20001、20002 倒卖",
        "停用 20001 倒卖\n停用 20002",
        "恢复 20001 20002",
        "开通 20001 20002 1年",
        "开通 20001 1年 20002",
        "续期 20001 1年\n20002 1年",
        "撤销 1 2",
        "撤销 1\n撤销 2",
        "撤销 1 和 2",
    ],
)
async def test_who_names_several_reads_that_nothing_was_done(chat: Chat, words: str) -> None:
    answer = await chat.ask(words, SUPERUSER)
    assert "一次只能" in answer or "一条消息只办一个人" in answer
    assert "共 1 条" in await chat.ask("操作记录", SUPERUSER)


@pytest.mark.parametrize("command", ["开通", "续期"])
@pytest.mark.parametrize("account", [SUPERUSER, SELF])
async def test_superusers_and_the_bot_need_no_membership(chat: Chat, command: str, account: int) -> None:
    answer = await chat.ask(f"{command} {account} 1年", SUPERUSER)
    assert answer == f"{account} 是机器人或管理员的号，用不着会员，没有{command}。请核对 QQ 号。"


@pytest.mark.parametrize(
    "words", ["开通 12345678，1年", "开通 1年 12345678", "开通 12345678 1 年", "开通 12345678：1年，老客户"]
)
async def test_what_is_plain_is_done(chat: Chat, words: str) -> None:
    assert "已开通 12345678，记录号 2，有效期至 2027-03-18" in await chat.ask(words, SUPERUSER)


async def test_a_note_keeps_the_operators_punctuation(chat: Chat) -> None:
    await chat.ask("开通 12345678 1年 老客户，付款１９８（微信）", SUPERUSER)
    assert "“老客户，付款１９８（微信）”" in await chat.ask("操作记录", SUPERUSER)


async def test_words_that_operators_say_instead_are_understood(chat: Chat) -> None:
    assert "会员有效" in await chat.ask("会员名单", SUPERUSER)
    assert "共 1 条" in await chat.ask("操作日志", SUPERUSER)
    assert await chat.ask("续费 20001 1年", SUPERUSER) == "续期请发“续期 20001 1年”。"
    assert "已撤销" in await chat.ask("撤消 1", SUPERUSER)


async def test_a_member_who_says_renew_reads_how_to_subscribe(chat: Chat) -> None:
    subscribe = await chat.ask("订阅", MEMBER)
    for words in ("续费", "续费 20001 1年", "怎么订阅"):
        assert await chat.ask(words, MEMBER) == subscribe


async def test_a_day_behind_the_duration_gives_nothing(chat: Chat) -> None:
    before = await ledger(chat)
    for command in ("开通", "续期"):
        answer = await chat.ask(f"{command} {NEW} 1年 到2026-12-31", SUPERUSER)
        assert "没有办" in answer and "导入会员" in answer
    assert await ledger(chat) == before


async def test_who_is_in_the_note_of_an_entry_is_found_by_it(chat: Chat) -> None:
    await chat.ask(f"开通 {NEW} 1年 备注 张三", SUPERUSER)
    assert str(NEW) in await chat.ask("会员查询 张三", SUPERUSER)
    assert "操作记录的备注里" in await chat.ask("会员查询 李四", SUPERUSER)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (f"会员查询 {NEW} {MEMBER}", "一次只能查一个人"),
        (f"操作记录 {NEW} QQ{MEMBER}", "一次只能查一个人"),
        ("操作记录 张三", "先发“会员查询 名字”"),
        ("到期清单 999999", "1 到 3660"),
        ("到期清单 一个月", "31 天内没有会员到期"),
        ("统计 2025", "只按月统计"),
    ],
)
async def test_what_is_asked_otherwise_is_answered_with_how(chat: Chat, typed: str, told: str) -> None:
    assert told in await chat.ask(typed, SUPERUSER)
