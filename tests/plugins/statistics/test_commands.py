"""统计 through the bot: what it says, of which month, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat


@pytest.fixture
async def busy(open_chat: Callable[..., Any]) -> Chat:
    chat: Chat = await open_chat(TRIAL="3天", TRIAL_WAIT="0天")
    await chat.say("绑定会员群", SUPERUSER, MEMBER_GROUP)
    await chat.say("绑定免费群", SUPERUSER, FREE_GROUP)
    await chat.say(f"开通 {MEMBER} 1个月", SUPERUSER)
    await chat.say("试用", VISITOR)
    await chat.say("全文 8", VISITOR)
    return chat


async def test_the_figures_of_this_month(busy: Chat) -> None:
    assert await busy.ask("统计", SUPERUSER) == (
        "2026 年 3 月（截至 18 日）\n"
        "会员：有效 2 人（其中试用 1），30 天内到期 1，停用 0，已到期 0\n"
        "新订阅 1 人（上月 0），续订 0 人（上月 0）\n"
        "兑换卡密 0 次（上月 0），举报奖励 0 次（上月 0）\n"
        "试用：本月 1 人（上月 0）；全年 1 人，其中后来订阅 0 人\n"
        "发出：本月全文 1 篇、段落 0 段；今天全文 1 篇、段落 0 段\n"
        "绑定：会员群 1 个，免费群 1 个"
    )


async def test_those_of_a_month_that_has_ended(busy: Chat) -> None:
    busy.clock.advance(days=20)
    await busy.say(f"开通 {VISITOR} 1年", SUPERUSER)
    assert await busy.ask("统计 2026-03", SUPERUSER) == (
        "2026 年 3 月\n"
        "会员（月底）：有效 1 人，30 天内到期 1，停用 0，已到期 1\n"
        "新订阅 1 人（上月 0），续订 0 人（上月 0）\n"
        "兑换卡密 0 次（上月 0），举报奖励 0 次（上月 0）\n"
        "试用：当月 1 人（上月 0）；全年 1 人，其中后来订阅 1 人\n"
        "发出：当月全文 1 篇、段落 0 段"
    )
    assert await busy.ask("统计 上月", SUPERUSER) == await busy.ask("统计 2026年3月", SUPERUSER)


@pytest.mark.parametrize("group", [MEMBER_GROUP, FREE_GROUP])
async def test_they_go_to_the_private_chat(busy: Chat, group: int) -> None:
    sent = await busy.say("统计", SUPERUSER, group)
    assert [(one.person, one.group) for one in sent] == [(SUPERUSER, None), (None, group)]
    assert sent[1].text == "已私信"


@pytest.mark.parametrize("person", [MEMBER, VISITOR])
async def test_others_get_no_figures(busy: Chat, person: int) -> None:
    assert await busy.say("统计", person, MEMBER_GROUP) == []
    for one in await busy.say("统计", person):
        assert "有效" not in one.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [("统计 很久以前", "月份请写成 2026-10"), ("统计 2026-04", "还没有到"), ("统计 13", "2026-10")],
)
async def test_an_unclear_month_is_refused(busy: Chat, typed: str, told: str) -> None:
    assert told in await busy.ask(typed, SUPERUSER)
