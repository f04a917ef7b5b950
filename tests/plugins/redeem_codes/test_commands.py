"""卡密 from its making to its use: codes leave in private alone, give their time once, and a code in a group is
revoked."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SELF, SUPERUSER, UNBOUND_GROUP, VISITOR, Chat

from jianggao.chat.receiving.rate_limit import RateLimit
from jianggao.redeem_codes.code_form import find_codes, new_code, shown

BUYER = 20009
AT_BOT = {"type": "at", "data": {"qq": str(SELF)}}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "data": {"text": words}}


def codes_in(sent: list[Any]) -> list[str]:
    """Returns the codes of the message that hands them over, as they are shown."""
    text = next(one.text for one in sent if one.person == SUPERUSER and find_codes(one.text))
    return [shown(code) for code in find_codes(text)]


async def made(chat: Chat, order: str = "卡密 3 1年") -> list[str]:
    return codes_in(await chat.say(order, SUPERUSER))


async def rows(chat: Chat, sql: str) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        return [tuple(row) for row in await connection.execute_fetchall(sql)]


def states(chat: Chat) -> Any:
    return rows(
        chat,
        "SELECT count(*), count(entry), count(revoked_at) FROM redeem_codes",
    )


async def test_codes_come_as_a_file_and_as_a_message(chat: Chat) -> None:
    file, message, answer = await chat.say("卡密 20 1年 2027-06-30前 淘宝店", SUPERUSER)
    assert file.action == "upload_private_file" and file.params["name"] == "卡密-第1批-20张-1年.txt"
    assert message.person == answer.person == SUPERUSER
    assert len(find_codes(message.text)) == 20 and "第 1 批 20 张 1年" in answer.text
    assert "最后兑换日 2027-06-30" in answer.text and not find_codes(answer.text)
    assert (await states(chat)) == [(20, 0, 0)]


async def test_in_a_group_the_codes_and_the_answer_go_private(chat: Chat) -> None:
    sent = await chat.say("卡密 2 1年", SUPERUSER, MEMBER_GROUP)
    assert [one.text for one in sent if one.group is not None] == ["已私信"]
    assert len(codes_in(sent)) == 2


async def test_a_buyer_redeems_a_code_in_private(chat: Chat) -> None:
    first, second, third = await made(chat)
    answer = await chat.ask(f"兑换 {first}", BUYER)
    assert "兑换成功：1年，有效期至 2027-03-18" in answer and "检索" in answer
    assert "有效期至 2028-03-18" in await chat.ask(second.lower().replace("-", " "), BUYER)
    assert "有效期至 2029-03-18" in await chat.ask(f"你好，我买的卡密：\n{third}\n谢谢", BUYER)
    assert "有效期至 2029-03-18" in await chat.ask("我的会员", BUYER)


async def test_the_answer_is_the_same_for_every_code_that_fails(chat: Chat) -> None:
    used, revoked, _ = await made(chat)
    await chat.say(f"兑换 {used}", BUYER)
    await chat.say(f"作废卡密 {revoked}", SUPERUSER)
    wrong = used[:-1] + ("7" if used[-1] != "7" else "8")
    answers = {await chat.ask(f"兑换 {code}", VISITOR) for code in (used, revoked, new_code(), wrong)}
    assert len(answers) == 1 and "打错" in answers.pop()
    assert "你已经在 2026-03-18 兑换过了" in await chat.ask(used, BUYER)


async def test_wrong_tries_lock_that_person(chat: Chat) -> None:
    (code,) = await made(chat, "卡密 1 1年")
    for _ in range(5):
        assert "用不了" in await chat.ask(f"兑换 {new_code()}", VISITOR)
    assert await chat.ask(f"兑换 {code}", VISITOR) == "试错太多，请 60 分钟后再试。"
    assert "兑换成功" in await chat.ask(code, BUYER)


async def test_fifty_messages_at_once_redeem_a_code_once(chat: Chat) -> None:
    (code,) = await made(chat, "卡密 1 1年")
    chat.sent.clear()
    await asyncio.gather(*(chat.say(f"兑换 {code}", 30_000 + at) for at in range(50)))
    assert sum("兑换成功" in one.text for one in chat.sent) == 1
    assert await rows(chat, "SELECT count(*) FROM ledger WHERE kind = 'redeem'") == [(1,)]


async def test_a_text_that_holds_nothing_but_a_mistyped_code_is_no_search(chat: Chat) -> None:
    (code,) = await made(chat, "卡密 1 1年")
    wrong = code[:-1] + ("7" if code[-1] != "7" else "8")
    for typed in (wrong, f"兑换{wrong}", f"兑换 {wrong}"):
        assert "用不了" in await chat.ask(typed, VISITOR)


@pytest.mark.parametrize(
    "around",
    ["卡密：{}", "我买的卡密是 {}", "CDK:{}", "[卡密] {}", "作废卡密 {}", "检索 {}", "你好，{} 谢谢"],
)
async def test_a_mistyped_code_among_words_is_answered_and_counts(chat: Chat, around: str) -> None:
    (code,) = await made(chat, "卡密 1 1年")
    wrong = around.format(code[:-1] + ("7" if code[-1] != "7" else "8"))
    short = await chat.ask(around.format(code[:-1]), MEMBER)
    assert "少 1 位" in short and code[:5] not in short
    for _ in range(5):
        assert "用不了" in await chat.ask(wrong, VISITOR)
    assert "分钟后再试" in await chat.ask(code, VISITOR)
    await chat.say("绑定会员群", SUPERUSER, MEMBER_GROUP)
    assert "私聊发给我" in await chat.ask([AT_BOT, text(wrong)], VISITOR, MEMBER_GROUP)


async def test_speech_about_codes_is_searched(chat: Chat) -> None:
    assert "没有找到" in await chat.ask("兑换码管理办法 2023", MEMBER)
    assert await chat.say("卡密管理", VISITOR) and not await chat.say("卡密 20 1年", VISITOR)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("兑换", "还没写卡密"),
        ("兑换 你好", "还没写卡密"),
        ("兑换 ABC12", "这里有 5 位"),
        ("兑换 " + "A" * 30, "30 位"),
    ],
)
async def test_what_is_no_code_gets_the_right_form(chat: Chat, typed: str, told: str) -> None:
    answer = await chat.ask(typed, VISITOR)
    assert told in answer and "写法：兑换 卡密" in answer


async def test_several_codes_are_redeemed_one_at_a_time(chat: Chat) -> None:
    codes = await made(chat)
    assert "一条消息发一个" in await chat.ask("\n".join(codes), BUYER)
    assert await states(chat) == [(3, 0, 0)]


async def test_a_suspended_member_keeps_the_code(chat: Chat) -> None:
    (code,) = await made(chat, "卡密 1 1年")
    await chat.say(f"停用 {MEMBER}", SUPERUSER)
    assert "没有用掉" in await chat.ask(code, MEMBER)
    assert await states(chat) == [(1, 0, 0)]


async def test_a_trial_is_had_once(chat: Chat) -> None:
    first, second = await made(chat, "卡密 2 试用3天")
    assert "兑换成功：试用3天，有效期至 2026-03-21" in await chat.ask(first, BUYER)
    assert "每人只能试用一次" in await chat.ask(second, BUYER)
    assert "试用 3天" in await chat.ask(f"会员查询 {BUYER}", SUPERUSER)
    assert await states(chat) == [(2, 1, 0)]


# --- in groups --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", [MEMBER_GROUP, FREE_GROUP])
@pytest.mark.parametrize("form", ["{}", "兑换 {}", "@ 谁会用 {} 这个", "检索 {}"])
async def test_a_code_in_a_group_is_revoked_and_all_are_told(chat: Chat, group: int, form: str) -> None:
    (code,) = await made(chat, "卡密 1 1年")
    sent = await chat.say(form.format(code), BUYER, group)
    assert await states(chat) == [(1, 0, 1)]
    assert [one.person for one in sent if one.person] == [SUPERUSER]
    notice = next(one.text for one in sent if one.person == SUPERUSER)
    assert str(BUYER) in notice and "第 1 批 1 张" in notice and not find_codes(notice)
    told = next(one for one in sent if one.group == group)
    assert "已作废" in told.text and told.quoted is not None and not find_codes(told.text)
    assert "用不了" in await chat.ask(code, BUYER)


async def test_in_an_unbound_group_only_superusers_are_told(chat: Chat) -> None:
    codes = await made(chat)
    sent = await chat.say(f"送大家 {codes[0]} 和 {codes[1]}", VISITOR, UNBOUND_GROUP)
    assert [(one.person, one.group) for one in sent] == [(SUPERUSER, None)]
    assert "第 1 批 2 张" in sent[0].text
    assert await states(chat) == [(3, 0, 2)]
    assert await rows(chat, f"SELECT 1 FROM outbox WHERE chat = '{UNBOUND_GROUP}'") == []


async def test_of_codes_that_there_are_not_nobody_in_a_group_hears(chat: Chat) -> None:
    await made(chat)
    for group in (MEMBER_GROUP, UNBOUND_GROUP):
        assert await chat.say(f"检索 {new_code()}", VISITOR, group) == []
    assert await rows(chat, "SELECT account, wrong FROM code_attempts") == [(str(VISITOR), 2)]


async def test_guesses_in_a_group_count_as_tries(chat: Chat) -> None:
    (code,) = await made(chat, "卡密 1 1年")
    for _ in range(5):
        await chat.say(new_code(), VISITOR, FREE_GROUP)
    assert "试错太多" in await chat.ask(code, VISITOR)


async def test_many_messages_with_codes_are_not_all_looked_at(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.chat.sending.notices.connected", lambda: [chat.bot])
    chat.admission.exposures = RateLimit(30)
    sent = [one for _ in range(40) for one in await chat.say(new_code(), VISITOR, UNBOUND_GROUP)]
    await asyncio.sleep(0)
    assert [one.person for one in chat.sent if "太多像卡密的消息" in one.text] == [SUPERUSER], sent
    claims = await rows(chat, f"SELECT count(*) FROM claims WHERE message LIKE '%:{VISITOR}:%'")
    assert claims == [(30,)]


async def test_a_used_code_in_a_group_is_nobodys_business(chat: Chat) -> None:
    (code,) = await made(chat, "卡密 1 1年")
    await chat.say(code, BUYER)
    assert await chat.say(f"我用的是 {code}", BUYER, MEMBER_GROUP) == []
    assert await states(chat) == [(1, 1, 0)]


async def test_an_old_message_with_a_code_in_a_group_counts_too(chat: Chat, clock: Any) -> None:
    (code,) = await made(chat, "卡密 1 1年")
    event = chat.event(code, BUYER, MEMBER_GROUP)
    clock.advance(hours=5)
    assert any("已作废" in one.text for one in await chat.send(event))
    assert await chat.send(event) == []


async def test_a_code_in_a_group_is_revoked_at_any_rate(open_chat: Any) -> None:
    chat: Chat = await open_chat(ASKER_PER_MINUTE="1", GROUP_PER_MINUTE="1")
    codes = await made(chat)
    for code in codes:
        await chat.say(code, BUYER, FREE_GROUP)
    assert await states(chat) == [(3, 0, 3)]


async def test_redeeming_belongs_into_the_private_chat(chat: Chat) -> None:
    assert "私聊" in await chat.ask("兑换", VISITOR, FREE_GROUP)


# --- who is not heard, and what else is open ----------------------------------------------------------------


async def test_temporary_sessions_and_ignored_people_get_nothing(open_chat: Any) -> None:
    chat: Chat = await open_chat(IGNORED_USERS=str(VISITOR))
    codes = await made(chat)
    assert await chat.say(codes[0], BUYER, sub_type="group") == []
    assert await chat.say(codes[1], VISITOR) == []
    assert await states(chat) == [(3, 0, 0)]


async def test_a_conversation_stays_open_and_takes_no_code_for_evidence(chat: Chat) -> None:
    (code,) = await made(chat, "卡密 1 1年")
    await chat.ask(f"举报 {VISITOR}", MEMBER)
    assert "兑换成功" in await chat.ask(f"我的卡密是 {code}", MEMBER)
    assert "已收到 1 件" in await chat.ask("他在别的群卖资料", MEMBER)


async def test_a_superusers_text_with_a_code_redeems_only_by_the_word(chat: Chat) -> None:
    codes = await made(chat)
    for typed in (codes[0], f"开通 {BUYER} 1年 {codes[0]}", f"卡密 {codes[0]}"):
        assert "没有兑换" in await chat.ask(typed, SUPERUSER)
    assert await states(chat) == [(3, 0, 0)]
    assert "兑换成功" in await chat.ask(f"兑换 {codes[0]}", SUPERUSER)


async def test_each_message_acts_once(chat: Chat) -> None:
    codes = await made(chat)
    event = chat.event(f"兑换 {codes[0]}", BUYER)
    assert len(await chat.send(event)) == 1
    chat.forget()
    assert await chat.send(event) == []


async def test_the_example_in_the_help_is_no_code(chat: Chat) -> None:
    assert not find_codes(await chat.ask("帮助 兑换", VISITOR))
    answer = await chat.ask("兑换 7K2MX-93QFD-W5T8A-ZC1H6", VISITOR)
    assert "用不了" in answer and not re.search("成功", answer)
