"""作废卡密 does all that it was told, or nothing and says so."""

from __future__ import annotations

import pytest
from simulated_chat import SUPERUSER, VISITOR, Chat

from jianggao.redeem_codes.code_form import find_codes, shown


async def made(chat: Chat) -> list[str]:
    sent = await chat.say("卡密 3 1年", SUPERUSER)
    return [shown(code) for code in dict.fromkeys(code for one in sent for code in find_codes(one.text))]


def slip_in(code: str) -> str:
    return code[:-1] + ("A" if code[-1] != "A" else "B")


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ("{0} 3", "分两条发"),
        ("1 {0}", "分两条发"),
        ("第 1 批、{0}", "分两条发"),
        ("{0} 第三批", "分两条发"),
        ("{0} {slip}", "没认出的是"),
        ("{slip}，{0}", "没认出的是"),
        ("{0}\n{1}\n{slip}", "认出 2 个卡密"),
        ("{0} abc", "没认出的是"),
        ("{0} 7K2MX-93QFD", "没认出的是"),
    ],
)
async def test_what_is_not_understood_beside_codes_stops_all(chat: Chat, order: str, told: str) -> None:
    codes = await made(chat)
    slip = slip_in(codes[2])
    answer = await chat.ask("作废卡密 " + order.format(*codes, slip=slip), SUPERUSER)
    assert told in answer and "没有办" in answer and slip not in answer and not find_codes(answer)
    assert "作废 0" in await chat.ask("卡密列表 1", SUPERUSER)


@pytest.mark.parametrize("order", ["{0}", "卡密 {0}", "{0} 和 {1}", "{0}\n{1}，{2}", "这个：{0}", "{0} {0}"])
async def test_words_around_codes_are_none_of_them(chat: Chat, order: str) -> None:
    codes = await made(chat)
    assert "已作废" in await chat.ask("作废卡密 " + order.format(*codes), SUPERUSER)
    blanks = codes[2].replace("-", " ").lower()
    assert "作废" in await chat.ask(f"作废卡密 {blanks}", SUPERUSER)


@pytest.mark.parametrize("order", ["第 1 批", "第一批", "一", "1 - 1", "第１批"])
async def test_a_batch_is_named_in_any_usual_way(chat: Chat, order: str) -> None:
    await made(chat)
    assert "未用 3" in await chat.ask("卡密列表 " + order.replace("1 - 1", "1"), SUPERUSER)
    assert "已作废第 1 批没用的 3 张" in await chat.ask(f"作废卡密 {order}", SUPERUSER)


async def test_a_code_that_is_listed_with_a_slip_is_said_to_be_none(chat: Chat) -> None:
    codes = await made(chat)
    assert "没有这个卡密" in await chat.ask(f"卡密列表 {slip_in(codes[0])}", SUPERUSER)
    assert "一次看一批" in await chat.ask("卡密列表 3、5", SUPERUSER)


async def test_a_buyer_who_says_only_what_it_is_hears_how_to_redeem(chat: Chat) -> None:
    for typed in ("卡密", "兑换会员", "兑换 图片"):
        answer = await chat.ask(typed, VISITOR)
        assert "还没写卡密" in answer and "兑换 卡密" in answer
    assert "还差张数" in await chat.ask("卡密", SUPERUSER)
    assert await chat.say("卡密 20 1年", VISITOR) == []
