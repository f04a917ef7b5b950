"""What an answer shows is judged again when it leaves the queue: by the sections and speeches that stand in
it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from changes_meanwhile import meanwhile, take_down
from simulated_chat import MEMBER, MEMBER_GROUP, SUPERUSER, Chat

from jianggao.clock import to_text
from jianggao.library import listing, speech_store, version_store
from jianggao.library.section_ids import Audience
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.outbound.send_outcomes import RefusalReason, Refused

QUESTIONS = (
    "提纲 8",
    "提纲 水利冬修",
    "段落 8.3",
    "检索 卡脖子的闸",
    "检索 闸门 主题:水利",
    "金句 渠水有声",
    "随机 卡脖子的闸",
    "全文 8",
    "全文 8 文本",
    "全文 8 转发",
)
CHANGED = "没有发出"


async def withdraw(chat: Chat) -> None:
    async with chat.application.database.write() as connection:
        await version_store.set_withdrawn(connection, 8, to_text(chat.clock()))
        await listing.list_speech(connection, 8)


async def suspend(chat: Chat) -> None:
    act = Act(str(SUPERUSER), "by-hand", chat.clock(), chat.application.settings.timezone, "转卖")
    async with chat.application.database.write() as connection:
        await administration.suspend(connection, str(MEMBER), act)


async def renew(chat: Chat) -> None:
    """Another window, in which everything that was read still lies."""
    from jianggao.membership.durations import parse_duration

    act = Act(str(SUPERUSER), "by-hand", chat.clock(), chat.application.settings.timezone, "")
    async with chat.application.database.write() as connection:
        await administration.renew(connection, str(MEMBER), parse_duration("1年"), act)


def shows_the_speech(sent: list[Any]) -> bool:
    return any("水利冬修" in one.text or one.action.startswith("upload") for one in sent)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("change", [take_down, withdraw], ids=["taken down", "withdrawn"])
async def test_nothing_of_a_speech_that_is_gone_leaves(
    chat: Chat, question: str, change: Callable[[Chat], Awaitable[None]]
) -> None:
    assert shows_the_speech(await chat.say(question, MEMBER)), "it would show the speech"
    outcomes = meanwhile(chat, lambda: change(chat))
    sent = await chat.say(question, MEMBER)
    assert outcomes == [Refused(RefusalReason.NOT_ALLOWED)]
    assert not shows_the_speech(sent)
    assert [CHANGED in one.text for one in sent] == [True]


@pytest.mark.parametrize("ask", ["段落 {number}", "检索 “{words}”", "全文 8"])
async def test_nothing_leaves_to_somebody_who_was_suspended_meanwhile(chat: Chat, ask: str) -> None:
    async with chat.application.database.read() as connection:
        speech = await speech_store.speech(connection, 8)
        assert speech is not None
        rows = await speech_store.sections_of_version(connection, speech.version)
    row = max((row for row in rows if row.audience != Audience.PREVIEW), key=lambda row: len(row.body))
    question = ask.format(number=f"8.{row.ordinal}", words=row.body[5:20])
    outcomes = meanwhile(chat, lambda: suspend(chat))
    sent = await chat.say(question, MEMBER)
    assert outcomes == [Refused(RefusalReason.NOT_ALLOWED)]
    assert not shows_the_speech(sent)
    assert [CHANGED in one.text for one in sent] == [True]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_renewal_meanwhile_stops_no_answer(chat: Chat, question: str) -> None:
    """Another window is no reason: what leaves may still be read."""
    outcomes = meanwhile(chat, lambda: renew(chat))
    assert shows_the_speech(await chat.say(question, MEMBER))
    assert not any(isinstance(one, Refused) for one in outcomes)


async def test_a_replaced_version_doesn_t_leave(chat: Chat, library: Any) -> None:
    path = next(path for path in library.rglob("*.txt") if "卡脖子的闸" in path.read_text("utf-8", "ignore"))

    async def replace() -> None:
        path.write_text(path.read_text("utf-8").replace("×镇的三号闸", "×镇的五号闸"), "utf-8")
        await chat.application.importer.run()

    outcomes = meanwhile(chat, replace)
    sent = await chat.say("检索 卡脖子的闸", MEMBER)
    assert outcomes == [Refused(RefusalReason.NOT_ALLOWED)] and [CHANGED in one.text for one in sent] == [
        True
    ]


@pytest.mark.parametrize("gone", [5, 6, 7])
async def test_similar_sections_of_a_speech_that_is_gone_don_t_leave(chat: Chat, gone: int) -> None:
    """Neither where the speech asked about is gone, nor where one of those that are like it is."""
    before = await chat.ask("相近 5.3", MEMBER)
    concerned = f"{gone}." in before
    outcomes = meanwhile(chat, lambda: take_down(chat, gone))
    sent = await chat.say("相近 5.3", MEMBER)
    assert [isinstance(one, Refused) for one in outcomes] == [concerned]
    assert [CHANGED in one.text for one in sent] == [concerned]


# --- what an answer tells without showing its text --------------------------------------------------------------------


async def rebind_as_free(chat: Chat) -> None:
    await chat.say("解绑", SUPERUSER, MEMBER_GROUP)
    await chat.say("绑定免费群", SUPERUSER, MEMBER_GROUP)


async def hidden_words(chat: Chat) -> str:
    async with chat.application.database.read() as connection:
        speech = await speech_store.speech(connection, 8)
        assert speech is not None
        rows = await speech_store.sections_of_version(connection, speech.version)
    row = max((row for row in rows if row.audience == Audience.MEMBERS), key=lambda row: len(row.body))
    return row.body[8:14]


@pytest.mark.parametrize("change", [rebind_as_free, suspend])
async def test_that_a_hidden_phrase_stands_somewhere_is_told_only_where_it_still_may_be(
    chat: Chat, change: Callable[[Chat], Awaitable[None]]
) -> None:
    words = await hidden_words(chat)
    assert "私聊可看" in await chat.ask(f"检索 “{words}”", MEMBER, MEMBER_GROUP)
    meanwhile(chat, lambda: change(chat))
    sent = await chat.say(f"检索 “{words}”", MEMBER, MEMBER_GROUP)
    assert not any("8." in one.text or "共 1 段" in one.text for one in sent)
    assert CHANGED in sent[-1].text


LONG_HEADING = (
    "把渠水绕过石榴湾以后分成的三股一股一股地量清楚看每一股到田头还剩多少又在哪一段漏掉了多少再说添泵的话"
)


@pytest.mark.parametrize("question", ["段落 9.{preview}", "提纲 9"])
async def test_a_whole_heading_does_not_leave_to_somebody_who_was_suspended_meanwhile(
    chat: Chat, library: Path, question: str
) -> None:
    """At a preview, which everybody may read: what of its heading isn't public, not everybody may."""
    lines = ["在石榴湾量水会上的讲话", f"日期：{chat.clock():%Y-%m-%d}", "同志们："]
    for at, mark in enumerate("一二三四五六七八"):
        lines += [
            f"{mark}、{LONG_HEADING[at:]}{LONG_HEADING[:at]}",
            f"第{at}股水先量到闸口为止，量完当天报数。" * 4,
        ]
    (library / "量水.txt").write_text("\n".join(lines), "utf-8")
    await chat.application.importer.run()
    async with chat.application.database.read() as connection:
        speech = await speech_store.speech(connection, 9)
        assert speech is not None
        rows = await speech_store.sections_of_version(connection, speech.version)
    preview = next(row.ordinal for row in rows if row.audience == Audience.PREVIEW)
    heading = next(one for one in speech.headings if one.section == preview)
    assert len(heading.public) < len(heading.text)
    asked = question.format(preview=preview)
    assert heading.text in (await chat.say(asked, MEMBER))[-1].text
    outcomes = meanwhile(chat, lambda: suspend(chat))
    sent = await chat.say(asked, MEMBER)
    assert outcomes == [Refused(RefusalReason.NOT_ALLOWED)]
    assert not any(heading.text in one.text for one in sent)


@pytest.mark.parametrize(
    "question",
    [
        "提纲 8",
        "检索 渠水",
        "金句",
        "我的会员",
        "订阅",
        "帮助",
        "段落 8.99",
        "全文 999",
        "随机",
        "下一页",
        "举报",
    ],
)
async def test_a_group_that_was_unbound_meanwhile_hears_nothing(chat: Chat, question: str) -> None:
    async def unbind() -> None:
        await chat.say("解绑", SUPERUSER, MEMBER_GROUP)

    meanwhile(chat, unbind)
    before = len(chat.sent)
    await chat.say(f"/{question}", MEMBER, MEMBER_GROUP)
    heard = [one.text for one in chat.sent[before:] if one.group == MEMBER_GROUP]
    assert heard == ["已解绑，本群不再是会员群。"]
