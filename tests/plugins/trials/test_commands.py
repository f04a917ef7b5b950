"""试用 through the bot: once a person, after a wait, in private, and no more than what it says."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from nonebot.adapters.onebot.v11.exception import ActionFailed
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SELF, SUPERUSER, VISITOR, Chat

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.outbound.outbox_store import OutboxAnswer

OpenChat = Callable[..., Any]


async def with_groups(chat: Chat) -> Chat:
    await chat.say("绑定会员群", SUPERUSER, MEMBER_GROUP)
    await chat.say("绑定免费群", SUPERUSER, FREE_GROUP)
    await chat.say(f"开通 {MEMBER} 1年", SUPERUSER)
    return chat


@pytest.fixture
async def days(open_chat: OpenChat) -> Chat:
    """A bot with trials of three days, without a wait."""
    return await with_groups(await open_chat(TRIAL="3天", TRIAL_WAIT="0天", SUBSCRIBE_TEXT="找群主订阅"))


@pytest.fixture
async def one_text(open_chat: OpenChat) -> Chat:
    """A bot with a full text for trial, without a wait."""
    return await with_groups(await open_chat(TRIAL="1篇", TRIAL_WAIT="0天", SUBSCRIBE_TEXT="找群主订阅"))


async def rows(chat: Chat, sql: str) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        return [tuple(row) for row in await connection.execute_fetchall(sql)]


async def trials_given(chat: Chat) -> int:
    return len(await rows(chat, "SELECT 1 FROM ledger WHERE is_trial = 1"))


def refuses_files(action: str, data: dict[str, Any]) -> None:
    if action.startswith(("upload_", "send_private_forward")):
        raise ActionFailed(retcode=1200, message="result: 16")


# --- some days ------------------------------------------------------------------------------------------------------


async def test_without_the_setting_there_are_none(open_chat: OpenChat) -> None:
    chat: Chat = await open_chat(SUBSCRIBE_TEXT="找群主订阅")
    assert await chat.ask("试用", VISITOR) == "现在没有试用。\n找群主订阅"
    assert await trials_given(chat) == 0


async def test_days_begin_at_once_and_three_commands_are_named(days: Chat) -> None:
    assert await days.ask("试用", VISITOR) == (
        "3 天试用开通了，有效期至 2026-03-21。可看 2023-03-18 至 2026-03-21 的资料。\n"
        "可以先试试：\n检索 乡村振兴\n随机\n全文 1"
    )
    answers = await days.say("全文 1", VISITOR)
    assert [one.action for one in answers] == ["upload_private_file"]
    assert await days.ask("我的会员", VISITOR) == (
        "试用中，有效期至 2026-03-21。可看 2023-03-18 至 2026-03-21 的资料。\n今天还可看 500 段、取全文 19 篇。"
    )


async def test_they_stand_in_the_ledger_by_the_persons_own_account(days: Chat) -> None:
    await days.ask("试用", VISITOR)
    log = await days.ask(f"操作记录 {VISITOR}", SUPERUSER)
    assert f"{VISITOR} 开通 {VISITOR} 试用 3天（“自助领取”）" in log


async def test_they_end_and_do_not_come_again(days: Chat) -> None:
    await days.ask("试用", VISITOR)
    assert await days.ask("试用", VISITOR) == "你正在试用，有效期至 2026-03-21，不用再领。发“我的会员”查看。"
    days.clock.advance(days=4)
    assert await days.ask("试用", VISITOR) == "你已经试用过了，每人一次。\n找群主订阅"
    assert (await days.ask("我的会员", VISITOR)).startswith("试用已到期，有效期至 2026-03-21。")
    assert await trials_given(days) == 1


async def test_an_undone_one_was_had(days: Chat) -> None:
    await days.ask("试用", VISITOR)
    await days.ask("撤销 2", SUPERUSER)
    assert "你已经试用过了" in await days.ask("试用", VISITOR)


async def test_a_member_has_none_nor_who_was_one(days: Chat) -> None:
    assert await days.ask("试用", MEMBER) == "你已经是会员，有效期至 2027-03-18，不用再领。发“我的会员”查看。"
    days.clock.advance(days=400)
    assert await days.ask("试用", MEMBER) == "试用只给没当过会员的人。\n找群主订阅"
    await days.ask(f"停用 {MEMBER} 转卖", SUPERUSER)
    assert await days.ask("试用", MEMBER) == "你的会员停用着，不能试用。有疑问请联系管理员。"
    assert await trials_given(days) == 0


async def test_operators_need_none(days: Chat) -> None:
    assert await days.ask("试用", SUPERUSER) == "你是管理员，全部资料都能看，不用试用。"


@pytest.mark.parametrize("group", [FREE_GROUP, MEMBER_GROUP])
async def test_in_a_group_nothing_is_given(days: Chat, group: int) -> None:
    assert await days.ask("试用", VISITOR, group) == "私聊我发“试用”（先加我为好友）。"
    assert await trials_given(days) == 0


async def test_nobody_has_one_through_a_temporary_session(days: Chat) -> None:
    assert await days.say("试用", VISITOR, sub_type="group") == []
    assert await trials_given(days) == 0


async def test_of_many_messages_at_once_one_gives_it(days: Chat) -> None:
    await asyncio.gather(*(days.say("试用", VISITOR) for _ in range(6)))
    assert await trials_given(days) == 1


async def test_a_message_that_is_sent_twice_gives_it_once(days: Chat) -> None:
    event = days.event("试用", VISITOR)
    await days.send(event)
    days.forget()
    assert await days.send(event) == []
    assert await trials_given(days) == 1


# --- the wait -------------------------------------------------------------------------------------------------------


async def test_a_new_friend_waits_and_hears_until_when(open_chat: OpenChat) -> None:
    chat: Chat = await open_chat(TRIAL="3天")
    waits = "加好友满 1 天才能试用，你从 2026-03-19 12:00 起可以领。到时再发一次。"
    for _ in range(2):
        assert await chat.ask("试用", VISITOR) == waits
        chat.clock.advance(hours=12)
    chat.clock.advance(seconds=-1)
    assert await chat.ask("试用", VISITOR) == waits
    chat.clock.advance(seconds=1)
    assert "3 天试用开通了" in await chat.ask("试用", VISITOR)


async def test_the_first_private_message_begins_the_wait(open_chat: OpenChat) -> None:
    chat: Chat = await open_chat(TRIAL="3天")
    await chat.say("帮助", VISITOR)
    await chat.services.answers.background_done()
    chat.clock.advance(days=1)
    assert "3 天试用开通了" in await chat.ask("试用", VISITOR)


async def test_a_refusal_that_was_asked_for_counts_as_the_beginning_after_a_restart(
    open_chat: OpenChat,
) -> None:
    chat: Chat = await open_chat(TRIAL="3天", TRIAL_WAIT="1周")
    await chat.ask("试用", VISITOR)
    chat.forget()
    chat.clock.advance(days=7)
    assert "3 天试用开通了" in await chat.ask("试用", VISITOR)


# --- one full text --------------------------------------------------------------------------------------------------


async def test_one_full_text_is_sent_as_a_marked_file(one_text: Chat) -> None:
    file, said = await one_text.say("试用 8", VISITOR)
    assert (file.action, file.person) == ("upload_private_file", VISITOR)
    assert said.text == "第 8 篇的全文发给你了，试用每人一次。\n找群主订阅"
    assert await rows(one_text, "SELECT account, speech FROM trial_texts") == [(str(VISITOR), 8)]
    assert await rows(one_text, "SELECT outcome FROM deliveries") == [("delivered",)]
    kept = "SELECT state FROM outbox WHERE command = '试用'"
    assert await rows(one_text, kept) == [("dropped",)]


@pytest.mark.parametrize("typed", ["试用 8", "试用 7", "试用"])
async def test_a_second_one_is_refused(one_text: Chat, typed: str) -> None:
    await one_text.say("试用 8", VISITOR)
    assert await one_text.ask(typed, VISITOR) == "你已经试用过了，每人一次。\n找群主订阅"


async def test_without_a_number_it_is_asked_for(one_text: Chat) -> None:
    assert "发“试用 篇号”，例如“试用 12”" in await one_text.ask("试用", VISITOR)
    assert "请写篇号" in await one_text.ask("试用 讲话", VISITOR)
    assert "没有第 99 篇" in await one_text.ask("试用 99", VISITOR)
    assert await rows(one_text, "SELECT 1 FROM deliveries") == []


async def test_of_many_at_once_one_leaves(one_text: Chat) -> None:
    await asyncio.gather(*(one_text.say(f"试用 {number}", VISITOR) for number in (8, 7, 6, 8)))
    assert [one.action for one in one_text.sent].count("upload_private_file") == 1
    assert len(await rows(one_text, "SELECT 1 FROM trial_texts")) == 1


async def test_what_was_had_opens_nothing_else(one_text: Chat) -> None:
    """Neither the same full text again, nor its sections, in whatever chat."""
    before = [await one_text.ask("检索 水利", VISITOR, place) for place in (None, FREE_GROUP, MEMBER_GROUP)]
    await one_text.say("试用 8", VISITOR)
    assert "会员可看" in await one_text.ask("全文 8", VISITOR)
    for place in (FREE_GROUP, MEMBER_GROUP):
        assert "会员可看" in await one_text.ask("全文 8", VISITOR, place)
        assert "私聊我发“试用 篇号”" in await one_text.ask("试用 8", VISITOR, place)
    after = [await one_text.ask("检索 水利", VISITOR, place) for place in (None, FREE_GROUP, MEMBER_GROUP)]
    offer = "\n可先免费试用一篇全文：私聊我发“试用 篇号”。"
    assert [text.replace("，已试用过", "") for text in after] == [text.replace(offer, "") for text in before]
    assert "还不是会员" in await one_text.ask("我的会员", VISITOR)


async def test_one_that_was_refused_is_given_back(one_text: Chat) -> None:
    one_text.answer = refuses_files
    assert "试用还在" in await one_text.ask("试用 8", VISITOR)
    one_text.answer = lambda action, data: None
    assert len(await one_text.say("试用 7", VISITOR)) == 2
    assert "试用过了" in await one_text.ask("试用 8", VISITOR)


async def test_one_that_may_have_arrived_is_not(one_text: Chat) -> None:
    def unknown(action: str, data: dict[str, Any]) -> None:
        if action.startswith("upload_"):
            raise ActionFailed(retcode=1200, message="Timeout: NTEvent result:0")

    one_text.answer = unknown
    assert "可能已经发出" in await one_text.ask("试用 8", VISITOR)
    one_text.answer = lambda action, data: None
    assert "试用过了" in await one_text.ask("试用 8", VISITOR)


@pytest.mark.parametrize(("begun", "told"), [(False, "发给你了"), (True, "试用过了")])
async def test_killed_before_it_left_it_is_given_back_and_killed_while_it_leaves_not(
    one_text: Chat, begun: bool, told: str
) -> None:
    """What a start finds: the record with its answer, which waits or is leaving."""
    from jianggao.chat.sending.full_text_answer import FullTextAnswer

    account = str(VISITOR)
    never_left = OutboxAnswer(
        one_text.clock(), "key", "试用", account, str(SELF), None, account, None, "第 8 篇刚才没来得及发"
    )
    kept = FullTextAnswer(one_text.services.answers, never_left)
    reader = await one_text.application.reader(account, Place(PlaceKind.PRIVATE, account), trial_of=8)
    await reader.trial_text(8, "document", timedelta(), recorded=kept.keep)
    if begun:
        await kept.begin()
    one_text.forget()
    await one_text.services.answers.take_over()
    answers = await one_text.say("试用 8", VISITOR)
    assert told in answers[-1].text


async def test_one_that_is_taken_down_while_it_waits_does_not_leave(
    one_text: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Access is judged again when it leaves the queue."""
    commands = importlib.import_module("plugins.trials.commands")
    send = commands.send_full_text

    async def send_later(*values: Any, **named: Any) -> Any:
        await one_text.say("下架 8", SUPERUSER)
        return await send(*values, **named)

    monkeypatch.setattr(commands, "send_full_text", send_later)
    assert "试用还在" in (await one_text.say("试用 8", VISITOR))[-1].text
    assert "upload_private_file" not in [one.action for one in one_text.sent]
    assert await rows(one_text, "SELECT outcome FROM deliveries") == [("refused",)]


async def test_the_operator_sees_it(one_text: Chat) -> None:
    can = "可以自己发“试用 8”取这一篇。"
    assert (await one_text.ask(f"能看 {VISITOR} 8", SUPERUSER)).endswith(f"会员可看。{can}")
    await one_text.say("试用 8", VISITOR)
    told = await one_text.ask(f"能看 {VISITOR} 7", SUPERUSER)
    assert told.endswith("会员可看，已试用过。试用时取过第 8 篇的全文。")
    assert "试用" not in await one_text.ask(f"能看 {MEMBER} 8", SUPERUSER)


# --- who reads of it ------------------------------------------------------------------------------------------------


async def test_refusals_name_it_where_it_is_on(days: Chat) -> None:
    offer = "找群主订阅\n可先免费试用 3 天：私聊我发“试用”。"
    assert (await days.ask("全文 8", VISITOR)).endswith(offer)
    assert (await days.ask("我的会员", VISITOR)).endswith(offer)
    assert await days.ask("订阅", VISITOR) == offer
    assert (await days.ask("检索 水利", VISITOR, FREE_GROUP)).endswith(offer)
    await days.ask("试用", VISITOR)
    days.clock.advance(days=9)
    assert "免费试用" not in await days.ask("全文 8", VISITOR)


async def test_refusals_name_a_text_for_trial(one_text: Chat) -> None:
    offer = "可先免费试用一篇全文：私聊我发“试用 篇号”。"
    for typed in ("全文 8", "我的会员", "订阅"):
        assert (await one_text.ask(typed, VISITOR)).endswith(offer)


async def test_who_has_tried_is_offered_none_again(one_text: Chat) -> None:
    await one_text.say("试用 8", VISITOR)
    assert (await one_text.ask("全文 7", VISITOR)).endswith("🔒 会员可看，已试用过\n找群主订阅")
    assert await one_text.ask("我的会员", VISITOR) == "还不是会员。\n找群主订阅"
    assert "免费试用" not in await one_text.ask("检索 水利", VISITOR)


async def test_nothing_names_it_where_it_is_off(chat: Chat) -> None:
    for typed in ("全文 8", "我的会员", "订阅", "检索 水利"):
        assert "试用" not in await chat.ask(typed, VISITOR)


async def test_help_lists_it_where_it_is_on(days: Chat) -> None:
    assert "试用 [篇号]" in await days.ask("帮助", VISITOR) and "免费试用" in await days.ask(
        "帮助 试用", VISITOR
    )


async def test_help_does_not_list_it_where_it_is_off(chat: Chat) -> None:
    assert "试用 [篇号]" not in await chat.ask("帮助", VISITOR)
    assert "没有“试用”这个命令" in await chat.ask("帮助 试用", VISITOR)


async def test_who_can_not_have_it_is_not_offered_it(days: Chat) -> None:
    """Whatever tells of the trial asks what 试用 asks: it is never offered and then refused."""
    await days.say("开通 30002 1年", SUPERUSER)
    await days.say("转移 30002 30003 换号", SUPERUSER)
    for person in (MEMBER, SUPERUSER, 30002, 30003):
        for typed in ("订阅", "我的会员", "全文 8", "检索 水利"):
            assert "免费试用" not in "".join(one.text or "" for one in await days.say(typed, person)), (
                person,
                typed,
            )
    await days.say("撤销 3", SUPERUSER)
    assert "免费试用" in await days.ask("订阅", 30003), "a mistake costs nothing"
    assert "3 天试用开通了" in await days.ask("试用", 30003)
