"""卡密, 卡密列表 and 作废卡密: what superusers order, and what becomes of codes that may not have arrived."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import Any

import pytest
from foreign_lock import held_by_another
from kept_answers import look, stop, until, with_empty_outbox
from nonebot.adapters.onebot.v11 import ActionFailed, NetworkError
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SELF, SUPERUSER, UNBOUND_GROUP, VISITOR, Chat

from jianggao.membership.durations import Duration
from jianggao.redeem_codes import issuing
from jianggao.redeem_codes.code_form import find_codes, new_code, shown
from jianggao.redeem_codes.code_store import CodeTerms

UNKNOWN = new_code(random.Random(4).randbytes)
BUYER, OTHER_SUPERUSER = 20009, 90002


async def made(chat: Chat, order: str = "卡密 3 1年") -> list[str]:
    sent = await chat.say(order, SUPERUSER)
    return [
        shown(code)
        for one in sent
        if "messages" in one.params or "message" in one.params
        for code in find_codes(one.text)
    ]


async def batch_states(chat: Chat) -> list[str]:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT state FROM code_batches ORDER BY number")
    return [row["state"] for row in rows]


def fails(error: Callable[[], Exception], *actions: str) -> Callable[[str, dict[str, Any]], Any]:
    """Lets these calls fail when they carry codes."""

    def answer(action: str, data: dict[str, Any]) -> Any:
        carries = "file" in data or "messages" in data or find_codes(data["message"][0]["data"]["text"])
        if action in actions and carries:
            raise error()
        return None

    return answer


def lost() -> Exception:
    return NetworkError("no answer")


def no_friend() -> Exception:
    return ActionFailed(status="failed", retcode=100, data=None, message='"result": 16', wording="")


def no_such_call() -> Exception:
    return ActionFailed(status="failed", retcode=1404, data=None, message="", wording="")


FILE, MESSAGE, FORWARD = "upload_private_file", "send_private_msg", "send_private_forward_msg"


@pytest.mark.parametrize("action", [FILE, MESSAGE])
async def test_codes_that_may_have_arrived_unnoticed_are_revoked(chat: Chat, action: str) -> None:
    chat.answer = fails(lost, action)
    *before, answer = await chat.say("卡密 2 1年", SUPERUSER)
    assert "不确定" in answer.text and "已全部作废" in answer.text
    assert await batch_states(chat) == ["revoked"]
    for code in {code for one in before for code in find_codes(one.text)}:
        assert "用不了" in await chat.ask(code, BUYER)


async def test_codes_that_nobody_got_are_revoked_and_the_reason_is_said(chat: Chat) -> None:
    chat.answer = fails(no_friend, FILE, MESSAGE)
    assert "没发出去（你还不是机器人的好友），已作废" in await chat.ask("卡密 2 1年", SUPERUSER)
    assert await batch_states(chat) == ["revoked"]
    assert "没有发到，已作废" in await chat.ask("卡密列表", SUPERUSER)


@pytest.mark.parametrize(("action", "how"), [(FILE, "（消息；文件没发出去）"), (MESSAGE, "（文件）")])
async def test_one_of_the_two_is_enough(chat: Chat, action: str, how: str) -> None:
    chat.answer = fails(no_such_call, action)
    sent = await chat.say("卡密 2 1年", SUPERUSER)
    assert how in sent[-1].text and await batch_states(chat) == ["active"]
    assert "兑换成功" in await chat.ask(find_codes(sent[0].text)[0], BUYER)


async def test_codes_of_a_bot_that_is_killed_before_they_arrived_are_revoked(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {str(SELF): chat.bot})
    await with_empty_outbox(chat)
    never, left = asyncio.Event(), []

    def answer(action: str, data: dict[str, Any]) -> Any:
        if action == FILE:
            left.append(data)
            return never.wait()
        return None

    chat.answer = answer
    task = asyncio.create_task(chat.say("卡密 2 1年", SUPERUSER))
    await until(lambda: left)
    assert await batch_states(chat) == ["pending"]
    assert "还没发到" in await chat.ask("卡密列表", SUPERUSER)
    await stop(chat, kill=True)
    await asyncio.gather(task, return_exceptions=True)
    chat.answer = lambda action, data: None
    chat.sent.clear()
    from jianggao.chat.lifecycle import revoke_codes_left_over

    await chat.services.answers.take_over()
    await revoke_codes_left_over(chat.services)
    await look(chat)
    assert [one.text for one in chat.sent] == ["机器人在发卡密时停了，第 1 批没有启用，已作废，请重新生成。"]
    assert await batch_states(chat) == ["revoked"]


async def test_superusers_hear_of_codes_whose_making_at_the_terminal_was_broken_off(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.lifecycle import revoke_codes_left_over

    monkeypatch.setattr("jianggao.chat.sending.notices.connected", lambda: [chat.bot])
    application = chat.application
    async with application.database.write() as connection:
        await issuing.make_at_the_terminal(
            connection, 3, CodeTerms(Duration(years=1)), chat.clock.now, application.settings.timezone, b"k"
        )
    for told in (1, 1):
        await revoke_codes_left_over(chat.services)
        assert len(chat.sent) == told and chat.sent[0].person == SUPERUSER
    assert "第 1 批 3 张 1年 卡密生成到一半就停了" in chat.sent[0].text


@pytest.mark.parametrize("order", ["开通 20077 1年 {}", "停用 20001 {}"])
async def test_a_command_beside_a_code_is_said_to_be_left_undone(chat: Chat, order: str) -> None:
    code = (await made(chat, "卡密 1 1年"))[0]
    answer = await chat.ask(order.format(code), SUPERUSER)
    assert answer.startswith(f"“{order[:2]}”没有办") and "没有兑换" in answer
    await chat.say("绑定会员群", SUPERUSER, MEMBER_GROUP)
    sent = await chat.say(order.format(code), SUPERUSER, MEMBER_GROUP)
    assert [f"“{order[:2]}”没有办" in one.text for one in sent if one.group] == [True]
    # It is spent by now.
    assert f"“{order[:2]}”没有办" in await chat.ask(order.format(code), SUPERUSER, MEMBER_GROUP)


async def test_of_several_codes_those_that_there_are_not_are_told(chat: Chat) -> None:
    codes = await made(chat, "卡密 2 1年")
    answer = await chat.ask(f"作废卡密 {codes[0]} {UNKNOWN} {codes[1]}", SUPERUSER)
    assert answer.splitlines() == [
        "认出 3 个卡密：",
        "1. 已作废这个卡密（第 1 批）。",
        "2. 没有这个卡密，请核对有没有打错。",
        "3. 已作废这个卡密（第 1 批）。",
    ]
    assert "2. 没有这个卡密" in await chat.ask(f"卡密列表 {codes[0]} {UNKNOWN}", SUPERUSER)
    assert "别的批次也没有作废" in await chat.ask("作废卡密 1 99", SUPERUSER)


async def test_a_code_is_not_redeemed_for_somebody_else(chat: Chat) -> None:
    code = (await made(chat, "卡密 1 1年"))[0]
    for order in (f"兑换 {code} 20055", f"兑换 20055 {code}"):
        answer = await chat.ask(order, SUPERUSER)
        assert "没有兑换" in answer and "开通 20055 1年" in answer
    assert "兑换成功" in await chat.ask(f"兑换 {code}", SUPERUSER)


async def test_a_use_that_was_taken_back_is_told_so(chat: Chat) -> None:
    code = (await made(chat, "卡密 1 1年"))[0]
    assert "兑换成功" in await chat.ask(code, BUYER)
    await chat.say("撤销 2", SUPERUSER)
    assert "已由第 3 号撤销" in await chat.ask(f"卡密列表 {code}", SUPERUSER)
    assert "后来被撤销了，卡密不退回" in await chat.ask(code, BUYER)


async def test_codes_that_left_and_could_not_be_stored_as_valid_are_none(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.database.writer.PATIENCE_MS", 100)
    held = held_by_another(chat.application.database.path)

    def answer(action: str, data: dict[str, Any]) -> Any:
        if action == FILE:
            held.__enter__()
        return None

    chat.answer = answer
    sent = await chat.say("卡密 2 1年", SUPERUSER)
    held.__exit__(None, None, None)
    codes = [code for one in sent for code in find_codes(one.text)]
    assert codes and await batch_states(chat) == ["pending"]
    assert "用不了" in await chat.ask(codes[0], BUYER)


async def test_a_day_has_five_hundred_codes_of_all_superusers(open_chat: Any, clock: Any) -> None:
    chat: Chat = await open_chat(imported=False, SUPERUSERS=f"{SUPERUSER},{OTHER_SUPERUSER}")
    assert "1 到 500 张" in await chat.ask("卡密 501 1年", SUPERUSER)
    assert "1 到 500 张" in await chat.ask("卡密 0 1年", SUPERUSER)
    chat.answer = fails(no_friend, FILE, FORWARD)
    await chat.say("卡密 100 1年", SUPERUSER)
    chat.answer = lambda action, data: None
    assert "第 2 批 490 张" in (await chat.say("卡密 490 1年", SUPERUSER))[-1].text
    assert "今天还能生成 10 张" in await chat.ask("卡密 11 1年", OTHER_SUPERUSER)
    await chat.say("作废卡密 2", SUPERUSER)
    assert "今天还能生成 10 张" in await chat.ask("卡密 11 1年", OTHER_SUPERUSER)
    clock.advance(hours=13)  # 01:00 in Shanghai
    assert "500 张" in (await chat.say("卡密 500 1年", OTHER_SUPERUSER))[-1].text


async def test_five_hundred_codes_fit_into_file_and_message(chat: Chat) -> None:
    file, message, _ = await chat.say("卡密 500 试用 3天 展会", SUPERUSER)
    assert (
        len(file.text.split()) == 500
        and list(map(shown, find_codes(file.text)))[:400] == file.text.split()[:400]
    )
    assert message.action == "send_private_forward_msg"
    assert all(code in message.text for code in file.text.split())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("卡密", "还差张数"),
        ("卡密 一些 1年", "还差张数"),
        ("卡密 20", "还差时长"),
        ("卡密 20 试用", "还差时长"),
        ("卡密 20 很久", "时长"),
        ("卡密 20 6年", "最多 5 年"),
        ("卡密 20 1年 2026-03-17前", "已经过了"),
        ("卡密 20 1年 2027-02-30前", "最后兑换日"),
        ("卡密 20 1年 " + "长" * 101, "最多 100 字"),
        ("作废卡密", "还差批次"),
        ("作废卡密 9", "还没有生成过"),
        ("作废卡密 " + UNKNOWN, "没有这个卡密"),
        ("卡密列表 " + UNKNOWN, "没有这个卡密"),
        ("卡密列表 9", "还没有生成过"),
        ("卡密列表 第9页", "没有第 9 页"),
        ("卡密列表 什么", "请写批次"),
    ],
)
async def test_an_unclear_order_makes_and_revokes_nothing(chat: Chat, typed: str, told: str) -> None:
    assert told in await chat.ask(typed, SUPERUSER)
    assert await batch_states(chat) == []


async def test_the_list_tells_batches_and_who_used_which(chat: Chat) -> None:
    assert "还没有生成过卡密" in await chat.ask("卡密列表", SUPERUSER)
    codes = await made(chat, "卡密 3 1年 2027年6月30日前 淘宝")
    await made(chat, "卡密 2 试用3天")
    await chat.say(codes[0], BUYER)
    await chat.say(codes[1], VISITOR, FREE_GROUP)
    lines = (await chat.ask("卡密列表", SUPERUSER)).splitlines()
    assert lines[:3] == [
        "共 2 批卡密：",
        "2 批 2026-03-18 2 张 试用3天：未用 2，已用 0，作废 0",
        "1 批 2026-03-18 3 张 1年“淘宝”，最后兑换日 2027-06-30：未用 1，已用 1，作废 1",
    ]
    report = await chat.ask("卡密列表 第1批", SUPERUSER)
    assert f"{SUPERUSER} 生成：未用 1，已用 1，作废 1。" in report
    assert f"2026-03-18 12:00 {BUYER} 记录号 2" in report
    await chat.say("撤销 2", SUPERUSER)
    assert "记录号 2，已由第 3 号撤销（卡密不退回）" in await chat.ask("卡密列表 1", SUPERUSER)
    assert not find_codes(report)


async def test_one_code_is_looked_up_in_private(chat: Chat) -> None:
    used, unused, revoked = await made(chat)
    await chat.say(used, BUYER)
    await chat.say(f"作废卡密 {revoked}", SUPERUSER)
    assert f"由 {BUYER} 用掉，记录号 2" in await chat.ask(f"卡密列表 {used}", SUPERUSER)
    assert "还没用" in await chat.ask(f"卡密列表 {unused}", SUPERUSER)
    assert "已作废" in await chat.ask(f"卡密列表 {revoked}", SUPERUSER)
    sent = await chat.say(f"卡密列表 {unused}", SUPERUSER, MEMBER_GROUP)
    assert any("已作废" in one.text for one in sent if one.group == MEMBER_GROUP)


async def test_lists_go_to_the_private_chat_wherever_asked(chat: Chat) -> None:
    await made(chat)
    for typed in ("卡密列表", "卡密列表 1"):
        sent = await chat.say(typed, SUPERUSER, FREE_GROUP)
        assert [(one.person, one.group) for one in sent] == [(SUPERUSER, None), (None, FREE_GROUP)]


async def test_a_batch_is_revoked_and_what_is_used_stays(chat: Chat) -> None:
    used, unused, _ = await made(chat)
    await chat.say(used, BUYER)
    answer = await chat.ask("作废卡密 第1批", SUPERUSER)
    assert "已作废第 1 批没用的 2 张" in answer and "用掉的 1 张不受影响" in answer and "撤销" in answer
    assert "用不了" in await chat.ask(unused, VISITOR)
    assert "有效期至 2027-03-18" in await chat.ask("我的会员", BUYER)
    assert "不用作废" in await chat.ask("作废卡密 1", SUPERUSER)


async def test_a_used_code_is_not_revoked_but_undone(chat: Chat) -> None:
    (code,) = await made(chat, "卡密 1 1年")
    await chat.say(code, BUYER)
    assert "“撤销 2”" in await chat.ask(f"作废卡密 {code}", SUPERUSER)
    await chat.say("撤销 2", SUPERUSER)
    assert "还不是会员" in await chat.ask("我的会员", BUYER)
    assert "你已经在" in await chat.ask(code, BUYER)
    assert "用不了" in await chat.ask(code, VISITOR)


async def test_a_code_may_be_revoked_from_a_group(chat: Chat) -> None:
    codes = await made(chat)
    sent = await chat.say(f"作废卡密 {codes[0]}", SUPERUSER, MEMBER_GROUP)
    assert any("已作废这个卡密" in one.text for one in sent if one.person)
    assert not any(find_codes(one.text) for one in sent)
    await chat.say(f"作废卡密 {codes[1]}", SUPERUSER, UNBOUND_GROUP)
    assert "还没用" not in await chat.ask(f"卡密列表 {codes[1]}", SUPERUSER)


@pytest.mark.parametrize("typed", ["卡密 20 1年", "卡密列表", "作废卡密 1"])
async def test_others_cannot_order_and_hear_nothing(chat: Chat, typed: str) -> None:
    await made(chat)
    for person in (MEMBER, VISITOR):
        assert await chat.say(typed, person) == [] == await chat.say(typed, person, MEMBER_GROUP)
    assert await batch_states(chat) == ["active"]


async def test_codes_in_a_group_while_nothing_can_be_written(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.database.writer.PATIENCE_MS", 100)
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {str(SELF): chat.bot})
    (code,) = await made(chat, "卡密 1 1年")
    with held_by_another(chat.application.database.path):
        sent = await chat.say(code, BUYER, MEMBER_GROUP)
        unbound = await chat.say(code, BUYER, UNBOUND_GROUP)
    assert any("还没能作废" in one.text for one in sent if one.group == MEMBER_GROUP)
    assert all(one.group is None for one in unbound)
    assert any("没能作废" in one.text for one in sent if one.person == SUPERUSER)


async def test_no_code_is_in_the_outbox_or_beside_it(chat: Chat) -> None:
    codes = await made(chat)
    await chat.say(codes[0], BUYER)
    await chat.say(codes[1], BUYER, MEMBER_GROUP)
    files = chat.application.database.path.parent.rglob("*")
    dump = b"".join(path.read_bytes() for path in files if path.is_file()).upper()
    assert b"REDEEM_CODES" in dump
    for code in codes:
        assert code.encode() not in dump and code.replace("-", "").encode() not in dump
