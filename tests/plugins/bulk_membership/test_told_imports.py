"""What an operator is told of lists that come too late, are wrong, or hold what isn't given."""

from __future__ import annotations

from simulated_chat import SUPERUSER, VISITOR, Chat


async def pasted(chat: Chat, *lines: str) -> str:
    """What 导入会员 with a list behind it is answered."""
    sent = await chat.say("\n".join(("导入会员", *lines)), SUPERUSER)
    return sent[-1].text


async def test_a_table_pasted_too_late_is_told_what_to_do(chat: Chat) -> None:
    await chat.ask("导入会员", SUPERUSER)
    chat.clock.advance(minutes=11)
    told = await chat.ask("QQ,时长\n20011,1年", SUPERUSER)
    assert "要导入，先发“导入会员”" in told
    assert "没有导入" not in await chat.ask("QQ,时长\n20011,1年", VISITOR)


async def test_a_wrong_table_behind_the_command_is_waited_for_again(chat: Chat) -> None:
    told = (await chat.say("导入会员\nQQ,姓名\n20013,甲", SUPERUSER))[-1].text
    assert "没有时长" in told and "不导了发“取消”" in told
    assert "可导入 1 行" in (await chat.say("QQ,时长\n20013,半年", SUPERUSER))[-1].text


async def test_the_bot_and_superusers_get_no_membership(chat: Chat) -> None:
    answer = await pasted(chat, "QQ,时长", f"{SUPERUSER},1年", "10001,1年", "20011,1年")
    assert "可导入 1 行" in answer
    for account in (SUPERUSER, 10001):
        assert f"{account} 是机器人或管理员的号，用不着会员" in answer


async def test_orders_without_a_state_are_noticed_once(chat: Chat) -> None:
    answer = await pasted(chat, "订单号,买家留言,规格", "A1,QQ20011,年卡", "A2,QQ20012,年卡")
    assert answer.count("表里没有订单状态这样的列") == 1
    assert "表里没有订单状态" not in await pasted(chat, "QQ,时长", "20011,1年")


async def test_an_exported_list_says_why_the_suspended_are_not_imported(chat: Chat) -> None:
    answer = await pasted(
        chat, "QQ,状态,有效期至", "20011,会员已停用,2027-03-18", "20012,会员有效,2027-03-18"
    )
    assert "第 2 行：“会员已停用”的不导入，要恢复请发“恢复 QQ号”" in answer and "可导入 1 行" in answer


async def test_a_single_line_behind_the_command_is_no_table_and_nothing_is_waited_for(chat: Chat) -> None:
    told = (await chat.say("导入会员 20013 1年", SUPERUSER))[-1].text
    assert "“20013 1年”不是表格" in told and "发“开通 QQ号 时长”" in told
    assert "正在等表格" not in (await chat.say("会员列表", SUPERUSER))[-1].text


async def test_orders_that_only_look_like_a_years_card_give_nothing(chat: Chat) -> None:
    answer = await pasted(
        chat,
        "订单编号,订单状态,宝贝标题,商品属性,买家留言,订单付款时间",
        "A1000001,交易成功,讲稿资料会员年卡,定金,20011,2026-03-17",
        "A1000002,交易成功,讲稿1篇（年卡会员免费）,,20012,2026-03-17",
        "A1000003,等待卖家发货,讲稿会员年卡,,20013,",
        "A1000004,交易成功,讲稿资料会员年卡,默认,20014,2026-03-17",
    )
    assert "可导入 1 行" in answer and "第 5 行 20014：新开通" in answer
